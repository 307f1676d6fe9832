//! What every door needs of the house: somewhere to put a message until it is durable, and how far a mailbox has been read.

use std::future::Future;

use bytes::Bytes;
use jiff::Timestamp;

/// Where a message came in, and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The mailbox that it was read from, or the door that it was handed in at.
    pub mailbox: String,
    /// Where it lies there.
    pub place: Place,
    /// Whom the envelope names as sender; nothing where it is empty (RFC 5321, 4.5.5) or not known.
    pub sender: Option<String>,
    /// Whom the envelope names as recipients; none where it is not known.
    pub recipients: Vec<String>,
}

/// Where a message lies at the place that it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a mailbox, under this number (RFC 3501, 2.3.1.1).
    Uid {
        /// Which numbering of the mailbox.
        validity: u32,
        /// The number in it.
        uid: u32,
    },
    /// Nowhere: it was handed in.
    Handed,
}

/// How far a mailbox has been read: every message up to this number is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Which numbering of the mailbox.
    pub validity: u32,
    /// The number.
    pub uid: u32,
}

/// What became of a message that is durable now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is new.
    New(i64),
    /// The same message was kept before.
    Known(i64),
}

/// Why a message was not taken: whoever has it keeps it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{words}")]
pub struct NotTaken {
    /// What kind of reason.
    pub why: Why,
    /// The reason.
    pub words: String,
}

/// What kind of reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// There is no room on the disk.
    Full,
    /// Something that the house needs is away, or too much comes in: the same message may be taken soon.
    Passing,
    /// The house cannot take this one.
    Broken,
}

/// The house, as a door sees it.
pub trait Intake: Clone + Send + Sync + 'static {
    /// A message on its way in.
    type Taking: Taking;

    /// Begins to take a message.
    ///
    /// # Errors
    /// Why nothing of it can be kept.
    fn begin(&self, arrival: Arrival) -> impl Future<Output = Result<Self::Taking, NotTaken>> + Send;

    /// How far this mailbox has been read; nothing where it is new.
    ///
    /// # Errors
    /// When that cannot be read now.
    fn mark(&self, mailbox: &str) -> impl Future<Output = Result<Option<Mark>, NotTaken>> + Send;

    /// Says how far this mailbox has been read.
    ///
    /// # Errors
    /// When that cannot be written now.
    fn move_mark(&self, mailbox: &str, mark: Mark) -> impl Future<Output = Result<(), NotTaken>> + Send;

    /// Says that this mailbox was reached now, whether or not anything lay in it.
    ///
    /// # Errors
    /// When that cannot be written now.
    fn heard_from(&self, mailbox: &str) -> impl Future<Output = Result<(), NotTaken>> + Send;

    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// A message on its way in. Dropped before it is kept, nothing of it stays.
pub trait Taking: Send + 'static {
    /// Takes the next piece.
    ///
    /// # Errors
    /// Why it cannot be kept.
    fn write(&mut self, bytes: Bytes) -> impl Future<Output = Result<(), NotTaken>> + Send;

    /// Makes it durable: when this returns, it is.
    ///
    /// # Errors
    /// Why it is not. It may be kept all the same where the answer of the database was lost; the next time it is known.
    fn keep(self) -> impl Future<Output = Result<Kept, NotTaken>> + Send;
}
