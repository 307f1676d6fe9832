//! The keys of streams as they are stored: wrapped under the master key, made at a stream's first use, destroyed once.

use std::sync::Arc;

use jiff::Timestamp;

use crate::database::statements;
use crate::{Keys, StorageError, StreamKey, Tx, drafts, sealed};

/// The stream of what belongs to no case.
pub const OFFICE: &str = "office";

statements! {
    FIND = "SELECT wrapped FROM stream_keys WHERE stream = $1";
    ADD = "INSERT INTO stream_keys (stream, wrapped, created_at) VALUES ($1, $2, $3)";
    ADD_RECORD = "INSERT INTO stream_keys (stream, wrapped, created_at, replaced_at)
                  SELECT $1, $2, $3, replaced_at FROM stream_keys WHERE stream = $4";
    DESTROYED_AT = "SELECT destroyed_at FROM stream_keys WHERE stream = $1";
    REPLACED_AT = "SELECT replaced_at FROM stream_keys WHERE stream = $1";
    DESTROYED = "SELECT stream FROM stream_keys WHERE destroyed_at >= $1";
    TAKEN_AWAY = "SELECT stream FROM stream_keys WHERE destroyed_at >= $1
                  UNION SELECT stream FROM stream_keys WHERE replaced_at >= $1";
    REPLACE = "UPDATE stream_keys SET wrapped = $2, replaced_at = $3 WHERE stream = $1 AND wrapped IS NOT NULL";
    DESTROY = "UPDATE stream_keys SET wrapped = NULL, destroyed_at = $2 WHERE stream = $1 AND wrapped IS NOT NULL";
}

/// Destroys the key of a stream: everything sealed under it can never be read again, while its events stay in the
/// audit log and still verify, and drafts on it are thrown away. The search index is not sealed under this key: remove the case from it as well.
/// True when there was a key to destroy.
///
/// # Errors
/// When the database cannot be written.
pub async fn destroy(tx: &mut Tx<'_>, stream: &str, at: Timestamp) -> Result<bool, StorageError> {
    let changed = tx.exec(DESTROY, &[&stream, &at.as_microsecond()]).await?;
    drafts::forget(tx, stream).await?;
    tx.effects.unwrapped.remove(stream);
    tx.effects.destroyed.push(stream.to_owned());
    Ok(changed > 0)
}

/// The key of a stream that is about to begin: made before the transaction that keeps it, so that what the stream begins with can be sealed on any
/// thread.
pub struct NewKey {
    stream: String,
    key: Arc<StreamKey>,
    wrapped: Vec<u8>,
    created_at: Timestamp,
}

impl NewKey {
    /// A key for a stream that has none yet.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn make(keys: &Keys, stream: &str, at: Timestamp) -> Result<NewKey, StorageError> {
        let (key, wrapped) = keys.new_stream_key(stream)?;
        Ok(NewKey {
            stream: stream.to_owned(),
            key: Arc::new(key),
            wrapped,
            created_at: at,
        })
    }

    /// The key itself.
    pub(crate) fn key(&self) -> &StreamKey {
        &self.key
    }
}

/// Keeps the key of a stream that begins.
///
/// # Errors
/// [`StorageError::Conflict`] when the stream has a key, or had one.
pub async fn begin(tx: &mut Tx<'_>, new: &NewKey) -> Result<(), StorageError> {
    let NewKey {
        stream,
        key,
        wrapped,
        created_at,
    } = new;
    let taken = StorageError::Conflict {
        stream: stream.clone(),
        sequence: 1,
    };
    tx.put_new(ADD, &[stream, wrapped, &created_at.as_microsecond()], taken)
        .await?;
    tx.effects.unwrapped.insert(stream.clone(), key.clone());
    Ok(())
}

/// The streams whose keys were destroyed, or replaced by sealing or by taking something out, at an instant or later: what other nodes have in memory opens nothing any more.
///
/// # Errors
/// When the database cannot be read.
pub async fn taken_away_since(tx: &mut Tx<'_>, at: Timestamp) -> Result<Vec<String>, StorageError> {
    tx.all(TAKEN_AWAY, &[&at.as_microsecond()], |row| row.get(0)).await
}

/// The streams whose keys were destroyed at an instant or later, by whichever node.
///
/// # Errors
/// When the database cannot be read.
pub async fn destroyed_since(tx: &mut Tx<'_>, at: Timestamp) -> Result<Vec<String>, StorageError> {
    tx.all(DESTROYED, &[&at.as_microsecond()], |row| row.get(0)).await
}

/// When the key of a stream was destroyed; `None` where it was not.
///
/// # Errors
/// When the database cannot be read.
pub async fn destroyed_at(tx: &mut Tx<'_>, stream: &str) -> Result<Option<Timestamp>, StorageError> {
    let found = tx
        .optional(DESTROYED_AT, &[&stream], |row| row.instant_if_any(0))
        .await?;
    Ok(found.flatten())
}

/// Seals a value for a place under the key of a stream, which is made if this is its first use.
pub(crate) async fn seal(
    tx: &mut Tx<'_>,
    stream: &str,
    at: Timestamp,
    place: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, StorageError> {
    ensure(tx, stream, at).await?.seal(place, plain)
}

/// Opens a value that was sealed for a place under the key of a stream.
pub(crate) async fn open(tx: &mut Tx<'_>, stream: &str, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>, StorageError> {
    match key_of(tx, stream).await?.open(place, sealed) {
        // Another node may have sealed the case since this one unwrapped its key.
        Err(StorageError::Corrupt(_)) => fresh(tx, stream).await?.open(place, sealed),
        opened => opened,
    }
}

/// As [`open`], but nothing for a stream whose key was destroyed: lists go on showing the rest of the row.
pub(crate) async fn open_if_kept(
    tx: &mut Tx<'_>,
    stream: &str,
    place: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, StorageError> {
    match open(tx, stream, place, sealed).await {
        Err(StorageError::MissingKey { .. }) => Ok(Vec::new()),
        opened => opened,
    }
}

/// The key of a stream that holds something.
///
/// # Errors
/// [`StorageError::MissingKey`] when it was destroyed; [`StorageError::KeyLost`] when it is gone though nobody destroyed it.
pub(crate) async fn key_of(tx: &mut Tx<'_>, stream: &str) -> Result<Arc<StreamKey>, StorageError> {
    let lost = || StorageError::KeyLost {
        stream: stream.to_owned(),
    };
    find(tx, stream).await?.ok_or_else(lost)
}

/// The key of a stream, made if this is its first use.
///
/// # Errors
/// [`StorageError::MissingKey`] when it was destroyed: what was forgotten takes no new entries.
pub(crate) async fn ensure(tx: &mut Tx<'_>, stream: &str, at: Timestamp) -> Result<Arc<StreamKey>, StorageError> {
    if sealed::is_record(stream) {
        return sealed::key_of(tx, stream).await;
    }
    if let Some(key) = find(tx, stream).await? {
        return Ok(key);
    }
    let (key, wrapped) = tx.keys.new_stream_key(stream)?;
    tx.put(ADD, &[&stream, &wrapped, &at.as_microsecond()]).await?;
    Ok(remember(tx, stream, key))
}

async fn find(tx: &mut Tx<'_>, stream: &str) -> Result<Option<Arc<StreamKey>>, StorageError> {
    if sealed::is_record(stream) {
        return Err(StorageError::Sealed {
            stream: stream.to_owned(),
        });
    }
    let missing = || StorageError::MissingKey {
        stream: stream.to_owned(),
    };
    if tx.effects.destroyed.iter().any(|destroyed| destroyed == stream) {
        return Err(missing());
    }
    if let Some(key) = tx.effects.unwrapped.get(stream) {
        return Ok(Some(key.clone()));
    }
    let was_replaced = tx.effects.replaced.iter().any(|replaced| replaced == stream);
    if let Some(key) = tx.cache.find(stream).filter(|_| !was_replaced) {
        return Ok(Some(key));
    }
    let Some(wrapped) = wrapped(tx, stream).await? else {
        return Ok(None);
    };
    let key = tx.keys.unwrap_stream_key(stream, &wrapped.ok_or_else(missing)?)?;
    Ok(Some(remember(tx, stream, key)))
}

/// The key of a stream as the database has it now, whatever this node unwrapped before.
async fn fresh(tx: &mut Tx<'_>, stream: &str) -> Result<Arc<StreamKey>, StorageError> {
    let missing = || StorageError::MissingKey {
        stream: stream.to_owned(),
    };
    let wrapped = wrapped(tx, stream).await?.flatten().ok_or_else(missing)?;
    let key = tx.keys.unwrap_stream_key(stream, &wrapped)?;
    Ok(remember(tx, stream, key))
}

/// A wrapped key: nothing where there is no row, nothing within where it was destroyed.
pub(crate) async fn wrapped(tx: &mut Tx<'_>, stream: &str) -> Result<Option<Option<Vec<u8>>>, StorageError> {
    tx.optional(FIND, &[&stream], |row| row.get::<Option<Vec<u8>>>(0)).await
}

/// Gives a stream a new key: what was sealed under the one before is not opened with it. Keeps that one, wrapped for a sealed record, with the
/// instant since when it is another than at first: by that a restore knows that something was taken out before the sealing.
pub(crate) async fn replace(
    tx: &mut Tx<'_>,
    stream: &str,
    (record, old): (&str, Vec<u8>),
    at: Timestamp,
) -> Result<(), StorageError> {
    let (key, wrapped) = tx.keys.new_stream_key(stream)?;
    tx.put(ADD_RECORD, &[&record, &old, &at.as_microsecond(), &stream])
        .await?;
    tx.put(REPLACE, &[&stream, &wrapped, &at.as_microsecond()]).await?;
    remember(tx, stream, key);
    tx.effects.replaced.push(stream.to_owned());
    Ok(())
}

/// Gives a stream a new key and keeps nothing of the one before: what was sealed under it opens for nobody any more.
///
/// # Errors
/// [`StorageError::MissingKey`] when the stream has no key.
pub(crate) async fn renew(tx: &mut Tx<'_>, stream: &str, at: Timestamp) -> Result<(), StorageError> {
    let (key, wrapped) = tx.keys.new_stream_key(stream)?;
    if tx.exec(REPLACE, &[&stream, &wrapped, &at.as_microsecond()]).await? == 0 {
        return Err(StorageError::MissingKey {
            stream: stream.to_owned(),
        });
    }
    remember(tx, stream, key);
    tx.effects.replaced.push(stream.to_owned());
    Ok(())
}

/// Whether a stream has another key than at first.
pub(crate) async fn was_replaced(tx: &mut Tx<'_>, stream: &str) -> Result<bool, StorageError> {
    let at = tx
        .optional(REPLACED_AT, &[&stream], |row| row.instant_if_any(0))
        .await?;
    Ok(at.flatten().is_some())
}

fn remember(tx: &mut Tx<'_>, stream: &str, key: StreamKey) -> Arc<StreamKey> {
    let key = Arc::new(key);
    tx.effects.unwrapped.insert(stream.to_owned(), key.clone());
    key
}
