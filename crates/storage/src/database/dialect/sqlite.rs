//! SQLite: how a connection is set up, how transactions begin, and its errors in the store's words.

use std::sync::Arc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, ffi};

use crate::StorageError;

/// Whether a commit waits until the disk has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::database) enum Durability {
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
/// commit, which group commit shares among up to 64 acts. The log is brought into the database by another connection, see [`prepare_mover`].
pub(in crate::database) fn prepare_writer(conn: &Connection, durability: Durability) -> Result<(), StorageError> {
    conn.execute_batch(
        "PRAGMA busy_timeout = 5000;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA trusted_schema = OFF;
         PRAGMA cache_size = -16000;
         PRAGMA wal_autocheckpoint = 0;
         PRAGMA journal_size_limit = 67108864;",
    )
    .map_err(error)?;
    keep_log(conn)?;
    flush(conn, durability)?;
    plan_once(conn)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(())
}

/// Has the database keep a log, which others who open it can be about to do as well: for that one change the engine does not wait for them by itself,
/// because each holds what the other needs. Tried again for as long as it waits elsewhere.
#[allow(
    clippy::disallowed_methods,
    reason = "the engine says nothing when the other one is done"
)]
fn keep_log(conn: &Connection) -> Result<(), StorageError> {
    const TRIES: u32 = 500;
    for _ in 1..TRIES {
        match conn.execute_batch("PRAGMA journal_mode = WAL").map_err(error) {
            Err(StorageError::Held) => std::thread::sleep(Duration::from_millis(10)),
            done => return done,
        }
    }
    conn.execute_batch("PRAGMA journal_mode = WAL").map_err(error)
}

/// Prepares the connection that moves the log into the database. It flushes the log before it moves anything, and the database when all is moved.
pub(in crate::database) fn prepare_mover(conn: &Connection, durability: Durability) -> Result<(), StorageError> {
    conn.execute_batch("PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -100;")
        .map_err(error)?;
    flush(conn, durability)
}

fn flush(conn: &Connection, durability: Durability) -> Result<(), StorageError> {
    let synchronous = match durability {
        Durability::Full => SYNCHRONOUS,
        Durability::AtClose | Durability::None => "PRAGMA synchronous = OFF",
    };
    conn.execute_batch(synchronous).map_err(error)
}

/// Each commit waits for the disk.
const SYNCHRONOUS: &str = "PRAGMA synchronous = FULL";

/// Prepares a reader's connection.
pub(in crate::database) fn prepare_reader(conn: &Connection) -> Result<(), StorageError> {
    conn.execute_batch(
        "PRAGMA busy_timeout = 5000;
         PRAGMA query_only = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA trusted_schema = OFF;
         PRAGMA cache_size = -4000;",
    )
    .map_err(error)?;
    plan_once(conn)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    Ok(())
}

/// Has a statement planned when it is prepared, and never again for other values: the engine would do so each time that one with an order is asked.
fn plan_once(conn: &Connection) -> Result<(), StorageError> {
    let config = DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG;
    conn.set_db_config(config, true).map(drop).map_err(error)
}

/// More than the product has, so that none is ever prepared twice on a connection.
const STATEMENTS_KEPT: usize = 256;

/// Takes the write lock at once: a batch that began as a reader could fail at its first write.
pub(in crate::database) const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

/// One moment for every statement of a look.
pub(in crate::database) const BEGIN_READ: &str = "BEGIN";

/// Whether the book of steps says from which step on a version works.
pub(in crate::database) const BOOK_IS_COMPLETE: &str =
    "SELECT EXISTS (SELECT 1 FROM pragma_table_info('schema_migrations') WHERE name = 'works_from')";

/// Refuses to commit where a newer version took a step on which the version that knows this one does not work.
pub(in crate::database) fn refuse_if_overtaken(conn: &Connection, knows: i64) -> Result<(), StorageError> {
    let mut works_from = conn
        .prepare_cached("SELECT MAX(COALESCE(works_from, number)) FROM schema_migrations")
        .map_err(error)?;
    match works_from.query_row([], |row| row.get::<_, i64>(0)).map_err(error)? {
        works_from if works_from > knows => Err(StorageError::Overtaken { knows }),
        _ => Ok(()),
    }
}

/// What became of moving the log.
pub(in crate::database) enum Moved {
    /// So many of its pages stand in the database now.
    Pages(u32),
    /// Somebody else moves it: a backup, another process.
    Another,
}

/// Moves as much of the write-ahead log into the database as no reader holds back, and waits for nobody.
pub(in crate::database) fn move_log(conn: &Connection) -> Result<Moved, StorageError> {
    conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| {
        Ok(match (row.get::<_, bool>(0)?, row.get::<_, i64>(2)?) {
            (true, _) => Moved::Another,
            (false, pages) => Moved::Pages(u32::try_from(pages).unwrap_or(0)),
        })
    })
    .map_err(error)
}

/// Moves the write-ahead log into the database and empties it.
pub(in crate::database) fn checkpoint(conn: &Connection) -> Result<(), StorageError> {
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .map_err(error)
}

/// Lets the search index only mark what is taken out, for as long as a store is filled: overwriting it at once is most of the work.
pub(in crate::database) fn begin_filling(conn: &Connection) -> Result<(), StorageError> {
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
pub(in crate::database) fn finish(conn: &Connection, durability: Durability) -> Result<(), StorageError> {
    if durability == Durability::AtClose {
        end_filling(conn)?;
    }
    checkpoint(conn)
}

/// What the engine says when the disk would not be written.
const NOT_WRITTEN: [i32; 6] = [
    ffi::SQLITE_IOERR_WRITE,
    ffi::SQLITE_IOERR_FSYNC,
    ffi::SQLITE_IOERR_DIR_FSYNC,
    ffi::SQLITE_IOERR_TRUNCATE,
    ffi::SQLITE_IOERR_SHMSIZE,
    ffi::SQLITE_IOERR_SHMOPEN,
];

/// An engine's error in the store's words.
pub(in crate::database) fn error(error: rusqlite::Error) -> StorageError {
    match &error {
        rusqlite::Error::SqliteFailure(failure, message) => {
            let unique = [ffi::SQLITE_CONSTRAINT_UNIQUE, ffi::SQLITE_CONSTRAINT_PRIMARYKEY];
            if unique.contains(&failure.extended_code) {
                let message = message.as_deref().unwrap_or_default();
                return StorageError::Taken(message.trim_start_matches("UNIQUE constraint failed: ").to_owned());
            }
            match failure.code {
                ErrorCode::DiskFull => StorageError::DiskFull,
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StorageError::Held,
                ErrorCode::ReadOnly => StorageError::DiskRefuses,
                ErrorCode::SystemIoFailure if NOT_WRITTEN.contains(&failure.extended_code) => StorageError::DiskRefuses,
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

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;

    /// How often one statement is planned again while it is asked with three values.
    fn planned_again(conn: &Connection) -> i32 {
        let ask = |form: u8| {
            let mut asked = conn
                .prepare_cached("SELECT id FROM files WHERE form = $1 ORDER BY number, id")
                .unwrap();
            asked.raw_bind_parameter(1, [form].as_slice()).unwrap();
            assert!(asked.raw_query().next().unwrap().is_none());
            asked.get_status(StatementStatus::RePrepare)
        };
        [1, 2, 3].map(ask)[2]
    }

    #[tokio::test]
    async fn a_statement_is_planned_once_whatever_it_is_asked_with() {
        let path = std::env::temp_dir().join(format!("redress-planned-{}.db", std::process::id()));
        let store = crate::Store::open(&path, crate::Keys::for_tests()).unwrap();
        let conn = Connection::open(&path).unwrap();
        prepare_reader(&conn).unwrap();
        assert_eq!(planned_again(&conn), 0);
        conn.flush_prepared_statement_cache();
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, false)
            .unwrap();
        assert_ne!(planned_again(&conn), 0, "the engine needs not be told any more");
        drop(conn);
        store.close().await.unwrap();
        std::fs::remove_file(&path).unwrap();
    }

    #[test]
    fn nodes_that_open_a_new_database_at_the_same_moment_all_get_it() {
        let folder = std::env::temp_dir().join(format!("redress-at-once-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for round in 0..200 {
            let path = folder.join(format!("{round}.db"));
            let together = std::sync::Barrier::new(4);
            let begin = || {
                together.wait();
                let conn = Connection::open(&path).unwrap();
                prepare_writer(&conn, Durability::None)
            };
            std::thread::scope(|scope| {
                let starting = [(); 4].map(|()| scope.spawn(begin));
                starting.into_iter().for_each(|node| node.join().unwrap().unwrap());
            });
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
