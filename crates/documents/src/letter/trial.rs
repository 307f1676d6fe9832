//! Trying a wording before anybody relies on it: it is filled in with example facts and held against what the letter must say (P35, P44, R16).

use rules::letters::LetterKind;
use rules::office::brand::LINK;
use rules::procedure::MustSay;

use super::sheet::Sheet;
use super::wording::{LARGEST_BYTES, office_file};
use super::{Letter, WordingError, check, sample};

/// A wording that can be used, filled in with example facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// With everything that such a letter may state.
    pub full: Letter,
    /// With the least that such a letter is sent with.
    pub sparse: Letter,
}

/// Why a wording cannot be used: every reason that was found, in the order of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit(pub Vec<WordingError>);

/// Fills in a wording with example facts and looks whether it says what the procedure asks of this letter.
///
/// # Errors
/// Everything that is to be put right: strange characters, facts that do not exist, markup that does not end, items that are not said.
pub fn try_out(kind: LetterKind, source: &str, must_say: &[MustSay]) -> Result<Tried, Unfit> {
    let file = office_file(kind);
    if source.len() > LARGEST_BYTES {
        let reason = format!("it is longer than {} KB; no letter needs that", LARGEST_BYTES / 1024);
        return Err(Unfit(vec![WordingError::whole(&file, reason)]));
    }
    let strange = strange_characters(&file, source);
    if !strange.is_empty() {
        return Err(Unfit(strange));
    }
    let one = |fault: WordingError| Unfit(vec![fault]);
    let sheet = Sheet::read(&file, source).map_err(one)?;
    let facts = sample::full(kind);
    let tried = Tried {
        full: sheet.render(&facts, LINK).map_err(one)?,
        sparse: sheet.render(&sample::sparse(kind), LINK).map_err(one)?,
    };
    let codes: Vec<&str> = must_say.iter().map(|item| item.code()).collect();
    let unsaid: Vec<WordingError> = check(&tried.full, &facts, &codes)
        .into_iter()
        .map(|missing| WordingError::whole(&file, format!("{}{}", unsaid(&missing.words), advice(&missing.item))))
        .collect();
    if unsaid.is_empty() {
        Ok(tried)
    } else {
        Err(Unfit(unsaid))
    }
}

/// "The letter does not say the outcome." as the rest of a sentence.
fn unsaid(words: &str) -> String {
    words
        .strip_prefix("The letter does")
        .map_or_else(|| words.to_owned(), |rest| format!("it does{rest}"))
}

/// How to say it, where one fact does.
fn advice(item: &str) -> String {
    let fact = match MustSay::from_code(item) {
        Some(MustSay::Reference) => "reference",
        Some(MustSay::Stage) => "stage",
        Some(MustSay::DecisionDate | MustSay::NewDate) => "decision_date",
        Some(MustSay::OldDate) => "old_decision_date",
        Some(MustSay::NextUpdateDate) => "next_update_date",
        Some(MustSay::Outcome) => "outcome_sentence",
        Some(MustSay::Reasons | MustSay::News) => "body",
        Some(MustSay::WhatWeDid) => "what_we_did",
        Some(MustSay::EscalationByDate | MustSay::TimeLimit) => "escalate_by",
        Some(MustSay::Signpost) => "signpost",
        Some(MustSay::NameAndJob) => return " Write {{ signed_by }} and {{ signed_job }} where it belongs.".to_owned(),
        Some(MustSay::WhoHandles) => "handled_by",
        Some(MustSay::HowToTrack) => "tracking_link",
        Some(MustSay::ComplaintDefinition) => "about",
        _ => return String::new(),
    };
    format!(" Write {{{{ {fact} }}}} where it belongs.")
}

/// Characters that no mail program shows as meant: control characters, those of private use, and the mark of a broken encoding.
fn strange_characters(file: &str, source: &str) -> Vec<WordingError> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(source.trim_start_matches('\u{feff}').lines()) {
        if let Some(strange) = line.chars().find(|character| is_strange(*character)) {
            let reason = match strange {
                '\u{fffd}' => "a character here was broken on its way; type it again".to_owned(),
                other => format!(
                    "the character U+{:04X} cannot be seen or is shown differently everywhere; take it out",
                    u32::from(other)
                ),
            };
            found.push(WordingError::at(file, number, reason));
        }
    }
    found
}

fn is_strange(character: char) -> bool {
    let code = u32::from(character);
    (character.is_control() && !matches!(character, '\t' | '\r'))
        || matches!(character, '\u{fffd}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
        || (0xe000..=0xf8ff).contains(&code)
        || code >= 0xf_0000
}

/// The facts that wordings state, by name, with what they hold.
pub const FACTS: &[(&str, &str)] = &[
    ("organisation", "the institution"),
    ("unit", "the department"),
    ("phone", "the telephone number"),
    ("phone_hours", "when somebody answers the telephone"),
    ("greeting", "how to greet; empty for somebody who gave no name"),
    ("reference", "the reference of the case"),
    ("feedback", "complaint, compliment, suggestion or comment"),
    ("about", "a few words of what it is about"),
    (
        "acting_for",
        "on whose behalf they complain; empty where it is their own",
    ),
    ("confidential", "true where it is restricted"),
    (
        "enclosed",
        "true where the letter to a line manager holds the complaint, encrypted",
    ),
    ("left_out", "how many files were too large for it; empty where none was"),
    ("stage", "stage 1 or stage 2; empty where there is none"),
    ("decision_date", "the day by whose end the decision is due"),
    ("missed_decision_date", "that day, once it has passed"),
    ("old_decision_date", "the date that an extension replaces"),
    ("next_update_date", "when the next update comes, at the latest"),
    ("tracking_link", "the private address of their page"),
    ("receipt_code", "the receipt code, in the acknowledgement"),
    (
        "body",
        "the words that somebody wrote: the update, the reason, the finding",
    ),
    ("what_we_did", "what was done at stage 1"),
    ("outcome_sentence", "We agree with your complaint, and its like"),
    ("apology_owed", "true where the complaint is upheld or partly upheld"),
    (
        "points",
        "the points of complaint: number, text, finding, outcome, outcome_sentence",
    ),
    ("actions", "what will change: text, owner, by"),
    ("escalate_by", "the last day on which stage 2 can be asked for"),
    ("signpost", "where else to turn"),
    ("signed_by", "who signs"),
    ("signed_job", "their job"),
    ("handled_by", "who deals with it now: name and job"),
];
