//! Settings that an administrator changes while the product runs, as JSON; sealed, since they may list people (A11).

use std::sync::Arc;

use jiff::Timestamp;

use crate::database::statements;
use crate::keys::place;
use crate::stream_keys::{self, OFFICE};
use crate::{StorageError, Tx};

statements! {
    PUT = "INSERT INTO settings (key, value, updated_at) VALUES ($1, $2, $3)
           ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at";
    GET = "SELECT value FROM settings WHERE key = $1";
    LIST = "SELECT key, value FROM settings ORDER BY key";
}

/// Writes a setting.
///
/// # Errors
/// When the database cannot be written.
pub async fn put(tx: &mut Tx<'_>, key: &str, json: &str, at: Timestamp) -> Result<(), StorageError> {
    tx.effects.marks.remove(key);
    let sealed = stream_keys::seal(tx, OFFICE, at, &setting_place(key), json.as_bytes()).await?;
    tx.put(PUT, &[&key, &sealed, &at.as_microsecond()]).await?;
    Ok(())
}

/// A setting; `None` when it was never written.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(tx: &mut Tx<'_>, key: &str) -> Result<Option<String>, StorageError> {
    let sealed = tx.optional(GET, &[&key], |row| row.get::<Vec<u8>>(0)).await?;
    match sealed {
        Some(sealed) => Ok(Some(open(tx, key, &sealed).await?)),
        None => Ok(None),
    }
}

/// Which writing of a setting this is: another one has another mark, even if it says the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark(Option<Arc<[u8]>>);

/// The mark of a setting as it is now: by it what was read before can be told from what is there. Acts that share a commit ask the database once.
///
/// # Errors
/// When the database cannot be read.
pub async fn mark(tx: &mut Tx<'_>, key: &str) -> Result<Mark, StorageError> {
    if let Some(mark) = tx.effects.marks.get(key) {
        return Ok(mark.clone());
    }
    // Sealed with a nonce of its own, so that no two writings are the same bytes.
    let sealed = tx.optional(GET, &[&key], |row| row.get::<Vec<u8>>(0)).await?;
    let mark = Mark(sealed.map(Arc::from));
    tx.effects.marks.insert(key.to_owned(), mark.clone());
    Ok(mark)
}

/// All settings as (key, JSON), by key.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>, StorageError> {
    let stored = tx
        .all(LIST, &[], |row| Ok((row.get::<String>(0)?, row.get::<Vec<u8>>(1)?)))
        .await?;
    let mut settings = Vec::with_capacity(stored.len());
    for (key, sealed) in stored {
        let json = open(tx, &key, &sealed).await?;
        settings.push((key, json));
    }
    Ok(settings)
}

async fn open(tx: &mut Tx<'_>, key: &str, sealed: &[u8]) -> Result<String, StorageError> {
    let plain = stream_keys::open(tx, OFFICE, &setting_place(key), sealed).await?;
    String::from_utf8(plain).map_err(|_| StorageError::Corrupt(format!("the setting {key} is no text")))
}

fn setting_place(key: &str) -> Vec<u8> {
    place(&["setting", key])
}
