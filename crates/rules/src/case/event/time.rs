//! Dates that came near or passed, and more time.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A date and the clock that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockPassed {
    /// The clock's name in the procedure.
    pub clock: String,
    /// The instant that came near or passed.
    pub due_at: Timestamp,
}

/// A decision date was counted again after a change of the calendar (A42).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockRecomputed {
    /// The clock's name in the procedure.
    pub clock: String,
    /// The instant from which it counts: it tells one stay at a stage from another.
    pub from: Timestamp,
    /// The date that was promised.
    pub old_on: Date,
    /// The date from now on: a later one, or the same where the new calendar would have made it earlier.
    pub new_on: Date,
    /// The version of the new calendar.
    pub calendar: String,
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
