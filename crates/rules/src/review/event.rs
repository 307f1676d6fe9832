//! What can happen to a review: one type per event, in the past tense, with its stored name and version (model 3.3).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ledger::{Ledger, Restated};
use super::pack::Pack;
use super::period::Month;
use crate::case::Reference;
use crate::follow_on::FollowOnId;
use crate::people::StaffId;
use crate::stored::stored_events;

stored_events! {
    /// One thing that happened to the review of a month. It has a stream and a key of its own.
    pub enum ReviewEvent;

    /// The month was over and its review began.
    Opened(Opened) = "review.opened", 1;
    /// Somebody noted something, on a case or for the minutes.
    Noted(Noted) = "review.noted", 1;
    /// A change was recommended (R82).
    Recommended(Recommended) = "recommendation.made", 1;
    /// An action was agreed, with owner and date (R10).
    ActionAgreed(ActionAgreed) = "review.action_agreed", 1;
    /// Figures and lists were kept as they were (A34).
    Frozen(Frozen) = "pack.frozen", 1;
    /// Frozen figures turned out to be others: what was, what is, and why (A34).
    Restated(Correction) = "pack.restated", 1;
    /// It was held: when, and who was there (R42).
    Held(Held) = "review.held", 1;
    /// It is finished.
    Finished(Finished) = "review.finished", 1;
}

/// The beginning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The month that is reviewed.
    pub month: Month,
    /// What decides which ordinary cases are read: drawn now, so that nobody could know it before.
    pub seed: String,
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// The case; none for the minutes, which everybody reads who may read the review.
    pub about: Option<Reference>,
    /// The words; empty where they are sealed.
    pub words: String,
    /// The words of a note on a case, sealed under the key of the case as well, so that they go with it; in hexadecimal digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<String>,
}

/// What a note says once its case is erased.
pub const NOTE_GONE: &str = "This note was erased with its case.";

/// A recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommended {
    /// What it is called in the register.
    pub action: FollowOnId,
    /// What should change.
    pub text: String,
}

/// An agreed action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionAgreed {
    /// What it is called in the register.
    pub action: FollowOnId,
    /// Who is accountable.
    pub owner: String,
    /// The day by which it is to be done.
    pub due_on: Date,
}

/// The pack as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// Figures and lists.
    pub pack: Pack,
    /// SHA-256 of them, as 64 hexadecimal digits: stands on what is printed.
    pub sha256: String,
}

/// A restatement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The figures as they are now.
    pub figures: Ledger,
    /// Each number that changed since they were last stated.
    pub changes: Vec<Restated>,
    /// Why.
    pub reason: String,
}

/// The meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The day.
    pub on: Date,
    /// Members of staff who were there.
    pub present: Vec<StaffId>,
    /// Who else was there, in words.
    pub others: String,
}

/// The end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finished {
    /// What is taken from it into the next, in words; may be empty.
    pub words: String,
}
