//! What differs between the engines, side by side; everything else is one text for both.

use std::sync::Arc;

use rusqlite::{Connection, ErrorCode, ffi};

use crate::StorageError;

/// The database engines that the store runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite inside the process.
    Sqlite,
    // PostgreSQL joins here; tests run every query on every member of `ALL`.
}

impl Engine {
    /// Every engine.
    pub const ALL: &'static [Engine] = &[Engine::Sqlite];
}

/// Whether a commit waits until the disk has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Durability {
    /// What was answered as saved survives a power cut.
    Full,
    /// Nothing waits until the store is closed, and what was filled halfway is thrown away.
    AtClose,
    /// For tests in a temporary folder.
    None,
}

/// Prepares the writer's connection.
///
/// `secure_delete` overwrites what is deleted: a destroyed key must not lie in a free page. `FULL` flushes at each
/// commit, which group commit shares among up to 64 acts. On PostgreSQL: `synchronous_commit = on` is the default.
pub(super) fn prepare_writer(conn: &Connection, durability: Durability) -> Result<(), StorageError> {
    conn.execute_batch(
        "PRAGMA busy_timeout = 5000;
         PRAGMA journal_mode = WAL;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA trusted_schema = OFF;
         PRAGMA cache_size = -16000;
         PRAGMA journal_size_limit = 67108864;",
    )
    .map_err(error)?;
    let synchronous = match durability {
        Durability::Full => SYNCHRONOUS,
        Durability::AtClose | Durability::None => "PRAGMA synchronous = OFF",
    };
    conn.execute_batch(synchronous).map_err(error)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(())
}

/// Each commit waits for the disk.
const SYNCHRONOUS: &str = "PRAGMA synchronous = FULL";

/// Prepares a reader's connection. On PostgreSQL: `SET default_transaction_read_only = on`.
pub(super) fn prepare_reader(conn: &Connection) -> Result<(), StorageError> {
    conn.execute_batch(
        "PRAGMA busy_timeout = 5000;
         PRAGMA query_only = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA trusted_schema = OFF;
         PRAGMA cache_size = -4000;",
    )
    .map_err(error)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(())
}

/// More than the product has, so that none is ever prepared twice on a connection.
const STATEMENTS_KEPT: usize = 256;

/// Takes the write lock at once: a batch that began as a reader could fail at its first write.
/// On PostgreSQL: `BEGIN`, and no batch: each act has its own connection.
pub(super) const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

/// One moment for every statement of a look. On PostgreSQL: `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`.
pub(super) const BEGIN_READ: &str = "BEGIN";

/// Moves the write-ahead log into the database and empties it. On PostgreSQL: nothing, the server does it.
pub(super) fn checkpoint(conn: &Connection) -> Result<(), StorageError> {
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .map_err(error)
}

/// Lets the search index only mark what is taken out, for as long as a store is filled: overwriting it at once is most of the work.
pub(super) fn begin_filling(conn: &Connection) -> Result<(), StorageError> {
    conn.execute_batch("INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 0)")
        .map_err(error)
}

/// Ends what [`begin_filling`] began: the index is made anew, so that nothing lies in it that was taken out.
fn end_filling(conn: &Connection) -> Result<(), StorageError> {
    conn.execute_batch(
        "INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);
         INSERT INTO search_index (search_index) VALUES ('rebuild');",
    )
    .map_err(error)?;
    conn.execute_batch(SYNCHRONOUS).map_err(error)
}

/// The last checkpoint. Its flush takes in every page of the file, so that a store which was filled without waiting is as durable as any.
pub(super) fn finish(conn: &Connection, durability: Durability) -> Result<(), StorageError> {
    if durability == Durability::AtClose {
        end_filling(conn)?;
    }
    checkpoint(conn)
}

/// Takes due messages and holds them. On PostgreSQL the inner select ends in `FOR UPDATE SKIP LOCKED`.
pub(crate) const CLAIM_OUTBOX: &str = "
    UPDATE outbox SET state = 'sending', lease_until = $2, attempts = attempts + 1
    WHERE id IN (
        SELECT id FROM outbox
        WHERE state IN ('waiting', 'sending', 'failed') AND not_before <= $1
          AND (lease_until IS NULL OR lease_until <= $1)
        ORDER BY not_before, id LIMIT $3)
    RETURNING id, reference, kind, channel, state, attempts, not_before, lease_until, created_at, sent_at, last_error,
              payload";

/// Empties the search index. On PostgreSQL: nothing, the tokens stand in `search_documents` itself.
pub(crate) const SEARCH_WIPE: &str = "INSERT INTO search_index (search_index) VALUES ('delete-all')";

/// Takes the tokens of a document out of the index, before its row changes. On PostgreSQL: nothing, as above.
pub(crate) const SEARCH_REMOVE: &str = "INSERT INTO search_index (search_index, rowid, words, summary, names, exact)
     SELECT 'delete', id, words, summary, names, exact FROM search_documents WHERE id = $1";

/// Puts the tokens of a document into the index, once its row is written. On PostgreSQL: nothing, a generated column
/// `setweight(array_to_tsvector(string_to_array(words, ' ')), 'D') || ...` with a GIN index does it.
pub(crate) const SEARCH_ADD: &str = "INSERT INTO search_index (rowid, words, summary, names, exact)
     SELECT id, words, summary, names, exact FROM search_documents WHERE id = $1";

/// How many of the latest documents that hold the words are weighed against each other. A word that stands in every tenth case is no help in
/// finding one: what is looked for is then among the latest, or is asked for with a second word; and no search costs more than this many.
pub(crate) const WEIGHED: u32 = 1_000;

/// Finds documents by an expression of tokens, the best of the latest [`WEIGHED`] first: smaller figures are better. Cases for which `hidden`
/// holds of their row `c` are left out before anything is counted off, so that what is hidden makes no list shorter; only what is shown is
/// looked up.
/// On PostgreSQL: `WHERE tokens @@ $1::tsquery AND id NOT IN (...) ORDER BY id DESC LIMIT ...`, weighed by `-ts_rank(tokens, $1::tsquery)`.
pub(crate) fn search_find(expression: &str, limit: &str, hidden: &str) -> String {
    format!(
        "SELECT d.reference, f.fit
         FROM (SELECT id, fit
               FROM (SELECT rowid AS id, rank AS fit FROM search_index
                     WHERE search_index MATCH {expression} AND rowid NOT IN (
                         SELECT h.id FROM cases c JOIN search_documents h ON h.reference = c.reference WHERE {hidden})
                     ORDER BY rowid DESC LIMIT {WEIGHED})
               ORDER BY fit, id DESC LIMIT {limit}) f
         JOIN search_documents d ON d.id = f.id
         ORDER BY f.fit, d.id DESC"
    )
}

/// Both halves must hold: FTS5 writes it `AND`, tsquery `&`.
pub(crate) const SEARCH_AND: &str = " AND ";

/// One half must hold: FTS5 writes it `OR`, tsquery `|`.
pub(crate) const SEARCH_OR: &str = " OR ";

/// The fixed statements of this file, for the test that prepares them all.
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("CLAIM_OUTBOX", CLAIM_OUTBOX),
    ("SEARCH_WIPE", SEARCH_WIPE),
    ("SEARCH_REMOVE", SEARCH_REMOVE),
    ("SEARCH_ADD", SEARCH_ADD),
];

/// An engine's error in the store's words. On PostgreSQL: class 23505 is `Taken`, 53100 is `DiskFull`.
pub(crate) fn error(error: rusqlite::Error) -> StorageError {
    match &error {
        rusqlite::Error::SqliteFailure(failure, message) => {
            let unique = [ffi::SQLITE_CONSTRAINT_UNIQUE, ffi::SQLITE_CONSTRAINT_PRIMARYKEY];
            if unique.contains(&failure.extended_code) {
                let message = message.as_deref().unwrap_or_default();
                return StorageError::Taken(message.trim_start_matches("UNIQUE constraint failed: ").to_owned());
            }
            match failure.code {
                ErrorCode::DiskFull => StorageError::DiskFull,
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StorageError::Busy,
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => StorageError::Corrupt(error.to_string()),
                _ => StorageError::Engine(Arc::new(error)),
            }
        }
        rusqlite::Error::InvalidColumnType(..)
        | rusqlite::Error::IntegralValueOutOfRange(..)
        | rusqlite::Error::FromSqlConversionFailure(..) => StorageError::Corrupt(error.to_string()),
        _ => StorageError::Engine(Arc::new(error)),
    }
}
