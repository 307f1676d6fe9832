//! What every door needs of the house: somewhere to put a message until it is durable, and how far a mailbox has been read.

use std::future::Future;
use std::sync::Arc;

use casework::mail::{self, Arrival, Incoming, Kept, boxes};
use casework::nodes;
use casework::{ActError, Office, Passing};
use jiff::Timestamp;

pub use casework::mail::boxes::Mark;

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
    /// The turn at a mailbox.
    type Turn: Turn;

    /// Begins to take a message.
    ///
    /// # Errors
    /// Why nothing of it can be kept.
    fn begin(&self, arrival: Arrival) -> impl Future<Output = Result<Self::Taking, NotTaken>> + Send;

    /// The turn at this mailbox, which is not ours yet.
    fn turn(&self, mailbox: &str) -> Self::Turn;

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

    /// Says why this mailbox cannot be reached.
    ///
    /// # Errors
    /// When that cannot be written now.
    fn failed(&self, mailbox: &str, why: &str) -> impl Future<Output = Result<(), NotTaken>> + Send;

    /// The present instant.
    fn now(&self) -> Timestamp;
}

/// A message on its way in. Dropped before it is kept, nothing of it stays.
pub trait Taking: Send + 'static {
    /// Takes the next piece.
    ///
    /// # Errors
    /// Why it cannot be kept.
    fn write(&mut self, bytes: &[u8]) -> impl Future<Output = Result<(), NotTaken>> + Send;

    /// Says that no more of it comes than its beginning, since it is larger than so many bytes.
    fn cut(&mut self, larger_than: u64);

    /// Makes it durable: when this returns, it is.
    ///
    /// # Errors
    /// Why it is not. It may be kept all the same where the answer of the database was lost; the next time it is known.
    fn keep(self) -> impl Future<Output = Result<Kept, NotTaken>> + Send;
}

/// The turn at a mailbox: of several nodes over one database one reads it.
pub trait Turn: Send + 'static {
    /// Takes it, or keeps it for a while longer: whose it is now.
    ///
    /// # Errors
    /// When that cannot be asked now. Whoever has it goes on; whoever has not waits.
    fn take(&mut self) -> impl Future<Output = Result<Whose, NotTaken>> + Send;

    /// Gives it back, so that another node need not wait.
    fn let_go(self) -> impl Future<Output = ()> + Send;
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Ours.
    Ours,
    /// Another node's.
    Theirs,
}

/// The office as the house behind the doors.
#[derive(Clone)]
pub struct House(pub Arc<Office>);

impl Intake for House {
    type Taking = Incoming;
    type Turn = NodesTurn;

    async fn begin(&self, arrival: Arrival) -> Result<Incoming, NotTaken> {
        mail::begin(&self.0, arrival).await.map_err(NotTaken::from)
    }

    fn turn(&self, mailbox: &str) -> NodesTurn {
        NodesTurn {
            office: self.0.clone(),
            turn: nodes::Turn::at_mailbox(&self.0, mailbox),
        }
    }

    async fn mark(&self, mailbox: &str) -> Result<Option<Mark>, NotTaken> {
        boxes::mark(&self.0, mailbox).await.map_err(NotTaken::from)
    }

    async fn move_mark(&self, mailbox: &str, mark: Mark) -> Result<(), NotTaken> {
        boxes::move_mark(&self.0, mailbox, mark).await.map_err(NotTaken::from)
    }

    async fn heard_from(&self, mailbox: &str) -> Result<(), NotTaken> {
        boxes::reached(&self.0, mailbox).await.map_err(NotTaken::from)
    }

    async fn failed(&self, mailbox: &str, why: &str) -> Result<(), NotTaken> {
        boxes::failed(&self.0, mailbox, why).await.map_err(NotTaken::from)
    }

    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

/// The turn of this node at a mailbox.
pub struct NodesTurn {
    office: Arc<Office>,
    turn: nodes::Turn,
}

impl Turn for NodesTurn {
    async fn take(&mut self) -> Result<Whose, NotTaken> {
        let taken = self.turn.ask(self.office.now()).await;
        match taken.map_err(|fault| NotTaken::from(ActError::from(fault)))? {
            Some(_) => Ok(Whose::Ours),
            None => Ok(Whose::Theirs),
        }
    }

    async fn let_go(self) {
        self.turn.let_go(self.office.now()).await;
    }
}

impl Taking for Incoming {
    async fn write(&mut self, bytes: &[u8]) -> Result<(), NotTaken> {
        Incoming::write(self, bytes).await.map_err(NotTaken::from)
    }

    fn cut(&mut self, larger_than: u64) {
        Incoming::cut(self, larger_than);
    }

    async fn keep(self) -> Result<Kept, NotTaken> {
        Incoming::keep(self).await.map_err(NotTaken::from)
    }
}

impl From<ActError> for NotTaken {
    fn from(error: ActError) -> NotTaken {
        NotTaken {
            why: match error.passing() {
                Some(_) if error.is_full() => Why::Full,
                Some(Passing::Flood | Passing::Trouble) => Why::Passing,
                None => Why::Broken,
            },
            words: error.to_string(),
        }
    }
}
