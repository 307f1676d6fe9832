//! Dates that came near or passed, and more time.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A date and the clock that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockPassed {
    /// The clock's name in the procedure.
    pub clock: String,
    /// The instant that came near or passed.
    pub due_at: Timestamp,
}

/// Somebody wants more time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionRequested {
    /// By how many working days.
    pub days: u32,
    /// The code from the procedure's list.
    pub reason_code: Option<String>,
    /// Why.
    pub reason: String,
}
