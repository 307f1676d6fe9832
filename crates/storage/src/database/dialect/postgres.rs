//! PostgreSQL: how transactions begin, and its errors in the store's words.

use std::sync::Arc;

use deadpool_postgres::PoolError;
use tokio_postgres::error::SqlState;

use crate::StorageError;

/// Begins a batch of acts. One node writes at a time, so that the log has one order, as it has with the one writer of SQLite. A node that stops in
/// the middle loses its turn, and with it everything that was not committed; one that waits for long is told to come back.
pub(in crate::database) const BEGIN_WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
     SET LOCAL synchronous_commit = 'on';
     SET LOCAL lock_timeout = '10s';
     SET LOCAL idle_in_transaction_session_timeout = '10s';
     SELECT pg_advisory_xact_lock(hashtextextended('redress:' || current_schema(), 0))";

/// Notes in the commit itself which batch of which node it is. Nothing is noted where a newer version took a step on which this node's version, by
/// the latest step that it knows ($3), does not work.
pub(in crate::database) const NOTE_COMMIT: &str = "INSERT INTO node_commits (node, number, at)
     SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST(EXTRACT(EPOCH FROM now()) * 1000000 AS BIGINT)
     WHERE (SELECT MAX(COALESCE(works_from, number)) FROM schema_migrations) <= CAST($3 AS BIGINT)
     ON CONFLICT (node) DO UPDATE SET number = excluded.number, at = excluded.at";

/// Forgets nodes that were not heard of for a month: each has a new name after its next start.
pub(in crate::database) const FORGET_COMMITS: &str =
    "DELETE FROM node_commits WHERE at < EXTRACT(EPOCH FROM now() - INTERVAL '30 days') * 1000000";

/// The latest batch of a node that was committed.
pub(in crate::database) const LATEST_COMMIT: &str = "SELECT number FROM node_commits WHERE node = $1";

/// The oldest version that is used, as `server_version_num` writes it.
pub(in crate::database) const OLDEST: i32 = 150_000;

/// One moment for every statement of a look.
pub(in crate::database) const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// The same for a look that takes as long as it takes to read everything, whatever patience the server has.
pub(in crate::database) const BEGIN_LONG_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
     SET LOCAL idle_in_transaction_session_timeout = 0;
     SET LOCAL statement_timeout = 0";

/// Begins what takes the turn to write in order that nobody writes.
pub(in crate::database) const BEGIN_HOLD: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY;
     SET LOCAL idle_in_transaction_session_timeout = 0";

/// Takes the turn to write, if nobody has it.
pub(in crate::database) const TRY_TURN: &str =
    "SELECT pg_try_advisory_xact_lock(hashtextextended('redress:' || current_schema(), 0))";

/// Begins the one transaction in which an empty schema is made and filled.
pub(in crate::database) const BEGIN_FILLING: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
     SET LOCAL synchronous_commit = 'on';
     SET LOCAL lock_timeout = '10s';
     SET LOCAL idle_in_transaction_session_timeout = 0;
     SET LOCAL statement_timeout = 0;
     SELECT pg_advisory_xact_lock(hashtextextended('redress:' || current_schema(), 0))";

/// Tells the other nodes that the office changed.
pub(in crate::database) const TELL_OFFICE: &str = "SELECT pg_notify('redress', current_schema() || ' office')";

/// Tells the other nodes that keys were destroyed.
pub(in crate::database) const TELL_KEYS: &str = "SELECT pg_notify('redress', current_schema() || ' keys')";

/// Listens to the other nodes.
pub(in crate::database) const LISTEN: &str = "LISTEN redress";

/// Whether the book of steps says from which step on a version works.
pub(in crate::database) const BOOK_IS_COMPLETE: &str = "SELECT EXISTS (SELECT 1 FROM pg_attribute
     WHERE attrelid = to_regclass('schema_migrations') AND attname = 'works_from' AND NOT attisdropped)";

/// Whether the schema has the book of its steps.
pub(in crate::database) const HOLDS_A_STORE: &str = "SELECT to_regclass('schema_migrations') IS NOT NULL";

/// An engine's error in the store's words.
pub(in crate::database) fn error(error: tokio_postgres::Error) -> StorageError {
    let Some(said) = error.as_db_error() else {
        return if error.is_closed() || is_io(&error) {
            StorageError::Away(error.to_string())
        } else {
            StorageError::Engine(Arc::new(error))
        };
    };
    let code = said.code();
    match *code {
        SqlState::UNIQUE_VIOLATION => StorageError::Taken(said.constraint().unwrap_or_default().to_owned()),
        SqlState::DISK_FULL => StorageError::DiskFull,
        SqlState::IO_ERROR => StorageError::DiskRefuses,
        SqlState::LOCK_NOT_AVAILABLE | SqlState::T_R_DEADLOCK_DETECTED | SqlState::T_R_SERIALIZATION_FAILURE => {
            StorageError::Held
        }
        SqlState::DATA_CORRUPTED | SqlState::INDEX_CORRUPTED => StorageError::Corrupt(said.to_string()),
        _ if is_away(code.code()) => StorageError::Away(said.to_string()),
        _ => StorageError::Engine(Arc::new(said.clone())),
    }
}

/// Classes 08 (connection) and 57 (the server stops, starts, or took the turn away), 53300 (no connection left), 25P03 (the
/// transaction stood still for too long).
fn is_away(code: &str) -> bool {
    code.starts_with("08") || code.starts_with("57P") || ["53300", "25P03"].contains(&code)
}

fn is_io(error: &tokio_postgres::Error) -> bool {
    let source = std::error::Error::source(error);
    source.is_some_and(|source| source.is::<std::io::Error>())
}

/// Why there is no connection.
pub(in crate::database) fn no_connection(fault: PoolError) -> StorageError {
    match fault {
        PoolError::Backend(fault) => match error(fault) {
            StorageError::Engine(fault) => StorageError::Away(chain(&*fault)),
            known => known,
        },
        PoolError::Timeout(_) => StorageError::Away("it did not answer in time".to_owned()),
        PoolError::Closed => StorageError::Closed,
        other => StorageError::Away(other.to_string()),
    }
}

/// What went wrong and why, and why that.
pub(in crate::database) fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(deeper) = source {
        words = format!("{words}: {deeper}");
        source = deeper.source();
    }
    words
}
