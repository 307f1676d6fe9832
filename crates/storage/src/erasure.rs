//! Erasing a case: its keys are destroyed, and every row that is not sealed under them goes. What is left is what the figures count, and the log.
//!
//! docs/operating/erasure.md says of every column what erasing does to it; a test holds that list.

use jiff::Timestamp;

use crate::database::statements;
use crate::sealed::record_of;
use crate::{StorageError, Tx, looks, search, stream_keys};

statements! {
    CASES = "DELETE FROM cases WHERE reference = $1";
    KEPT_FROM = "DELETE FROM case_kept_from WHERE reference = $1";
    GROUPS = "DELETE FROM case_groups WHERE reference = $1";
    KEEPING = "DELETE FROM case_keeping WHERE reference = $1";
    NOTICES = "DELETE FROM case_notices WHERE number = (SELECT number FROM cases WHERE reference = $1)";
    DEADLINES = "DELETE FROM deadlines WHERE reference = $1";
    UPDATES = "DELETE FROM job_updates WHERE number IN (SELECT number FROM jobs WHERE reference = $1)";
    JOBS = "DELETE FROM jobs WHERE reference = $1";
    OUTBOX = "DELETE FROM outbox WHERE reference = $1";
    HANDOVERS = "DELETE FROM handover_links WHERE reference = $1";
    CODES = "DELETE FROM access_codes WHERE reference = $1";
    LINKS = "DELETE FROM link_tokens WHERE reference = $1";
    ORIGINALS = "UPDATE files SET form = NULL, file_key = NULL, facts = NULL, mail = NULL
                 WHERE mail IN (SELECT id FROM mail WHERE reference = $1)";
    MAIL = "UPDATE mail SET about = NULL, file = NULL WHERE reference = $1";
    FILES = "UPDATE files SET stream = NULL, file_key = NULL, facts = NULL, size = 0 WHERE stream = $1";
    LEAVING = "SELECT id FROM files WHERE form IS NULL AND stream IS NULL ORDER BY id LIMIT $1";
    LEFT = "SELECT c.reference FROM cases c JOIN stream_keys k ON k.stream = c.reference
            WHERE k.wrapped IS NULL ORDER BY c.number LIMIT $1";
}

/// Every stream whose words belong to a case: whoever erases it destroys the key of each. A follow-on action is the institution's own promise and
/// has a stream beside these, which outlives the case (R10).
pub fn streams_of(reference: &str) -> Vec<String> {
    vec![reference.to_owned(), record_of(reference)]
}

/// Erases a case: in one transaction its keys are destroyed and everything that is not sealed under them goes. The facts of the case stay, as do
/// its events, which nobody can read any more. Its files are left to [`leaving`]: nobody can open them from now on. Twice is once.
///
/// # Errors
/// When the database cannot be written.
pub async fn erase(tx: &mut Tx<'_>, reference: &str, at: Timestamp) -> Result<(), StorageError> {
    search::remove(tx, reference).await?;
    // The notice is found by the row of the case, and the updates by the rows of its jobs: these go after them.
    for sql in [
        NOTICES, KEPT_FROM, GROUPS, KEEPING, DEADLINES, UPDATES, JOBS, OUTBOX, HANDOVERS, CODES, LINKS, ORIGINALS,
        MAIL, CASES,
    ] {
        tx.put(sql, &[&reference]).await?;
    }
    looks::empty_of_case(tx, reference).await?;
    for stream in streams_of(reference) {
        tx.put(FILES, &[&stream]).await?;
        stream_keys::destroy(tx, &stream, at).await?;
    }
    Ok(())
}

/// Up to `limit` files whose bytes are to go: they belong to nothing any more, and nobody can open them.
///
/// # Errors
/// When the database cannot be read.
pub async fn leaving(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<String>, StorageError> {
    tx.all(LEAVING, &[&i64::from(limit)], |row| row.get(0)).await
}

/// Up to `limit` cases whose keys are destroyed and whose rows are there: they were erased, and came back with a backup.
///
/// # Errors
/// When the database cannot be read.
pub async fn half_erased(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<String>, StorageError> {
    tx.all(LEFT, &[&i64::from(limit)], |row| row.get(0)).await
}
