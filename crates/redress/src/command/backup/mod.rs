//! `redress backup`: the database and the files into a repository, beside the running server.

mod keys;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, Subcommand};
use storage::backup::{self, Made, Repository};
use storage::{BackupKey, StorageError};

use super::{Answer, Installation, block_on, now, pace, say, size};
use crate::config::{self, Config};

/// What to do; without a word a backup is made.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Backup {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    make: Make,
}

#[derive(Debug, Args)]
struct Make {
    /// Keep so many of the latest backups and take the others away, once the new one is made
    #[arg(long, value_name = "NUMBER")]
    keep: Option<NonZeroUsize>,
    #[command(flatten)]
    installation: Installation,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make an empty repository and, if there is none yet, the key of backups
    Init(Installation),
    /// Say which backups there are
    List(Installation),
    /// Read everything of a backup back and compare it with what was kept
    Verify(Verify),
    /// Keep the latest backups only
    Prune(Prune),
    /// The keys of the installation, which are in no backup
    #[command(subcommand)]
    Keys(keys::Keys),
}

#[derive(Debug, Args)]
struct Verify {
    /// Which backup; without it all of them
    backup: Option<String>,
    #[command(flatten)]
    installation: Installation,
}

#[derive(Debug, Args)]
struct Prune {
    /// How many to keep
    #[arg(long, value_name = "NUMBER")]
    keep: NonZeroUsize,
    #[command(flatten)]
    installation: Installation,
}

/// Runs the command.
pub(super) fn run(backup: Backup) -> Answer {
    match backup.what {
        None => make(&backup.make),
        Some(What::Init(installation)) => init(&installation),
        Some(What::List(installation)) => list(&installation),
        Some(What::Verify(asked)) => verify(&asked),
        Some(What::Prune(asked)) => {
            let repository = repository(&section(&Config::load(&asked.installation.config)?)?)?;
            say(&prune(&repository, asked.keep)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(What::Keys(asked)) => keys::run(&asked),
    }
}

type Fault = Box<dyn std::error::Error>;

/// The section of the configuration, or words for where it is missing.
pub(super) fn section(config: &Config) -> Result<config::Backup, Fault> {
    let none = "the configuration has no [backup]: add it with `repository = \"FOLDER\"`, on another disk or machine";
    config.backup.clone().ok_or_else(|| none.into())
}

/// The repository that a configuration names.
pub(super) fn repository(section: &config::Backup) -> Result<Repository, Fault> {
    Ok(Repository::open(&section.repository, BackupKey::load(&section.key)?)?)
}

fn init(installation: &Installation) -> Answer {
    let config = Config::load(&installation.config)?;
    let section = section(&config)?;
    let (repository, files) = (&section.repository, &config.storage.files);
    if section.key.starts_with(repository)
        || config.storage.keys.starts_with(repository)
        || repository.starts_with(files)
    {
        return Err(
            "keys and backups must lie apart from each other, and backups apart from the files: choose another folder"
                .into(),
        );
    }
    let key = match section.key.exists() {
        true => BackupKey::load(&section.key)?,
        false => BackupKey::create(&section.key)?,
    };
    Repository::init(repository, key)?;
    say(&format!(
        "Made the repository {} under the key {}.\n\n\
         Whoever has this key can read every backup; without it nobody can. It is in no backup. Keep a copy of it, and of the keys of the\n\
         installation, in a place that burns down with neither the machine nor the repository:\n\n  redress backup keys save --to FILE\n\n\
         Then run `redress backup --keep 30` every night.\n",
        repository.display(),
        section.key.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

#[allow(clippy::disallowed_methods, reason = "the person who waits is told how long it took")]
fn make(asked: &Make) -> Answer {
    let config = Config::load(&asked.installation.config)?;
    let repository = repository(&section(&config)?)?;
    let files = config.file_store()?;
    block_on(async {
        let began = Instant::now();
        let at = config.storage.at()?;
        let made = backup::make(&repository, &at, &files, now(), env!("CARGO_PKG_VERSION")).await;
        let made = made.map_err(|error| told(error, &at.words()))?;
        say(&summary(&made, began.elapsed()))?;
        if let Some(keep) = asked.keep {
            say(&prune(&repository, keep)?)?;
        }
        // A backup that lacks something is one, and somebody must look.
        Ok(match made.backup.missing.is_empty() {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        })
    })?
}

/// On which side something went wrong.
fn told(error: StorageError, database: &str) -> Fault {
    match error {
        StorageError::DiskFull => format!(
            "the disk of {database} is full: a copy of it has no room beside it. No backup was made; the earlier ones are as they were"
        )
        .into(),
        other => other.into(),
    }
}

fn summary(made: &Made, took: std::time::Duration) -> String {
    let Made {
        name,
        backup,
        new,
        known,
        files_known,
    } = made;
    let mut text = format!(
        "Backup {name} is whole: {} rows of {} tables and {} files, {}.\n\
         Written: {} chunks, {}, sealed and read back. There already: {} chunks, {}; {files_known} files.\n\
         {}.\n",
        backup.rows(),
        backup.tables.len(),
        backup.files.len(),
        size(new.1 + known.1),
        new.0,
        size(new.1),
        known.0,
        size(known.1),
        pace(new.1 + known.1, took)
    );
    for id in &backup.missing {
        text.push_str(&format!(
            "The file {id} is named by the database and is not there. `redress doctor` says whose it is.\n"
        ));
    }
    text
}

fn list(installation: &Installation) -> Answer {
    let repository = repository(&section(&Config::load(&installation.config)?)?)?;
    let names = Repository::names(repository.path())?;
    let mut text = String::new();
    for name in &names {
        let backup = repository.list(name)?;
        text.push_str(&format!(
            "{name}  {}  {:>10} rows  {:>7} files  {} {}\n",
            backup.made_at.strftime("%Y-%m-%d %H:%M UTC"),
            backup.rows(),
            backup.files.len(),
            backup.engine,
            match backup.missing.len() {
                0 => String::new(),
                many => format!(" {many} files missing"),
            }
        ));
    }
    if names.is_empty() {
        text.push_str("There is no backup yet.\n");
    }
    say(&text)?;
    Ok(ExitCode::SUCCESS)
}

#[allow(clippy::disallowed_methods, reason = "the person who waits is told how long it took")]
fn verify(asked: &Verify) -> Answer {
    let repository = repository(&section(&Config::load(&asked.installation.config)?)?)?;
    let names = match &asked.backup {
        Some(name) => vec![name.clone()],
        None => Repository::names(repository.path())?,
    };
    let mut whole = !names.is_empty();
    if names.is_empty() {
        say("There is no backup yet.\n")?;
    }
    for name in names {
        let began = Instant::now();
        let found = backup::verify(&repository, &name)?;
        let mut text = String::new();
        for fault in &found.faults {
            text.push_str(&format!("FAULT in {name}: {fault}.\n"));
        }
        let verdict = if found.faults.is_empty() { "whole" } else { "NOT whole" };
        text.push_str(&format!(
            "{name} is {verdict}: {} rows and {} files are as they were kept; {}.\n",
            found.rows,
            found.files,
            pace(found.bytes, began.elapsed())
        ));
        whole &= found.faults.is_empty();
        say(&text)?;
    }
    Ok(match whole {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}

fn prune(repository: &Repository, keep: NonZeroUsize) -> Result<String, StorageError> {
    let pruned = backup::prune(repository, keep)?;
    Ok(format!(
        "Taken away: {} backups that are older than the latest {keep}, and with them {} chunks, {}.\n",
        pruned.backups.len(),
        pruned.chunks.0,
        size(pruned.chunks.1)
    ))
}

/// A passphrase from a file, or asked for; nobody is asked twice where it only opens.
fn passphrase(file: Option<&Path>, new: New) -> Result<String, Fault> {
    if let Some(file) = file {
        return Ok(super::procedure::read(file)?.trim_end().to_owned());
    }
    let words = rpassword::prompt_password("Passphrase (five words or more): ")?;
    if new == New::Yes && rpassword::prompt_password("The same again: ")? != words {
        return Err("they were not the same; nothing was written".into());
    }
    Ok(words)
}

/// Whether a passphrase is chosen or only said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum New {
    Yes,
    No,
}

/// A path for messages.
fn shown(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
