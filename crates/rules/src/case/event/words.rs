//! What people wrote while the case was open.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case::Reference;
use crate::case::vocabulary::{Channel, Means};

/// What we told them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UpdateSent {
    /// The words.
    pub words: String,
    /// By what means.
    pub by: Means,
    /// When the next one is promised, if earlier than the rhythm asks.
    pub next_on: Option<Date>,
}

/// What they told us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageReceived {
    /// How it reached us.
    pub channel: Channel,
    /// Their words.
    pub words: String,
}

/// Something else that they wrote about: it is answered as a case of its own, and the message stays where it came (A26).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueSetApart {
    /// The number of the event in which they wrote it.
    pub message: u32,
    /// The case that it became.
    pub to: Reference,
}

/// For staff only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteAdded {
    /// The words.
    pub words: String,
}
