//! Drafts: what somebody began to write on a form and has not sent. Sealed under the key of its case, and readable in its own place only.

use jiff::Timestamp;

use crate::database::{Row, statements};
use crate::keys::place;
use crate::stream_keys;
use crate::{StorageError, Tx};

statements! {
    PUT = "INSERT INTO drafts (staff_id, stream, form, key_hash, saved_at, expires_at, fields) VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (staff_id, stream, form) DO UPDATE SET key_hash = excluded.key_hash, saved_at = excluded.saved_at,
               expires_at = excluded.expires_at, fields = excluded.fields";
    ON_STREAM = "SELECT form, saved_at, fields FROM drafts WHERE staff_id = $1 AND stream = $2 AND expires_at > $3 ORDER BY form";
    ALL_ON_STREAM = "SELECT form, saved_at, fields, staff_id FROM drafts WHERE stream = $1 ORDER BY staff_id, form";
    SEAL_AGAIN = "UPDATE drafts SET fields = $4 WHERE staff_id = $1 AND stream = $2 AND form = $3";
    REMOVE = "DELETE FROM drafts WHERE staff_id = $1 AND stream = $2 AND form = $3";
    SENT = "DELETE FROM drafts WHERE key_hash = $1";
    FORGET = "DELETE FROM drafts WHERE stream = $1";
    SWEEP = "DELETE FROM drafts WHERE expires_at <= $1";
}

/// Whose draft of which form it is, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftPlace {
    /// The member of staff.
    pub staff_id: i64,
    /// The case by its reference, or [`stream_keys::OFFICE`] for a form that begins one.
    pub stream: String,
    /// The code of the form. It is part of what seals the words: those of one form cannot be opened as those of another.
    pub form: String,
}

/// A draft as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// The code of the form.
    pub form: String,
    /// When it was saved.
    pub saved_at: Timestamp,
    /// The answers, as the caller wrote them.
    pub fields: Vec<u8>,
}

/// From when to when a draft is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// When it is saved.
    pub at: Timestamp,
    /// From when on it is as if it were not there.
    pub until: Timestamp,
}

/// Keeps a draft in place of the one before. `key` is that of the act which sending the form is.
///
/// # Errors
/// [`StorageError::MissingKey`] when the case was forgotten; when the database cannot be written.
pub async fn put(
    tx: &mut Tx<'_>,
    draft: &DraftPlace,
    key: &str,
    kept: Kept,
    fields: &[u8],
) -> Result<(), StorageError> {
    let hash = key_hash(tx, key);
    let sealed = stream_keys::seal(tx, &draft.stream, kept.at, &place_of(draft), fields).await?;
    let (at, until) = (kept.at.as_microsecond(), kept.until.as_microsecond());
    let DraftPlace { staff_id, stream, form } = draft;
    tx.put(PUT, &[staff_id, stream, form, &hash, &at, &until, &sealed])
        .await?;
    Ok(())
}

/// The drafts of somebody on a case that are not over at `now`; none on a case that was forgotten.
///
/// # Errors
/// When the database cannot be read.
pub async fn of(tx: &mut Tx<'_>, staff_id: i64, stream: &str, now: Timestamp) -> Result<Vec<DraftRow>, StorageError> {
    let stored = tx
        .all(ON_STREAM, &[&staff_id, &stream, &now.as_microsecond()], row)
        .await?;
    let mut drafts = Vec::with_capacity(stored.len());
    for draft in stored {
        let place = place_of(&DraftPlace {
            staff_id,
            stream: stream.to_owned(),
            form: draft.form.clone(),
        });
        match stream_keys::open(tx, stream, &place, &draft.fields).await {
            Ok(fields) => drafts.push(DraftRow { fields, ..draft }),
            Err(StorageError::MissingKey { .. }) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(drafts)
}

/// Every draft on a case, whosever it is.
pub(crate) async fn all_of(tx: &mut Tx<'_>, stream: &str) -> Result<Vec<(DraftPlace, DraftRow)>, StorageError> {
    let stored = tx
        .all(ALL_ON_STREAM, &[&stream], |found| {
            Ok((row(found)?, found.get::<i64>(3)?))
        })
        .await?;
    let mut drafts = Vec::with_capacity(stored.len());
    for (draft, staff_id) in stored {
        let place = DraftPlace {
            staff_id,
            stream: stream.to_owned(),
            form: draft.form.clone(),
        };
        let fields = stream_keys::open(tx, stream, &place_of(&place), &draft.fields).await?;
        drafts.push((place, DraftRow { fields, ..draft }));
    }
    Ok(drafts)
}

/// Seals drafts again, under the key that their case has now.
pub(crate) async fn seal_again(
    tx: &mut Tx<'_>,
    stream: &str,
    drafts: &[(DraftPlace, DraftRow)],
) -> Result<(), StorageError> {
    for (place, draft) in drafts {
        let sealed = stream_keys::seal(tx, stream, draft.saved_at, &place_of(place), &draft.fields).await?;
        tx.put(SEAL_AGAIN, &[&place.staff_id, &stream, &place.form, &sealed])
            .await?;
    }
    Ok(())
}

/// Throws a draft away.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(tx: &mut Tx<'_>, draft: &DraftPlace) -> Result<(), StorageError> {
    tx.put(REMOVE, &[&draft.staff_id, &draft.stream, &draft.form]).await?;
    Ok(())
}

/// Throws away the draft of a form that was sent, by the key of the act.
///
/// # Errors
/// When the database cannot be written.
pub async fn sent(tx: &mut Tx<'_>, key: &str) -> Result<(), StorageError> {
    let hash = key_hash(tx, key);
    tx.put(SENT, &[&hash]).await?;
    Ok(())
}

/// Throws away every draft on a case.
pub(crate) async fn forget(tx: &mut Tx<'_>, stream: &str) -> Result<u64, StorageError> {
    tx.exec(FORGET, &[&stream]).await
}

/// Throws away what is over at `now`, and tells how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn sweep(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, StorageError> {
    tx.exec(SWEEP, &[&now.as_microsecond()]).await
}

fn row(row: &Row<'_>) -> Result<DraftRow, StorageError> {
    Ok(DraftRow {
        form: row.get(0)?,
        saved_at: row.instant(1)?,
        fields: row.get(2)?,
    })
}

fn key_hash(tx: &Tx<'_>, key: &str) -> Vec<u8> {
    tx.keys.lookup_hash("draft", key)
}

fn place_of(draft: &DraftPlace) -> Vec<u8> {
    place(&["draft", &draft.staff_id.to_string(), &draft.stream, &draft.form])
}
