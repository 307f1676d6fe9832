//! The audit tree beneath the event log: its nodes, its signed checkpoints and its proofs.

use jiff::Timestamp;

use crate::{StorageError, Store, Tx};

/// A hash of the tree.
pub type Hash = [u8; 32];

/// What a check of the whole log found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// How many entries were read.
    pub entries: u64,
    /// How many signed checkpoints were compared.
    pub checkpoints: u64,
    /// Entries whose contents were erased with their key: they still verify.
    pub erased: u64,
    /// What is wrong, one sentence each; none when the log is whole.
    pub faults: Vec<String>,
}

impl Report {
    /// True when nothing is wrong.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Signs the tree as it is now, as a C2SP checkpoint; `None` when it has not grown since the latest one.
///
/// # Errors
/// When the database cannot be written.
pub async fn sign_checkpoint(_tx: &mut Tx<'_>, _at: Timestamp) -> Result<Option<String>, StorageError> {
    unimplemented!()
}

/// The latest signed checkpoint, as the text of its note.
///
/// # Errors
/// When the database cannot be read.
pub async fn latest_checkpoint(_tx: &mut Tx<'_>) -> Result<Option<String>, StorageError> {
    unimplemented!()
}

/// The number of entries in the tree.
///
/// # Errors
/// When the database cannot be read.
pub async fn size(_tx: &mut Tx<'_>) -> Result<u64, StorageError> {
    unimplemented!()
}

/// The hashes that prove that the entry at `position` is in the tree of `size` entries.
///
/// # Errors
/// When the position is not in the tree, or the tree is not that large.
pub async fn inclusion_proof(_tx: &mut Tx<'_>, _position: u64, _size: u64) -> Result<Vec<Hash>, StorageError> {
    unimplemented!()
}

/// The hashes that prove that the tree of `new` entries only adds to the tree of `old`.
///
/// # Errors
/// When the tree is not that large.
pub async fn consistency_proof(_tx: &mut Tx<'_>, _old: u64, _new: u64) -> Result<Vec<Hash>, StorageError> {
    unimplemented!()
}

/// Reads the whole log and checks every entry, the tree above it and every signed checkpoint.
///
/// # Errors
/// When the database cannot be read; what is wrong with the log stands in the report.
pub async fn verify(_store: &Store) -> Result<Report, StorageError> {
    unimplemented!()
}
