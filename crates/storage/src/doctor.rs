//! Taking the derived tables away before they are built again from the events, and telling what differed.

use crate::{StorageError, Tx};

/// The derived tables as they are, row by row, without their contents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    rows: std::collections::BTreeMap<(String, String), [u8; 32]>,
}

/// A row that is not what the events say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The table.
    pub table: String,
    /// The row's key.
    pub key: String,
    /// How it differs.
    pub how: How,
}

/// How a row differed before the derived tables were built again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It was missing.
    Missing,
    /// It should not have been there.
    Extra,
    /// It said something else.
    Changed,
}

/// Takes a snapshot of the derived tables.
///
/// # Errors
/// When the database cannot be read.
pub async fn snapshot(_tx: &mut Tx<'_>) -> Result<Snapshot, StorageError> {
    unimplemented!()
}

/// Empties the derived tables: cases, deadlines, jobs, updates of jobs and the search index.
///
/// # Errors
/// When the database cannot be written.
pub async fn wipe_derived(_tx: &mut Tx<'_>) -> Result<(), StorageError> {
    unimplemented!()
}

impl Snapshot {
    /// What was wrong in `self`, taken before the tables were built again, measured by `rebuilt`.
    pub fn differences(&self, _rebuilt: &Snapshot) -> Vec<Difference> {
        unimplemented!()
    }
}
