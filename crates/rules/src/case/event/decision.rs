//! The decision from its draft to its end, and what follows from it.

use serde::{Deserialize, Serialize};

use crate::case::facts::{Action, Decision};
use crate::case::vocabulary::{Channel, Ending, Outcome};
use crate::letters::FixedLetter;
use crate::people::StaffId;

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
    /// The letter whole, as it will go out once it is approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<FixedLetter>,
}

/// The words of a waiting letter were changed by somebody who may approve it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOffEdited {
    /// The number of the new version.
    pub version: u32,
    /// The decision with the changed words; everything else in it is as its author wrote it.
    pub decision: Decision,
    /// Why, for the author.
    pub why: String,
    /// The letter whole, as it will go out once it is approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<FixedLetter>,
}

/// A letter waits for somebody in place of those who have not acted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOffHandedOn {
    /// To whom; nobody where there is no delegate who may, so that everybody who could see to it is asked.
    pub to: Option<StaffId>,
    /// Who named them as delegate.
    pub instead_of: Option<StaffId>,
}

/// A letter was approved as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOffApproved {
    /// Words to the author, if any.
    pub remark: Option<String>,
    /// The version that was approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
    /// The hash of the letter that was approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
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
    /// The hash of the letter that tells it; none where it was told in conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter_sha256: Option<String>,
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
