//! Deadlines a second: `redress deadline --batch` on a file of many rows.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use super::Bench;
use super::figures::Measured;
use super::server::now;
use crate::shell::{Failure, Outcome};

const ROWS: usize = 1_000_000;

pub(super) fn measure(bench: &Bench) -> Outcome<Measured> {
    let rows = bench.count.unwrap_or(ROWS);
    let (asked, answered) = (bench.scratch.join("asked.csv"), bench.scratch.join("answered.csv"));
    write_rows(&asked, rows)?;
    let begun = now();
    let status = Command::new(&bench.binary)
        .args(["deadline", "--batch"])
        .arg(&asked)
        .stdin(Stdio::null())
        .stdout(File::create(&answered)?)
        .status()
        .map_err(Failure::during(bench.binary.display().to_string()))?;
    let took = now().duration_since(begun).as_secs_f64();
    if !status.success() {
        return Err(Failure::new(format!("`redress deadline --batch` ended with {status}")));
    }
    let lines = std::fs::read(&answered)?.iter().filter(|byte| **byte == b'\n').count();
    if lines != rows + 1 {
        return Err(Failure::new(format!(
            "{rows} rows were asked and {} were answered",
            lines.saturating_sub(1)
        )));
    }
    let rate = format!("{:.0}", rows as f64 / took);
    let row = vec![
        "redress deadline --batch".to_owned(),
        rows.to_string(),
        format!("{took:.2}"),
        rate,
    ];
    Ok(Measured {
        heading: vec!["deadlines", "rows", "s", "rows/s"],
        rows: vec![row],
    })
}

/// Receipts spread over six years, at all hours, in turn for both stages; the same rows in every run.
fn write_rows(path: &Path, rows: usize) -> Outcome<()> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "received_on,stage")?;
    for row in 0..rows {
        let (year, month, day) = (2021 + row % 6, 1 + (row / 6) % 12, 1 + (row / 72) % 28);
        writeln!(file, "{year}-{month:02}-{day:02},{}", 1 + row % 2)?;
    }
    file.flush()?;
    Ok(())
}
