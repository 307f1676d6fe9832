//! Bringing a database up to this version, one numbered text after the other, and refusing what does not fit.

use aws_lc_rs::digest;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio_postgres::types::{ToSql, Type};

use super::dialect;
use super::postgres::Link;
use crate::StorageError;

/// A step. Once released its text never changes; a correction is a new step.
struct Migration {
    number: i64,
    name: &'static str,
    text: &'static str,
}

/// The steps of PostgreSQL. They begin with the whole schema as it was when that engine came; from there on every step has a text for each engine.
const POSTGRES: &[Migration] = &[
    Migration {
        number: 12,
        name: "whole",
        text: include_str!("../../migrations/postgres/0012_whole.sql"),
    },
    Migration {
        number: 13,
        name: "nodes",
        text: include_str!("../../migrations/postgres/0013_nodes.sql"),
    },
    Migration {
        number: 14,
        name: "tallies",
        text: include_str!("../../migrations/postgres/0014_tallies.sql"),
    },
];

/// The steps of SQLite.
const SQLITE: &[Migration] = &[
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
    Migration {
        number: 11,
        name: "causes",
        text: include_str!("../../migrations/sqlite/0011_causes.sql"),
    },
    Migration {
        number: 12,
        name: "waiting",
        text: include_str!("../../migrations/sqlite/0012_waiting.sql"),
    },
    Migration {
        number: 13,
        name: "nodes",
        text: include_str!("../../migrations/sqlite/0013_nodes.sql"),
    },
    Migration {
        number: 14,
        name: "tallies",
        text: include_str!("../../migrations/sqlite/0014_tallies.sql"),
    },
];

const BOOK: &str = "CREATE TABLE IF NOT EXISTS schema_migrations
     (number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)";
/// The latest step that a database has taken.
pub(crate) const LATEST: &str = "SELECT COALESCE(MAX(number), 0) FROM schema_migrations";
const TAKEN: &str = "SELECT checksum FROM schema_migrations WHERE number = $1";
const TAKE: &str = "INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)";

/// Takes every step that an SQLite database has not taken, each in its own transaction.
pub(super) fn sqlite(conn: &mut Connection) -> Result<(), StorageError> {
    take_all_sqlite(conn, SQLITE)
}

/// Makes the schema of an empty SQLite database as it was after a step: for what was kept then.
pub(super) fn sqlite_up_to(conn: &mut Connection, step: i64) -> Result<(), StorageError> {
    take_all_sqlite(conn, up_to(SQLITE, step)?)
}

fn take_all_sqlite(conn: &mut Connection, steps: &[Migration]) -> Result<(), StorageError> {
    let error = dialect::sqlite::error;
    conn.execute_batch(BOOK).map_err(error)?;
    refuse_newer(conn.query_row(LATEST, [], |row| row.get(0)).map_err(error)?, SQLITE)?;
    for migration in steps {
        let transaction = conn
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(error)?;
        take(&transaction, migration)?;
        transaction.commit().map_err(error)?;
    }
    Ok(())
}

fn take(transaction: &Transaction<'_>, migration: &Migration) -> Result<(), StorageError> {
    let error = dialect::sqlite::error;
    let mut taken = transaction.prepare(TAKEN).map_err(error)?;
    let mut rows = taken.query([migration.number]).map_err(error)?;
    if let Some(row) = rows.next().map_err(error)? {
        let kept: String = row.get(0).map_err(error)?;
        return migration.compare(&kept);
    }
    transaction.execute_batch(migration.text).map_err(error)?;
    let taken = (migration.number, migration.name, checksum(migration.text));
    transaction.execute(TAKE, taken).map(drop).map_err(error)
}

/// Takes every step that a PostgreSQL database has not taken, all in one transaction and in this node's turn: the nodes that start at the same
/// moment find it done.
pub(super) async fn postgres(link: &Link) -> Result<(), StorageError> {
    let error = dialect::postgres::error;
    let client = link.writer().await?;
    client
        .batch_execute(dialect::postgres::BEGIN_WRITE)
        .await
        .map_err(error)?;
    let taken = take_all(&client, POSTGRES).await;
    let end = if taken.is_ok() { "COMMIT" } else { "ROLLBACK" };
    client.batch_execute(end).await.map_err(error)?;
    taken
}

/// Makes the schema of an empty PostgreSQL database as it was after a step, within the transaction that has begun.
pub(super) async fn postgres_up_to(client: &tokio_postgres::Client, step: i64) -> Result<(), StorageError> {
    take_all(client, up_to(POSTGRES, step)?).await
}

async fn take_all(client: &tokio_postgres::Client, steps: &[Migration]) -> Result<(), StorageError> {
    let error = dialect::postgres::error;
    client.batch_execute(BOOK).await.map_err(error)?;
    let latest = client.query_typed_one(LATEST, &[]).await.map_err(error)?;
    refuse_newer(latest.try_get(0).map_err(error)?, POSTGRES)?;
    for migration in steps {
        let kept = client.query_typed_opt(TAKEN, &[(&migration.number, Type::INT8)]).await;
        if let Some(kept) = kept.map_err(error)? {
            migration.compare(kept.try_get(0).map_err(error)?)?;
            continue;
        }
        client.batch_execute(migration.text).await.map_err(error)?;
        let checksum = checksum(migration.text);
        let taken: [(&(dyn ToSql + Sync), Type); 3] = [
            (&migration.number, Type::INT8),
            (&migration.name, Type::TEXT),
            (&checksum, Type::TEXT),
        ];
        client.execute_typed(TAKE, &taken).await.map_err(error)?;
    }
    Ok(())
}

fn refuse_newer(latest: i64, known: &[Migration]) -> Result<(), StorageError> {
    let known = known.last().map_or(0, |migration| migration.number);
    if latest > known {
        return Err(StorageError::Migration(format!(
            "it has taken step {latest} and this version knows {known}; it was written by a newer version"
        )));
    }
    Ok(())
}

/// The steps up to one that this version knows.
fn up_to(known: &[Migration], step: i64) -> Result<&[Migration], StorageError> {
    refuse_newer(step, known)?;
    match known.iter().position(|migration| migration.number == step) {
        Some(last) => Ok(&known[..=last]),
        None => Err(StorageError::Migration(format!(
            "what was kept after step {step} can only be put back into an SQLite database; move it from there"
        ))),
    }
}

impl Migration {
    /// Compares it with the step that was taken under its number.
    fn compare(&self, kept: &str) -> Result<(), StorageError> {
        if kept == checksum(self.text) {
            return Ok(());
        }
        let Migration { number, name, .. } = self;
        Err(StorageError::Migration(format!(
            "step {number} ({name}) is not the one that it has taken"
        )))
    }
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
        sqlite(&mut conn).unwrap();
        sqlite(&mut conn).unwrap();
    }

    /// A database of the release before causes and waiting, with cases at every point of a question and one that was taken up again.
    fn before_causes() -> Connection {
        let mut conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(
            "CREATE TABLE schema_migrations (number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL)",
        )
        .unwrap();
        let transaction = conn.transaction().unwrap();
        for migration in SQLITE.iter().take_while(|migration| migration.name != "causes") {
            take(&transaction, migration).unwrap();
        }
        transaction.commit().unwrap();
        for (number, kinds) in [
            (1, &["case.received"][..]),
            (2, &["case.received", "info.requested"]),
            (3, &["case.received", "info.requested", "info.received"]),
            (
                4,
                &["case.received", "info.requested", "info.received", "info.requested"],
            ),
            (5, &["case.received", "info.requested", "case.closed"]),
        ] {
            conn.execute_batch(&format!(
                "INSERT INTO cases (number, reference, kind, state, stage, lane, received_at, received_on, due_order, urgency, vip, channel,
                     alerts, extended, procedure_version, last_sequence, card)
                 VALUES ({number}, 'FC-{number}', 'complaint', 'open', 1, 'open', 0, '2026-06-09', 0, 1, FALSE, 'web', 0, FALSE, '1', 1, x'')"
            ))
            .unwrap();
            for (sequence, kind) in (1..).zip(kinds) {
                conn.execute_batch(&format!(
                    "INSERT INTO events (stream, sequence, kind, version, at, actor, payload)
                     VALUES ('FC-{number}', {sequence}, '{kind}', 1, 0, 'system', x'')"
                ))
                .unwrap();
            }
        }
        conn.execute_batch(
            "INSERT INTO case_facts (number, reference, kind, counted, channel, complainant, anonymous, restricted, vip, high_risk, urgency,
                 received_on, logged_on, ack_timing, ack_failures, letters_lost, has_job, root_cause, learning)
             VALUES (1, 'FC-1', 'complaint', 'counted', 'web', 'student', FALSE, FALSE, FALSE, FALSE, 'normal', '2026-06-09', '2026-06-09',
                 'in_time', 0, 0, TRUE, 'supplier', 'yes');
             INSERT INTO case_spells (number, ordinal, opened_on, opened_by, closed_on, ending, decided_stage, updates_owed, updates_made, is_long)
             VALUES (1, 1, '2026-06-09', 'received', '2026-06-10', 'decided', 1, 0, 0, FALSE),
                 (1, 2, '2026-06-24', 'reopened', NULL, NULL, 0, 0, 0, FALSE)",
        )
        .unwrap();
        conn
    }

    #[test]
    fn what_is_there_already_fills_the_columns_of_causes_and_waiting() {
        let mut conn = before_causes();
        sqlite(&mut conn).unwrap();
        let numbers = |sql: &str| {
            let mut found = conn.prepare(sql).unwrap();
            let rows = found.query_map([], |row| row.get::<_, i64>(0)).unwrap();
            rows.map(|row| row.unwrap()).collect::<Vec<i64>>()
        };
        assert_eq!(
            numbers("SELECT number FROM cases WHERE waits_for_answer ORDER BY number"),
            [2, 4]
        );
        let said = "root_cause = 'supplier' AND learning = 'yes'";
        assert_eq!(numbers(&format!("SELECT ordinal FROM case_spells WHERE {said}")), [1]);
        assert_eq!(
            numbers("SELECT ordinal FROM case_spells WHERE root_cause IS NULL AND learning IS NULL"),
            [2],
            "what is open has said nothing yet"
        );
    }

    #[test]
    fn an_edited_step_is_refused() {
        let mut conn = Connection::open_in_memory().unwrap();
        sqlite(&mut conn).unwrap();
        conn.execute("UPDATE schema_migrations SET checksum = 'x' WHERE number = 2", [])
            .unwrap();
        let refused = sqlite(&mut conn).unwrap_err().to_string();
        assert!(refused.contains("step 2 (derived)"), "{refused}");
    }

    #[test]
    fn a_newer_database_is_refused() {
        let mut conn = Connection::open_in_memory().unwrap();
        sqlite(&mut conn).unwrap();
        conn.execute("INSERT INTO schema_migrations VALUES (99, 'later', 'x')", [])
            .unwrap();
        let refused = sqlite(&mut conn).unwrap_err().to_string();
        assert!(refused.contains("newer version"), "{refused}");
    }

    #[test]
    fn the_steps_are_numbered_without_gaps() {
        for (index, migration) in SQLITE.iter().enumerate() {
            assert_eq!(migration.number, index as i64 + 1);
        }
    }
}
