//! The index of deadlines: which dates fall when. Derived; the rules work each date out again from the events.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{StorageError, Tx};

/// A date or an instant that a case must meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineRow {
    /// The case.
    pub reference: String,
    /// The name of the clock, for instance `stage-1`.
    pub clock: String,
    /// The instant from which it is missed.
    pub due_at: Timestamp,
    /// The local date, where the deadline is one.
    pub due_on: Option<Date>,
    /// `decision`, `update`, `acknowledge`, `escalation_decision` or `warning`.
    pub kind: String,
    /// True once it was met.
    pub met: bool,
}

/// Puts the deadlines of a case in place of the ones before.
///
/// # Errors
/// When the database cannot be written.
pub async fn replace(_tx: &mut Tx<'_>, _reference: &str, _rows: &[DeadlineRow]) -> Result<(), StorageError> {
    unimplemented!()
}

/// Deadlines not yet met that fall from `from` up to, but not at, `to`; the earliest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn due_between(
    _tx: &mut Tx<'_>,
    _from: Timestamp,
    _to: Timestamp,
    _limit: u32,
) -> Result<Vec<DeadlineRow>, StorageError> {
    unimplemented!()
}

/// All deadlines of a case, the earliest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_case(_tx: &mut Tx<'_>, _reference: &str) -> Result<Vec<DeadlineRow>, StorageError> {
    unimplemented!()
}
