//! The outbox: what must leave the house, kept in the same transaction as the act that owes it.

use jiff::Timestamp;

use crate::{StorageError, Tx};

/// Something that must leave the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its number.
    pub id: i64,
    /// The case.
    pub reference: String,
    /// What it is, for instance the name of a letter.
    pub kind: String,
    /// By what way it leaves.
    pub channel: String,
    /// How far it is.
    pub state: OutboxState,
    /// How often sending was tried.
    pub attempts: i64,
    /// Not to be tried before.
    pub not_before: Timestamp,
    /// Until when a worker holds it.
    pub lease_until: Option<Timestamp>,
    /// When it was put here.
    pub created_at: Timestamp,
    /// When it left.
    pub sent_at: Option<Timestamp>,
    /// Why the latest try failed; sealed where it is stored, since servers quote addresses.
    pub last_error: Option<String>,
    /// What to send, as JSON; sealed where it is stored.
    pub payload: Vec<u8>,
}

/// How far a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutboxState {
    /// To be sent.
    Waiting,
    /// A worker holds it.
    Sending,
    /// It left.
    Sent,
    /// The latest try failed; it will be tried again.
    Failed,
    /// It will not be tried again.
    GivenUp,
}

/// Something new for the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewOutbox {
    /// The case.
    pub reference: String,
    /// What it is, for instance the name of a letter.
    pub kind: String,
    /// By what way it leaves.
    pub channel: String,
    /// Not to be tried before.
    pub not_before: Timestamp,
    /// Now.
    pub created_at: Timestamp,
    /// What to send, as JSON; sealed where it is stored.
    pub payload: Vec<u8>,
}

/// Adds a message and gives its number; after the commit the store tells whoever waits on `outbox_changed`.
///
/// # Errors
/// When the database cannot be written.
pub async fn add(_tx: &mut Tx<'_>, _message: &NewOutbox) -> Result<i64, StorageError> {
    unimplemented!()
}

/// Takes up to `limit` messages that are due, oldest first, and holds them for `lease_seconds`. A message whose
/// lease ran out is taken again: sending may happen twice, never not at all.
///
/// # Errors
/// When the database cannot be written.
pub async fn claim(
    _tx: &mut Tx<'_>,
    _now: Timestamp,
    _lease_seconds: i64,
    _limit: u32,
) -> Result<Vec<OutboxRow>, StorageError> {
    unimplemented!()
}

/// Records that a message left.
///
/// # Errors
/// When the database cannot be written.
pub async fn sent(_tx: &mut Tx<'_>, _id: i64, _at: Timestamp) -> Result<(), StorageError> {
    unimplemented!()
}

/// Records that a try failed and when to try again.
///
/// # Errors
/// When the database cannot be written.
pub async fn failed(_tx: &mut Tx<'_>, _id: i64, _error: &str, _not_before: Timestamp) -> Result<(), StorageError> {
    unimplemented!()
}

/// Records that a message will not be tried again.
///
/// # Errors
/// When the database cannot be written.
pub async fn give_up(_tx: &mut Tx<'_>, _id: i64, _error: &str) -> Result<(), StorageError> {
    unimplemented!()
}

/// A message by its number.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(_tx: &mut Tx<'_>, _id: i64) -> Result<Option<OutboxRow>, StorageError> {
    unimplemented!()
}

/// Since when the oldest unsent message has been here; `None` when nothing waits.
///
/// # Errors
/// When the database cannot be read.
pub async fn oldest_waiting(_tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StorageError> {
    unimplemented!()
}

/// The messages of a case, the oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn for_case(_tx: &mut Tx<'_>, _reference: &str) -> Result<Vec<OutboxRow>, StorageError> {
    unimplemented!()
}

/// The latest messages of all cases, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn recent(_tx: &mut Tx<'_>, _limit: u32) -> Result<Vec<OutboxRow>, StorageError> {
    unimplemented!()
}
