//! Faults that take servers of others and minutes of time, done to the product and counted.

use std::process::Command;

use crate::services::authority::{self, Authority};
use crate::services::patroni::{self, Cluster};
use crate::services::pgbouncer::{self, Bouncer};
use crate::services::postgres::{self, Flushing};
use crate::services::s3;
use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;

const USAGE: &str = "\
cargo xtask faults failover   two nodes over a PostgreSQL cluster, whose leader is killed under load and one node with it
cargo xtask faults encryption a database and a bucket over TLS, under certificates of an authority of one's own
cargo xtask faults pooler     two nodes behind pgbouncer in transaction mode, one of which is killed under load";

/// Runs what the arguments name.
///
/// # Errors
/// When the arguments make no sense, the servers cannot be had, or something was lost.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Outcome<()> {
    match arguments {
        [fault] if fault == "failover" => failover(workspace),
        [fault] if fault == "encryption" => encryption(workspace),
        [fault] if fault == "pooler" => pooler(workspace),
        _ => Err(Failure::new(format!("say which fault.\n{USAGE}"))),
    }
}

/// The same as a step of the tests: where the cluster cannot be had, it says so and does nothing.
///
/// # Errors
/// As for [`run`].
pub fn failover_if_it_can_be_had(workspace: &Workspace) -> Outcome<()> {
    if patroni::can_be_had() {
        return failover(workspace);
    }
    println!("left out: {}", patroni::ADVICE);
    Ok(())
}

/// Two nodes behind pgbouncer as a step of the tests: where pgbouncer cannot be had, it says so and does nothing.
///
/// # Errors
/// As for [`run`].
pub fn pooler_if_it_can_be_had(workspace: &Workspace) -> Outcome<()> {
    if pgbouncer::can_be_had() {
        return pooler(workspace);
    }
    println!("left out: {}", pgbouncer::ADVICE);
    Ok(())
}

/// Servers over TLS as a step of the tests: where openssl cannot be had, it says so and does nothing.
///
/// # Errors
/// As for [`run`].
pub fn encryption_if_it_can_be_had(workspace: &Workspace) -> Outcome<()> {
    if authority::can_be_had() {
        return encryption(workspace);
    }
    println!("left out: {}", authority::ADVICE);
    Ok(())
}

fn encryption(workspace: &Workspace) -> Outcome<()> {
    let mut test = built(workspace, "encrypted::")?;
    let (ours, other) = (
        Authority::make(workspace, "ours")?,
        Authority::make(workspace, "other")?,
    );
    let certificate = ours.certify("localhost")?;
    let server = postgres::Server::start_encrypted(workspace, &certificate)?;
    // As for the tests of files: where Python is not there, what needs it is left out.
    let bucket = s3::hold_encrypted(workspace, &certificate);
    match &bucket {
        Ok(held) => {
            test.env(
                "REDRESS_TEST_ENCRYPTED_BUCKET",
                format!("https://localhost:{}", held.port),
            );
        }
        Err(failure) => println!("the bucket is left out: {failure}"),
    }
    test.env("REDRESS_TEST_ENCRYPTED_PORT", server.port.to_string())
        .env("REDRESS_TEST_ROOTS", ours.roots())
        .env("REDRESS_TEST_OTHER_ROOTS", other.roots());
    shell::show(&mut test)
}

fn pooler(workspace: &Workspace) -> Outcome<()> {
    let mut test = built(workspace, "pooler::")?;
    let bouncer = Bouncer::start(workspace, Flushing::Off, 0)?;
    test.env("REDRESS_TEST_POOLER", bouncer.address())
        .env(postgres::PSQL, bouncer.psql()?);
    shell::show(&mut test)
}

/// A test that needs servers of others. It is built first, so that they are not kept waiting. It is chosen from the whole workspace: chosen from its
/// package alone it would have fewer features than in the step of the tests, and most of the product would be built once more.
fn built(workspace: &Workspace, name: &str) -> Outcome<Command> {
    let faults = "cargo test --locked --workspace --test faults";
    shell::show(&mut shell::command(&workspace.root, &format!("{faults} --no-run")))?;
    Ok(shell::command(
        &workspace.root,
        &format!("{faults} -- --ignored --nocapture {name}"),
    ))
}

fn failover(workspace: &Workspace) -> Outcome<()> {
    let mut test = built(workspace, "failover::")?;
    let cluster = Cluster::start(workspace)?;
    test.env("REDRESS_TEST_CLUSTER", cluster.address())
        .env("REDRESS_TEST_CLUSTER_NODES", cluster.nodes());
    shell::show(&mut test)
}
