//! Numbers that are given out once each.

use crate::database::statements;
use crate::{StorageError, Tx};

statements! {
    NEXT = "INSERT INTO counters (name, next) VALUES ($1, $2 + 1)
            ON CONFLICT (name) DO UPDATE SET next = counters.next + 1 RETURNING next - 1";
    UPCOMING = "SELECT next FROM counters WHERE name = $1";
}

/// The next number of a counter; `start` when it is new.
///
/// # Errors
/// When the database cannot be written.
pub async fn next(tx: &mut Tx<'_>, name: &str, start: i64) -> Result<i64, StorageError> {
    tx.one(NEXT, &[&name, &start], |row| row.get(0)).await
}

/// The number that [`next`] will give, without giving it.
///
/// # Errors
/// When the database cannot be read.
pub async fn upcoming(tx: &mut Tx<'_>, name: &str, start: i64) -> Result<i64, StorageError> {
    let kept = tx.optional(UPCOMING, &[&name], |row| row.get(0)).await?;
    Ok(kept.unwrap_or(start))
}
