//! The bare loop that durable intake is measured against: one prepared statement after another on one connection of the same engine, which
//! commits the same rows, with the same bytes, under the same indexes, in batches as large as the writer's were. It seals, hashes, decides
//! and looks up nothing.
//!
//! `bare_intake FROM INTO BATCH` reads the rows that real complaints left in the database FROM, writes them to a new database INTO, as many
//! complaints to a commit as BATCH says on average, and prints one JSON object.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench prints, and measures elapsed time"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::time::Instant;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params_from_iter};
use storage::{Keys, Store};

/// What a complaint adds rows to, and the order in which they were added. A table that is missing here and grew is an error.
const TABLES: [(&str, &str); 17] = [
    ("stream_keys WHERE stream <> 'office'", "stream"),
    ("events", "position"),
    ("audit_nodes", "(number + 1) << level, level"),
    ("cases", "number"),
    ("deadlines", "reference"),
    ("jobs", "number"),
    ("job_updates", "number, sequence"),
    ("case_facts", "number"),
    ("case_spells", "number, ordinal"),
    ("case_stays", "number, ordinal"),
    ("case_moments", "number, ordinal"),
    ("search_documents", "id"),
    ("access_codes", "reference"),
    ("link_tokens", "created_at, reference"),
    ("outbox", "id"),
    ("idempotency", "claimed_at"),
    ("case_kept_from", "reference"),
];
/// What the office has before anybody complains; the numbers that are given out are set once a commit. So are no sums: the product moves some of
/// the kept tallies with each complaint, and the loop none, which is to its advantage.
const OFFICES: [&str; 7] = [
    "calendars",
    "checkpoints",
    "counters",
    "procedures",
    "schema_migrations",
    "settings",
    "tallies",
];

/// The rows of one table, and how they are written.
struct Rows {
    table: &'static str,
    insert: String,
    rows: Vec<Vec<Value>>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [from, into, batch] = arguments.as_slice() else {
        return Err("bare_intake FROM INTO BATCH".into());
    };
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let complaints: u32 = source.query_row("SELECT COUNT(*) FROM cases", [], |row| row.get(0))?;
    let complaints = complaints as usize;
    let all = TABLES
        .iter()
        .map(|table| read(&source, table))
        .collect::<Result<Vec<_>, _>>()?;
    nothing_is_missing(&source)?;
    let mut target = made(Path::new(into))?;
    let begun = Instant::now();
    write(&mut target, &all, complaints, batch.parse()?)?;
    let seconds = begun.elapsed().as_secs_f64();
    let rows: BTreeMap<&str, f64> = all
        .iter()
        .filter(|rows| !rows.rows.is_empty())
        .map(|rows| (rows.table, rows.rows.len() as f64 / complaints as f64))
        .collect();
    println!(
        "{}",
        serde_json::json!({ "complaints": complaints, "seconds": seconds, "rows_of_one": rows })
    );
    Ok(())
}

fn read(source: &Connection, (from, order): &(&'static str, &str)) -> Result<Rows, rusqlite::Error> {
    let table = from.split(' ').next().unwrap_or(from);
    let mut select = source.prepare(&format!("SELECT * FROM {from} ORDER BY {order}"))?;
    let columns: Vec<String> = select.column_names().map(str::to_owned).collect();
    let places: Vec<String> = (1..=columns.len()).map(|place| format!("?{place}")).collect();
    let rows = select
        .query_map([], |row| (0..columns.len()).map(|column| row.get(column)).collect())?
        .collect::<Result<_, _>>()?;
    Ok(Rows {
        table,
        insert: format!(
            "INSERT INTO {table} ({}) VALUES ({})",
            columns.join(", "),
            places.join(", ")
        ),
        rows,
    })
}

/// A table that somebody adds to the path of a complaint must be added here as well.
fn nothing_is_missing(source: &Connection) -> Result<(), Box<dyn Error>> {
    let mut names = source.prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_index%'",
    )?;
    let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for name in names {
        let known =
            TABLES.iter().any(|(from, _)| from.split(' ').next() == Some(&name)) || OFFICES.contains(&name.as_str());
        let rows: i64 = source.query_row(&format!("SELECT COUNT(*) FROM {name}"), [], |row| row.get(0))?;
        if rows > 0 && !known {
            return Err(format!("complaints wrote {rows} rows to {name}, which the bare loop does not write").into());
        }
    }
    Ok(())
}

/// A new database with the tables and indexes of the product, as its writer opens it.
fn made(path: &Path) -> Result<Connection, Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let store = Store::open(path, Keys::for_tests())?;
    runtime.block_on(store.close())?;
    let target = Connection::open(path)?;
    target.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -32000;",
    )?;
    target.set_prepared_statement_cache_capacity(64);
    Ok(target)
}

fn write(target: &mut Connection, all: &[Rows], complaints: usize, batch: f64) -> Result<(), rusqlite::Error> {
    let (mut done, mut commits) = (0, 0_u32);
    while done < complaints {
        commits += 1;
        // So that the batches are as large on average where that is no whole number.
        let end = ((f64::from(commits) * batch.max(1.0)).round() as usize).clamp(done + 1, complaints);
        let transaction = target.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for complaint in done..end {
            for rows in all {
                write_some(&transaction, rows, complaint, complaints)?;
            }
        }
        let number = i64::try_from(end).unwrap_or(i64::MAX);
        for name in ["case", "job", "outbox"] {
            transaction
                .prepare_cached(
                    "INSERT INTO counters (name, next) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET next = ?2",
                )?
                .execute((name, number))?;
        }
        transaction.commit()?;
        done = end;
    }
    Ok(())
}

/// The rows of a table that fall to one complaint.
fn write_some(target: &Connection, rows: &Rows, complaint: usize, complaints: usize) -> Result<(), rusqlite::Error> {
    let all = rows.rows.len();
    let share = all * complaint / complaints..all * (complaint + 1) / complaints;
    let mut insert = target.prepare_cached(&rows.insert)?;
    for row in &rows.rows[share] {
        insert.execute(params_from_iter(row))?;
        if rows.table == "search_documents" {
            // The index has its words from the row, and refers to it.
            let mut index = target.prepare_cached(
                "INSERT INTO search_index (rowid, words, summary, names, exact) VALUES (?1, ?3, ?4, ?5, ?6)",
            )?;
            index.execute(params_from_iter(row))?;
        }
    }
    Ok(())
}
