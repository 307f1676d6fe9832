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
    "crates/casework/src/derive.rs",
    "crates/storage/migrations",
];

/// The folder of a demonstration with so many cases; made if none was made from the same sources.
pub(super) fn folder(bench: &Bench, cases: usize) -> Outcome<PathBuf> {
    let mut hasher = DefaultHasher::new();
    for source in MADE_BY {
        add(&mut hasher, &bench.workspace.root.join(source))?;
    }
    let home = bench.workspace.target().join("bench/filled");
    let folder = home.join(format!("{cases}-{:016x}", hasher.finish()));
    let whole = folder.with_extension("whole");
    if !whole.exists() {
        fs::create_dir_all(&home)?;
        eprintln!("making {cases} cases, once; this takes minutes");
        drop(Server::demo(&bench.binary, &folder, Some(cases))?);
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
