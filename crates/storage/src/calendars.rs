//! The working-day calendars, version by version, as their text.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{StorageError, Tx};

/// A version of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarRow {
    /// The calendar's code, for instance `england-and-wales`.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The first date that it covers.
    pub valid_from: Date,
    /// The whole file.
    pub text: String,
    /// When it was published.
    pub published_at: Timestamp,
    /// True for the one that clocks count by.
    pub active: bool,
}

/// Keeps a version. Making it active takes that from the others of the same calendar.
///
/// # Errors
/// [`StorageError::Taken`] when this version is kept already with another text.
pub async fn put(_tx: &mut Tx<'_>, _row: &CalendarRow) -> Result<(), StorageError> {
    unimplemented!()
}

/// A version of a calendar.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(_tx: &mut Tx<'_>, _id: &str, _version: &str) -> Result<Option<CalendarRow>, StorageError> {
    unimplemented!()
}

/// The version that clocks count by.
///
/// # Errors
/// When the database cannot be read.
pub async fn active(_tx: &mut Tx<'_>, _id: &str) -> Result<Option<CalendarRow>, StorageError> {
    unimplemented!()
}

/// All versions of all calendars, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(_tx: &mut Tx<'_>) -> Result<Vec<CalendarRow>, StorageError> {
    unimplemented!()
}
