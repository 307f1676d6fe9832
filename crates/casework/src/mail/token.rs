//! Thread tokens: the words in a message id or an address by which a message is known to be about a letter of ours, signed so that nobody makes one up.
//!
//! There are two forms. `fc-10482.77.TOKEN` names the case and the letter; it stands in the id of a letter to the complainant and in the address for
//! answers. `77.TOKEN` names the letter alone; it stands in the return path and in the number that mail servers are given, which are read by more
//! people on the way. TOKEN is a keyed hash of what stands before it: sixteen characters of `a` to `z` and `2` to `7` (RFC 4648), which survive servers
//! that make addresses lower-case. Nothing of it is stored: what it leads to is looked up, and of an erased case there is nothing left to find.

use jiff::Timestamp;
use rules::case::Reference;
use storage::{Keys, THREAD_TOKEN};

use crate::Office;

/// What a signed message id or address names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// The case.
    pub reference: Reference,
    /// The letter, by its number in the outbox.
    pub letter: i64,
}

/// An address or an id that is longer is none of ours (RFC 5321, 4.5.3.1; RFC 5322, 2.1.1).
const LONGEST: usize = 1000;
/// RFC 4648, section 6, in lower case.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// How many characters a token has.
const CHARACTERS: usize = THREAD_TOKEN * 8 / 5;

/// The words for the id of a letter and for the address to which its reader answers: `fc-10482.77.TOKEN`.
#[must_use]
pub fn of_letter(office: &Office, reference: &Reference, letter: i64) -> String {
    signed(office.store.keys(), &named(reference, letter))
}

/// The words that name a letter and no case: `77.TOKEN`.
#[must_use]
pub fn of_envelope(office: &Office, letter: i64) -> String {
    signed(office.store.keys(), &letter.to_string())
}

/// The name of a message of a trial: `trial.SECONDS.WORD.TOKEN`, with the instant at which it ends, in seconds.
pub(super) fn of_trial(office: &Office, ends: i64, word: &str) -> String {
    signed(office.store.keys(), &trial(ends, word))
}

/// Whether the id of a message is a name that we gave a message of a trial, and holds at this instant.
pub(super) fn is_trial(office: &Office, id: &str, at: Timestamp) -> bool {
    holds(office.store.keys(), id, at)
}

/// What the id of a message names, if it is the id of a letter to a complainant.
#[must_use]
pub fn read_message_id(office: &Office, id: &str) -> Option<Thread> {
    thread(office.store.keys(), id)
}

/// What an address names, if it is one of those to which complainants answer. What mail servers do to addresses is undone: capitals, `=2B` for a plus,
/// the whole wrapped in the address of a list or a forwarder.
#[must_use]
pub fn read_address(office: &Office, address: &str) -> Option<Thread> {
    thread(office.store.keys(), address)
}

/// The letter that an id, a return path or the number given to mail servers (RFC 3461, ENVID) names without its case.
#[must_use]
pub fn read_envelope(office: &Office, text: &str) -> Option<i64> {
    envelope(office.store.keys(), text)
}

/// The case that stands in brackets in a subject: `Re: Your complaint [FC-10482]`. Anybody can write it, so it proves nothing.
#[must_use]
pub fn read_subject(subject: &str) -> Option<Reference> {
    subject
        .split(['[', '('])
        .skip(1)
        .filter_map(|rest| rest.split([']', ')']).next())
        .find_map(|inner| inner.contains('-').then(|| inner.parse().ok()).flatten())
}

/// The mark that every letter of this office carries in the header [`rules::mail::LOOP_MARK`].
#[must_use]
pub fn loop_mark(office: &Office) -> String {
    token(office.store.keys(), LOOP)
}

/// Whether the mark in a message is that of this office.
#[must_use]
pub fn is_loop_mark(office: &Office, mark: &str) -> bool {
    let mark = mark.trim().to_ascii_lowercase();
    decoded(&mark).is_some_and(|given| office.store.keys().thread_token_holds(LOOP, &given))
}

/// What the mark of the office is the token of: it is no number and no reference.
const LOOP: &str = "every letter of ours";

fn named(reference: &Reference, letter: i64) -> String {
    format!("{reference}.{letter}").to_ascii_lowercase()
}

fn trial(ends: i64, word: &str) -> String {
    format!("trial.{ends}.{word}")
}

fn holds(keys: &Keys, id: &str, at: Timestamp) -> bool {
    let holds = find(id, 4, |parts| {
        let ["trial", ends, word, given] = parts else {
            return None;
        };
        let ends: i64 = ends.parse().ok()?;
        let ours = keys.thread_token_holds(&trial(ends, word), &decoded(given)?);
        (ours && at.as_second() <= ends).then_some(())
    });
    holds.is_some()
}

fn signed(keys: &Keys, what: &str) -> String {
    format!("{what}.{}", token(keys, what))
}

fn token(keys: &Keys, what: &str) -> String {
    encoded(&keys.thread_token(what))
}

fn thread(keys: &Keys, text: &str) -> Option<Thread> {
    find(text, 3, |parts| {
        let [before, letter, given] = parts else { return None };
        // Before the reference may stand whatever a server parts names with: `bounces-fc-10482`.
        let mut halves = before.rsplitn(3, '-');
        let (number, prefix) = (halves.next()?, halves.next()?);
        let thread = Thread {
            reference: Reference::new(prefix, number.parse().ok()?).ok()?,
            letter: letter.parse().ok()?,
        };
        keys.thread_token_holds(&named(&thread.reference, thread.letter), &decoded(given)?)
            .then_some(thread)
    })
}

fn envelope(keys: &Keys, text: &str) -> Option<i64> {
    find(text, 2, |parts| {
        let [before, given] = parts else { return None };
        let letter: i64 = before.rsplit('-').next()?.parse().ok()?;
        keys.thread_token_holds(&letter.to_string(), &decoded(given)?)
            .then_some(letter)
    })
}

/// Tries every run of so many names between dots, in the text as it is and with what a server encoded of it decoded.
fn find<T>(text: &str, parts: usize, check: impl Fn(&[&str]) -> Option<T>) -> Option<T> {
    if text.len() > LONGEST {
        return None;
    }
    let plain: String = text.to_ascii_lowercase().replace("=\r\n", "").replace("=\n", "");
    let plain: String = plain.chars().filter(|character| !character.is_whitespace()).collect();
    let ours = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-');
    [plain.clone(), unescaped(&plain)].iter().find_map(|text| {
        text.split(|character| !ours(character)).find_map(|run| {
            let names: Vec<&str> = run.split('.').collect();
            names.windows(parts).find_map(&check)
        })
    })
}

/// With `=2b` and `%2b` read as a plus, and whatever else is written so.
fn unescaped(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut plain, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let digits = text.get(at + 1..at + 3).filter(|_| matches!(bytes[at], b'=' | b'%'));
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                plain.push(byte);
                at += 3;
            }
            None => {
                plain.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).to_ascii_lowercase()
}

fn encoded(bytes: &[u8; THREAD_TOKEN]) -> String {
    let digit = |at: usize| {
        let bit = |bit: usize| bytes[bit / 8] >> (7 - bit % 8) & 1;
        (0..5).fold(0, |value, step| value << 1 | bit(at * 5 + step))
    };
    (0..CHARACTERS)
        .map(|at| char::from(ALPHABET[usize::from(digit(at))]))
        .collect()
}

fn decoded(text: &str) -> Option<[u8; THREAD_TOKEN]> {
    if text.len() != CHARACTERS {
        return None;
    }
    let mut bytes = [0; THREAD_TOKEN];
    for (at, character) in text.bytes().enumerate() {
        let value = ALPHABET.iter().position(|known| *known == character)?;
        for step in 0..5 {
            let bit = at * 5 + step;
            bytes[bit / 8] |= u8::from(value >> (4 - step) & 1 == 1) << (7 - bit % 8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::for_tests()
    }

    fn reference() -> Reference {
        "FC-10482".parse().unwrap()
    }

    fn ours() -> (String, Option<Thread>) {
        let thread = Thread {
            reference: reference(),
            letter: 77,
        };
        (signed(&keys(), &named(&reference(), 77)), Some(thread))
    }

    #[test]
    fn a_token_is_short_and_lower_case() {
        let (signed, _) = ours();
        let (named, token) = signed.rsplit_once('.').unwrap();
        assert_eq!((named, token.len()), ("fc-10482.77", 16));
        assert!(token.bytes().all(|byte| ALPHABET.contains(&byte)), "{token}");
        assert!(
            "complaints+".len() + signed.len() <= 64,
            "a local part has 64 octets at most"
        );
    }

    #[test]
    fn a_token_is_written_as_rfc_4648_writes_it() {
        assert_eq!(encoded(b"foobarfoob"), "mzxw6ytbojtg633c");
        assert_eq!(decoded("mzxw6ytbojtg633c"), Some(*b"foobarfoob"));
        for bad in ["", "mzxw6ytbojtg633", "mzxw6ytbojtg6331", "MZXW6YTBOJTG633C"] {
            assert_eq!(decoded(bad), None, "{bad}");
        }
    }

    #[test]
    fn it_survives_what_mail_servers_do_to_addresses() {
        let (signed, named) = ours();
        let shout = signed.to_uppercase();
        for address in [
            format!("<{signed}@uni.example>"),
            format!("complaints+{signed}@uni.example"),
            format!("COMPLAINTS+{shout}@UNI.EXAMPLE"),
            format!("Complaints <complaints+{signed}@uni.example>"),
            format!("complaints=2B{signed}@uni.example"),
            format!("complaints%2b{signed}@uni.example"),
            format!("complaints-{signed}@uni.example"),
            format!("list-bounces+complaints+{signed}=uni.example@lists.example"),
            format!("prvs=1234abcdef=complaints+{signed}@uni.example"),
            format!("SRS0=HHH=TT=uni.example=complaints+{signed}@forward.example"),
            format!("complaints+{}=\r\n{}@uni.example", &signed[..15], &signed[15..]),
            format!("complaints+{} {}@uni.example", &signed[..20], &signed[20..]),
        ] {
            assert_eq!(thread(&keys(), &address), named, "{address}");
        }
    }

    #[test]
    fn what_anybody_could_have_made_up_is_none_of_ours() {
        let (signed, _) = ours();
        let of_another = signed.replace("10482", "10483");
        let of_another_letter = signed.replace(".77.", ".78.");
        let mut wrong = signed.clone();
        wrong.replace_range(15..16, if &signed[15..16] == "a" { "b" } else { "a" });
        let envelope_of_it = super::signed(&keys(), "77");
        for text in [
            of_another,
            of_another_letter,
            wrong,
            signed[..signed.len() - 1].to_owned(),
            format!("fc-10482.{envelope_of_it}"),
            "fc-10482.77.aaaaaaaaaaaaaaaa".to_owned(),
            "fc-10482".to_owned(),
            String::new(),
            "\u{20ac}=\u{20ac}.%".to_owned(),
            format!("{signed}{}", "x".repeat(1000)),
        ] {
            assert_eq!(thread(&keys(), &text), None, "{text}");
        }
    }

    #[test]
    fn the_return_path_names_a_letter_and_no_case() {
        let signed = super::signed(&keys(), "77");
        for text in [
            signed.clone(),
            signed.to_uppercase(),
            format!("bounces+{signed}@uni.example"),
            format!("<letter-{signed}@uni.example>"),
        ] {
            assert_eq!(envelope(&keys(), &text), Some(77), "{text}");
        }
        let (of_thread, _) = ours();
        for text in [of_thread, signed.replace("77", "78"), "77".to_owned()] {
            assert_eq!(envelope(&keys(), &text), None, "{text}");
        }
    }

    #[test]
    fn the_name_of_a_trial_holds_until_its_end_and_is_nobody_elses() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let id = super::signed(&keys(), &trial(1_000, "0a1b2c3d4e"));
        assert!(holds(&keys(), &format!("{id}@uni.example"), at(1_000)));
        assert!(holds(&keys(), &id.to_uppercase(), at(0)));
        assert!(!holds(&keys(), &id, at(1_001)), "its time is over");
        let (of_letter, _) = ours();
        for other in [
            id.replace("1000", "2000"),
            id.replace("0a1b", "0a1c"),
            id.replace("trial", "trail"),
            of_letter,
            super::signed(&keys(), "1000.0a1b2c3d4e"),
            "trial.1000.0a1b2c3d4e.aaaaaaaaaaaaaaaa".to_owned(),
            String::new(),
        ] {
            assert!(!holds(&keys(), &other, at(0)), "{other}");
        }
        assert_eq!(
            (thread(&keys(), &id), envelope(&keys(), &id)),
            (None, None),
            "it names no letter"
        );
    }

    #[test]
    fn a_subject_may_name_a_case() {
        for (subject, named) in [
            ("Re: Our decision on your complaint (FC-10482)", Some("FC-10482")),
            ("AW: [EXTERNAL] my complaint [fc-10482]", Some("FC-10482")),
            ("FC-10482", None),
            ("[FC-]", None),
            ("[10482]", None),
            ("", None),
        ] {
            let read = read_subject(subject).map(|reference| reference.to_string());
            assert_eq!(read.as_deref(), named, "{subject}");
        }
    }
}
