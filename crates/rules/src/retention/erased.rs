//! What stands on record of a case that was erased: no name and no word, and everything that the figures count.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case::Reference;
use crate::review::CaseFacts;
use crate::stored::stored_events;

/// The stream in which erasures stand. It is apart from the office's own, which is read whole whenever somebody changes something there.
pub const ERASURES: &str = "erasures";

stored_events! {
    /// One thing that happened to a record itself. It has a stream and a key of its own, which are never destroyed.
    pub enum ErasureEvent;

    /// A case was erased: its key is destroyed (P40).
    Erased(Erased) = "case.erased", 1;
}

/// A case that was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// What it was called; never used again.
    pub reference: Reference,
    /// The code of its class, where one fits it.
    pub class: Option<String>,
    /// The words for that class at the time.
    pub class_name: Option<String>,
    /// Why.
    pub why: Why,
    /// The day on which it was closed.
    pub closed_on: Option<Date>,
    /// What the figures count of it; nothing where its class says that nothing is kept.
    pub facts: Option<Box<CaseFacts>>,
}

/// Why a case was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Why {
    /// Its period was over on this day, and it had stood among those that go next since that one.
    Due {
        /// The first day on which it was not kept any more.
        goes_on: Date,
        /// Since when it had been announced.
        announced_on: Date,
    },
    /// The person asked for it.
    Asked,
    /// It had been erased before, and came back with a backup.
    Again,
}

impl Why {
    /// In a few words.
    pub fn words(self) -> &'static str {
        match self {
            Why::Due { .. } => "its period was over",
            Why::Asked => "the person asked for it",
            Why::Again => "it had been erased before and came back with a backup",
        }
    }
}
