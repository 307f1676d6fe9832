//! `redress backup`: the database and the files into a repository, beside the running server.

mod keys;
mod told;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, Subcommand};
use storage::backup::{self, Repositories, Repository, Source};
use storage::{BackupKey, Keys, StorageError};

use super::{Answer, Installation, block_on, now, say, size};
use crate::config::{self, Config, named};

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
            let section = section(&Config::load(&asked.installation.config)?)?;
            say(&prune(&repository(&section)?, asked.keep)?)?;
            say(&prune_keys(&key_repository(&section)?, section.keep_keys)?)?;
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

/// The repository of keys, which is made where it is not there yet: installations that are older than it go on with the next backup.
pub(super) fn key_repository(section: &config::Backup) -> Result<Repository, Fault> {
    let (path, key) = (section.keys(), BackupKey::load(&section.key)?);
    Ok(match path.join("redress-backups").exists() {
        true => Repository::open(&path, key)?,
        false => Repository::init(&path, key)?,
    })
}

fn init(installation: &Installation) -> Answer {
    let config = Config::load(&installation.config)?;
    let section = section(&config)?;
    let (repository, files) = (&section.repository, &config.storage.files);
    if section.key.starts_with(repository)
        || config.storage.keys.starts_with(repository)
        || repository.starts_with(files)
        || section.keys().starts_with(repository)
        || repository.starts_with(section.keys())
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
    let keys = key_repository(&section)?;
    say(&format!(
        "Made the repository {} and beside it {} for the keys of cases, under the key {}.\n\n\
         Whoever has this key can read every backup; without it nobody can. It is in no backup. Keep a copy of it, and of the keys of the\n\
         installation, in a place that burns down with neither the machine nor the repository:\n\n  redress backup keys save --to FILE\n\n\
         Then run `redress backup --keep 30` every night.\n",
        repository.display(),
        keys.path().display(),
        section.key.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

#[allow(clippy::disallowed_methods, reason = "the person who waits is told how long it took")]
fn make(asked: &Make) -> Answer {
    let config = Config::load(&asked.installation.config)?;
    let section = section(&config)?;
    let (repository, keys_apart) = (repository(&section)?, key_repository(&section)?);
    let files = config.file_store()?;
    let keys = Keys::load(&config.storage.keys)?;
    block_on(async {
        let began = Instant::now();
        let at = config.storage.at()?;
        let source = Source {
            at: &at,
            files: &files,
            keys: &keys,
        };
        let into = Repositories {
            data: &repository,
            keys: &keys_apart,
        };
        let made = backup::make(into, source, now(), env!("CARGO_PKG_VERSION")).await;
        let made = made.map_err(|error| told::on_which_side(error, &at.words()))?;
        say(&told::summary(&made, began.elapsed()))?;
        match (asked.keep, made.backup.is_proved()) {
            (Some(keep), true) => say(&prune(&repository, keep)?)?,
            (Some(_), false) => say(told::NOTHING_TAKEN_AWAY)?,
            (None, _) => {}
        }
        if made.backup.is_proved() {
            say(&prune_keys(&keys_apart, section.keep_keys)?)?;
        }
        // A backup that lacks something or holds a record that is not whole is one, and somebody must look.
        Ok(match made.backup.missing.is_empty() && made.backup.is_proved() {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        })
    })?
}

fn list(installation: &Installation) -> Answer {
    let section = section(&Config::load(&installation.config)?)?;
    let repository = repository(&section)?;
    let names = Repository::names(repository.path())?;
    let keys = Repository::names(key_repository(&section)?.path())?;
    let mut text = String::new();
    for name in &names {
        let own = if keys.contains(name) {
            told::Keys::OfItsOwn
        } else {
            told::Keys::Newer
        };
        text.push_str(&told::line(name, &repository.list(name)?, own));
    }
    if names.is_empty() {
        text.push_str("There is no backup yet.\n");
    }
    say(&text)?;
    Ok(ExitCode::SUCCESS)
}

#[allow(clippy::disallowed_methods, reason = "the person who waits is told how long it took")]
fn verify(asked: &Verify) -> Answer {
    let section = section(&Config::load(&asked.installation.config)?)?;
    let (repository, keys) = (repository(&section)?, key_repository(&section)?);
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
        whole &= found.faults.is_empty();
        say(&told::verdict(&name, &found, began.elapsed()))?;
    }
    for name in Repository::names(keys.path())? {
        let found = backup::verify(&keys, &name)?;
        whole &= found.faults.is_empty();
        say(&told::keys_verdict(&name, &found))?;
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

fn prune_keys(keys: &Repository, keep: NonZeroUsize) -> Result<String, StorageError> {
    let pruned = backup::prune(keys, keep)?;
    Ok(match pruned.backups.len() {
        0 => String::new(),
        parts => format!("Taken away: {parts} parts of keys that are older than the latest {keep}.\n"),
    })
}

/// A passphrase from a file, or asked for; nobody is asked twice where it only opens.
fn passphrase(file: Option<&Path>, new: New) -> Result<String, Fault> {
    if let Some(file) = file {
        return Ok(named::text(file)?.trim_end().to_owned());
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
