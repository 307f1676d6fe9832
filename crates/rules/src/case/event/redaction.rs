//! Words or a file were taken out of a case: what is left is told anew, and what stood there is gone (R31).

use serde::{Deserialize, Serialize};

use super::Kept;

/// Something was taken out. It is the first event under a new key of the case; what lies before it in the log opens for nobody any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redacted {
    /// What happened until then, without what was taken out; empty in a case that was read, where it stands before this.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Kept>,
    /// The number of this redaction in its case, counted from 1: what stands in place of the words names it.
    pub number: u32,
    /// Why, without what was taken out.
    pub reason: String,
    /// Where something was taken out.
    pub places: Vec<Place>,
    /// Notes of reviews on this case, which were under its key too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteKept>,
}

/// Where something was taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The number of the event.
    pub event: u32,
    /// The field of its payload, such as `words`, or `file` for a whole file.
    pub field: String,
}

/// A note of a review, as it is read from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteKept {
    /// The month of the review, such as `2026-09`.
    pub month: String,
    /// The number of the event in the stream of the review.
    pub sequence: u32,
    /// Its words.
    pub words: String,
}

/// The person was given a copy of what is kept about them (UK GDPR article 15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyGiven {
    /// The number of the record of it, counted from 1 over all persons.
    pub number: u32,
}
