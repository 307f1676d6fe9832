//! Letters whose words are fixed before they go: what was read is what is sent, to the byte (R77, R78, P35).

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{LetterFacts, LetterKind};
use crate::case::change::{Change, Fields, LetterOwed, Refused, Setting};
use crate::case::event::{DecisionRecorded, Event, LetterDelivered};
use crate::case::state::{Draft, Work};
use crate::case::{Case, Recorded, State, Unfit};
use crate::handling::decide::{decision_letter, stage_of};
use crate::people::Actor;
use crate::procedure::MustSay;

/// A letter in words, as the post room sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Composed {
    /// The subject line.
    pub subject: String,
    /// The plain text.
    pub text: String,
    /// The HTML of the same words.
    pub html: String,
}

impl Composed {
    /// What these words are known by: SHA-256 over subject, text and HTML, each with its length in bytes before it, as 64 hexadecimal digits.
    pub fn sha256(&self) -> String {
        let mut hash = Sha256::new_with_prefix("redress letter 1\n");
        for part in [&self.subject, &self.text, &self.html] {
            hash.update(format!("{}\n", part.len()));
            hash.update(part);
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A letter with its hash, as an event keeps it: sealed under the key of its case like every word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixedLetter {
    /// Which letter.
    pub kind: LetterKind,
    /// The words.
    pub words: Composed,
    /// What they are known by.
    pub sha256: String,
}

impl FixedLetter {
    /// These words, from now on.
    pub fn of(kind: LetterKind, words: Composed) -> FixedLetter {
        FixedLetter {
            kind,
            sha256: words.sha256(),
            words,
        }
    }
}

/// What puts facts into words: the wording that the office keeps (R16).
pub trait Compose: Send + Sync {
    /// The letter.
    ///
    /// # Errors
    /// What is wrong with its wording, in words for whoever keeps it.
    fn compose(&self, kind: LetterKind, facts: &LetterFacts) -> Result<Composed, String>;

    /// Which of the items the words lack (P35).
    fn lacks(&self, words: &Composed, facts: &LetterFacts, must_say: &[MustSay]) -> Vec<MustSay>;
}

/// What writes the letters of a case: it knows the facts of the office and its wording, which rules do not.
pub trait Scribe {
    /// The letter that this case owes.
    ///
    /// # Errors
    /// What is wrong with its wording.
    fn write(&self, case: &Case, owed: &LetterOwed, setting: &Setting<'_>) -> Result<Written, String>;
}

/// A letter as it was written, and what it lacks of what the procedure asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The words.
    pub words: Composed,
    /// Items of the procedure's checklist that it does not say (P35).
    pub lacks: Vec<MustSay>,
}

/// Why no letter could be fixed.
#[derive(Debug, thiserror::Error)]
pub enum NotFixed {
    /// Something must be changed first.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The change cannot happen to this case.
    #[error(transparent)]
    Unfit(#[from] Unfit),
}

/// A change whose decision letters are written out whole: the one that waits for sign-off with the event that asks for it, the one that goes
/// out with its words. One that lacks something of the procedure's checklist goes nowhere (P35). A letter that was approved keeps the words
/// that were approved.
///
/// # Errors
/// [`NotFixed::Refused`] with what the letter lacks and what to do; [`NotFixed::Unfit`] when the change cannot happen.
pub fn fix(
    case: &Case,
    mut change: Change,
    actor: Actor,
    scribe: &dyn Scribe,
    setting: &Setting<'_>,
) -> Result<Change, NotFixed> {
    for index in 0..change.events.len() {
        if letter_of(&mut change.events[index]).is_none_or(|letter| letter.is_some()) {
            continue;
        }
        let waiting = case.preview(&change.events[..=index], actor, setting.now)?;
        let State::SignOff(work, draft) = &waiting.state else {
            continue;
        };
        let written = waiting_letter(&waiting, (work, draft), (scribe, setting))?;
        if let Some(letter) = letter_of(&mut change.events[index]) {
            *letter = Some(written);
        }
    }
    let owed = |owed: &LetterOwed| owed.kind.decides() && owed.same_as.is_none() && owed.words.is_none();
    if let Some(index) = change.letters.iter().position(owed) {
        let after = case.preview(&change.events, actor, setting.now)?;
        let words = written(&after, &change.letters[index], (scribe, setting))?;
        note_hash(&mut change.events, &words.sha256());
        change.letters[index].words = Some(words);
    }
    Ok(change)
}

/// Where an event keeps the letter that waits for sign-off after it; nothing for any other event.
fn letter_of(event: &mut Event) -> Option<&mut Option<FixedLetter>> {
    match event {
        Event::SignOffRequested(asked) => Some(&mut asked.letter),
        Event::SignOffEdited(edited) => Some(&mut edited.letter),
        _ => None,
    }
}

/// The letter of the draft that waits, as it would go out if it were approved now.
fn waiting_letter(
    case: &Case,
    (work, draft): (&Work, &Draft),
    with: (&dyn Scribe, &Setting<'_>),
) -> Result<FixedLetter, NotFixed> {
    let stage = stage_of(work, with.1)?;
    let decided = Event::DecisionRecorded(DecisionRecorded {
        stage: work.stage(),
        outcome: draft.decision.outcome,
        decision: draft.decision.clone(),
        letter_sha256: None,
    });
    let after = case.preview(&[decided], Actor::System, with.1.now)?;
    let owed = decision_letter(stage, draft.author);
    Ok(FixedLetter::of(owed.kind, written(&after, &owed, with)?))
}

fn written(case: &Case, owed: &LetterOwed, with: (&dyn Scribe, &Setting<'_>)) -> Result<Composed, Refused> {
    let (scribe, setting) = with;
    let written = scribe.write(case, owed, setting).map_err(|fault| {
        Refused::Rule(format!(
            "The wording of this letter has a fault, so it cannot go out: {fault}. Tell whoever keeps the wording."
        ))
    })?;
    let mut fields = Fields::default();
    for item in &written.lacks {
        let (field, what) = to_do(*item);
        fields.ask(field, format!("The letter does not say {}. {what}", item.words()));
    }
    fields.finish()?;
    Ok(written.words)
}

/// The field in which something missing is said, and what to do; what no field holds is the wording's.
fn to_do(item: MustSay) -> (&'static str, &'static str) {
    match item {
        MustSay::Reasons => ("found", "Write what you found"),
        MustSay::PointsAnswered => ("finding-1", "Write what you found on each point"),
        MustSay::ApologyWhereUpheld => ("found", "Say sorry, in words that are ours: \"We are sorry that ...\""),
        MustSay::WhatWeDid | MustSay::Remedy => ("did", "Write what you did to put it right"),
        MustSay::ActionsAndDates => ("action-1-what", "Write what will change, who does it and by when"),
        _ => (
            "found",
            "Tell whoever keeps the wording of letters: its file leaves it out",
        ),
    }
}

/// The decision says by which hash its letter is known.
pub(crate) fn note_hash(events: &mut [Event], sha256: &str) {
    for event in events {
        if let Event::DecisionRecorded(recorded) = event {
            recorded.letter_sha256 = Some(sha256.to_owned());
        }
    }
}

/// The hash under which the words of a decision letter are on record at the event that owed it; nothing for a letter whose words are made
/// when it is sent. One that nobody approved and that goes out again states the dates of that day, so its first hash holds no longer.
pub fn on_record(history: &[Recorded], owed_by: u32) -> Option<&str> {
    let (mut approved, mut hash) = (false, None);
    for recorded in history.iter().take_while(|recorded| recorded.sequence <= owed_by) {
        match &recorded.event {
            Event::StageEntered(_) | Event::Reopened(_) => (approved, hash) = (false, None),
            Event::SignOffApproved(signed) => approved = signed.sha256.is_some(),
            Event::DecisionRecorded(recorded) => hash = recorded.letter_sha256.as_deref(),
            Event::LetterOwedAgain(again) if again.letter.decides() && !approved => hash = None,
            _ => {}
        }
    }
    hash
}

/// How a letter that went out stands to the one that was fixed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proven {
    /// The hash of what went out.
    pub sha256: String,
    /// The version that was approved, where somebody approved one.
    pub version: Option<u32>,
    /// Whether it is, to the byte, what is on record: hash and words.
    pub holds: bool,
}

/// Holds what went out against what is on record. Nothing for a letter whose words were not fixed.
pub fn prove(history: &[Recorded], sent: &LetterDelivered) -> Option<Proven> {
    let (sha256, owed_by) = (sent.sha256.clone()?, sent.owed_by?);
    let until = history.partition_point(|recorded| recorded.sequence <= owed_by);
    let before = || history[..until].iter();
    let version = before().rev().find_map(|recorded| match &recorded.event {
        Event::SignOffApproved(signed) if signed.sha256.as_deref() == Some(&*sha256) => signed.version,
        _ => None,
    });
    let kept = before().find_map(|recorded| match &recorded.event {
        Event::SignOffRequested(asked) => asked.letter.as_ref().filter(|letter| letter.sha256 == sha256),
        Event::SignOffEdited(edited) => edited.letter.as_ref().filter(|letter| letter.sha256 == sha256),
        _ => None,
    });
    let same = |letter: &FixedLetter| {
        letter.words.sha256() == sha256 && letter.words.text == sent.text && letter.words.subject == sent.subject
    };
    // Where nobody approved it the whole letter is not kept: then the hash is what there is.
    let words_hold = kept.map_or(version.is_none(), same);
    Some(Proven {
        holds: words_hold && on_record(history, owed_by) == Some(&*sha256),
        version,
        sha256,
    })
}
