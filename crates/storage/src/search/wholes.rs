//! Whole things in a text and in a query, each in one spelling: e-mail addresses, references, job and phone numbers.

use std::ops::RangeInclusive;

use super::words::{fold, without_possession};

/// How many digits a phone number has, with the start that people write in many ways.
const PHONE_DIGITS: RangeInclusive<usize> = 10..=15;

/// A phone number is known by this many of its last digits.
const PHONE_END: usize = 9;

/// A number of fewer digits behind letters ("A4") is not looked for apart from them.
const LONG_NUMBER: usize = 3;

/// A query that is one whole thing and nothing else.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WholeQuery {
    /// The thing in its one spelling.
    pub(super) whole: String,
    /// The words by which it is found where it was written in another way, such as "my complaint FC 10482".
    pub(super) or_words: Option<String>,
}

/// The whole things that stand in a text, and of each reference its number alone.
pub(super) fn wholes(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut found = Vec::new();
    for part in folded.split(|c: char| c.is_whitespace() || "<>()[]{}\"|,;:/?&=".contains(c)) {
        let part = bare(part);
        if let Some(address) = address(part) {
            found.push(address);
        } else if let Some((letters, digits)) = reference(part) {
            found.push(number(digits).to_owned());
            found.push(format!("{letters}{}", number(digits)));
        }
    }
    found.extend(phone_number(&folded));
    found.extend(phone_numbers(&folded));
    found.retain(|whole| !whole.is_empty());
    found
}

/// The whole thing that a query is, if it is nothing else.
pub(super) fn whole_query(query: &str) -> Option<WholeQuery> {
    let folded = fold(query);
    let bare = bare(folded.trim());
    if let Some(whole) = address(bare) {
        return Some(WholeQuery { whole, or_words: None });
    }
    if let Some(whole) = phone_number(bare) {
        let or_words = Some(bare.to_owned());
        return Some(WholeQuery { whole, or_words });
    }
    let closed: String = bare.chars().filter(|c| !c.is_whitespace()).collect();
    let (letters, digits) = reference(&closed).filter(|(_, digits)| !number(digits).is_empty())?;
    let apart = if digits.len() >= LONG_NUMBER {
        format!("{letters} {digits}")
    } else {
        bare.to_owned()
    };
    Some(WholeQuery {
        whole: format!("{letters}{}", number(digits)),
        or_words: Some(apart),
    })
}

/// Without what stands around it in a sentence.
fn bare(part: &str) -> &str {
    without_possession(part.trim_matches(|c: char| !c.is_alphanumeric() && c != '+' && c != '\''))
}

/// An e-mail address. Apostrophes go here too: whoever hears "O'Brien" does not know whether there is one.
fn address(part: &str) -> Option<String> {
    let (local, domain) = part.split_once('@')?;
    let fits =
        !local.is_empty() && domain.contains('.') && !domain.contains('@') && !part.contains(char::is_whitespace);
    fits.then(|| part.replace('\'', ""))
}

/// `fc-10482`, `fc10482`, `f0100001` or a bare `10482`, as its letters and its digits.
fn reference(part: &str) -> Option<(&str, &str)> {
    let split = part.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = part.split_at(split);
    let letters = letters.strip_suffix('-').unwrap_or(letters);
    let fits = letters.len() <= 4
        && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then_some((letters, digits))
}

/// Without the zeros before it: some type them, some do not.
fn number(digits: &str) -> &str {
    digits.trim_start_matches('0')
}

/// A text that is nothing but a phone number.
fn phone_number(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let plain = text.chars().all(is_of_a_phone_number);
    (plain && PHONE_DIGITS.contains(&digits.len())).then(|| known_by(&digits))
}

/// The phone numbers in running words: they begin with a zero or a plus sign.
fn phone_numbers(text: &str) -> Vec<String> {
    text.split(|c| !is_of_a_phone_number(c)).flat_map(phones_of).collect()
}

/// What ends with each group of digits, as nobody says where "on 2 May 07700 900123 or" begins and ends.
fn phones_of(run: &str) -> Vec<String> {
    let groups: Vec<&str> = run
        .split([' ', '(', ')', '-', '.', '/'])
        .filter(|group| group.contains(|c: char| c.is_ascii_digit()))
        .collect();
    (1..=groups.len())
        .filter_map(|end| ending_with(&groups[..end]))
        .collect()
}

fn ending_with(groups: &[&str]) -> Option<String> {
    let mut digits = String::new();
    for group in groups.iter().rev() {
        digits.insert_str(0, group.trim_start_matches('+'));
        if digits.len() > *PHONE_DIGITS.end() {
            return None;
        }
        if PHONE_DIGITS.contains(&digits.len()) && group.starts_with(['0', '+']) {
            return Some(known_by(&digits));
        }
    }
    None
}

fn is_of_a_phone_number(c: char) -> bool {
    c.is_ascii_digit() || " +()-./".contains(c)
}

fn known_by(digits: &str) -> String {
    format!("tel{}", &digits[digits.len() - PHONE_END..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_things_are_found_in_a_text() {
        assert_eq!(wholes("Write to <Ana.O'Ng@Uni.example>."), ["ana.ong@uni.example"]);
        assert_eq!(
            wholes("see FC-10482\u{2019}s (job F0100001)"),
            ["10482", "fc10482", "100001", "f100001"]
        );
        assert_eq!(wholes("'FC-10482'/2"), ["10482", "fc10482", "2", "2"]);
    }

    #[test]
    fn phone_numbers_are_found_in_running_words() {
        for text in [
            "ring 07700 900123, not 5",
            "+44 (0)7700 900-123 after 5",
            "2026 07700900123 12",
            "0044.7700.900123/",
        ] {
            assert!(wholes(text).contains(&"tel700900123".to_owned()), "{text}");
        }
        for text in [
            "card 4929 1234 5678 9012",
            "0770 90012",
            "0123456789012345 1",
            "+ - ( )",
        ] {
            assert!(!wholes(text).iter().any(|whole| whole.starts_with("tel")), "{text}");
        }
    }

    #[test]
    fn a_query_that_is_one_thing_is_looked_up_whole() {
        for (query, whole, or_words) in [
            ("FC-10482", "fc10482", "fc 10482"),
            (" fc 10482 ", "fc10482", "fc 10482"),
            ("#10482", "10482", " 10482"),
            ("F0100001", "f100001", "f 0100001"),
            ("A4", "a4", "a4"),
            ("(07700) 900123", "tel700900123", "07700) 900123"),
            ("+44 7700 900123", "tel700900123", "+44 7700 900123"),
        ] {
            let expected = WholeQuery {
                whole: whole.to_owned(),
                or_words: Some(or_words.to_owned()),
            };
            assert_eq!(whole_query(query), Some(expected), "{query}");
        }
        let address = whole_query("<Ana.Ng@Uni.example>").map(|query| (query.whole, query.or_words));
        assert_eq!(address, Some(("ana.ng@uni.example".to_owned(), None)));
        for query in ["", "wifi", "wifi in room 12", "Ana Ng", "@", "0", "printer 3a"] {
            assert_eq!(whole_query(query), None, "{query}");
        }
    }
}
