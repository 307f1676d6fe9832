//! What people wrote while the case was open.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

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

/// For staff only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteAdded {
    /// The words.
    pub words: String,
}
