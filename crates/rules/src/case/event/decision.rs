//! The decision from its draft to its end, and what follows from it.

use serde::{Deserialize, Serialize};

use crate::case::facts::{Action, Decision};
use crate::case::vocabulary::{Channel, Ending, Outcome};

/// A draft with its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftSaved {
    /// Counted from 1.
    pub version: u32,
    /// The decision as drafted.
    pub decision: Decision,
    /// Points whose outcome nobody has chosen yet; their outcome in the draft means nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undecided: Vec<u32>,
}

/// A draft waits for approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOffRequested {
    /// The draft's number.
    pub version: u32,
    /// Which rule of the procedure asks for it, in words.
    pub because: String,
}

/// A decision at a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionRecorded {
    /// The stage.
    pub stage: u8,
    /// The decision whole.
    pub decision: Decision,
    /// The outcome of the case.
    pub outcome: Outcome,
}

/// They want someone to look again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscalationRequested {
    /// How the request reached us.
    pub channel: Channel,
    /// What we got wrong or missed; may be empty.
    pub words: Option<String>,
    /// It came after the window: flagged, never refused for that alone (A19).
    pub late: bool,
}

/// The end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// How.
    pub ending: Ending,
    /// Why, where no decision was given.
    pub reason: Option<String>,
}

/// Why it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RootCauseSet {
    /// The code from the procedure's list.
    pub cause: String,
}

/// A promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionCreated {
    /// Counted from 1 within the case.
    pub number: u32,
    /// What, who and when.
    pub action: Action,
}
