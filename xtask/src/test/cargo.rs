//! The steps that are cargo's own.

use std::process::Command;

use crate::services;
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

/// With nextest where it is installed: it runs the tests of all crates side by side. Beside them runs a server that speaks S3; where it cannot
/// be had, what needs it is left out.
pub(super) fn tests(workspace: &Workspace) -> Outcome<()> {
    let words = match shell::read(&mut cargo(workspace, "nextest --version")) {
        Ok(_) => "nextest run --locked --workspace --no-fail-fast --no-tests=pass",
        // `--doc` has a step of its own.
        Err(_) => "test --locked --workspace --no-fail-fast --all-targets",
    };
    let mut tests = cargo(workspace, words);
    let bucket = services::s3::hold(workspace);
    match &bucket {
        Ok(held) => {
            tests.env(services::s3::ADDRESS, services::s3::address(held.port));
        }
        Err(failure) => println!("tests of files in a bucket are left out: {failure}"),
    }
    shell::show(&mut tests)
}

pub(super) fn examples(workspace: &Workspace) -> Outcome<()> {
    shell::show(&mut cargo(workspace, "test --locked --workspace --doc"))
}

pub(super) fn cargo(workspace: &Workspace, words: &str) -> Command {
    shell::command(&workspace.root, &format!("cargo {words}"))
}
