//! The steps that are cargo's own.

use std::path::Path;
use std::process::Command;

use crate::debian;
use crate::services::postgres::{self, Flushing};
use crate::services::{ldap, mail, s3};
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

/// With nextest where it is installed: it runs the tests of all crates side by side. Both databases are tested, files in a bucket, the directory and the
/// doors of mail: on the servers that `REDRESS_TEST_POSTGRES`, `REDRESS_TEST_S3`, `REDRESS_TEST_LDAP` and `REDRESS_TEST_MAIL` name, or on ones that are
/// started here and end with the step, also when that fails. Where one of the last three cannot be had, what needs it is left out.
pub(super) fn tests(workspace: &Workspace) -> Outcome<()> {
    let words = match shell::read(&mut cargo(workspace, "nextest --version")) {
        Ok(_) => "nextest run --locked --workspace --no-fail-fast --no-tests=pass",
        // `--doc` has a step of its own.
        Err(_) => "test --locked --workspace --no-fail-fast --all-targets",
    };
    tracer();
    mail_program();
    let mut tests = cargo(workspace, words);
    let bucket = match std::env::var_os(s3::ADDRESS) {
        Some(_) => None,
        None => s3::hold(workspace)
            .inspect_err(|failure| println!("tests of files in a bucket are left out: {failure}"))
            .ok(),
    };
    if let Some(held) = &bucket {
        tests.env(s3::ADDRESS, s3::address(held.port));
    }
    let directory = match std::env::var_os(ldap::ADDRESS) {
        Some(_) => None,
        None => ldap::Server::start(workspace, &ldap::Entries::usual())
            .inspect_err(|failure| println!("tests of the directory server are left out: {failure}"))
            .ok(),
    };
    if let Some(server) = &directory {
        tests.envs(server.told());
    }
    let mail = match std::env::var_os(mail::ADDRESS) {
        Some(_) => None,
        None => mail::Server::start(workspace, None, 0)
            .inspect_err(|failure| println!("tests of the mail servers are left out: {failure}"))
            .ok(),
    };
    if let Some(server) = &mail {
        tests.envs(server.told()?);
    }
    let server = match std::env::var_os(TEST_POSTGRES) {
        Some(_) => None,
        None => Some(postgres::Server::start(workspace, Flushing::Off, 0)?),
    };
    if let Some(server) = &server {
        tests.env(TEST_POSTGRES, server.address());
        tests.env(postgres::PSQL, server.psql()?);
    }
    shell::show(&mut tests)
}

/// What kills the product between two steps of sealing and of erasing. Where it cannot be had, the tests that need it say that they did not.
fn tracer() {
    const TRACER: &str = "/usr/bin/strace";
    if !Path::new(TRACER).is_file()
        && let Err(failure) = debian::install("strace", "install Debian's `strace`")
    {
        println!("nothing is killed between two steps: {failure}");
    }
}

/// The other side of encrypted letters. Where it cannot be had, the tests that need it say that they did not.
fn mail_program() {
    if !Path::new("/usr/bin/gpg").is_file()
        && let Err(failure) = debian::install("gnupg", "install Debian's `gnupg`")
    {
        println!("no encrypted letter is opened by another program: {failure}");
    }
}

pub(super) fn examples(workspace: &Workspace) -> Outcome<()> {
    shell::show(&mut cargo(workspace, "test --locked --workspace --doc"))
}

/// Builds the product as the step of the tests has it, which costs nothing after that step: built for its package alone it would have fewer features,
/// and most of it would be built once more. It comes with any of its own tests.
pub(super) fn product(workspace: &Workspace) -> Outcome<()> {
    shell::show(&mut cargo(
        workspace,
        "test --locked --workspace --test deliver --no-run",
    ))
}

pub(super) fn cargo(workspace: &Workspace, words: &str) -> Command {
    shell::command(&workspace.root, &format!("cargo {words}"))
}
