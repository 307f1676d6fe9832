//! The steps that are cargo's own.

use std::process::Command;

use crate::services::postgres::{self, Flushing};
use crate::shell::{self, Outcome};
use crate::workspace::Workspace;

pub(super) fn fmt(workspace: &Workspace) -> Outcome<()> {
    shell::show(&mut cargo(workspace, "fmt --all --check"))
}

pub(super) fn clippy(workspace: &Workspace) -> Outcome<()> {
    shell::show(&mut cargo(
        workspace,
        "clippy --locked --workspace --all-targets -- -D warnings",
    ))
}

/// Names a server on which tests of the database may make schemas.
const TEST_POSTGRES: &str = "REDRESS_TEST_POSTGRES";

/// With nextest where it is installed: it runs the tests of all crates side by side. Both databases are tested: on the server that
/// `REDRESS_TEST_POSTGRES` names, or on one that is started here and ends with the step, also when that fails.
pub(super) fn tests(workspace: &Workspace) -> Outcome<()> {
    let words = match shell::read(&mut cargo(workspace, "nextest --version")) {
        Ok(_) => "nextest run --locked --workspace --no-fail-fast --no-tests=pass",
        // `--doc` has a step of its own.
        Err(_) => "test --locked --workspace --no-fail-fast --all-targets",
    };
    let mut tests = cargo(workspace, words);
    if std::env::var_os(TEST_POSTGRES).is_some() {
        return shell::show(&mut tests);
    }
    let server = postgres::Server::start(workspace, Flushing::Off, 0)?;
    shell::show(tests.env(TEST_POSTGRES, server.address()))
}

pub(super) fn examples(workspace: &Workspace) -> Outcome<()> {
    shell::show(&mut cargo(workspace, "test --locked --workspace --doc"))
}

pub(super) fn cargo(workspace: &Workspace, words: &str) -> Command {
    shell::command(&workspace.root, &format!("cargo {words}"))
}
