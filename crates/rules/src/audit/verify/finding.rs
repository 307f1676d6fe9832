//! What a check of the log can find, each in one sentence that a person can act on.

use super::super::checkpoint::CheckpointError;
use super::super::hash::Hash;

/// One thing that is not as it should be. Shown as a sentence without a full stop.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    /// The entry and its stored leaf do not belong together: one of them was altered.
    #[error(
        "the entry at position {position} ({stream}, number {sequence}, {kind}) was altered: its hash is {found}, but {stored} was stored"
    )]
    Altered {
        /// Where it stands in the log.
        position: u64,
        /// What it is about, as it reads now.
        stream: String,
        /// Its number in the stream, as it reads now.
        sequence: u32,
        /// What happened, as it reads now.
        kind: String,
        /// The stored leaf hash.
        stored: Hash,
        /// The hash of the entry as it reads now.
        found: Hash,
    },
    /// The leaf is there, but its entry is gone.
    #[error("the entry at position {position} was deleted; its hash {stored} is still stored")]
    EntryDeleted {
        /// Where it stood in the log.
        position: u64,
        /// The stored leaf hash.
        stored: Hash,
    },
    /// The entry is there, but its leaf is gone.
    #[error("the entry at position {position} has no stored hash")]
    LeafDeleted {
        /// Where it stands in the log.
        position: u64,
    },
    /// A stretch of the log is gone, entries and leaves.
    #[error("{} missing", positions(*.first, *.last))]
    PositionsMissing {
        /// The first missing position.
        first: u64,
        /// The last missing position.
        last: u64,
    },
    /// A position came again, or after a larger one.
    #[error("position {position} occurs twice or out of order")]
    PositionRepeated {
        /// The position.
        position: u64,
    },
    /// The log is shorter than a checkpoint that it signed: its end was cut off, or an old copy was put back.
    #[error("the log was cut short or rolled back: {signed_size} entries were signed, but only {found} are stored")]
    Truncated {
        /// How many entries the checkpoint covers.
        signed_size: u64,
        /// How many positions are stored.
        found: u64,
    },
    /// The tree is not the one that was signed: an entry was altered together with its stored hash.
    #[error("the first {size} entries are not those that were signed: their root is {found}, but {signed} was signed")]
    RootDiffers {
        /// How many entries the checkpoint covers.
        size: u64,
        /// The root that was signed.
        signed: Hash,
        /// The root of what is stored.
        found: Hash,
    },
    /// The entry is not in the tree that was signed: it was altered together with its stored hash, or the tree above it was.
    #[error(
        "the entry at position {position} ({stream}, number {sequence}, {kind}) is not among the {size} entries that were signed: {reason}"
    )]
    NotProven {
        /// Where it stands in the log.
        position: u64,
        /// What it is about, as it reads now.
        stream: String,
        /// Its number in the stream, as it reads now.
        sequence: u32,
        /// What happened, as it reads now.
        kind: String,
        /// How many entries the checkpoint covers.
        size: u64,
        /// Where its proof fails.
        reason: String,
    },
    /// Positions are missing, so the tree that was signed cannot be computed.
    #[error("the checkpoint for {size} entries could not be compared, because position {first_missing} is missing")]
    NotCompared {
        /// How many entries the checkpoint covers.
        size: u64,
        /// The first missing position.
        first_missing: u64,
    },
    /// The check was given a smaller checkpoint after a larger one and had already passed its place.
    #[error("checkpoint {number} is for {size} entries and comes after a larger one, so it could not be compared")]
    CheckpointOutOfOrder {
        /// Which checkpoint, counted from 1 as they were given.
        number: u64,
        /// How many entries it covers.
        size: u64,
    },
    /// A checkpoint cannot be read.
    #[error("checkpoint {number} cannot be read: {reason}")]
    CheckpointUnreadable {
        /// Which checkpoint, counted from 1 as they were given.
        number: u64,
        /// What is wrong with it.
        reason: CheckpointError,
    },
    /// A checkpoint is of another log.
    #[error("checkpoint {number} is of the log \"{found}\", not of \"{expected}\"")]
    OtherLog {
        /// Which checkpoint, counted from 1 as they were given.
        number: u64,
        /// The log that is checked.
        expected: String,
        /// The log that the checkpoint names.
        found: String,
    },
    /// A checkpoint is not signed as it should be, so it is evidence of nothing.
    #[error("checkpoint {number}, for {size} entries, has no valid signature of this log: {reason}")]
    BadSignature {
        /// Which checkpoint, counted from 1 as they were given.
        number: u64,
        /// How many entries it says it covers.
        size: u64,
        /// What is wrong with the signature.
        reason: CheckpointError,
    },
    /// A number that no stream has.
    #[error("{stream} has number 0 at position {position}, but numbers start at 1")]
    SequenceZero {
        /// The stream.
        stream: String,
        /// Where the number stands.
        position: u64,
    },
    /// Numbers of a stream are gone.
    #[error("{stream} lacks {}", numbers(*.first, *.last))]
    SequenceMissing {
        /// The stream.
        stream: String,
        /// The first missing number.
        first: u32,
        /// The last missing number.
        last: u32,
    },
    /// A number of a stream was given twice.
    #[error("{stream} has number {sequence} twice, at positions {earlier} and {position}")]
    SequenceRepeated {
        /// The stream.
        stream: String,
        /// The number.
        sequence: u32,
        /// Where it stands first.
        earlier: u64,
        /// Where it stands again.
        position: u64,
    },
    /// The numbers of a stream do not rise with the positions.
    #[error(
        "{stream} is out of order: number {sequence} stands at position {position}, after {before} at position {earlier}"
    )]
    SequenceReordered {
        /// The stream.
        stream: String,
        /// The number that is out of its place.
        sequence: u32,
        /// Where that number stands.
        position: u64,
        /// The number before it in the order of the check.
        before: u32,
        /// Where the number before it stands.
        earlier: u64,
    },
}

fn positions(first: u64, last: u64) -> String {
    if first == last {
        format!("position {first} is")
    } else {
        format!("positions {first} to {last} are")
    }
}

fn numbers(first: u32, last: u32) -> String {
    if first == last {
        format!("number {first}")
    } else {
        format!("numbers {first} to {last}")
    }
}
