//! The pass by position: entries against leaves, leaves against signed checkpoints.

use super::super::checkpoint::{SignedCheckpoint, TrustedCheckpoint};
use super::super::frontier::Frontier;
use super::super::hash::Hash;
use super::super::key::TrustedKeys;
use super::finding::Finding;
use super::report::{LogReport, LogSummary, StoredRow};

/// The pass by position. Feed it every row in rising order with [`LogCheck::row`], then [`LogCheck::finish`].
///
/// It keeps the right-hand edge of the tree and one checkpoint, whatever the length of the log.
pub struct LogCheck<'k, F, C> {
    origin: String,
    keys: &'k TrustedKeys<F>,
    checkpoints: C,
    checkpoints_read: u64,
    waiting: Option<TrustedCheckpoint>,
    frontier: Frontier,
    next_position: u64,
    first_missing: Option<u64>,
    checkpoints_agreed: u64,
    signed_size: u64,
}

impl<'k, F, C> LogCheck<'k, F, C>
where
    F: Fn(&[u8; 32], &[u8], &[u8; 64]) -> bool,
    C: Iterator<Item = String>,
{
    /// A check of the log `origin` against `checkpoints`: signed notes as text, by rising size.
    ///
    /// Only checkpoints kept outside the database (a printed pack, a receipt, a witness) show that a database was rolled
    /// back together with its own checkpoints, so they belong among them.
    pub fn new(origin: &str, keys: &'k TrustedKeys<F>, checkpoints: impl IntoIterator<IntoIter = C>) -> Self {
        Self {
            origin: origin.to_owned(),
            keys,
            checkpoints: checkpoints.into_iter(),
            checkpoints_read: 0,
            waiting: None,
            frontier: Frontier::empty(),
            next_position: 1,
            first_missing: None,
            checkpoints_agreed: 0,
            signed_size: 0,
        }
    }

    /// Checks the next row and says what is wrong up to it.
    pub fn row(&mut self, row: &StoredRow) -> Vec<Finding> {
        let mut findings = Vec::new();
        // Does something only before the first row: a checkpoint of the empty log.
        self.compare_due(&mut findings);
        if row.position < self.next_position {
            findings.push(Finding::PositionRepeated { position: row.position });
            return findings;
        }
        if row.position > self.next_position {
            let (first, last) = (self.next_position, row.position - 1);
            findings.push(Finding::PositionsMissing { first, last });
            self.first_missing.get_or_insert(first);
        }
        match check_row(row, &mut findings) {
            Some(leaf) => self.frontier.append(leaf, |_| ()),
            None => {
                findings.push(Finding::PositionsMissing {
                    first: row.position,
                    last: row.position,
                });
                self.first_missing.get_or_insert(row.position);
            }
        }
        self.next_position = row.position + 1;
        self.compare_due(&mut findings);
        findings
    }

    /// Ends the check: what remains of the checkpoints is for entries that are not there.
    pub fn finish(mut self) -> (Vec<Finding>, LogSummary) {
        let mut findings = Vec::new();
        self.compare_due(&mut findings);
        while let Some(checkpoint) = self.next_checkpoint(&mut findings) {
            let (signed_size, found) = (checkpoint.size(), self.size());
            findings.push(Finding::Truncated { signed_size, found });
        }
        let root = self.first_missing.is_none().then(|| self.frontier.root());
        let size = self.size();
        let Self {
            checkpoints_agreed,
            signed_size,
            ..
        } = self;
        (
            findings,
            LogSummary {
                size,
                root,
                checkpoints_agreed,
                signed_size,
            },
        )
    }

    /// The whole pass at once, for a log whose findings fit in memory.
    pub fn run(mut self, rows: impl IntoIterator<Item = StoredRow>) -> LogReport {
        let mut findings = Vec::new();
        for row in rows {
            findings.append(&mut self.row(&row));
        }
        let (mut last, summary) = self.finish();
        findings.append(&mut last);
        LogReport { findings, summary }
    }

    /// How many positions have been passed.
    fn size(&self) -> u64 {
        self.next_position - 1
    }

    /// Compares every checkpoint whose size has been reached.
    fn compare_due(&mut self, findings: &mut Vec<Finding>) {
        while let Some(checkpoint) = self.next_checkpoint(findings) {
            let (size, signed) = (checkpoint.size(), checkpoint.root());
            if size > self.size() {
                self.waiting = Some(checkpoint);
                return;
            }
            let gap = self.first_missing.filter(|&missing| missing <= size);
            if let Some(first_missing) = gap {
                findings.push(Finding::NotCompared { size, first_missing });
            } else if size < self.size() {
                findings.push(Finding::CheckpointOutOfOrder {
                    number: self.checkpoints_read,
                    size,
                });
            } else if self.frontier.root() != signed {
                findings.push(Finding::RootDiffers {
                    size,
                    signed,
                    found: self.frontier.root(),
                });
            } else {
                self.checkpoints_agreed += 1;
                self.signed_size = size;
            }
        }
    }

    /// The next checkpoint that this log has signed; what is wrong with others becomes findings.
    fn next_checkpoint(&mut self, findings: &mut Vec<Finding>) -> Option<TrustedCheckpoint> {
        if let Some(waiting) = self.waiting.take() {
            return Some(waiting);
        }
        for text in self.checkpoints.by_ref() {
            self.checkpoints_read += 1;
            match read_checkpoint(&text, &self.origin, self.checkpoints_read, self.keys) {
                Ok(checkpoint) => return Some(checkpoint),
                Err(finding) => findings.push(finding),
            }
        }
        None
    }
}

/// Compares an entry with its leaf. The stored leaf goes on into the tree, so that one altered entry is one finding.
pub(super) fn check_row(row: &StoredRow, findings: &mut Vec<Finding>) -> Option<Hash> {
    let position = row.position;
    match (&row.entry, row.leaf) {
        (Some(entry), Some(stored)) => {
            let found = entry.leaf_hash();
            if found != stored || entry.position != position {
                let header = entry.header.clone();
                let (stream, sequence, kind) = (header.stream, header.sequence, header.kind);
                findings.push(Finding::Altered {
                    position,
                    stream,
                    sequence,
                    kind,
                    stored,
                    found,
                });
            }
            Some(stored)
        }
        (Some(entry), None) => {
            findings.push(Finding::LeafDeleted { position });
            Some(entry.leaf_hash())
        }
        (None, Some(stored)) => {
            findings.push(Finding::EntryDeleted { position, stored });
            Some(stored)
        }
        (None, None) => None,
    }
}

fn read_checkpoint<F>(
    text: &str,
    origin: &str,
    number: u64,
    keys: &TrustedKeys<F>,
) -> Result<TrustedCheckpoint, Finding>
where
    F: Fn(&[u8; 32], &[u8], &[u8; 64]) -> bool,
{
    let signed = SignedCheckpoint::parse(text).map_err(|reason| Finding::CheckpointUnreadable { number, reason })?;
    let (found, size) = (signed.untrusted().origin(), signed.untrusted().size());
    if found != origin {
        return Err(Finding::OtherLog {
            number,
            expected: origin.to_owned(),
            found: found.to_owned(),
        });
    }
    signed
        .trust(keys)
        .map_err(|reason| Finding::BadSignature { number, size, reason })
}
