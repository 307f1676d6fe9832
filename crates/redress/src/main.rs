//! The one binary: commands, configuration and wiring; it holds no rule of its own.
#![allow(clippy::print_stdout, reason = "commands answer on standard output")]

mod command;
mod config;
mod demo;
mod doors;
mod outgoing;
mod shipped;
mod trial;
mod wiring;

use std::process::ExitCode;

use clap::Parser;

use command::Command;

/// Redress: customer feedback and complaints, handled by the procedure that you published.
#[derive(Debug, Parser)]
#[command(name = "redress", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return misused(&error),
    };
    match command::run(cli.command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("redress: {}", chain(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

/// Says what is wrong with the command line. A mail server that runs us knows the code of `sysexits.h` for that (EX_USAGE); anybody else knows clap's.
fn misused(error: &clap::Error) -> ExitCode {
    if let Err(unsaid) = error.print() {
        eprintln!("redress: {unsaid}");
    }
    let by_a_mail_server = std::env::args().nth(1).is_some_and(|first| first == "mail");
    match (error.use_stderr(), by_a_mail_server) {
        (false, _) => ExitCode::SUCCESS,
        (true, true) => ExitCode::from(64),
        (true, false) => ExitCode::from(2),
    }
}

/// An error with its causes, in one paragraph; nothing is said twice.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        let words = next.to_string();
        if !text.contains(&words) {
            text.push_str(": ");
            text.push_str(&words);
        }
        cause = next.source();
    }
    text
}
