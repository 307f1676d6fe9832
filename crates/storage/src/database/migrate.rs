//! Bringing a database up to this version, one numbered text after the other, and refusing what does not fit.

use aws_lc_rs::digest;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::dialect;
use crate::StorageError;

/// A step. Once released its text never changes; a correction is a new step.
struct Migration {
    number: i64,
    name: &'static str,
    text: &'static str,
}

/// The steps of SQLite. Those of PostgreSQL stand in `migrations/postgres` under the same names.
const MIGRATIONS: &[Migration] = &[
    Migration {
        number: 1,
        name: "log",
        text: include_str!("../../migrations/sqlite/0001_log.sql"),
    },
    Migration {
        number: 2,
        name: "derived",
        text: include_str!("../../migrations/sqlite/0002_derived.sql"),
    },
    Migration {
        number: 3,
        name: "office",
        text: include_str!("../../migrations/sqlite/0003_office.sql"),
    },
    Migration {
        number: 4,
        name: "lanes",
        text: include_str!("../../migrations/sqlite/0004_lanes.sql"),
    },
    Migration {
        number: 5,
        name: "asked",
        text: include_str!("../../migrations/sqlite/0005_asked.sql"),
    },
    Migration {
        number: 6,
        name: "review",
        text: include_str!("../../migrations/sqlite/0006_review.sql"),
    },
    Migration {
        number: 7,
        name: "files",
        text: include_str!("../../migrations/sqlite/0007_files.sql"),
    },
    Migration {
        number: 8,
        name: "groups",
        text: include_str!("../../migrations/sqlite/0008_groups.sql"),
    },
    Migration {
        number: 9,
        name: "drafts",
        text: include_str!("../../migrations/sqlite/0009_drafts.sql"),
    },
    Migration {
        number: 10,
        name: "reach",
        text: include_str!("../../migrations/sqlite/0010_reach.sql"),
    },
];

/// Takes every step that the database has not taken, each in its own transaction.
pub(super) fn run(conn: &mut Connection) -> Result<(), StorageError> {
    conn.execute_batch(
        "CREATE TABLE IF NOT EXISTS schema_migrations
             (number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)",
    )
    .map_err(dialect::error)?;
    refuse_newer(conn)?;
    for migration in MIGRATIONS {
        let transaction = conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(dialect::error)?;
        take(&transaction, migration)?;
        transaction.commit().map_err(dialect::error)?;
    }
    Ok(())
}

fn refuse_newer(conn: &Connection) -> Result<(), StorageError> {
    let sql = "SELECT COALESCE(MAX(number), 0) FROM schema_migrations";
    let latest: i64 = conn.query_row(sql, [], |row| row.get(0)).map_err(dialect::error)?;
    let known = MIGRATIONS.len() as i64;
    if latest > known {
        return Err(StorageError::Migration(format!(
            "it has taken step {latest} and this version knows {known}; it was written by a newer version"
        )));
    }
    Ok(())
}

fn take(transaction: &Transaction<'_>, migration: &Migration) -> Result<(), StorageError> {
    let checksum = checksum(migration.text);
    let sql = "SELECT checksum FROM schema_migrations WHERE number = $1";
    let mut taken = transaction.prepare(sql).map_err(dialect::error)?;
    let mut rows = taken.query([migration.number]).map_err(dialect::error)?;
    if let Some(row) = rows.next().map_err(dialect::error)? {
        let kept: String = row.get(0).map_err(dialect::error)?;
        if kept != checksum {
            let Migration { number, name, .. } = migration;
            return Err(StorageError::Migration(format!(
                "step {number} ({name}) is not the one that it has taken"
            )));
        }
        return Ok(());
    }
    transaction.execute_batch(migration.text).map_err(dialect::error)?;
    let sql = "INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)";
    transaction
        .execute(sql, (migration.number, migration.name, checksum))
        .map_err(dialect::error)?;
    Ok(())
}

fn checksum(text: &str) -> String {
    crate::keys::hex(digest::digest(&digest::SHA256, text.as_bytes()).as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_steps_twice_change_nothing() {
        let mut conn = Connection::open_in_memory().unwrap();
        run(&mut conn).unwrap();
        run(&mut conn).unwrap();
    }

    #[test]
    fn an_edited_step_is_refused() {
        let mut conn = Connection::open_in_memory().unwrap();
        run(&mut conn).unwrap();
        conn.execute("UPDATE schema_migrations SET checksum = 'x' WHERE number = 2", [])
            .unwrap();
        let refused = run(&mut conn).unwrap_err().to_string();
        assert!(refused.contains("step 2 (derived)"), "{refused}");
    }

    #[test]
    fn a_newer_database_is_refused() {
        let mut conn = Connection::open_in_memory().unwrap();
        run(&mut conn).unwrap();
        conn.execute("INSERT INTO schema_migrations VALUES (99, 'later', 'x')", [])
            .unwrap();
        let refused = run(&mut conn).unwrap_err().to_string();
        assert!(refused.contains("newer version"), "{refused}");
    }

    #[test]
    fn the_steps_are_numbered_without_gaps() {
        for (index, migration) in MIGRATIONS.iter().enumerate() {
            assert_eq!(migration.number, index as i64 + 1);
        }
    }
}
