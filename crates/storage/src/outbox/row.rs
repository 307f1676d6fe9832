//! A message of the outbox, how far it is, and a try at it.

use jiff::Timestamp;

use crate::StorageError;

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
    /// What to send, as JSON; sealed where it is stored. Empty once the key of the case was destroyed.
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
    /// Another message took its place before it left.
    Replaced,
}

/// A try at a message: its number and that of the try, which grows with each claim. So it is a fence: whoever slept while another took the message
/// changes nothing about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Try {
    /// The number of the message.
    pub id: i64,
    /// How many tries there were, with this one.
    pub attempts: i64,
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

impl OutboxState {
    /// The stored name.
    pub fn name(self) -> &'static str {
        match self {
            OutboxState::Waiting => "waiting",
            OutboxState::Sending => "sending",
            OutboxState::Sent => "sent",
            OutboxState::Failed => "failed",
            OutboxState::GivenUp => "given_up",
            OutboxState::Replaced => "replaced",
        }
    }

    pub(super) fn named(name: &str) -> Result<OutboxState, StorageError> {
        let all = [
            OutboxState::Waiting,
            OutboxState::Sending,
            OutboxState::Sent,
            OutboxState::Failed,
            OutboxState::GivenUp,
            OutboxState::Replaced,
        ];
        let found = all.into_iter().find(|state| state.name() == name);
        found.ok_or_else(|| StorageError::Corrupt(format!("{name:?} is no state of a message")))
    }
}
