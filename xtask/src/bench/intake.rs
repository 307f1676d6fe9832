//! Durable intake in process, beside a bare loop of the same engine that commits the same rows in batches as large. Each is a program of its own:
//! this one knows neither the product nor its database.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::Bench;
use super::figures::{Measured, load_average, median};
use crate::shell::{self, Failure, Outcome};

const COMPLAINTS: usize = 6_000;
const RUNS: usize = 5;
/// As many as share a commit at most, and as few as make it a small one.
const CLIENTS: [usize; 2] = [8, 64];

/// What one run measured, and what the bare loop did with the same rows right after it.
struct Run {
    complaints: f64,
    bare_complaints: f64,
    rows: f64,
    acts_per_commit: f64,
    p50_ms: f64,
    p99_ms: f64,
}

pub(super) fn measure(bench: &Bench) -> Outcome<Measured> {
    let (complaints, runs) = (bench.number("--complaints", COMPLAINTS), bench.number("--runs", RUNS));
    let ours = example(bench, "casework", "intake")?;
    let bare = example(bench, "storage", "bare_intake")?;
    let before = load_average();
    let mut by_clients = CLIENTS.map(|clients| (clients, Vec::new()));
    for _ in 0..runs {
        for (clients, taken) in &mut by_clients {
            taken.push(once(bench, (&ours, &bare), *clients, complaints)?);
        }
    }
    let rows = by_clients.iter().map(|(clients, runs)| row(*clients, runs)).collect();
    let heading = vec![
        "clients",
        "complaints/s",
        "rows/s",
        "bare complaints/s",
        "bare rows/s",
        "% of bare",
        "acts a commit",
        "p50 ms",
        "p99 ms",
    ];
    let note = format!(
        "Medians of {runs} interleaved runs of {complaints} complaints; no post room works meanwhile. Load average {before} before, {} after.",
        load_average()
    );
    Ok(Measured::of(heading, rows).noting(note))
}

/// Builds an example of a crate as it is measured.
fn example(bench: &Bench, package: &str, name: &str) -> Outcome<PathBuf> {
    eprintln!("building the example {name}");
    let words = format!("cargo build --locked --release --package {package} --example {name}");
    shell::read(&mut shell::command(&bench.workspace.root, &words))?;
    Ok(bench.workspace.target().join("release/examples").join(name))
}

fn once(bench: &Bench, (ours, bare): (&Path, &Path), clients: usize, complaints: usize) -> Outcome<Run> {
    let folder = bench.scratch.join("run");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let ran = said(
        Command::new(ours)
            .arg(&folder)
            .args([clients.to_string(), complaints.to_string()]),
    )?;
    let acts_per_commit = number(&ran, "acts_per_commit")?;
    let looped = said(
        Command::new(bare)
            .args([folder.join("redress.db"), folder.join("bare.db")])
            .arg(acts_per_commit.to_string()),
    )?;
    let rows = looped["rows_of_one"].as_object().ok_or_else(|| unclear(&looped))?;
    Ok(Run {
        complaints: number(&ran, "complaints")? / number(&ran, "seconds")?,
        bare_complaints: number(&looped, "complaints")? / number(&looped, "seconds")?,
        rows: rows.values().filter_map(Value::as_f64).sum(),
        acts_per_commit,
        p50_ms: number(&ran, "p50_ms")?,
        p99_ms: number(&ran, "p99_ms")?,
    })
}

fn row(clients: usize, runs: &[Run]) -> Vec<String> {
    let of = |figure: fn(&Run) -> f64| median(&runs.iter().map(figure).collect::<Vec<_>>());
    vec![
        clients.to_string(),
        format!("{:.0}", of(|run| run.complaints)),
        format!("{:.0}", of(|run| run.complaints * run.rows)),
        format!("{:.0}", of(|run| run.bare_complaints)),
        format!("{:.0}", of(|run| run.bare_complaints * run.rows)),
        format!("{:.0}", of(|run| 100.0 * run.complaints / run.bare_complaints)),
        format!("{:.1}", of(|run| run.acts_per_commit)),
        format!("{:.1}", of(|run| run.p50_ms)),
        format!("{:.1}", of(|run| run.p99_ms)),
    ]
}

fn said(command: &mut Command) -> Outcome<Value> {
    serde_json::from_str(&shell::read(command)?).map_err(Failure::during("what a bench said"))
}

fn number(said: &Value, name: &str) -> Outcome<f64> {
    said[name].as_f64().ok_or_else(|| unclear(said))
}

fn unclear(said: &Value) -> Failure {
    Failure::new(format!("what a bench said cannot be read: {said}"))
}
