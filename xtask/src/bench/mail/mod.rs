//! How well mail is understood: `redress mail explain` over reports and replies of others that somebody has labelled. And how fast it is taken.

pub(super) mod ordinary;
mod replies;
mod reports;
pub(super) mod speed;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::Bench;
use super::figures::Measured;
use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;

/// What measures a part of the folder with a binary.
type Measure = fn(&Path, &Path) -> Outcome<Part>;

/// Parts of the folder, and what measures each.
const PARTS: [(&str, Measure); 2] = [("bounces", reports::bounces), ("replies", replies::replies)];

/// What one part of the folder gave.
pub(crate) struct Part {
    rows: Vec<[String; 3]>,
    missed: Vec<String>,
}

pub(super) fn measure(bench: &Bench) -> Outcome<Measured> {
    let part = match bench.folder.as_deref() {
        Some(folder) => understood(&bench.binary, folder, &bench.parts)?,
        None if bench.parts.is_empty() => speed::measure(bench)?,
        None => {
            return Err(Failure::new(
                "name the folder of the messages: cargo xtask bench mail FOLDER",
            ));
        }
    };
    let rows = part.rows.into_iter().map(Vec::from).collect();
    Ok(Measured::of(vec!["what", "figure", "of"], rows).missing(part.missed))
}

/// The figures of the parts of a folder that are asked for, or of all that it has.
///
/// # Errors
/// When the folder holds none of them, or the command does not answer.
pub(crate) fn understood(binary: &Path, folder: &Path, asked: &BTreeSet<String>) -> Outcome<Part> {
    let mut all = Part {
        rows: Vec::new(),
        missed: Vec::new(),
    };
    for (name, measure) in PARTS {
        let wanted = if asked.is_empty() {
            folder.join(name).is_dir()
        } else {
            asked.contains(name)
        };
        if wanted {
            let part = measure(binary, &folder.join(name))?;
            all.rows.extend(part.rows);
            all.missed.extend(part.missed);
        }
    }
    if all.rows.is_empty() {
        return Err(Failure::new(format!(
            "{} has neither bounces/ nor replies/",
            folder.display()
        )));
    }
    Ok(all)
}

impl Part {
    /// The goals that were missed, and the figures, in lines.
    pub(crate) fn told(&self) -> (String, &[String]) {
        let lines = self
            .rows
            .iter()
            .map(|[what, figure, of]| format!("{what}: {figure} of {of}\n"));
        (lines.collect(), &self.missed)
    }
}

/// Where messages of others lie, if somebody has them: `REDRESS_TEST_MAIL`, or beside the project.
pub(crate) fn folder_of(workspace: &Workspace) -> Option<PathBuf> {
    let named = std::env::var_os("REDRESS_TEST_MAIL").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| workspace.root.join("../shared/testbed/mail"));
    folder.is_dir().then_some(folder)
}

fn share(part: usize, of: usize) -> String {
    let tenths = (part * 1000).checked_div(of).unwrap_or_default();
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// What the command says about each file, by the name of the file.
fn explained(binary: &Path, files: impl Iterator<Item = PathBuf>) -> Outcome<BTreeMap<String, Value>> {
    let lines = shell::read(Command::new(binary).args(["mail", "explain"]).args(files))?;
    let mut answers = BTreeMap::new();
    for line in lines.lines() {
        let answer: Value =
            serde_json::from_str(line).map_err(Failure::during("an answer of `redress mail explain`"))?;
        let file = Path::new(answer["file"].as_str().unwrap_or_default());
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        answers.insert(name, answer);
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn shares_have_one_decimal_and_nothing_of_nothing_is_none() {
        assert_eq!(share(29, 30), "96.6");
        assert_eq!(share(0, 0), "0.0");
    }
}
