//! Why an act did not happen: refused by a rule, not there, or broken.

use rules::case::event::Unreadable;
use rules::case::{Refused, Unfit};
use rules::clock::ClockError;
use storage::StorageError;

/// What an act answers when it did not happen.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// A rule says no, in words for a person.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// There is no such case, or this person may not know that there is (invariant 12).
    #[error("there is no such case")]
    NotFound,
    /// Somebody acted on the case after the person read it.
    #[error("Somebody acted on this case while you were writing. Read what they did, then send again.")]
    Stale {
        /// The number of the last event now.
        sequence: u32,
    },
    /// Too many tries.
    #[error("You have tried {tries} times. Wait {minutes} minutes, or call us.")]
    Throttled {
        /// How often.
        tries: i64,
        /// How long to wait.
        minutes: i64,
    },
    /// The store broke.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The log does not tell a case.
    #[error("the history of {reference} cannot be replayed: {source}")]
    Unfit {
        /// Which case.
        reference: String,
        /// Why.
        source: Unfit,
    },
    /// The calendar does not reach far enough.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// What was stored for the worker cannot be read.
    #[error("a stored message cannot be read: {0}")]
    Message(#[from] serde_json::Error),
    /// The procedure of a case is not there.
    #[error("procedure {id} version {version} is not loaded")]
    NoProcedure {
        /// Its id.
        id: String,
        /// Its version.
        version: String,
    },
    /// A procedure or calendar file is not valid.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Invalid(Vec<rules::procedure::Invalid>),
    /// A password could not be hashed or checked.
    #[error("the password could not be checked: {0}")]
    Password(String),
}

impl ActError {
    /// True when the store takes no more acts just now; the same act may be tried again in a moment.
    pub fn is_busy(&self) -> bool {
        matches!(self, ActError::Storage(StorageError::Busy | StorageError::Held))
    }

    /// True when nothing was saved for a reason outside the product that may be gone in a moment: a server that is away, a disk that is full.
    pub fn may_pass(&self) -> bool {
        let passing = matches!(
            self,
            ActError::Storage(StorageError::Away(_) | StorageError::DiskFull | StorageError::DiskRefuses)
        );
        passing || self.is_busy()
    }
}

impl From<Unreadable> for ActError {
    fn from(source: Unreadable) -> ActError {
        ActError::Unfit {
            reference: String::new(),
            source: Unfit::Unreadable(source),
        }
    }
}
