//! The rows of files that belong to cases and of which nobody has said yet whether they carry a virus.

use jiff::Timestamp;

use crate::database::statements;
use crate::{StorageError, Tx};

statements! {
    DUE = "SELECT id, stream, size, scan_tries FROM files
           WHERE scanned_at IS NULL AND stream IS NOT NULL AND file_key IS NOT NULL AND scan_after <= $1
           ORDER BY scan_after, id LIMIT $2";
    PUT_OFF = "UPDATE files SET scan_tries = $2, scan_after = $3 WHERE id = $1";
    SAID = "UPDATE files SET scanned_at = $2 WHERE id = $1";
}

/// A file that is to be looked into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unscanned {
    /// Its opaque name.
    pub id: String,
    /// The case, or the sealed record, that it belongs to.
    pub stream: String,
    /// How large it is, in bytes.
    pub size: u64,
    /// How often it was looked at without an answer.
    pub tries: u32,
}

/// Files that are to be looked into now, those that have waited longest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn due(tx: &mut Tx<'_>, now: Timestamp, limit: u32) -> Result<Vec<Unscanned>, StorageError> {
    tx.all(DUE, &[&now.as_microsecond(), &i64::from(limit)], |row| {
        Ok(Unscanned {
            id: row.get(0)?,
            stream: row.get(1)?,
            size: row.natural(2)?,
            tries: row.natural(3)?,
        })
    })
    .await
}

/// Nobody could say what it is: it is not looked at again before then.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_off(tx: &mut Tx<'_>, id: &str, tries: u32, until: Timestamp) -> Result<(), StorageError> {
    tx.put(PUT_OFF, &[&id, &i64::from(tries), &until.as_microsecond()])
        .await
}

/// Somebody said what it is: it is not looked at again.
///
/// # Errors
/// When the database cannot be written.
pub async fn said(tx: &mut Tx<'_>, id: &str, at: Timestamp) -> Result<(), StorageError> {
    tx.put(SAID, &[&id, &at.as_microsecond()]).await
}
