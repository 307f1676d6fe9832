//! Durable intake in process, beside a bare loop of the same engine that commits the same rows in batches as large. Each is a program of its own:
//! this one knows neither the product nor its database.

use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::Bench;
use super::figures::{Measured, load_average, median};
use crate::services::postgres::{Flushing, Server};
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

/// What is measured on.
enum Engine {
    Sqlite,
    Postgres(Server),
}

/// The two programs of a run.
struct Programs {
    ours: PathBuf,
    bare: PathBuf,
}

pub(super) fn measure(bench: &Bench) -> Outcome<Measured> {
    let (complaints, runs) = (bench.number("--complaints", COMPLAINTS), bench.number("--runs", RUNS));
    let programs = Programs {
        ours: example(bench, "casework", "intake")?,
        bare: example(bench, "storage", "bare_intake")?,
    };
    let engines = [
        Engine::Sqlite,
        Engine::Postgres(Server::start(&bench.workspace, Flushing::On, 0)?),
    ];
    let before = load_average();
    let mut taken: Vec<(&Engine, usize, Vec<Run>)> = Vec::new();
    for engine in &engines {
        taken.extend(CLIENTS.map(|clients| (engine, clients, Vec::new())));
    }
    for _ in 0..runs {
        for (engine, clients, runs) in &mut taken {
            runs.push(engine.once(bench, &programs, (*clients, complaints))?);
        }
    }
    let rows = taken
        .iter()
        .map(|(engine, clients, runs)| row(engine.name(), *clients, runs));
    let heading = vec![
        "engine",
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
    Ok(Measured::of(heading, rows.collect()).noting(note))
}

/// Builds an example of a crate as it is measured.
fn example(bench: &Bench, package: &str, name: &str) -> Outcome<PathBuf> {
    eprintln!("building the example {name}");
    let words = format!("cargo build --locked --release --package {package} --example {name}");
    shell::read(&mut shell::command(&bench.workspace.root, &words))?;
    Ok(bench.workspace.target().join("release/examples").join(name))
}

impl Engine {
    fn name(&self) -> &'static str {
        match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres(_) => "PostgreSQL",
        }
    }

    /// One run of the product and one of the bare loop, each on a new database.
    fn once(&self, bench: &Bench, programs: &Programs, (clients, complaints): (usize, usize)) -> Outcome<Run> {
        let folder = bench.scratch.join("run");
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        let mut ours = Command::new(&programs.ours);
        ours.arg(&folder).args([clients.to_string(), complaints.to_string()]);
        let mut bare = Command::new(&programs.bare);
        match self {
            Engine::Sqlite => {
                bare.args([folder.join("redress.db"), folder.join("bare.db")]);
            }
            Engine::Postgres(server) => {
                let (kept, looped) = (server.database("kept")?, server.database("looped")?);
                ours.arg(&kept);
                bare.args([kept, looped]);
            }
        }
        let ran = said(&mut ours)?;
        let acts_per_commit = number(&ran, "acts_per_commit")?;
        let looped = said(bare.arg(acts_per_commit.to_string()))?;
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
}

fn row(engine: &str, clients: usize, runs: &[Run]) -> Vec<String> {
    let of = |figure: fn(&Run) -> f64| median(&runs.iter().map(figure).collect::<Vec<_>>());
    vec![
        engine.to_owned(),
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
