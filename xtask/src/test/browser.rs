//! The journeys of people through the pages, in a real browser against the real binary.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::cargo::cargo;
use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;

/// Where Debian puts the browser; `REDRESS_CHROMIUM` names another.
const CHROMIUM: &str = "/usr/bin/chromium";

pub(super) fn journeys(workspace: &Workspace) -> Outcome<()> {
    let chromium = chromium(&workspace.root)?;
    let home = workspace.root.join("tests/browser");
    shell::show(&mut shell::command(
        &home,
        "npm ci --ignore-scripts --no-audit --no-fund",
    ))?;
    shell::show(&mut cargo(workspace, "build --locked --package redress"))?;
    let mut tests = shell::command(&home, "npm test --silent");
    tests
        .env("REDRESS_BIN", workspace.target().join("debug/redress"))
        .env("REDRESS_CHROMIUM", chromium)
        .env("REDRESS_SCREENSHOTS", workspace.target().join("screenshots"));
    shell::show(&mut tests)
}

/// The browser, installed through apt-get when it is missing and we may.
fn chromium(root: &Path) -> Outcome<PathBuf> {
    let wanted = std::env::var_os("REDRESS_CHROMIUM").map_or_else(|| PathBuf::from(CHROMIUM), PathBuf::from);
    if wanted.is_file() {
        return Ok(wanted);
    }
    let advice = format!(
        "Chromium is not at {}: install Debian's `chromium`, or name yours in REDRESS_CHROMIUM",
        wanted.display()
    );
    let is_root = shell::read(&mut shell::command(root, "id -u")).is_ok_and(|id| id.trim() == "0");
    let has_apt = Path::new("/usr/bin/apt-get").is_file();
    if !is_root || !has_apt || wanted != Path::new(CHROMIUM) {
        return Err(Failure::new(advice));
    }
    for words in [
        "apt-get update --quiet",
        "apt-get install --yes --quiet --no-install-recommends chromium",
    ] {
        let mut apt: Command = shell::command(root, words);
        shell::show(apt.env("DEBIAN_FRONTEND", "noninteractive"))
            .map_err(|failure| Failure::new(format!("{advice} ({failure})")))?;
    }
    if wanted.is_file() {
        Ok(wanted)
    } else {
        Err(Failure::new(advice))
    }
}
