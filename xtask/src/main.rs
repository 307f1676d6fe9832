//! Chooses the tool that was asked for: `cargo xtask test`, `tidy`, `services`, `faults`, `bench` or `load`.
#![allow(
    clippy::print_stdout,
    reason = "a tool for people at a terminal: printing is its work"
)]

use std::process::ExitCode;

use xtask::shell::{Failure, Outcome};
use xtask::workspace::Workspace;
use xtask::{bench, faults, load, services, test, tidy};

const USAGE: &str = "\
cargo xtask test [--no-browser] [--only STEP] [--list]   everything that CI runs
cargo xtask tidy                                         lengths, names, documents, golden files
cargo xtask services SERVER [...]                        a server on the loopback, until stdin closes
cargo xtask services start|stop smtp|s3|postgres [...]   the same in the background
cargo xtask faults failover                              the leader of the database is killed under load
cargo xtask bench NAME [--json]                          what the finished binary costs; without a name, which there are
cargo xtask load complaints|PATH --to 127.0.0.1:PORT     load on this machine's own loopback, bounded in count and time";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Outcome<()> {
    let Some((tool, rest)) = arguments.split_first() else {
        return Err(Failure::new(format!("say what to do.\n{USAGE}")));
    };
    match tool.as_str() {
        "test" => test::run(&Workspace::find()?, rest),
        "tidy" => tidy::run(&Workspace::find()?, rest),
        "services" => services::run(&Workspace::find()?, rest),
        "faults" => faults::run(&Workspace::find()?, rest),
        "bench" => bench::run(&Workspace::find()?, rest),
        "load" => load::run(&Workspace::find()?, rest),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(Failure::new(format!("there is no tool called \"{other}\".\n{USAGE}"))),
    }
}
