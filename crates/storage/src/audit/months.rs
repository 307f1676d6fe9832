//! The checkpoints of month ends: the last that was signed in each month. They are what is printed and published.

use jiff::Timestamp;

use crate::database::statements;
use crate::{StorageError, Tx};

statements! {
    LAST_BEFORE = "SELECT note, signed_at FROM checkpoints WHERE signed_at < $1 ORDER BY signed_at DESC, size DESC LIMIT 1";
    FIRST = "SELECT signed_at FROM checkpoints ORDER BY signed_at LIMIT 1";
}

/// The checkpoint of a month: the last that was signed before the month ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthEnd {
    /// The text of the signed note.
    pub note: String,
    /// When it was signed.
    pub signed_at: Timestamp,
}

/// The last checkpoint that was signed before an instant.
///
/// # Errors
/// When the database cannot be read.
pub async fn last_before(tx: &mut Tx<'_>, end: Timestamp) -> Result<Option<MonthEnd>, StorageError> {
    tx.optional(LAST_BEFORE, &[&end.as_microsecond()], |row| {
        Ok(MonthEnd {
            note: row.get(0)?,
            signed_at: row.instant(1)?,
        })
    })
    .await
}

/// When the first checkpoint was signed; none in a log that has none.
///
/// # Errors
/// When the database cannot be read.
pub async fn first_signed_at(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StorageError> {
    tx.optional(FIRST, &[], |row| row.instant(0)).await
}
