//! The commands, one file each.

mod audit;
mod backup;
mod columns;
mod database;
mod deadline;
mod deadline_batch;
mod demo;
mod directory;
mod doctor;
mod explain;
mod files;
mod init;
mod keys;
mod letter_key;
mod mail;
mod names;
mod procedure;
mod receipt;
mod restore;
mod retention;
mod serve;

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

/// What a command answers: an exit code, or why it could not run, in words.
pub(crate) type Answer = Result<ExitCode, Box<dyn Error>>;

/// What the binary can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a new installation: configuration, keys, database, first administrator
    Init(init::Init),
    /// Serve the public site and the staff console, send letters, watch the clocks
    Serve(Installation),
    /// Try it: an invented university with a year of cases, on this machine only
    Demo(demo::Demo),
    /// Check a procedure file, or print what it publishes
    #[command(subcommand)]
    Procedure(procedure::Procedure),
    /// Compute a due date, or a whole table of them, and say how
    Deadline(deadline::Deadline),
    /// Explain every date of a case, day by day
    Explain(explain::Explain),
    /// Say whom texts name, a line each, as the finder of names would suggest
    Names(names::Names),
    /// E-mail: see what messages say and what would become of them
    #[command(subcommand)]
    Mail(mail::Mail),
    /// Look after the installation: what is not as it should be, and what to do
    Doctor(doctor::Doctor),
    /// Move the files that people sent between the folder and a bucket
    #[command(subcommand)]
    Files(files::Files),
    /// The directory: read it, look at the copy, explain who answers for whom
    #[command(subcommand)]
    Directory(directory::Directory),
    /// Prove that the record was not altered, removed or reordered
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Back up the database and the files, beside the running server
    Backup(backup::Backup),
    /// Put a backup back where nothing is
    Restore(restore::Restore),
    /// Make keys that an installation lacks
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    /// See which cases go when their time is over, hold one, or erase
    #[command(subcommand)]
    Retention(retention::Retention),
    /// Move everything to another database
    #[command(subcommand)]
    Database(database::Database),
}

/// Which installation a command works on.
#[derive(Debug, Clone, Args)]
pub(crate) struct Installation {
    /// The configuration file
    #[arg(long, default_value = "redress.toml", value_name = "FILE")]
    pub config: PathBuf,
}

/// Runs a command.
pub(crate) fn run(command: Command) -> Answer {
    match command {
        Command::Init(init) => init::run(init),
        Command::Serve(installation) => serve::run(&installation),
        Command::Demo(demo) => demo::run(demo),
        Command::Procedure(procedure) => procedure::run(procedure),
        Command::Deadline(deadline) => deadline::run(&deadline),
        Command::Explain(explain) => explain::run(&explain),
        Command::Names(names) => names::run(&names),
        Command::Mail(mail) => mail::run(&mail),
        Command::Doctor(doctor) => doctor::run(&doctor),
        Command::Files(files) => files::run(&files),
        Command::Directory(directory) => directory::run(&directory),
        Command::Audit(audit) => audit::run(audit),
        Command::Backup(backup) => backup::run(backup),
        Command::Restore(restore) => restore::run(&restore),
        Command::Keys(keys) => keys::run(keys),
        Command::Retention(retention) => retention::run(retention),
        Command::Database(database) => database::run(&database),
    }
}

/// Threads that may wait for the disk or work out a password: the readers of the database, files and letters. More of them would only wait for
/// the same disk, and each keeps memory of its own (decision 24).
const BLOCKING_THREADS: usize = 8;

/// A runtime for commands that work on the store.
pub(crate) fn block_on<F: Future>(future: F) -> Result<F::Output, Box<dyn Error>> {
    Ok(tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(BLOCKING_THREADS)
        .build()?
        .block_on(future))
}

/// The present, by the machine's clock.
pub(crate) fn now() -> jiff::Timestamp {
    casework::Ticking::now(&casework::SystemClock)
}

/// A number of bytes as people read it: "4.2 MB".
pub(crate) fn size(bytes: u64) -> String {
    let units = [("GB", 1_000_000_000_u64), ("MB", 1_000_000), ("kB", 1_000)];
    match units.into_iter().find(|(_, unit)| bytes >= *unit) {
        Some((name, unit)) => format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit),
        None => format!("{bytes} bytes"),
    }
}

/// How long something took, and how fast so many bytes went: "3.2 s, 41.0 MB a second".
pub(crate) fn pace(bytes: u64, took: std::time::Duration) -> String {
    let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX).max(1);
    let a_second = size(bytes.saturating_mul(1000) / millis);
    format!("{}.{} s, {a_second} a second", millis / 1000, millis % 1000 / 100)
}

/// Prints an answer. A reader that has gone away, as `head` does, has read what it wanted.
pub(crate) fn say(text: &str) -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
