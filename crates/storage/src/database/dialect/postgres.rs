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
    if let Some(passes) = Passes::of(said.code().code(), said.routine()) {
        return match passes {
            Passes::Away => StorageError::Away(said.to_string()),
            Passes::Held => StorageError::Held,
            Passes::Prepared => StorageError::Unprepared(said.to_string()),
        };
    }
    match *said.code() {
        SqlState::UNIQUE_VIOLATION => StorageError::Taken(said.constraint().unwrap_or_default().to_owned()),
        SqlState::DISK_FULL => StorageError::DiskFull,
        SqlState::IO_ERROR => StorageError::DiskRefuses,
        SqlState::DATA_CORRUPTED | SqlState::INDEX_CORRUPTED => StorageError::Corrupt(said.to_string()),
        _ => StorageError::Engine(Arc::new(said.clone())),
    }
}

/// What is over by itself, and with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Passes {
    /// With another connection, to this server or to the one that takes writes now.
    Away,
    /// When somebody else is done.
    Held,
    /// When the statement is prepared anew.
    Prepared,
}

impl Passes {
    /// By the code of an error (PostgreSQL, appendix A) and the routine of the server that found it. The routine is asked where one code stands for
    /// much; its name, unlike the words, is in no language.
    fn of(code: &str, routine: Option<&str>) -> Option<Passes> {
        match (code, routine) {
            // "cannot set transaction read-write mode during recovery": a leader became a standby, behind a pooler or under this connection.
            ("0A000", Some("call_bool_check_hook")) => Some(Passes::Away),
            // "cached plan must not change result type": a step changed the type of a column.
            ("0A000", Some("RevalidateCachedQuery")) => Some(Passes::Prepared),
            // The server, or what stands before it, forgot what was prepared: DISCARD ALL, or another process of the server.
            ("26000", _) => Some(Passes::Prepared),
            // In a transaction that began as one that only looks: a look that writes is a fault of ours, and one that writes began otherwise.
            ("25006", Some("PreventCommandIfReadOnly")) => None,
            // A standby, as other servers and poolers say it.
            ("25006", _) => Some(Passes::Away),
            // Stood still for too long, within a transaction; or the transaction itself took too long.
            ("25P03" | "25P04", _) => Some(Passes::Away),
            // Of a commit nobody can say what became of it: whoever committed asks.
            ("40003", _) => Some(Passes::Away),
            ("40001" | "40P01", _) => Some(Passes::Held),
            // Out of memory, or of connections.
            ("53200" | "53300", _) => Some(Passes::Away),
            // A lock that did not come free; a statement that took longer than the server lets one take, or that its operator ended.
            ("55P03" | "57014", _) => Some(Passes::Held),
            // The connection; the server that stops, starts, or ends what stood idle.
            _ if code.starts_with("08") || code.starts_with("57P") => Some(Passes::Away),
            _ => None,
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_is_told_apart_from_what_is_broken() {
        let of = |code| Passes::of(code, Some("exec_simple_query"));
        for away in [
            "08000", "08003", "08006", "08P01", "25006", "25P03", "25P04", "40003", "53200", "53300", "57P01", "57P02",
            "57P03", "57P04", "57P05",
        ] {
            assert_eq!(of(away), Some(Passes::Away), "{away}");
        }
        for held in ["40001", "40P01", "55P03", "57014"] {
            assert_eq!(of(held), Some(Passes::Held), "{held}");
        }
        assert_eq!(of("26000"), Some(Passes::Prepared));
        // A wrong statement, a table that is not there, a right that is missing, a fault of the server.
        for broken in [
            "0A000", "23505", "42601", "42P01", "42703", "42501", "53100", "58030", "XX000", "XX001",
        ] {
            assert_eq!(of(broken), None, "{broken}");
        }
    }

    #[test]
    fn what_is_not_supported_passes_where_the_server_says_so_of_a_moment() {
        let of = |routine| Passes::of("0A000", routine);
        assert_eq!(
            of(Some("call_bool_check_hook")),
            Some(Passes::Away),
            "it became a standby"
        );
        assert_eq!(of(Some("RevalidateCachedQuery")), Some(Passes::Prepared));
        assert_eq!((of(Some("transformLockingClause")), of(None)), (None, None));
        let reads_only = |routine| Passes::of("25006", Some(routine));
        assert_eq!(reads_only("PreventCommandDuringRecovery"), Some(Passes::Away));
        assert_eq!(reads_only("PreventCommandIfReadOnly"), None, "a look that writes");
    }
}
