//! From a text to the words that it is found by: lower case, without accents, cut to the English stem.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Longer words are noise (an encoded attachment, a pasted key), and cost as much as real ones.
const LONGEST: usize = 64;

/// The words of a text, folded but not stemmed. `O'Brien` is one word, as people type it both ways.
pub(super) fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let split = folded.split(|c: char| !c.is_alphanumeric());
    split
        .filter(|word| !word.is_empty() && word.len() <= LONGEST)
        .map(str::to_owned)
        .collect()
}

/// The stem of a folded word.
pub(super) fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}

/// Whole things that stand in a text: e-mail addresses, references, job numbers and phone numbers, each in one spelling,
/// and the number of a reference alone.
pub(super) fn wholes(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in text.split(|c: char| c.is_whitespace() || "<>()[]{}\"',;:".contains(c)) {
        let part = fold(part.trim_matches(|c: char| !c.is_alphanumeric() && c != '+'));
        if is_address(&part) {
            found.push(part);
        } else if let Some((letters, digits)) = reference(&part) {
            found.push(format!("{letters}{digits}"));
            found.push(digits.trim_start_matches('0').to_owned());
        }
    }
    found.extend(phone_number(text));
    found.retain(|whole| !whole.is_empty());
    found
}

/// The whole thing that a query is, if it is nothing else: then it is not searched for word by word.
pub(super) fn whole_query(query: &str) -> Option<String> {
    let folded = fold(query.trim());
    if is_address(&folded) {
        return Some(folded);
    }
    if let Some(number) = phone_number(&folded) {
        return Some(number);
    }
    let closed: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    let (letters, digits) = reference(&closed)?;
    if letters.is_empty() {
        return Some(digits.trim_start_matches('0').to_owned()).filter(|digits| !digits.is_empty());
    }
    Some(format!("{letters}{digits}"))
}

/// Lower case and without accents: "Zoë" is found as "zoe". Apostrophes go, so that both spellings of a name meet.
fn fold(text: &str) -> String {
    let plain = text
        .nfkd()
        .filter(|&c| !is_combining_mark(c) && !matches!(c, '\'' | '\u{2019}' | '\u{02bc}'));
    plain.flat_map(char::to_lowercase).map(single).collect()
}

/// Letters that Unicode does not take apart, as people without them type them.
fn single(letter: char) -> char {
    match letter {
        'ø' => 'o',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ı' => 'i',
        'ħ' => 'h',
        other => other,
    }
}

fn is_address(part: &str) -> bool {
    let Some((local, domain)) = part.split_once('@') else {
        return false;
    };
    !local.is_empty() && domain.contains('.') && !domain.contains('@') && !part.contains(char::is_whitespace)
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

/// A text that is nothing but a phone number, as its last nine digits: people write the start in many ways.
fn phone_number(text: &str) -> Option<String> {
    let plain = text.trim();
    if plain.is_empty() || !plain.chars().all(|c| c.is_ascii_digit() || " +()-./".contains(c)) {
        return None;
    }
    let digits: Vec<char> = plain.chars().filter(char::is_ascii_digit).collect();
    (digits.len() >= 10).then(|| format!("tel{}", digits[digits.len() - 9..].iter().collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded() {
        assert_eq!(
            words("Zoë O'Brien\u{2019}s  CAFÉ-Wi‑Fi, Ærø 42!"),
            ["zoe", "obriens", "cafe", "wi", "fi", "æro", "42"]
        );
        assert_eq!(words("e\u{301}le\u{300}ve"), ["eleve"]);
        assert_eq!(words("\u{202e}"), Vec::<String>::new());
    }

    #[test]
    fn words_are_stemmed() {
        assert_eq!(stem("printers"), stem("printer"));
        assert_eq!(stem("complaining"), stem("complained"));
    }

    #[test]
    fn whole_things_are_found_in_a_text() {
        assert_eq!(wholes("Write to <Ana.Ng@Uni.example>."), ["ana.ng@uni.example"]);
        assert_eq!(
            wholes("see FC-10482 (job F0100001)"),
            ["fc10482", "10482", "f0100001", "100001"]
        );
        assert_eq!(
            wholes("07700 900123"),
            ["07700", "7700", "900123", "900123", "tel700900123"]
        );
    }

    #[test]
    fn a_query_that_is_one_thing_is_looked_up_whole() {
        for (query, whole) in [
            ("FC-10482", "fc10482"),
            (" fc 10482 ", "fc10482"),
            ("10482", "10482"),
            ("F0100001", "f0100001"),
            ("Ana.Ng@Uni.example", "ana.ng@uni.example"),
            ("(07700) 900123", "tel700900123"),
            ("+44 7700 900123", "tel700900123"),
        ] {
            assert_eq!(whole_query(query).as_deref(), Some(whole), "{query}");
        }
        for query in ["", "wifi", "wifi in room 12", "Ana Ng", "@", "0", "printer 3a"] {
            assert_eq!(whole_query(query), None, "{query}");
        }
    }
}
