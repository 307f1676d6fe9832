//! Checking a whole log as it is stored: every entry, every leaf, every signed checkpoint, in words and in little memory.
//!
//! Two passes, each over rows in one order, hold no more than O(log n) hashes: [`LogCheck`] goes by position and compares
//! entries, leaves and checkpoints; [`StreamCheck`] goes by stream and number and finds what is out of its turn.
//! One case is checked entry by entry, each against the latest checkpoint: [`check_proven`].

mod case;
mod finding;
mod log;
mod report;
mod streams;

pub use case::{check_leaf, check_proven};
pub use finding::Finding;
pub use log::LogCheck;
pub use report::{LogReport, LogSummary, StoredRow};
pub use streams::StreamCheck;
