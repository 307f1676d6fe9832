//! How often something was tried: guards sign-in, forms and receipt codes. Keys are kept as keyed hashes.

use jiff::{SignedDuration, Timestamp};

use crate::database::statements;
use crate::{StorageError, Tx};

statements! {
    HIT = "INSERT INTO throttle (key_hash, began_at, hits) VALUES ($1, $2, 1)
           ON CONFLICT (key_hash) DO UPDATE SET
               hits = CASE WHEN throttle.began_at > $3 THEN throttle.hits + 1 ELSE 1 END,
               began_at = CASE WHEN throttle.began_at > $3 THEN throttle.began_at ELSE excluded.began_at END
           RETURNING hits";
    COUNT = "SELECT hits FROM throttle WHERE key_hash = $1 AND began_at > $2";
    BEGAN = "SELECT began_at FROM throttle WHERE key_hash = $1";
    GIVE_BACK = "UPDATE throttle SET hits = hits - 1 WHERE key_hash = $1 AND hits > 0";
    CLEAR = "DELETE FROM throttle WHERE key_hash = $1";
    SWEEP = "DELETE FROM throttle WHERE began_at < $1";
}

/// Counts a try and tells how many there were in the running window, this one included. A window begins with its
/// first try and lasts `window_seconds`.
///
/// # Errors
/// When the database cannot be written.
pub async fn hit(tx: &mut Tx<'_>, key: &str, now: Timestamp, window_seconds: i64) -> Result<i64, StorageError> {
    let hash = tx.keys.lookup_hash("throttle", key);
    let now = now.as_microsecond();
    let oldest = now.saturating_sub(window_seconds.saturating_mul(1_000_000));
    tx.one(HIT, &[&hash, &now, &oldest], |row| row.get(0)).await
}

/// How many tries there were in the running window, without counting one more.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(tx: &mut Tx<'_>, key: &str, now: Timestamp, window_seconds: i64) -> Result<i64, StorageError> {
    let hash = tx.keys.lookup_hash("throttle", key);
    let oldest = now
        .as_microsecond()
        .saturating_sub(window_seconds.saturating_mul(1_000_000));
    Ok(tx
        .optional(COUNT, &[&hash, &oldest], |row| row.get(0))
        .await?
        .unwrap_or(0))
}

/// Takes one of `most` places in the running window; where all are taken it takes none and tells when the window is over.
///
/// # Errors
/// When the database cannot be written.
pub async fn take_place(
    tx: &mut Tx<'_>,
    key: &str,
    now: Timestamp,
    (most, window_seconds): (i64, i64),
) -> Result<Option<Timestamp>, StorageError> {
    if hit(tx, key, now, window_seconds).await? <= most {
        return Ok(None);
    }
    give_place_back(tx, key).await?;
    let hash = tx.keys.lookup_hash("throttle", key);
    let began_at = tx.one(BEGAN, &[&hash], |row| row.instant(0)).await?;
    Ok(Some(began_at + SignedDuration::from_secs(window_seconds)))
}

/// Gives a place back that was taken for something that did not happen after all.
///
/// # Errors
/// When the database cannot be written.
pub async fn give_place_back(tx: &mut Tx<'_>, key: &str) -> Result<(), StorageError> {
    let hash = tx.keys.lookup_hash("throttle", key);
    tx.put(GIVE_BACK, &[&hash]).await
}

/// Forgets the tries, for instance after a right password.
///
/// # Errors
/// When the database cannot be written.
pub async fn clear(tx: &mut Tx<'_>, key: &str) -> Result<(), StorageError> {
    let hash = tx.keys.lookup_hash("throttle", key);
    tx.put(CLEAR, &[&hash]).await?;
    Ok(())
}

/// Removes windows that began before `before` and tells how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn sweep(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, StorageError> {
    tx.exec(SWEEP, &[&before.as_microsecond()]).await
}
