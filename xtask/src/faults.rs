//! Faults that take servers of others and minutes of time, done to the product and counted.

use crate::services::patroni::{self, Cluster};
use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;

const USAGE: &str = "\
cargo xtask faults failover   two nodes over a PostgreSQL cluster, whose leader is killed under load and one node with it";

/// Runs what the arguments name.
///
/// # Errors
/// When the arguments make no sense, the servers cannot be had, or something was lost.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Outcome<()> {
    match arguments {
        [fault] if fault == "failover" => failover(workspace),
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

fn failover(workspace: &Workspace) -> Outcome<()> {
    let mut test = shell::command(
        &workspace.root,
        "cargo test --locked --package redress --test faults -- --ignored --nocapture failover::",
    );
    // Built first: the cluster is not kept waiting.
    shell::show(&mut shell::command(
        &workspace.root,
        "cargo test --locked --package redress --test faults --no-run",
    ))?;
    let cluster = Cluster::start(workspace)?;
    test.env("REDRESS_TEST_CLUSTER", cluster.address())
        .env("REDRESS_TEST_CLUSTER_NODES", cluster.nodes());
    shell::show(&mut test)
}
