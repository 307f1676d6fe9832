//! The steps that are cargo's own.

use std::process::Command;

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

/// With nextest where it is installed: it runs the tests of all crates side by side.
pub(super) fn tests(workspace: &Workspace) -> Outcome<()> {
    match shell::read(&mut cargo(workspace, "nextest --version")) {
        Ok(_) => shell::show(&mut cargo(
            workspace,
            "nextest run --locked --workspace --no-fail-fast --no-tests=pass",
        )),
        // `--doc` has a step of its own.
        Err(_) => shell::show(&mut cargo(
            workspace,
            "test --locked --workspace --no-fail-fast --all-targets",
        )),
    }
}

pub(super) fn examples(workspace: &Workspace) -> Outcome<()> {
    shell::show(&mut cargo(workspace, "test --locked --workspace --doc"))
}

pub(super) fn cargo(workspace: &Workspace, words: &str) -> Command {
    shell::command(&workspace.root, &format!("cargo {words}"))
}
