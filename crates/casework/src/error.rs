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

/// Why nothing can be saved or read at this moment, although nobody did anything wrong and nothing is broken for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passing {
    /// More comes in than can be saved. It is over in seconds.
    Flood,
    /// What the product needs is away: a server, room on the disk, the lock on writing; or this node is ending and another one answers. It takes
    /// minutes, or somebody who looks after it.
    Trouble,
}

impl ActError {
    /// Why it may go well later, if it may.
    pub fn passing(&self) -> Option<Passing> {
        let ActError::Storage(error) = self else { return None };
        match error {
            StorageError::Busy => Some(Passing::Flood),
            StorageError::Away(_)
            | StorageError::Unsure(_)
            | StorageError::DiskFull
            | StorageError::DiskRefuses
            | StorageError::Held
            | StorageError::Unprepared(_)
            | StorageError::Encryption(_)
            | StorageError::Overtaken { .. }
            | StorageError::Closed => Some(Passing::Trouble),
            _ => None,
        }
    }

    /// True when there is no room on the disk.
    pub fn is_full(&self) -> bool {
        matches!(self, ActError::Storage(StorageError::DiskFull))
    }

    /// True when nothing was saved for a reason outside this process that may be gone in a moment: it may try the same again by itself.
    pub fn may_pass(&self) -> bool {
        let of_this_process = matches!(
            self,
            ActError::Storage(StorageError::Unsure(_) | StorageError::Overtaken { .. } | StorageError::Closed)
        );
        self.passing().is_some() && !of_this_process
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_pass_is_told_apart_from_a_flood_and_from_what_is_broken() {
        let (away, unsure) = (StorageError::Away(String::new()), StorageError::Unsure(String::new()));
        let unprepared = StorageError::Unprepared(String::new());
        let overtaken = StorageError::Overtaken { knows: 14 };
        let of_ours = [
            StorageError::Busy,
            away,
            StorageError::DiskFull,
            StorageError::DiskRefuses,
            StorageError::Held,
            unprepared,
            StorageError::Encryption(String::new()),
        ];
        for (error, again) in of_ours
            .map(|error| (error, true))
            .into_iter()
            .chain([unsure, overtaken, StorageError::Closed].map(|error| (error, false)))
        {
            let is_flood = matches!(error, StorageError::Busy);
            let fault = ActError::from(error);
            let expected = if is_flood { Passing::Flood } else { Passing::Trouble };
            assert_eq!((fault.passing(), fault.may_pass()), (Some(expected), again), "{fault}");
        }
        let broken = ActError::from(StorageError::Corrupt(String::new()));
        assert_eq!((broken.passing(), broken.may_pass()), (None, false));
    }
}
