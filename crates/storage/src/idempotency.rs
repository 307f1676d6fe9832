//! Requests that may come twice and must count once: a form sent again, a message delivered again.

use jiff::Timestamp;

use crate::database::statements;
use crate::keys::{hex, place};
use crate::stream_keys::{self, OFFICE};
use crate::{Param, StorageError, Tx};

statements! {
    CLAIM = "INSERT INTO idempotency (key_hash, claimed_at) VALUES ($1, $2) ON CONFLICT (key_hash) DO NOTHING";
    KEEP = "INSERT INTO idempotency (key_hash, claimed_at, value) VALUES ($1, $2, $3)";
    FIND = "SELECT value FROM idempotency WHERE key_hash = $1";
    CLAIMED_AT = "SELECT claimed_at FROM idempotency WHERE key_hash = $1";
    SWEEP = "DELETE FROM idempotency WHERE claimed_at < $1";
}

/// Whether a request was here before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It is new, and it is now ours.
    Fresh,
    /// It was here before, with this answer; `None` where none was kept with it.
    Seen(Option<String>),
}

/// Claims a request by its key. The key is kept as a keyed hash.
///
/// # Errors
/// When the database cannot be written.
pub async fn claim(tx: &mut Tx<'_>, key: &str, at: Timestamp) -> Result<Claim, StorageError> {
    let hash = tx.keys.lookup_hash("idempotency", key);
    if tx.exec(CLAIM, &[&hash, &at.as_microsecond()]).await? > 0 {
        return Ok(Claim::Fresh);
    }
    earlier(tx, &hash).await
}

/// Claims a request whose answer is known before, and keeps that answer with it, sealed. Nothing is asked of the store: [`answered`] has what the
/// earlier one was told.
///
/// # Errors
/// [`StorageError::Repeated`] when it was here before, then or before the act ends; or when the database cannot be written.
pub async fn keep(tx: &mut Tx<'_>, key: &str, value: &str, at: Timestamp) -> Result<(), StorageError> {
    let hash = tx.keys.lookup_hash("idempotency", key);
    let sealed = stream_keys::seal(tx, OFFICE, at, &value_place(&hash), value.as_bytes()).await?;
    let row: [&dyn Param; 3] = [&hash, &at.as_microsecond(), &sealed];
    tx.put_new(KEEP, &row, StorageError::Repeated).await
}

/// What a request that was here before was answered; none where it was not here, or no answer is kept.
///
/// # Errors
/// When the database cannot be read.
pub async fn answered(tx: &mut Tx<'_>, key: &str) -> Result<Option<String>, StorageError> {
    let hash = tx.keys.lookup_hash("idempotency", key);
    match earlier(tx, &hash).await? {
        Claim::Seen(answer) => Ok(answer),
        Claim::Fresh => Ok(None),
    }
}

/// Whether a request with this hash was here before, and what it was answered.
async fn earlier(tx: &mut Tx<'_>, hash: &[u8]) -> Result<Claim, StorageError> {
    let Some(sealed) = tx.optional(FIND, &[&hash], |row| row.get::<Option<Vec<u8>>>(0)).await? else {
        return Ok(Claim::Fresh);
    };
    let Some(sealed) = sealed else {
        return Ok(Claim::Seen(None));
    };
    let value = stream_keys::open(tx, OFFICE, &value_place(hash), &sealed).await?;
    Ok(Claim::Seen(Some(String::from_utf8_lossy(&value).into_owned())))
}

/// True when a request with this key was claimed before.
///
/// # Errors
/// When the database cannot be read.
pub async fn seen(tx: &mut Tx<'_>, key: &str) -> Result<bool, StorageError> {
    let hash = tx.keys.lookup_hash("idempotency", key);
    Ok(tx.optional(CLAIMED_AT, &[&hash], |row| row.instant(0)).await?.is_some())
}

/// Removes claims made before `before` and tells how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn sweep(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, StorageError> {
    tx.exec(SWEEP, &[&before.as_microsecond()]).await
}

fn value_place(hash: &[u8]) -> Vec<u8> {
    place(&["idempotency", &hex(hash)])
}
