//! `redress database move`: everything from SQLite to PostgreSQL or back, with proof that nothing changed on the way.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, Subcommand};
use storage::{At, Keys, Store, audit, moving};

use super::{Answer, Installation, block_on, now, say};
use crate::config::{self, Config, Place, server_at};

/// What to do with the database.
#[derive(Debug, Subcommand)]
pub(crate) enum Database {
    /// Copy every table into an empty database, compare both, and print the lines of the configuration to change
    Move(Move),
}

/// Where to.
#[derive(Debug, Args)]
pub(crate) struct Move {
    /// The new database: a file that is not there, or the address of a PostgreSQL server with an empty schema
    #[arg(long, value_name = "ADDRESS OR FILE")]
    to: String,
    /// A file with the password of the new server
    #[arg(long, value_name = "FILE")]
    to_password_file: Option<PathBuf>,
    /// A PEM file with certificates to trust for the new server
    #[arg(long, value_name = "FILE")]
    to_roots: Option<PathBuf>,
    #[command(flatten)]
    installation: Installation,
}

type Fault = Box<dyn std::error::Error>;

/// Runs the command.
#[allow(clippy::disallowed_methods, reason = "the person who waits is told how long it took")]
pub(super) fn run(database: &Database) -> Answer {
    let Database::Move(asked) = database;
    let config = Config::load(&asked.installation.config)?;
    let (from, to) = (config.storage.at()?, asked.at()?);
    block_on(async {
        let began = Instant::now();
        // Opened as every command opens it: brought up to this version, and its record checked while nobody waits.
        prove(
            &config
                .storage
                .open(config::Database::Kept, config.file_store()?)
                .await?,
            &from,
        )
        .await?;
        let moved = moving::run(&from, &to, now()).await?;
        let mut text = String::new();
        for table in &moved {
            let hash = table.tally.sha256.get(..16).unwrap_or_default();
            text.push_str(&format!(
                "{:<20} {:>10} rows  {hash}  the same on both sides\n",
                table.table, table.tally.rows
            ));
        }
        let rows: u64 = moved.iter().map(|table| table.tally.rows).sum();
        text.push_str(&format!(
            "{} tables with {rows} rows moved from {} to {} in {:.1} s.\n",
            moved.len(),
            from.words(),
            to.words(),
            began.elapsed().as_secs_f64()
        ));
        say(&text)?;
        prove(&open(&to, &config).await?, &to).await?;
        say(&asked.lines(&config))?;
        Ok(ExitCode::SUCCESS)
    })?
}

async fn open(at: &At, config: &Config) -> Result<Store, Fault> {
    let (keys, files) = (Keys::load(&config.storage.keys)?, config.file_store()?);
    Ok(Store::open_at(at, files, keys).await?)
}

/// Checks the whole record of a database and closes it.
async fn prove(store: &Store, at: &At) -> Result<(), Fault> {
    let report = audit::verify(store).await?;
    store.close().await?;
    match report.faults.first() {
        None => Ok(say(&format!(
            "The record of {} is whole: {} entries, {} signed checkpoints agree.\n",
            at.words(),
            report.entries,
            report.checkpoints
        ))?),
        Some(first) => {
            let words = format!(
                "the record of {} is not whole ({} faults; the first: {first}). See `redress audit verify`",
                at.words(),
                report.faults.len()
            );
            Err(words.into())
        }
    }
}

impl Move {
    fn at(&self) -> Result<At, Fault> {
        match Place::read(&self.to) {
            Place::File(_) if self.to_password_file.is_some() || self.to_roots.is_some() => {
                Err("--to-password-file and --to-roots are for a server; a file needs neither".into())
            }
            Place::File(path) => Ok(At::File(path)),
            Place::Server(address) => {
                let (password, roots) = (self.to_password_file.as_deref(), self.to_roots.as_deref());
                Ok(At::Server(Box::new(server_at(&address, password, roots)?)))
            }
        }
    }

    /// The lines of the configuration to change. It is not rewritten: comments and order are its owner's.
    fn lines(&self, config: &Config) -> String {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let absolute = |path: &Path| {
            std::path::absolute(path)
                .unwrap_or_else(|_| path.to_owned())
                .display()
                .to_string()
        };
        let database = match Place::read(&self.to) {
            Place::File(path) => absolute(&path),
            Place::Server(address) => address,
        };
        let mut lines = vec![format!("database = {}", quoted(&database))];
        for (name, file) in [
            ("database_password_file", &self.to_password_file),
            ("database_roots", &self.to_roots),
        ] {
            match file {
                Some(file) => lines.push(format!("{name} = {}", quoted(&absolute(file)))),
                None => lines.push(format!("# {name} is not needed: take the line away if there is one")),
            }
        }
        format!(
            "\nFiles stay where they are: {}. Nothing was changed in {}. Change these lines of [storage] in it:\n\n  {}\n\n\
             Then start the server and run `redress doctor`. Keep the old database until you are sure, and let no server run over it again:\n\
             what is done there would be missing here.\n",
            match config.file_store() {
                Ok(files) => files.place(),
                Err(error) => error.to_string(),
            },
            self.installation.config.display(),
            lines.join("\n  ")
        )
    }
}
