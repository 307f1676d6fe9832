//! The access log: which ways there are to a case or out of the office, how long one entry stands, and what seals the entries (R31, R89).

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::coded::coded;
use crate::stored::stored_events;

coded! {
    /// By which way somebody of staff saw a case, or took something along.
    pub enum Way {
        /// Its page, with any of its tabs and forms.
        Page = "page", "opened the case";
        /// Its page, from the list that a search had found. The words that were searched for are kept nowhere.
        Search = "search", "opened the case from a search";
        /// Its outline, or where its handover stands: no word and no name of it.
        Outline = "outline", "opened the outline of the case";
        /// Its job in the register.
        Job = "job", "opened the job of the case";
        /// One of its files.
        File = "file", "took a file of the case";
        /// A list of cases as a table.
        List = "list", "saved a list of cases as a file";
        /// Figures as a table.
        Figures = "figures", "saved figures as a file";
        /// A part of the access log as a table.
        AccessLog = "access_log", "saved the access log as a file";
        /// A copy of what is kept about the person whose case it is, for that person.
        Copy = "copy", "saved a copy for the person";
    }
}

/// How long one entry stands for every further look of the same person at the same case by the same way.
pub const ONCE_IN: SignedDuration = SignedDuration::from_mins(10);

impl Way {
    /// True of what leaves the office as a file: each time is an entry of its own.
    pub const fn takes_along(self) -> bool {
        matches!(
            self,
            Self::File | Self::List | Self::Figures | Self::AccessLog | Self::Copy
        )
    }

    /// Whether an entry of this instant stands for a look by the same way at `now`.
    pub fn stands_for(self, entry: Timestamp, now: Timestamp) -> bool {
        !self.takes_along() && entry <= now && now.duration_since(entry) < ONCE_IN
    }
}

/// The stream in which the seals of the access log stand. It is read whole when the log is checked, and at no other time.
pub const LOOKS: &str = "looks";

stored_events! {
    /// One thing that happened to the access log itself. It has a stream and a key of its own, which are never destroyed.
    pub enum LookEvent;

    /// Entries were sealed: what is changed or taken away from them shows (R89).
    Sealed(SealedLooks) = "looks.sealed", 1;
    /// Entries about no case were emptied, because they had been kept for long enough.
    Emptied(EmptiedLooks) = "looks.emptied", 1;
}

/// A run of entries without a gap, the first beginning where the seal before ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedLooks {
    /// The number of the first.
    pub first: u64,
    /// The number of the last.
    pub last: u64,
    /// SHA-256 over their hashes in the order of their numbers, in hexadecimal digits.
    pub digest: String,
}

/// Entries about no case that were emptied; those about a case are emptied with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmptiedLooks {
    /// Those that were older than this.
    pub before: Timestamp,
}
