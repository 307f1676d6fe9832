//! Numbers that are given out once each.

use crate::database::statements;
use crate::{StorageError, Tx};

statements! {
    TAKE = "INSERT INTO counters (name, next) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET next = counters.next + $3 RETURNING next - $3";
    GIVE_BACK = "UPDATE counters SET next = $2 WHERE name = $1 AND next = $3";
    UPCOMING = "SELECT next FROM counters WHERE name = $1";
}

/// The next number of a counter; `start` when it is new.
///
/// # Errors
/// When the database cannot be written.
pub async fn next(tx: &mut Tx<'_>, name: &str, start: i64) -> Result<i64, StorageError> {
    take(tx, name, start, 1).await
}

/// The first of so many numbers that follow each other and are given out together; `start` when the counter is new.
///
/// # Errors
/// When the database cannot be written.
pub async fn take(tx: &mut Tx<'_>, name: &str, start: i64, many: i64) -> Result<i64, StorageError> {
    tx.one(TAKE, &[&name, &(start + many), &many], |row| row.get(0)).await
}

/// Takes back the numbers from `first` to before `end`, which nobody used, unless others were given out since.
///
/// # Errors
/// When the database cannot be written.
pub async fn give_back(tx: &mut Tx<'_>, name: &str, first: i64, end: i64) -> Result<(), StorageError> {
    tx.put(GIVE_BACK, &[&name, &first, &end]).await?;
    Ok(())
}

/// The number that [`next`] will give, without giving it.
///
/// # Errors
/// When the database cannot be read.
pub async fn upcoming(tx: &mut Tx<'_>, name: &str, start: i64) -> Result<i64, StorageError> {
    let kept = tx.optional(UPCOMING, &[&name], |row| row.get(0)).await?;
    Ok(kept.unwrap_or(start))
}
