//! Years of many cases, told once through the real acts and kept for later runs.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use super::Bench;
use super::server::Server;
use crate::shell::Outcome;

/// What makes the cases what they are: who tells them, which events and rows they become, and the data that they follow.
const MADE_BY: &[&str] = &[
    "calendars",
    "procedures",
    "crates/redress/demo",
    "crates/redress/src/demo",
    "crates/rules/src/case/event",
    "crates/casework/src/copies",
    "crates/casework/src/derive.rs",
    "crates/rules/src/review/figure",
    "crates/storage/migrations",
];

/// How the cases come to be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Made {
    /// All are told through the acts.
    Told,
    /// Some are told, the others are copies of these.
    Copied,
}

impl Made {
    fn prefix(self) -> &'static str {
        match self {
            Made::Told => "",
            Made::Copied => "grown-",
        }
    }

    fn option(self) -> &'static str {
        match self {
            Made::Told => "--cases",
            Made::Copied => "--grown-to",
        }
    }
}

/// The folder of a demonstration with so many cases; made if none was made from the same sources.
pub(super) fn folder(bench: &Bench, cases: usize) -> Outcome<PathBuf> {
    made(bench, cases, Made::Told)
}

/// The same with most of the cases copied from others: a million in minutes.
pub(super) fn grown(bench: &Bench, cases: usize) -> Outcome<PathBuf> {
    made(bench, cases, Made::Copied)
}

fn made(bench: &Bench, cases: usize, made: Made) -> Outcome<PathBuf> {
    let mut hasher = DefaultHasher::new();
    for source in MADE_BY {
        add(&mut hasher, &bench.workspace.root.join(source))?;
    }
    let home = bench.workspace.target().join("bench/filled");
    let folder = home.join(format!("{}{cases}-{:016x}", made.prefix(), hasher.finish()));
    let whole = folder.with_extension("whole");
    if !whole.exists() {
        fs::create_dir_all(&home)?;
        eprintln!("making {cases} cases, once; this takes minutes");
        drop(Server::demo(&bench.binary, &folder, Some((made.option(), cases)))?);
        fs::write(whole, "")?;
    }
    Ok(folder)
}

fn add(hasher: &mut DefaultHasher, path: &Path) -> Outcome<()> {
    if !path.is_dir() {
        hasher.write(&fs::read(path)?);
        return Ok(());
    }
    let mut inside = fs::read_dir(path)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Outcome<Vec<_>>>()?;
    inside.sort();
    inside.iter().try_for_each(|path| add(hasher, path))
}
