//! The loop in SQLite.

use std::error::Error;
use std::ops::Range;
use std::path::Path;
use std::time::Instant;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, params_from_iter};
use storage::{Keys, Store};

use crate::{COUNTERS, Looped, TABLES, batches, name_of, refuse_if_missing, share};

/// The rows of one table, and how they are written.
struct Rows {
    table: &'static str,
    insert: String,
    rows: Vec<Vec<Value>>,
}

pub(crate) fn run(from: &Path, into: &Path, batch: f64) -> Result<Looped, Box<dyn Error>> {
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let complaints: u32 = source.query_row("SELECT COUNT(*) FROM cases", [], |row| row.get(0))?;
    let complaints = complaints as usize;
    let all = TABLES
        .iter()
        .map(|table| read(&source, table))
        .collect::<Result<Vec<_>, _>>()?;
    nothing_is_missing(&source)?;
    let mut target = made(into)?;
    let begun = Instant::now();
    for range in batches(complaints, batch) {
        write(&mut target, &all, range, complaints)?;
    }
    Ok(Looped {
        complaints,
        taken: begun.elapsed(),
        rows: all.iter().map(|rows| (rows.table, rows.rows.len())).collect(),
    })
}

fn read(source: &Connection, (from, order): &(&'static str, &str)) -> Result<Rows, rusqlite::Error> {
    let table = name_of(from);
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

fn nothing_is_missing(source: &Connection) -> Result<(), Box<dyn Error>> {
    let mut names = source.prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_index%'",
    )?;
    let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for name in names {
        refuse_if_missing(
            &name,
            source.query_row(&format!("SELECT COUNT(*) FROM {name}"), [], |row| row.get(0))?,
        )?;
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

fn write(target: &mut Connection, all: &[Rows], range: Range<usize>, complaints: usize) -> Result<(), rusqlite::Error> {
    let transaction = target.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let number = i64::try_from(range.end).unwrap_or(i64::MAX);
    for complaint in range {
        for rows in all {
            write_some(&transaction, rows, share(rows.rows.len(), complaint, complaints))?;
        }
    }
    for name in COUNTERS {
        transaction
            .prepare_cached(
                "INSERT INTO counters (name, next) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET next = ?2",
            )?
            .execute((name, number))?;
    }
    transaction.commit()
}

fn write_some(target: &Connection, rows: &Rows, share: Range<usize>) -> Result<(), rusqlite::Error> {
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
