//! The journeys of people through the pages, in a real browser against the real binary.

use std::path::{Path, PathBuf};

use super::cargo::product;
use crate::debian;
use crate::services::postgres::{self, Flushing};
use crate::services::{ldap, mail};
use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;

/// Where Debian puts the browser; `REDRESS_CHROMIUM` names another.
const CHROMIUM: &str = "/usr/bin/chromium";

pub(super) fn journeys(workspace: &Workspace) -> Outcome<()> {
    let chromium = chromium()?;
    let home = workspace.root.join("tests/browser");
    shell::show(&mut shell::command(
        &home,
        "npm ci --ignore-scripts --no-audit --no-fund",
    ))?;
    product(workspace)?;
    let tool = starts_servers()?;
    let tests = |words: &str| {
        let mut tests = shell::command(&home, words);
        tests
            .env("REDRESS_BIN", workspace.target().join("debug/redress"))
            .env("REDRESS_CHROMIUM", &chromium)
            .env("REDRESS_SCREENSHOTS", workspace.target().join("screenshots"));
        if let Some(tool) = &tool {
            tests.env("REDRESS_XTASK", tool);
        }
        tests
    };
    // The year is loaded once; each file of tests begins with a copy of it.
    let loaded = workspace.target().join(format!("browser-year-{}", std::process::id()));
    let passed = shell::show(tests("npm test --silent").env("REDRESS_LOADED", &loaded));
    if loaded.exists() {
        std::fs::remove_dir_all(&loaded)?;
    }
    passed?;
    // The same journeys once more, over a server, each request to the other one of two nodes.
    let server = postgres::Server::start(workspace, Flushing::Off, 0)?;
    let mut nodes = tests("npm run nodes --silent");
    nodes.env("REDRESS_POSTGRES", server.address());
    nodes.env(postgres::PSQL, server.psql()?);
    shell::show(&mut nodes)
}

/// This tool, which starts the directory and the mail server of the journeys of confidential complaints; nothing where these cannot be had.
fn starts_servers() -> Outcome<Option<PathBuf>> {
    match ldap::prepare().and_then(|()| mail::prepare()) {
        Ok(()) => Ok(Some(std::env::current_exe()?)),
        Err(failure) => {
            println!("journeys of confidential complaints are left out: {failure}");
            Ok(None)
        }
    }
}

/// The browser, installed through apt-get when it is missing and we may.
fn chromium() -> Outcome<PathBuf> {
    let wanted = std::env::var_os("REDRESS_CHROMIUM").map_or_else(|| PathBuf::from(CHROMIUM), PathBuf::from);
    if wanted.is_file() {
        return Ok(wanted);
    }
    let advice = format!(
        "Chromium is not at {}: install Debian's `chromium`, or name yours in REDRESS_CHROMIUM",
        wanted.display()
    );
    if wanted != Path::new(CHROMIUM) {
        return Err(Failure::new(advice));
    }
    debian::install("chromium", &advice)?;
    if wanted.is_file() {
        Ok(wanted)
    } else {
        Err(Failure::new(advice))
    }
}
