//! The check of the whole log, in steps that hold no reader for long and remember only the edge of the tree.

use std::collections::{BTreeMap, BTreeSet};

use rules::audit::{Frontier, Hash, LogCheck, Node, StoredRow, StreamCheck, TrustedKeys};

use super::checkpoints;
use super::contents::{self, Barred, Contents};
use serde::{Deserialize, Serialize};

use crate::database::{Act, statements};
use crate::events::{self, SealedEvent};
use crate::{Keys, StorageError, Store, Tx, keys};

statements! {
    LENGTH = "SELECT COALESCE(MAX(number) + 1, 0), (SELECT COALESCE(MAX(position), 0) FROM events)
              FROM audit_nodes WHERE level = 0";
    NODES = "SELECT number, hash FROM audit_nodes WHERE level = $1 AND number >= $2 ORDER BY number LIMIT $3";
    BY_STREAM = "SELECT stream, sequence, position FROM events
                 WHERE position <= $1 AND (stream, sequence, position) > ($2, $3, $4)
                 ORDER BY stream, sequence, position LIMIT $5";
}

/// How many entries a step reads: a few megabytes at most.
const STEP: u32 = 1000;

/// Past this many the log is plainly not whole, and a list of more helps nobody.
const FAULTS: usize = 1000;

/// What the names of our logs begin with.
const LOGS: &str = "redress.audit/";

/// What a check of the whole log found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// How many places the log has.
    pub entries: u64,
    /// How many signed checkpoints agree with it.
    pub checkpoints: u64,
    /// How many entries the largest of these covers; what came later rests on no signature yet.
    pub signed: u64,
    /// Entries whose contents were erased with their key: they still verify.
    pub erased: u64,
    /// Entries of sealed cases whose contents were not opened, because this installation has no key for them: they still verify.
    #[serde(default)]
    pub unread: u64,
    /// What is wrong, one sentence each without a full stop; none when the log is whole.
    pub faults: Vec<String>,
}

impl Report {
    /// True when nothing is wrong.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }

    fn add(&mut self, faults: impl IntoIterator<Item = impl ToString>) {
        let room = FAULTS.saturating_sub(self.faults.len());
        self.faults
            .extend(faults.into_iter().take(room).map(|fault| fault.to_string()));
    }
}

/// Reads the whole log and checks every entry, whether its contents open where they lie, the tree above it, the order
/// of every stream and every checkpoint that the database holds.
///
/// # Errors
/// When the database cannot be read; what is wrong with the log stands in the report.
pub async fn verify(store: &Store) -> Result<Report, StorageError> {
    verify_against(store, Vec::new()).await
}

/// As [`verify`], and against checkpoints that were kept outside the database: only these show that the whole database
/// was put back to an earlier day.
///
/// # Errors
/// When the database cannot be read.
pub async fn verify_against(store: &Store, outside: Vec<String>) -> Result<Report, StorageError> {
    check(&mut { store }, outside).await
}

/// Where the log is looked at: a store on which others go on working, or a database at one moment.
pub(crate) trait Looks {
    /// The keys of the installation.
    fn keys(&self) -> &Keys;

    /// Looks once.
    async fn look<T, F>(&mut self, look: F) -> Result<T, StorageError>
    where
        F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, StorageError> + Send + 'static,
        T: Send + 'static;
}

impl Looks for &Store {
    fn keys(&self) -> &Keys {
        Store::keys(self)
    }

    async fn look<T, F>(&mut self, look: F) -> Result<T, StorageError>
    where
        F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, StorageError> + Send + 'static,
        T: Send + 'static,
    {
        self.read(look).await
    }
}

/// As [`verify_against`], wherever the log is looked at.
pub(crate) async fn check(log: &mut impl Looks, outside: Vec<String>) -> Result<Report, StorageError> {
    let (length, mut notes) = log
        .look(|tx| Box::pin(async move { Ok((length(tx).await?, checkpoints(tx).await?)) }))
        .await?;
    let mut report = Report::default();
    report.add(of_another_key(&mut notes, log.keys()));
    notes.extend(outside);
    notes.sort_by_cached_key(|note| (signed_size(note), note.clone()));
    notes.dedup();
    check_positions(log, length, notes, &mut report).await?;
    check_streams(log, length, &mut report).await?;
    Ok(report)
}

async fn length(tx: &mut Tx<'_>) -> Result<u64, StorageError> {
    tx.one(LENGTH, &[], |row| Ok(u64::max(row.natural(0)?, row.natural(1)?)))
        .await
}

/// Where the latest checkpoint is of another log, the key file is the wrong one: one sentence, and not one for each checkpoint that it signed.
fn of_another_key(notes: &mut Vec<String>, keys: &Keys) -> Option<StorageError> {
    let signed_by = notes.last()?.lines().next()?.to_owned();
    if signed_by == keys.origin() || !signed_by.starts_with(LOGS) {
        return None;
    }
    notes.retain(|note| note.lines().next() != Some(&signed_by));
    let ours = keys.origin().to_owned();
    Some(StorageError::OtherAuditKey { signed_by, ours })
}

/// What a note says that it covers; one that cannot be read goes first and is found unreadable there.
fn signed_size(note: &str) -> u64 {
    note.lines().nth(1).and_then(|line| line.parse().ok()).unwrap_or(0)
}

async fn check_positions(
    log: &mut impl Looks,
    length: u64,
    notes: Vec<String>,
    report: &mut Report,
) -> Result<(), StorageError> {
    let ours = log.keys().clone();
    let keys = TrustedKeys::new([ours.verifier_key().clone()], keys::signature_holds);
    let mut check = LogCheck::new(ours.origin(), &keys, notes);
    let mut above = Above::default();
    let mut barred = BTreeSet::new();
    let mut from = 1;
    while from <= length {
        let step = log.look(move |tx| Box::pin(Step::read(tx, from, length))).await?;
        for row in &step.rows {
            report.add(check.row(row));
            above.leaf(row.leaf);
        }
        report.add(step.unopened.iter().map(|position| contents::altered(*position)));
        report.erased += step.erased;
        report.unread += step.unread;
        barred.extend(step.barred);
        let (complete, next) = (above.take(), step.next);
        report.add(log.look(move |tx| Box::pin(altered_above(tx, complete))).await?);
        from = next;
    }
    report.add(contents::told(&barred));
    let (findings, summary) = check.finish();
    report.add(findings);
    report.entries = summary.size;
    report.checkpoints = summary.checkpoints_agreed;
    report.signed = summary.signed_size;
    Ok(())
}

/// A stretch of the log: entries and leaves brought together by position.
struct Step {
    rows: Vec<StoredRow>,
    unopened: Vec<u64>,
    barred: BTreeSet<Barred>,
    erased: u64,
    unread: u64,
    next: u64,
}

impl Step {
    async fn read(tx: &mut Tx<'_>, from: u64, length: u64) -> Result<Step, StorageError> {
        let entries = events::raw_scan(tx, from, STEP).await?;
        let leaves = nodes(tx, 0, from - 1, STEP).await?;
        // A page that is full may go on; what lies past the shorter of the two is for the next step.
        let full = |count: usize, last: Option<u64>| if count == STEP as usize { last } else { None };
        let last_entry = full(entries.len(), entries.last().map(|event| event.position));
        let last_leaf = full(leaves.len(), leaves.last().map(|(index, _)| index + 1));
        let last = last_entry
            .unwrap_or(length)
            .min(last_leaf.unwrap_or(length))
            .min(length);
        let mut step = Step {
            rows: Vec::new(),
            unopened: Vec::new(),
            barred: BTreeSet::new(),
            erased: 0,
            unread: 0,
            next: last + 1,
        };
        let mut rows: BTreeMap<u64, StoredRow> = BTreeMap::new();
        let row = |position| StoredRow {
            position,
            entry: None,
            leaf: None,
        };
        for (index, hash) in leaves {
            rows.entry(index + 1).or_insert_with(|| row(index + 1)).leaf = Some(hash);
        }
        for event in entries {
            if event.position <= last {
                step.open(tx, &event).await?;
            }
            let position = event.position;
            rows.entry(position).or_insert_with(|| row(position)).entry = Some(event.entry());
        }
        step.rows = rows.into_values().take_while(|row| row.position <= last).collect();
        Ok(step)
    }

    async fn open(&mut self, tx: &mut Tx<'_>, event: &SealedEvent) -> Result<(), StorageError> {
        match contents::of(tx, event).await? {
            Contents::Open => {}
            Contents::Erased => self.erased += 1,
            Contents::Unread => self.unread += 1,
            Contents::Altered => self.unopened.push(event.position),
            Contents::Barred(barred) => {
                self.barred.insert(barred);
            }
        }
        Ok(())
    }
}

/// The nodes above the leaves, worked out again, to be compared with the stored ones that proofs are made from.
#[derive(Default)]
struct Above {
    frontier: Frontier,
    complete: Vec<Node>,
    broken: bool,
}

impl Above {
    /// Past a missing leaf the tree cannot be worked out, which the check by position has already said.
    fn leaf(&mut self, leaf: Option<Hash>) {
        match leaf {
            Some(leaf) if !self.broken => self.frontier.append(leaf, |node| {
                if node.id.level > 0 {
                    self.complete.push(node);
                }
            }),
            _ => self.broken = true,
        }
    }

    fn take(&mut self) -> Vec<Node> {
        std::mem::take(&mut self.complete)
    }
}

async fn altered_above(tx: &mut Tx<'_>, complete: Vec<Node>) -> Result<Vec<String>, StorageError> {
    let mut levels: BTreeMap<u8, Vec<Node>> = BTreeMap::new();
    for node in complete {
        levels.entry(node.id.level).or_default().push(node);
    }
    let mut faults = Vec::new();
    for (level, expected) in levels {
        let first = expected[0].id.index;
        let stored: BTreeMap<u64, Hash> = nodes(tx, level, first, expected.len() as u32)
            .await?
            .into_iter()
            .collect();
        for Node { id, hash } in expected {
            if stored.get(&id.index) != Some(&hash) {
                faults.push(format!(
                    "the stored node {} of level {level} of the audit tree was altered or deleted",
                    id.index
                ));
            }
        }
    }
    Ok(faults)
}

async fn nodes(tx: &mut Tx<'_>, level: u8, from: u64, limit: u32) -> Result<Vec<(u64, Hash)>, StorageError> {
    tx.all(NODES, &[&i64::from(level), &(from as i64), &i64::from(limit)], |row| {
        Ok((row.natural(0)?, Hash::from(row.hash(1)?)))
    })
    .await
}

async fn check_streams(log: &mut impl Looks, length: u64, report: &mut Report) -> Result<(), StorageError> {
    let mut check = StreamCheck::new();
    let mut after = (String::new(), 0_u32, 0_u64);
    loop {
        let (stream, sequence, position) = after.clone();
        let page: Vec<(String, u32, u64)> = log
            .look(move |tx| {
                Box::pin(async move {
                    let [length, position] = [length, position].map(|number| number as i64);
                    let (sequence, step) = (i64::from(sequence), i64::from(STEP));
                    tx.all(BY_STREAM, &[&length, &stream, &sequence, &position, &step], |row| {
                        Ok((row.get(0)?, row.natural(1)?, row.natural(2)?))
                    })
                    .await
                })
            })
            .await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.clone();
        for (stream, sequence, position) in &page {
            report.add(check.entry(stream, *sequence, *position));
        }
    }
}
