//! The event log: what happened, in order, sealed under the key of its stream, each entry a leaf of the audit tree.

use jiff::Timestamp;

use crate::audit::Hash;
use crate::{StorageError, Tx};

/// An event that is about to be kept.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// The case (`FC-10482`), or `office` for what belongs to no case.
    pub stream: String,
    /// Its place in the stream, counted from 1.
    pub sequence: u32,
    /// Its stored name, for instance `stage.entered`.
    pub kind: String,
    /// The version of its payload's format.
    pub version: u16,
    /// When it happened; kept to the microsecond.
    pub at: Timestamp,
    /// Who did it, as a code without a name (`staff:12`, `worker`, `complainant`): stored in the open.
    pub actor: String,
    /// What happened, as JSON: sealed before it is stored.
    pub payload: Vec<u8>,
}

/// Where an event was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// Its place in the whole log, counted from 1.
    pub position: u64,
    /// Its leaf in the audit tree (leaf number `position - 1`).
    pub leaf: Hash,
}

/// An event as it was kept, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its place in the whole log, counted from 1.
    pub position: u64,
    /// The stream.
    pub stream: String,
    /// Its place in the stream, counted from 1.
    pub sequence: u32,
    /// Its stored name.
    pub kind: String,
    /// The version of its payload's format.
    pub version: u16,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// What happened, opened.
    pub payload: Vec<u8>,
}

/// An event as it lies in the database, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedEvent {
    /// Its place in the whole log, counted from 1.
    pub position: u64,
    /// The stream.
    pub stream: String,
    /// Its place in the stream.
    pub sequence: u32,
    /// Its stored name.
    pub kind: String,
    /// The version of its payload's format.
    pub version: u16,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// What happened, sealed.
    pub sealed: Vec<u8>,
}

/// A line of the audit tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Its place in the whole log, counted from 1.
    pub position: u64,
    /// Its place in the stream.
    pub sequence: u32,
    /// Its stored name.
    pub kind: String,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// Its leaf in the audit tree.
    pub leaf: Hash,
}

/// Appends events: gives them consecutive positions, seals their payloads and adds their leaves to the audit tree.
///
/// # Errors
/// [`StorageError::Conflict`] when a sequence number of a stream is already taken.
pub async fn append(_tx: &mut Tx<'_>, _events: &[NewEvent]) -> Result<Vec<Appended>, StorageError> {
    unimplemented!()
}

/// The events of a stream in order; none when the stream does not exist.
///
/// # Errors
/// When the key of the stream is gone or an event was changed from outside.
pub async fn load(_tx: &mut Tx<'_>, _stream: &str) -> Result<Vec<StoredEvent>, StorageError> {
    unimplemented!()
}

/// Up to `limit` events of all streams after a position (0 for the beginning). Events whose key is gone are left out.
///
/// # Errors
/// When an event was changed from outside.
pub async fn load_after(_tx: &mut Tx<'_>, _position: u64, _limit: u32) -> Result<Vec<StoredEvent>, StorageError> {
    unimplemented!()
}

/// Up to `limit` events from a position on, as they lie there.
///
/// # Errors
/// When the database cannot be read.
pub async fn raw_scan(_tx: &mut Tx<'_>, _from: u64, _limit: u32) -> Result<Vec<SealedEvent>, StorageError> {
    unimplemented!()
}

/// The sequence number of the latest event of a stream; 0 when it has none.
///
/// # Errors
/// When the database cannot be read.
pub async fn sequence_of(_tx: &mut Tx<'_>, _stream: &str) -> Result<u32, StorageError> {
    unimplemented!()
}

/// The events of a stream with their places and leaves but without their contents: the audit tab.
///
/// # Errors
/// When the database cannot be read.
pub async fn trace(_tx: &mut Tx<'_>, _stream: &str) -> Result<Vec<Trace>, StorageError> {
    unimplemented!()
}
