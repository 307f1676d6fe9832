//! The bare loop that durable intake is measured against: one prepared statement after another on one connection of the same engine, which
//! commits the same rows, with the same bytes, under the same indexes, in batches as large as the writer's were. It seals, hashes, decides
//! and looks up nothing.
//!
//! `bare_intake FROM INTO BATCH` reads the rows that real complaints left in the database FROM, writes them to a new database INTO, as many
//! complaints to a commit as BATCH says on average, and prints one JSON object. Both are files of SQLite, or both addresses of PostgreSQL.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench prints, and measures elapsed time"
)]

mod postgres;
mod sqlite;

use std::collections::BTreeMap;
use std::error::Error;
use std::ops::Range;
use std::path::Path;
use std::time::Duration;

/// What a complaint adds rows to, and the order in which they were added. A table that is missing here and grew is an error.
const TABLES: [(&str, &str); 18] = [
    ("stream_keys WHERE stream <> 'office'", "stream"),
    ("events", "position"),
    ("audit_nodes", "(number + 1) << CAST(level AS INTEGER), level"),
    ("cases", "number"),
    ("deadlines", "reference"),
    ("jobs", "number"),
    ("job_updates", "number, sequence"),
    ("case_facts", "number"),
    ("case_spells", "number, ordinal"),
    ("case_stays", "number, ordinal"),
    ("case_moments", "number, ordinal"),
    ("case_marks", "number, ordinal"),
    ("search_documents", "id"),
    ("access_codes", "reference"),
    ("link_tokens", "created_at, reference"),
    ("outbox", "id"),
    ("idempotency", "claimed_at"),
    ("case_kept_from", "reference"),
];
/// What the office has before anybody complains; the numbers that are given out are set once a commit. So are no sums: the product moves some of
/// the kept tallies with each complaint, and the loop none, which is to its advantage.
const OFFICES: [&str; 8] = [
    "calendars",
    "checkpoints",
    "counters",
    "node_commits",
    "procedures",
    "schema_migrations",
    "settings",
    "tallies",
];
/// The numbers that are given out.
const COUNTERS: [&str; 3] = ["case", "job", "outbox"];

/// What one loop did.
struct Looped {
    complaints: usize,
    taken: Duration,
    /// Rows of all complaints, by table.
    rows: Vec<(&'static str, usize)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [from, into, batch] = arguments.as_slice() else {
        return Err("bare_intake FROM INTO BATCH".into());
    };
    let batch = batch.parse()?;
    let Looped {
        complaints,
        taken,
        rows,
    } = if from.starts_with("postgres") {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(postgres::run(from, into, batch))?
    } else {
        sqlite::run(Path::new(from), Path::new(into), batch)?
    };
    let rows: BTreeMap<&str, f64> = rows
        .into_iter()
        .filter(|(_, rows)| *rows > 0)
        .map(|(table, rows)| (table, rows as f64 / complaints as f64))
        .collect();
    println!(
        "{}",
        serde_json::json!({ "complaints": complaints, "seconds": taken.as_secs_f64(), "rows_of_one": rows })
    );
    Ok(())
}

/// The name of a table of [`TABLES`].
fn name_of(from: &'static str) -> &'static str {
    from.split(' ').next().unwrap_or(from)
}

/// A table that somebody adds to the path of a complaint must be added here as well.
fn refuse_if_missing(table: &str, rows: i64) -> Result<(), Box<dyn Error>> {
    let known = TABLES.iter().any(|(from, _)| name_of(from) == table) || OFFICES.contains(&table);
    if rows > 0 && !known {
        return Err(format!("complaints wrote {rows} rows to {table}, which the bare loop does not write").into());
    }
    Ok(())
}

/// Which complaints share each commit, so that the batches are as large on average where that is no whole number.
fn batches(complaints: usize, batch: f64) -> impl Iterator<Item = Range<usize>> {
    let mut done = 0;
    (1_u32..).map_while(move |commit| {
        let end = ((f64::from(commit) * batch.max(1.0)).round() as usize)
            .max(done + 1)
            .min(complaints);
        let range = done..end;
        done = end;
        (!range.is_empty()).then_some(range)
    })
}

/// The share of a table's rows that falls to one complaint.
fn share(rows: usize, complaint: usize, complaints: usize) -> Range<usize> {
    rows * complaint / complaints..rows * (complaint + 1) / complaints
}
