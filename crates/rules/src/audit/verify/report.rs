//! What the pass by position reads, and what it comes to.

use super::super::entry::Entry;
use super::super::hash::Hash;
use super::finding::Finding;

/// What is stored for one position: the entry, and its leaf from level 0 of the table of nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRow {
    /// The position that the row is filed under, from 1.
    pub position: u64,
    /// The entry, if it is there.
    pub entry: Option<Entry>,
    /// The stored leaf hash, if it is there.
    pub leaf: Option<Hash>,
}

/// What a check came to, beside its findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogSummary {
    /// How many positions the stored log has, missing ones inside it included.
    pub size: u64,
    /// The root of the stored leaves; none if positions are missing.
    pub root: Option<Hash>,
    /// How many checkpoints are signed and agree with what is stored.
    pub checkpoints_agreed: u64,
    /// The size of the largest of these: entries beyond it rest on no signature yet.
    pub signed_size: u64,
}

/// All findings of a check and what it came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogReport {
    /// What is not as it should be, in the order of the log.
    pub findings: Vec<Finding>,
    /// What the check came to.
    pub summary: LogSummary,
}
