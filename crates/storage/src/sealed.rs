//! Sealed records: what a case was before it was sealed, and what is added since, under a key that opens nothing else (R33, A14, A16).
//!
//! Sealing moves the key of a case into a stream of its own, `sealed:FC-10482`, wrapped under the key of sealed cases instead of the master key,
//! and gives the case a new one. Nothing is copied: the log, old replicas and files lie where they lay, and what the office shares cannot open
//! them any more. Everything in here is to be called by what has cleared a reader, and by nothing else.

use std::sync::Arc;

use jiff::Timestamp;

use crate::database::statements;
use crate::events::{self, SEALING, SealedEvent, StoredEvent};
use crate::keys::FileKey;
use crate::{StorageError, StreamKey, Tx, drafts, files, key_fit, retold, stream_keys};

statements! {
    SEALED_AT = "SELECT COALESCE(MIN(sequence), 0) FROM events WHERE stream = $1 AND kind = 'case.sealed'";
    FORGET_LETTERS = "DELETE FROM outbox WHERE reference = $1";
}

/// What the names of these streams begin with.
pub(crate) const PREFIX: &str = "sealed:";

/// The stream of the sealed record of a case.
pub fn record_of(reference: &str) -> String {
    format!("{PREFIX}{reference}")
}

/// Whether a stream is a sealed record.
pub fn is_record(stream: &str) -> bool {
    stream.starts_with(PREFIX)
}

/// The reference of the case whose sealed record a stream is; nothing for any other stream.
pub fn case_of(stream: &str) -> Option<&str> {
    stream.strip_prefix(PREFIX)
}

/// Seals what a case was: its key goes, wrapped for its record alone, and a new one takes its place; files and drafts go with it, and letters
/// that hold its words are thrown away. Rows that are made from the case are to be written anew by the caller, in the same transaction.
///
/// # Errors
/// [`StorageError::NoSealedKey`] where the installation has none, [`StorageError::OtherSealedKey`] where it has another than before;
/// [`StorageError::MissingKey`] for a case that was erased; when it is sealed already, or the database cannot be written.
pub async fn seal_away(tx: &mut Tx<'_>, reference: &str, at: Timestamp) -> Result<(), StorageError> {
    let missing = || StorageError::MissingKey {
        stream: reference.to_owned(),
    };
    key_fit::may_seal(tx).await?;
    let record = record_of(reference);
    let wrapped = stream_keys::wrapped(tx, reference)
        .await?
        .flatten()
        .ok_or_else(missing)?;
    let away = tx.keys.wrap_away(reference, &wrapped, &record)?;
    stream_keys::replace(tx, reference, (&record, away), at).await?;
    drafts::forget(tx, reference).await?;
    files::move_all(tx, reference, &record).await?;
    tx.put(FORGET_LETTERS, &[&reference]).await
}

/// The key of a sealed record. It is unwrapped for each use and kept nowhere.
///
/// # Errors
/// [`StorageError::MissingKey`] when the record was erased; [`StorageError::KeyLost`] when there is none; [`StorageError::NoSealedKey`].
pub(crate) async fn key_of(tx: &mut Tx<'_>, record: &str) -> Result<Arc<StreamKey>, StorageError> {
    let wrapped = stream_keys::wrapped(tx, record)
        .await?
        .ok_or_else(|| StorageError::KeyLost {
            stream: record.to_owned(),
        })?;
    let wrapped = wrapped.ok_or_else(|| StorageError::MissingKey {
        stream: record.to_owned(),
    })?;
    Ok(Arc::new(tx.keys.unwrap_sealed_key(record, &wrapped)?))
}

/// The sealed record of a case, opened.
pub struct Record {
    /// Its events before it was sealed.
    pub before: Vec<StoredEvent>,
    /// What was added to the record since.
    pub since: Vec<StoredEvent>,
}

/// Opens the sealed record of a case.
///
/// # Errors
/// As for [`key_of`]; [`StorageError::Corrupt`] when an event was changed from outside.
pub async fn open(tx: &mut Tx<'_>, reference: &str) -> Result<Record, StorageError> {
    let record = record_of(reference);
    let key = key_of(tx, &record).await?;
    let mut before = events::raw_of(tx, reference).await?;
    let sealing = before.iter().position(|event| event.kind == SEALING);
    before.truncate(sealing.unwrap_or(0));
    retold::from_retelling(&mut before);
    let since = events::raw_of(tx, &record).await?;
    Ok(Record {
        before: opened(before, &key)?,
        since: opened(since, &key)?,
    })
}

/// The events of one kind that were added to a sealed record, opened; what it holds besides stays closed.
///
/// # Errors
/// As for [`open`].
pub async fn added_of_kind(tx: &mut Tx<'_>, reference: &str, kind: &str) -> Result<Vec<StoredEvent>, StorageError> {
    let record = record_of(reference);
    let key = key_of(tx, &record).await?;
    let mut since = events::raw_of(tx, &record).await?;
    since.retain(|event| event.kind == kind);
    opened(since, &key)
}

fn opened(sealed: Vec<SealedEvent>, key: &StreamKey) -> Result<Vec<StoredEvent>, StorageError> {
    let open = |event: SealedEvent| {
        let payload = key.open(&event.place(), &event.sealed)?;
        Ok(event.opened(payload))
    };
    sealed.into_iter().map(open).collect()
}

/// Opens an event for the check of the log, which looks whether the contents open where they lie and shows them to nobody.
///
/// # Errors
/// [`StorageError::MissingKey`] also for what lies before a retelling of its case, whose key is gone.
pub(crate) async fn open_for_check(tx: &mut Tx<'_>, event: &SealedEvent) -> Result<Vec<u8>, StorageError> {
    match open_where_it_lies(tx, event).await {
        Err(StorageError::Corrupt(_)) if retold::is_told_anew(tx, event).await? => Err(StorageError::MissingKey {
            stream: event.stream.clone(),
        }),
        opened => opened,
    }
}

async fn open_where_it_lies(tx: &mut Tx<'_>, event: &SealedEvent) -> Result<Vec<u8>, StorageError> {
    let record = match is_record(&event.stream) {
        true => event.stream.clone(),
        false => match events::open(tx, event).await {
            Err(StorageError::Corrupt(_)) if is_sealed_away(tx, event).await? => record_of(&event.stream),
            opened => return opened,
        },
    };
    key_of(tx, &record).await?.open(&event.place(), &event.sealed)
}

/// Whether an event lies before the sealing of its case.
pub(crate) async fn is_sealed_away(tx: &mut Tx<'_>, event: &SealedEvent) -> Result<bool, StorageError> {
    let sealing: u32 = tx.one(SEALED_AT, &[&event.stream], |row| row.natural(0)).await?;
    Ok(event.sequence < sealing)
}

/// The key of a file of a sealed record.
///
/// # Errors
/// [`StorageError::FileGone`] when the record has no such file; as for [`key_of`].
pub async fn file_key(tx: &mut Tx<'_>, id: &str, reference: &str) -> Result<FileKey, StorageError> {
    let record = record_of(reference);
    let key = key_of(tx, &record).await?;
    files::key_under(tx, id, (&record, &key)).await
}
