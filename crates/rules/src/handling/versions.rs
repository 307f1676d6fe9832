//! The versions of a decision: who saved which words and when, and which of them somebody had before them (R77, R78).

use jiff::Timestamp;

use crate::case::event::Event;
use crate::case::{Decision, Recorded};
use crate::letters::FixedLetter;
use crate::people::StaffId;

/// One version of a decision's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version<'a> {
    /// Counted from 1 in each stay at a stage.
    pub number: u32,
    /// When it was saved.
    pub at: Timestamp,
    /// Who saved it.
    pub by: Option<StaffId>,
    /// Who answers for what was found: of a version that an approver changed, still its author.
    pub author: Option<StaffId>,
    /// The words.
    pub decision: &'a Decision,
    /// Points whose outcome nobody had chosen yet.
    pub undecided: &'a [u32],
    /// The letter whole, where it was sent for sign-off.
    pub letter: Option<&'a FixedLetter>,
    /// Why an approver changed it; nothing for a version of the author's.
    pub why: Option<&'a str>,
}

/// The versions of the latest stay at a stage, the first one first.
pub fn versions(history: &[Recorded]) -> Vec<Version<'_>> {
    let mut versions: Vec<Version<'_>> = Vec::new();
    for recorded in history {
        let (at, by) = (recorded.at, recorded.actor.staff());
        match &recorded.event {
            Event::StageEntered(_) => versions.clear(),
            Event::DraftSaved(saved) => versions.push(Version {
                number: saved.version,
                at,
                by,
                author: by,
                decision: &saved.decision,
                undecided: &saved.undecided,
                letter: None,
                why: None,
            }),
            Event::SignOffRequested(asked) => {
                if let Some(version) = versions.iter_mut().find(|version| version.number == asked.version) {
                    version.letter = asked.letter.as_ref();
                }
            }
            Event::SignOffEdited(edited) => versions.push(Version {
                number: edited.version,
                at,
                by,
                author: versions.last().and_then(|before| before.author),
                decision: &edited.decision,
                undecided: &[],
                letter: edited.letter.as_ref(),
                why: Some(&edited.why),
            }),
            _ => {}
        }
    }
    versions
}

/// The version that somebody who signs off last had before them: the one that they themselves sent back or changed; else the one that anybody
/// sent back; else the first that there is.
pub fn last_seen(history: &[Recorded], who: StaffId) -> Option<u32> {
    let (mut own, mut anybodys, mut waiting, mut first) = (None, None, None, None);
    for recorded in history {
        match &recorded.event {
            Event::StageEntered(_) => (own, anybodys, waiting, first) = (None, None, None, None),
            Event::DraftSaved(saved) => first = first.or(Some(saved.version)),
            Event::SignOffRequested(asked) => waiting = Some(asked.version),
            Event::SignOffEdited(edited) => {
                waiting = Some(edited.version);
                if recorded.actor.staff() == Some(who) {
                    own = waiting;
                }
            }
            Event::SignOffReturned(_) => {
                anybodys = waiting;
                if recorded.actor.staff() == Some(who) {
                    own = waiting;
                }
            }
            _ => {}
        }
    }
    own.or(anybodys).or(first)
}
