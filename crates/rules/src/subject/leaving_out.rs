//! What of a copy is about other people: suggested by rules, decided by a person, and left out (UK GDPR article 15(4)).

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::copy::{CaseCopy, Copy, Entry, ON_BEHALF};
use crate::coded::coded;
use crate::confidential::names::{People, What, find};
use crate::redaction::Passage;

/// What stands in a copy where something was left out.
pub const LEFT_OUT: &str = "[left out]";

coded! {
    /// Why it is suggested to leave something out.
    pub enum Why {
        /// Somebody who works here, or stands in the directory.
        Known = "known", "somebody who works here";
        /// A name that nobody here has.
        Named = "named", "a name";
        /// An address or a user name.
        Address = "address", "an address";
        /// A phone number, or another number by which somebody is known.
        Number = "number", "a number that may be somebody's";
        /// Somebody else who complained about the same matter.
        Complained = "complained", "somebody else who complained";
        /// Words whose source is somebody else.
        OtherWords = "other_words", "somebody else's words";
    }
}

/// Entries whose words are somebody else's, or about the people who deal with it: they are left out whole unless somebody says otherwise.
const OTHERS: &[&str] = &[
    "conflict.declared",
    "conflict.overridden",
    "evidence.added",
    "hold.lifted",
    "hold.set",
    "interview.held",
    "interview.notes_confirmed",
    "staff.named",
];

/// Something that may be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// By what a form names it: `w:` and the words, or `e:`, the reference and the number of the entry.
    pub id: String,
    /// The words, or what the entry is.
    pub what: String,
    /// Why.
    pub why: Why,
    /// In how many places it stands.
    pub times: u32,
    /// The words around the first of them.
    pub around: String,
}

/// Whose names and addresses are left out, and whose are not.
#[derive(Clone, Copy)]
pub struct Others<'a> {
    /// Everybody known.
    pub people: &'a People,
    /// What is the person's own: names, addresses, numbers.
    pub own: &'a [String],
    /// Others who complained about the same matter, as far as whoever makes the copy sees their cases.
    pub complained: &'a People,
}

/// Everything that the rules would leave out: whole entries first, then words, each in the order in which it stands.
pub fn suggestions(cases: &[CaseCopy], others: Others<'_>) -> Vec<Suggestion> {
    let entries = cases.iter().flat_map(|case| {
        let whole = case
            .entries
            .iter()
            .filter(|entry| is_others(entry) && !entry.texts.is_empty());
        whole.map(|entry| Suggestion {
            id: id_of(&case.reference, entry.number),
            what: format!("{}, no. {} of {}", entry.what, entry.number, case.reference),
            why: Why::OtherWords,
            times: 1,
            around: beginning(&entry.texts[0].text),
        })
    });
    let mut all: Vec<Suggestion> = entries.collect();
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for text in cases.iter().flat_map(CaseCopy::texts) {
        for (found, why) in found_in(text, others) {
            let at = *words.entry(found.to_lowercase()).or_insert_with(|| {
                all.push(Suggestion {
                    id: format!("w:{found}"),
                    what: found.clone(),
                    why,
                    times: 0,
                    around: around(text, &found),
                });
                all.len() - 1
            });
            all[at].times += 1;
        }
    }
    all
}

fn is_others(entry: &Entry) -> bool {
    OTHERS.contains(&entry.kind)
}

fn id_of(reference: &str, number: u32) -> String {
    format!("e:{reference}:{number}")
}

fn found_in(text: &str, others: Others<'_>) -> Vec<(String, Why)> {
    let own_name = others.own.first().map(String::as_str);
    let spans = find(text, others.people, own_name).spans.into_iter();
    let named = spans.filter_map(|span| {
        let why = match span.what {
            What::Known { .. } => Why::Known,
            What::Unknown => Why::Named,
            What::Email | What::Username => Why::Address,
            What::Described => return None,
        };
        Some((span.text, why))
    });
    let numbers = numbers(text).map(|number| (number, Why::Number));
    let complained = find(text, others.complained, own_name).spans.into_iter();
    let complained =
        complained.filter_map(|span| matches!(span.what, What::Known { .. }).then_some((span.text, Why::Complained)));
    let mut found: Vec<(String, Why)> = complained.collect();
    let first = found.len();
    for one in named.chain(numbers) {
        if found[..first].iter().all(|(complained, _)| *complained != one.0) {
            found.push(one);
        }
    }
    found.retain(|(found, _)| !is_own(found, others.own));
    found
}

/// Whether it is the person's own name, a part of it, or their own address.
fn is_own(found: &str, own: &[String]) -> bool {
    let parts = |text: &str| -> Vec<String> {
        let folded = text.to_lowercase();
        folded
            .split(|sign: char| !sign.is_alphanumeric())
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let found = parts(found);
    own.iter().any(|own| {
        let own = parts(own);
        !found.is_empty() && found.iter().all(|part| own.contains(part))
    })
}

/// Runs of digits as long as a phone number within a town, with what stands between them. A day is none, nor a number with letters before it.
fn numbers(text: &str) -> impl Iterator<Item = String> + '_ {
    const SHORTEST: usize = 7;
    let is_of_one = |sign: char| sign.is_ascii_digit() || matches!(sign, ' ' | '-' | '(' | ')' | '+' | '.');
    let is_day = |run: &str| run.get(..10).is_some_and(|day| day.parse::<Date>().is_ok());
    let mut before = None;
    let runs = text
        .split_inclusive(move |sign: char| !is_of_one(sign))
        .map(move |piece| {
            let run = piece.trim_end_matches(|sign: char| !is_of_one(sign));
            let after_letter =
                before.is_some_and(char::is_alphanumeric) && run.starts_with(|sign: char| sign.is_ascii_digit());
            before = piece.chars().last();
            if after_letter { "" } else { run }
        });
    runs.map(|run| run.trim_matches(|sign: char| !sign.is_ascii_digit() && sign != '+'))
        .filter(move |run| run.chars().filter(char::is_ascii_digit).count() >= SHORTEST && !is_day(run))
        .map(str::to_owned)
}

fn around(text: &str, found: &str) -> String {
    const BESIDE: usize = 50;
    let Some(at) = text.find(found) else {
        return beginning(text);
    };
    let before: Vec<char> = text[..at].chars().rev().take(BESIDE).collect();
    let after: String = text[at + found.len()..].chars().take(BESIDE).collect();
    let before: String = before.into_iter().rev().collect();
    format!("{before}{found}{after}")
}

fn beginning(text: &str) -> String {
    text.chars().take(100).collect()
}

/// What somebody decided to leave out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeavingOut {
    /// The suggestions that they follow.
    pub ids: Vec<String>,
    /// What they leave out beyond these, wherever it stands.
    pub also: Vec<String>,
}

impl LeavingOut {
    /// Everything that is suggested, and no more.
    pub fn all(suggestions: &[Suggestion]) -> LeavingOut {
        LeavingOut {
            ids: suggestions.iter().map(|one| one.id.clone()).collect(),
            also: Vec::new(),
        }
    }

    /// Whether it is other than what was suggested: then somebody says why.
    pub fn differs(&self, suggestions: &[Suggestion]) -> bool {
        !self.also.is_empty() || suggestions.iter().any(|one| !self.ids.contains(&one.id))
    }

    /// The copy without it, and in how many places something was left out.
    pub fn from_copy(&self, copy: Copy) -> (Copy, u32) {
        let words = self
            .ids
            .iter()
            .filter_map(|id| id.strip_prefix("w:"))
            .chain(self.also.iter().map(String::as_str));
        let mut passages: Vec<&str> = words.filter(|words| !words.trim().is_empty()).collect();
        // The longest first: a name goes whole before a part of it does.
        passages.sort_by_key(|words| std::cmp::Reverse(words.len()));
        let passages: Vec<Passage> = passages.into_iter().filter_map(Passage::short).collect();
        let mut times = 0;
        let mut without = |text: &mut String| {
            for passage in &passages {
                let places = u32::try_from(passage.places(text).len()).unwrap_or(u32::MAX);
                if let Some(left) = passage.replaced(text, LEFT_OUT) {
                    *text = left;
                    times += places;
                }
            }
        };
        let mut copy = copy;
        let mut entries = 0;
        for case in &mut copy.cases {
            for entry in &mut case.entries {
                let whole = self.ids.contains(&id_of(&case.reference, entry.number));
                for text in &mut entry.texts {
                    match whole {
                        true => LEFT_OUT.clone_into(&mut text.text),
                        false => without(&mut text.text),
                    }
                }
                entries += u32::from(whole);
            }
            for file in &mut case.files {
                without(&mut file.name);
            }
            case.recipients.iter_mut().for_each(&mut without);
            let behalf = case.contact.iter_mut().filter(|line| line.name == ON_BEHALF);
            behalf.for_each(|line| without(&mut line.value));
        }
        (copy, times + entries)
    }
}
