//! The check of one case, and its proof: every entry of the case and of its sealed record against one signed checkpoint.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rules::audit::{Finding, Hash, ProvenEntry, SignedCheckpoint, StoredRow, StreamCheck, TrustedCheckpoint};
use rules::audit::{check_leaf, check_proven};
use serde::{Deserialize, Serialize};

use super::contents::{self, Contents};
use super::{inclusion_proof, latest_checkpoint, size, tree, trusted};
use crate::database::statements;
use crate::erasure::streams_of;
use crate::events::{self, SealedEvent};
use crate::{StorageError, Store, Tx, stream_keys};

statements! {
    LEAF = "SELECT hash FROM audit_nodes WHERE level = 0 AND number = $1";
    WITHOUT_ENTRY = "SELECT n.number + 1 FROM audit_nodes n LEFT JOIN events e ON e.position = n.number + 1
                     WHERE n.level = 0 AND e.position IS NULL ORDER BY n.number LIMIT $1";
    LAST_SEQUENCE = "SELECT last_sequence FROM cases WHERE reference = $1";
}

/// So many positions without an entry are named.
const NAMED: i64 = 20;

/// What the check of one case found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseReport {
    /// The case.
    pub reference: String,
    /// How many entries of it the log has, those of its sealed record included.
    pub entries: u64,
    /// How many of these belong to its sealed record.
    pub sealed: u64,
    /// For how many the proof leads to the latest signed checkpoint.
    pub proven: u64,
    /// How many came after that checkpoint: they rest on no signature yet.
    pub unsigned: u64,
    /// How many entries of the whole log that checkpoint covers.
    pub signed: u64,
    /// Keys that were destroyed: what was under them cannot be read any more.
    pub destroyed: Vec<Destroyed>,
    /// Entries whose contents went with their key: they still verify.
    pub erased: u64,
    /// Entries of the sealed record that were not opened, because this installation has no key for them: they still verify.
    pub unread: u64,
    /// What is wrong, one sentence each without a full stop; none when the case is whole.
    pub faults: Vec<String>,
}

/// A key that was destroyed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destroyed {
    /// Whose key it was.
    pub stream: String,
    /// When it was destroyed.
    pub at: Timestamp,
}

impl CaseReport {
    /// True when nothing is wrong.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }

    fn add(&mut self, faults: impl IntoIterator<Item = impl ToString>) {
        self.faults.extend(faults.into_iter().map(|fault| fault.to_string()));
    }
}

/// Checks every entry of a case and of its sealed record: against its leaf, its way to the latest checkpoint, its turn, and whether its contents
/// open; against checkpoints that were kept outside too. `None` when the log has no entry of it.
///
/// # Errors
/// When the database cannot be read; what is wrong with the case stands in the report.
pub async fn verify_case(
    store: &Store,
    reference: &str,
    outside: Vec<String>,
) -> Result<Option<CaseReport>, StorageError> {
    let reference = reference.to_owned();
    store
        .read(move |tx| Box::pin(async move { check(tx, reference, &outside).await }))
        .await
}

async fn check(tx: &mut Tx<'_>, reference: String, outside: &[String]) -> Result<Option<CaseReport>, StorageError> {
    let streams = entries_of(tx, &reference).await?;
    if streams.iter().all(Vec::is_empty) {
        return Ok(None);
    }
    let mut report = CaseReport {
        entries: streams.iter().map(|events| events.len() as u64).sum(),
        sealed: streams[1..].iter().map(|events| events.len() as u64).sum(),
        reference,
        ..CaseReport::default()
    };
    let checkpoint = checkpoint(tx, &mut report).await?;
    check_turns(&streams, &mut report);
    for event in streams.iter().flatten() {
        check_entry(tx, event, checkpoint.as_ref(), &mut report).await?;
    }
    check_contents(tx, streams.iter().flatten(), &mut report).await?;
    check_end(tx, &streams[0], &mut report).await?;
    for note in outside {
        check_outside(tx, note, &mut report).await?;
    }
    for stream in streams_of(&report.reference) {
        if let Some(at) = stream_keys::destroyed_at(tx, &stream).await? {
            report.destroyed.push(Destroyed { stream, at });
        }
    }
    Ok(Some(report))
}

/// The entries of a case, then those of its sealed record.
async fn entries_of(tx: &mut Tx<'_>, reference: &str) -> Result<Vec<Vec<SealedEvent>>, StorageError> {
    let mut all = Vec::new();
    for stream in streams_of(reference) {
        all.push(events::raw_of(tx, &stream).await?);
    }
    Ok(all)
}

/// The latest checkpoint, if it can be trusted and the log is as long as it says.
async fn checkpoint(tx: &mut Tx<'_>, report: &mut CaseReport) -> Result<Option<TrustedCheckpoint>, StorageError> {
    let Some(note) = latest_checkpoint(tx).await? else {
        report.add(["there is no signed checkpoint, so nothing shows that the end of the log was not cut off"]);
        return Ok(None);
    };
    let checkpoint = match trusted(tx.keys, &note) {
        Ok(checkpoint) => checkpoint,
        Err(error @ (StorageError::OtherAuditKey { .. } | StorageError::Corrupt(_))) => {
            report.add([error]);
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let (signed_size, found) = (checkpoint.size(), size(tx).await?);
    report.signed = signed_size;
    if signed_size > found {
        report.add([Finding::Truncated { signed_size, found }]);
        return Ok(None);
    }
    Ok(Some(checkpoint))
}

fn check_turns(streams: &[Vec<SealedEvent>], report: &mut CaseReport) {
    for events in streams {
        let mut check = StreamCheck::new();
        for event in events {
            report.add(check.entry(&event.stream, event.sequence, event.position));
        }
    }
}

async fn check_entry(
    tx: &mut Tx<'_>,
    event: &SealedEvent,
    checkpoint: Option<&TrustedCheckpoint>,
    report: &mut CaseReport,
) -> Result<(), StorageError> {
    let row = StoredRow {
        position: event.position,
        entry: Some(event.entry()),
        leaf: tx
            .optional(LEAF, &[&(event.position as i64 - 1)], |row| row.hash(0))
            .await?
            .map(Hash::from),
    };
    let Some(checkpoint) = checkpoint.filter(|checkpoint| event.position <= checkpoint.size()) else {
        report.unsigned += 1;
        report.add(check_leaf(&row));
        return Ok(());
    };
    let path = match inclusion_proof(tx, event.position, checkpoint.size()).await {
        Ok(path) => Some(path),
        Err(StorageError::Corrupt(_)) => None,
        Err(error) => return Err(error),
    };
    let finding = check_proven(&row, path.as_deref(), checkpoint);
    report.proven += u64::from(finding.is_none());
    report.add(finding);
    Ok(())
}

async fn check_contents(
    tx: &mut Tx<'_>,
    events: impl Iterator<Item = &SealedEvent>,
    report: &mut CaseReport,
) -> Result<(), StorageError> {
    let mut barred = BTreeSet::new();
    for event in events {
        match contents::of(tx, event).await? {
            Contents::Open => {}
            Contents::Erased => report.erased += 1,
            Contents::Unread => report.unread += 1,
            Contents::Altered => report.add([contents::altered(event.position)]),
            Contents::Barred(key) => {
                barred.insert(key);
            }
        }
    }
    report.add(contents::told(&barred));
    Ok(())
}

/// What a case lacks at its end shows in no gap of its numbers: the row that was made from its events remembers how many there were, and a leaf
/// remains of an entry that was deleted.
async fn check_end(tx: &mut Tx<'_>, events: &[SealedEvent], report: &mut CaseReport) -> Result<(), StorageError> {
    let reference = report.reference.clone();
    let known: Option<u32> = tx.optional(LAST_SEQUENCE, &[&reference], |row| row.natural(0)).await?;
    let found = events.last().map_or(0, |event| event.sequence);
    if let Some(known) = known.filter(|known| *known > found) {
        report.add([format!(
            "{reference} had {known} entries when its row was written, and the log has {found} of them: the end of it was deleted"
        )]);
    }
    let gone: Vec<u64> = tx.all(WITHOUT_ENTRY, &[&NAMED], |row| row.natural(0)).await?;
    report.add(gone.iter().map(|position| {
        format!("the entry at position {position} was deleted; it may have been one of {reference}, for nothing but its hash is left")
    }));
    Ok(())
}

/// Whether the log still begins with what a checkpoint covers that somebody kept elsewhere.
async fn check_outside(tx: &mut Tx<'_>, note: &str, report: &mut CaseReport) -> Result<(), StorageError> {
    let kept = match trusted(tx.keys, note) {
        Ok(kept) => kept,
        Err(error @ (StorageError::OtherAuditKey { .. } | StorageError::Corrupt(_))) => {
            report.add([error]);
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    let (signed_size, found) = (kept.size(), size(tx).await?);
    if signed_size > found {
        report.add([Finding::Truncated { signed_size, found }]);
        return Ok(());
    }
    match tree::root(tx, signed_size).await {
        Ok(root) if root == kept.root() => {}
        Ok(found) => report.add([Finding::RootDiffers {
            size: signed_size,
            signed: kept.root(),
            found,
        }]),
        Err(StorageError::Corrupt(why)) => report.add([why]),
        Err(error) => return Err(error),
    }
    Ok(())
}

/// The entries of a case and of its sealed record with their ways to a checkpoint: the latest one, or one that somebody holds. Which entry is of
/// which of the two does not show. `None` when the log has no entry of it.
///
/// # Errors
/// [`StorageError::Corrupt`] when an entry does not lead to the checkpoint; when it does not cover all of them, or is not of this log.
pub async fn prove_case(
    tx: &mut Tx<'_>,
    reference: &str,
    against: Option<&str>,
) -> Result<Option<(Vec<ProvenEntry>, SignedCheckpoint)>, StorageError> {
    let events: Vec<SealedEvent> = entries_of(tx, reference).await?.into_iter().flatten().collect();
    let latest = latest_checkpoint(tx).await?;
    let (Some(last), Some(note)) = (
        events.iter().map(|event| event.position).max(),
        against.or(latest.as_deref()),
    ) else {
        return Ok(None);
    };
    let checkpoint = trusted(tx.keys, note)?;
    if last > checkpoint.size() {
        let words = format!(
            "the checkpoint covers {} entries of the log, and {reference} has one at position {last}. Take a later checkpoint",
            checkpoint.size()
        );
        return Err(StorageError::NotCovered(words));
    }
    let mut entries = Vec::with_capacity(events.len());
    for event in &events {
        let index = event.position - 1;
        let hashes = inclusion_proof(tx, event.position, checkpoint.size()).await?;
        let leaf = event.entry().leaf_hash();
        rules::audit::verify_inclusion(leaf, index, checkpoint.size(), &hashes, checkpoint.root()).map_err(
            |error| {
                let (stream, sequence) = (&event.stream, event.sequence);
                StorageError::Corrupt(format!(
                    "the entry at position {} ({stream}, number {sequence}) cannot be proven: {error}",
                    event.position
                ))
            },
        )?;
        entries.push(ProvenEntry { index, leaf, hashes });
    }
    let signed = SignedCheckpoint::parse(note).map_err(super::unsigned)?;
    Ok(Some((entries, signed)))
}
