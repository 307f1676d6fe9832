//! The jobs of the built-in register (R20, R43, R44) and their updates (R21).

use jiff::Timestamp;

use crate::{StorageError, Tx};

/// A job. Derived from the events of its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRow {
    /// `F0100001`.
    pub number: String,
    /// The case it was raised for.
    pub reference: String,
    /// The problem profile, for instance `General-Customer Feedback`.
    pub profile: String,
    /// The job it is a child of (R44).
    pub parent: Option<String>,
    /// Its status.
    pub status: String,
    /// When it was raised.
    pub opened_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// An update of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobUpdate {
    /// The job.
    pub number: String,
    /// The sequence number of the event that it tells of.
    pub sequence: i64,
    /// When.
    pub at: Timestamp,
    /// Its words; sealed where they are stored.
    pub text: String,
}

/// Which jobs a list shows. What is left at its default does not narrow it.
#[derive(Debug, Clone, Default)]
pub struct JobFilter {
    /// With this status.
    pub status: Option<String>,
    /// With this problem profile.
    pub profile: Option<String>,
    /// Raised for this case.
    pub reference: Option<String>,
}

/// Writes a job, replacing the one before.
///
/// # Errors
/// When the database cannot be written.
pub async fn put(_tx: &mut Tx<'_>, _row: &JobRow) -> Result<(), StorageError> {
    unimplemented!()
}

/// A job; `None` when there is no such number.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(_tx: &mut Tx<'_>, _number: &str) -> Result<Option<JobRow>, StorageError> {
    unimplemented!()
}

/// A page of jobs, the newest number first, after the number given.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(
    _tx: &mut Tx<'_>,
    _filter: &JobFilter,
    _after: Option<&str>,
    _limit: u32,
) -> Result<Vec<JobRow>, StorageError> {
    unimplemented!()
}

/// The jobs of a case, the oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn for_case(_tx: &mut Tx<'_>, _reference: &str) -> Result<Vec<JobRow>, StorageError> {
    unimplemented!()
}

/// The children of a job, the oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn children_of(_tx: &mut Tx<'_>, _parent: &str) -> Result<Vec<JobRow>, StorageError> {
    unimplemented!()
}

/// Writes an update of a job; the same sequence number again replaces it.
///
/// # Errors
/// When there is no such job.
pub async fn put_update(_tx: &mut Tx<'_>, _update: &JobUpdate) -> Result<(), StorageError> {
    unimplemented!()
}

/// The updates of a job in order.
///
/// # Errors
/// When the database cannot be read.
pub async fn updates(_tx: &mut Tx<'_>, _number: &str) -> Result<Vec<JobUpdate>, StorageError> {
    unimplemented!()
}
