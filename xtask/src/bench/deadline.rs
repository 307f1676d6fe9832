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
    let rows = bench.number("--rows", ROWS);
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
    Ok(Measured::of(vec!["deadlines", "rows", "s", "rows/s"], vec![row]))
}

/// Receipts spread over four years, at all hours, in turn for 3 and 20 working days; the same rows in every run.
fn write_rows(path: &Path, rows: usize) -> Outcome<()> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(file, "received,days")?;
    for row in 0..rows {
        let (year, month, day) = (2022 + row % 4, 1 + (row / 4) % 12, 1 + (row / 48) % 28);
        let (hour, minute) = ((row / 7) % 24, row % 60);
        let days = if row % 2 == 0 { 3 } else { 20 };
        writeln!(file, "{year}-{month:02}-{day:02}T{hour:02}:{minute:02},{days}")?;
    }
    file.flush()?;
    Ok(())
}
