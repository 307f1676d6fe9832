//! The rows of files: what waits for a form, what belongs to a case, and the keys of both.

use jiff::Timestamp;

use crate::database::statements;
use crate::keys::{FileKey, hex, place};
use crate::stream_keys::{self, OFFICE};
use crate::{StorageError, StreamKey, Tx};

statements! {
    ARRIVE = "INSERT INTO files (id, form, number, arrived_at, size)
              VALUES ($1, $2, (SELECT COALESCE(MAX(number), 0) + 1 FROM files WHERE form = $2), $3, 0)";
    PARK_MAIL = "UPDATE files SET mail = $2 WHERE id = $1";
    PARK = "UPDATE files SET size = $3, file_key = $4, facts = $5
            WHERE id = $1 AND form = $2 AND file_key IS NULL";
    WAITING = "SELECT id, file_key, facts, size FROM files
               WHERE form = $1 AND file_key IS NOT NULL ORDER BY number, id";
    WAITING_ONE = "SELECT form, file_key FROM files WHERE id = $1 AND form IS NOT NULL AND file_key IS NOT NULL";
    WAITING_WHOLE = "SELECT form, file_key, facts, size FROM files
                     WHERE id = $1 AND form IS NOT NULL AND file_key IS NOT NULL";
    WAITING_BYTES = "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM files WHERE form IS NOT NULL AND mail IS NULL";
    ATTACH = "UPDATE files SET stream = $2, form = NULL, file_key = $3, facts = NULL, mail = NULL WHERE id = $1";
    KEY = "SELECT file_key FROM files WHERE id = $1 AND stream = $2 AND file_key IS NOT NULL";
    OF_STREAM = "SELECT id FROM files WHERE stream = $1 AND file_key IS NOT NULL ORDER BY id";
    SEAL_AGAIN = "UPDATE files SET file_key = $3 WHERE id = $1 AND stream = $2";
    LET_GO = "UPDATE files SET stream = NULL, form = NULL, file_key = NULL, facts = NULL, size = 0
              WHERE id = $1 AND stream = $2";
    MOVE = "UPDATE files SET stream = $2 WHERE stream = $1";
    DROP_ONE = "UPDATE files SET form = NULL, file_key = NULL, facts = NULL WHERE id = $1 AND form = $2";
    DROP_ALL = "UPDATE files SET form = NULL, file_key = NULL, facts = NULL
                WHERE form = $1 AND file_key IS NOT NULL";
    DROP_OLD = "UPDATE files SET form = NULL, file_key = NULL, facts = NULL
                WHERE form IS NOT NULL AND mail IS NULL AND arrived_at < $1";
    DROP_MAIL = "UPDATE files SET form = NULL, file_key = NULL, facts = NULL, mail = NULL WHERE mail = $1";
    DROP_ERASED = "UPDATE files SET stream = NULL, file_key = NULL
                   WHERE stream IN (SELECT stream FROM stream_keys WHERE wrapped IS NULL)";
    LEAVING = "SELECT id FROM files WHERE form IS NULL AND stream IS NULL";
    FORGET = "DELETE FROM files WHERE id = $1 AND form IS NULL AND stream IS NULL";
    STATES = "SELECT id, stream, form, file_key FROM files ORDER BY id";
}

/// A file that waits for its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its opaque name.
    pub id: String,
    /// What is known of it, as it was given.
    pub facts: Vec<u8>,
    /// How large it is, in bytes.
    pub size: u64,
}

/// Where a file stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Its bytes are not all there.
    Arriving,
    /// It waits for its form.
    Waiting,
    /// It belongs to this case.
    Attached(String),
    /// It is about to go.
    Leaving,
}

/// Says that the bytes of a file are about to come for a form. From now on nothing lies in the folder that no row knows.
///
/// # Errors
/// When the database cannot be written.
pub async fn arrive(tx: &mut Tx<'_>, id: &str, form: &str, at: Timestamp) -> Result<(), StorageError> {
    let form = form_hash(tx, form);
    tx.put(ARRIVE, &[&id, &form, &at.as_microsecond()]).await?;
    Ok(())
}

/// Lets a file wait whose bytes are durable; `facts` is what is known of it.
///
/// # Errors
/// [`StorageError::FileGone`] when it does not arrive for this form, or not any more.
pub async fn park(
    tx: &mut Tx<'_>,
    file: &Waiting,
    form: &str,
    key: &FileKey,
    at: Timestamp,
) -> Result<(), StorageError> {
    let form = form_hash(tx, form);
    let sealed_key = stream_keys::seal(tx, OFFICE, at, &waiting_place(&file.id, &form, "key"), key.bytes()).await?;
    let sealed_facts = stream_keys::seal(tx, OFFICE, at, &waiting_place(&file.id, &form, "facts"), &file.facts).await?;
    let size = i64::try_from(file.size).unwrap_or(i64::MAX);
    let parked = tx
        .exec(PARK, &[&file.id, &form, &size, &sealed_key, &sealed_facts])
        .await?;
    if parked == 0 { Err(gone(&file.id)) } else { Ok(()) }
}

/// Lets the raw bytes of a message wait: for as long as the message does, and beside the room that forms share.
///
/// # Errors
/// As for [`park`].
pub async fn park_mail(
    tx: &mut Tx<'_>,
    file: &Waiting,
    (form, mail): (&str, i64),
    key: &FileKey,
    at: Timestamp,
) -> Result<(), StorageError> {
    park(tx, file, form, key, at).await?;
    tx.put(PARK_MAIL, &[&file.id, &mail]).await
}

/// Gives up the raw bytes of a message; they go with the next sweep.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_mail(tx: &mut Tx<'_>, mail: i64) -> Result<(), StorageError> {
    tx.put(DROP_MAIL, &[&mail]).await
}

/// A file that waits, and its key: for whoever has to read it before it belongs to a case.
///
/// # Errors
/// [`StorageError::FileGone`] when it does not wait any more.
pub async fn waiting_key(tx: &mut Tx<'_>, id: &str) -> Result<(Waiting, FileKey), StorageError> {
    let waits = tx
        .optional(WAITING_WHOLE, &[&id], |row| {
            let sealed = (row.get::<Vec<u8>>(1)?, row.get::<Vec<u8>>(2)?);
            Ok((row.get::<Vec<u8>>(0)?, sealed, row.natural::<u64>(3)?))
        })
        .await?;
    let (form, (key, facts), size) = waits.ok_or_else(|| gone(id))?;
    let key = FileKey::from_bytes(stream_keys::open(tx, OFFICE, &waiting_place(id, &form, "key"), &key).await?)?;
    let facts = stream_keys::open(tx, OFFICE, &waiting_place(id, &form, "facts"), &facts).await?;
    let id = id.to_owned();
    Ok((Waiting { id, facts, size }, key))
}

/// The files that wait for a form, in the order in which they were sent.
///
/// # Errors
/// When the database cannot be read.
pub async fn waiting(tx: &mut Tx<'_>, form: &str) -> Result<Vec<Waiting>, StorageError> {
    let form = form_hash(tx, form);
    let rows = tx
        .all(WAITING, &[&form], |row| {
            Ok((row.get::<String>(0)?, row.get::<Vec<u8>>(2)?, row.natural::<u64>(3)?))
        })
        .await?;
    let mut waiting = Vec::with_capacity(rows.len());
    for (id, sealed, size) in rows {
        let facts = stream_keys::open(tx, OFFICE, &waiting_place(&id, &form, "facts"), &sealed).await?;
        waiting.push(Waiting { id, facts, size });
    }
    Ok(waiting)
}

/// How many bytes wait for their forms, over all forms.
///
/// # Errors
/// When the database cannot be read.
pub async fn waiting_bytes(tx: &mut Tx<'_>) -> Result<u64, StorageError> {
    tx.one(WAITING_BYTES, &[], |row| row.natural(0)).await
}

/// Makes a file that waits the file of a case: its key is sealed anew, under the key of the case.
///
/// # Errors
/// [`StorageError::FileGone`] when it does not wait any more; [`StorageError::MissingKey`] when the case was erased.
pub async fn attach(tx: &mut Tx<'_>, id: &str, stream: &str, at: Timestamp) -> Result<(), StorageError> {
    let waits = tx
        .optional(WAITING_ONE, &[&id], |row| {
            Ok((row.get::<Vec<u8>>(0)?, row.get::<Vec<u8>>(1)?))
        })
        .await?;
    let (form, sealed) = waits.ok_or_else(|| gone(id))?;
    let key = FileKey::from_bytes(stream_keys::open(tx, OFFICE, &waiting_place(id, &form, "key"), &sealed).await?)?;
    let sealed = stream_keys::seal(tx, stream, at, &attached_place(id), key.bytes()).await?;
    tx.put(ATTACH, &[&id, &stream, &sealed]).await?;
    Ok(())
}

/// The key of a file of a case.
///
/// # Errors
/// [`StorageError::FileGone`] when the case has no such file; [`StorageError::MissingKey`] when the case was erased.
pub async fn key(tx: &mut Tx<'_>, id: &str, stream: &str) -> Result<FileKey, StorageError> {
    let sealed = tx.optional(KEY, &[&id, &stream], |row| row.get::<Vec<u8>>(0)).await?;
    let sealed = sealed.ok_or_else(|| gone(id))?;
    FileKey::from_bytes(stream_keys::open(tx, stream, &attached_place(id), &sealed).await?)
}

/// The key of a file of a sealed record, by the key of the record.
pub(crate) async fn key_under(
    tx: &mut Tx<'_>,
    id: &str,
    (record, key): (&str, &StreamKey),
) -> Result<FileKey, StorageError> {
    let sealed = tx.optional(KEY, &[&id, &record], |row| row.get::<Vec<u8>>(0)).await?;
    FileKey::from_bytes(key.open(&attached_place(id), &sealed.ok_or_else(|| gone(id))?)?)
}

/// The keys of all files of a case.
pub(crate) async fn keys_of(tx: &mut Tx<'_>, stream: &str) -> Result<Vec<(String, FileKey)>, StorageError> {
    let ids: Vec<String> = tx.all(OF_STREAM, &[&stream], |row| row.get(0)).await?;
    let mut keys = Vec::with_capacity(ids.len());
    for id in ids {
        let found = key(tx, &id, stream).await?;
        keys.push((id, found));
    }
    Ok(keys)
}

/// Seals the keys of files again, under the key that their case has now; a file of the case that is not given is let go.
pub(crate) async fn seal_again(
    tx: &mut Tx<'_>,
    stream: &str,
    keys: &[(String, FileKey)],
    at: Timestamp,
) -> Result<(), StorageError> {
    let all: Vec<String> = tx.all(OF_STREAM, &[&stream], |row| row.get(0)).await?;
    for id in all {
        let Some((_, key)) = keys.iter().find(|(kept, _)| *kept == id) else {
            tx.put(LET_GO, &[&id, &stream]).await?;
            continue;
        };
        let sealed = stream_keys::seal(tx, stream, at, &attached_place(&id), key.bytes()).await?;
        tx.put(SEAL_AGAIN, &[&id, &stream, &sealed]).await?;
    }
    Ok(())
}

/// Makes all files of a stream those of another that has the same key.
pub(crate) async fn move_all(tx: &mut Tx<'_>, from: &str, to: &str) -> Result<(), StorageError> {
    tx.put(MOVE, &[&from, &to]).await
}

/// Gives up one file that arrives or waits for a form; true if it did. Its bytes go with [`forget`].
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_waiting(tx: &mut Tx<'_>, id: &str, form: &str) -> Result<bool, StorageError> {
    let form = form_hash(tx, form);
    Ok(tx.exec(DROP_ONE, &[&id, &form]).await? > 0)
}

/// Gives up every file that waits for a form, and tells how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_waiting_of(tx: &mut Tx<'_>, form: &str) -> Result<u64, StorageError> {
    let form = form_hash(tx, form);
    tx.exec(DROP_ALL, &[&form]).await
}

/// Gives up what waited since before an instant and what belongs to erased cases, and names every file whose bytes are to go.
///
/// # Errors
/// When the database cannot be written.
pub async fn leaving(tx: &mut Tx<'_>, waited_since_before: Timestamp) -> Result<Vec<String>, StorageError> {
    tx.put(DROP_OLD, &[&waited_since_before.as_microsecond()]).await?;
    tx.put(DROP_ERASED, &[]).await?;
    tx.all(LEAVING, &[], |row| row.get(0)).await
}

/// Forgets files whose bytes are gone.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget(tx: &mut Tx<'_>, ids: &[String]) -> Result<(), StorageError> {
    for id in ids {
        tx.put(FORGET, &[id]).await?;
    }
    Ok(())
}

/// Every file with where it stands.
///
/// # Errors
/// When the database cannot be read.
pub async fn states(tx: &mut Tx<'_>) -> Result<Vec<(String, State)>, StorageError> {
    tx.all(STATES, &[], |row| {
        let (stream, form): (Option<String>, Option<Vec<u8>>) = (row.get(1)?, row.get(2)?);
        let key: Option<Vec<u8>> = row.get(3)?;
        let state = match (stream, form, key) {
            (Some(stream), _, _) => State::Attached(stream),
            (None, Some(_), Some(_)) => State::Waiting,
            (None, Some(_), None) => State::Arriving,
            (None, None, _) => State::Leaving,
        };
        Ok((row.get(0)?, state))
    })
    .await
}

fn gone(id: &str) -> StorageError {
    StorageError::FileGone { id: id.to_owned() }
}

fn form_hash(tx: &Tx<'_>, form: &str) -> Vec<u8> {
    tx.keys.lookup_hash("form of files", form)
}

fn waiting_place(id: &str, form: &[u8], what: &str) -> Vec<u8> {
    place(&["file-waiting", what, id, &hex(form)])
}

fn attached_place(id: &str) -> Vec<u8> {
    place(&["file-key", id])
}
