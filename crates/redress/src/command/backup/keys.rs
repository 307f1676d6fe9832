//! `redress backup keys`: the keys of the installation in one file, to be kept apart from its backups.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{New, passphrase, shown};
use crate::command::{Answer, Installation, say};
use crate::config::Config;

/// Which way.
#[derive(Debug, Subcommand)]
pub(crate) enum Keys {
    /// Write every key into one new file, sealed under a passphrase
    Save(Save),
    /// Put the keys of such a file back into the folder of keys, where none of them is
    Open(Open),
}

/// Where to.
#[derive(Debug, Args)]
pub(crate) struct Save {
    /// The new file
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// A file with the passphrase; asked for if there is none
    #[arg(long, value_name = "FILE", conflicts_with = "plain")]
    passphrase_file: Option<PathBuf>,
    /// Without a passphrase: for a medium that goes into a safe
    #[arg(long)]
    plain: bool,
    #[command(flatten)]
    installation: Installation,
}

/// Where from.
#[derive(Debug, Args)]
pub(crate) struct Open {
    /// The file
    #[arg(long, value_name = "FILE")]
    from: PathBuf,
    /// A file with the passphrase; asked for if there is none
    #[arg(long, value_name = "FILE", conflicts_with = "plain")]
    passphrase_file: Option<PathBuf>,
    /// The file was written without a passphrase
    #[arg(long)]
    plain: bool,
    #[command(flatten)]
    installation: Installation,
}

/// Runs the command.
pub(super) fn run(asked: &Keys) -> Answer {
    match asked {
        Keys::Save(save) => {
            let folder = Config::load(&save.installation.config)?.storage.keys;
            let words = match save.plain {
                true => None,
                false => Some(passphrase(save.passphrase_file.as_deref(), New::Yes)?),
            };
            let names = storage::Keys::put_apart(&folder, &save.to, words.as_deref())?;
            say(&format!(
                "{} in {}.\nKeep it apart from the backups and from the machine, and no longer than you must: whoever erases a case destroys its key in\n\
                 the database, and an old backup together with these keys would still open it.\n",
                names.join(", "),
                shown(&save.to).display()
            ))?;
        }
        Keys::Open(open) => {
            let folder = Config::load(&open.installation.config)?.storage.keys;
            let words = match open.plain {
                true => None,
                false => Some(passphrase(open.passphrase_file.as_deref(), New::No)?),
            };
            let names = storage::Keys::put_back(&open.from, &folder, words.as_deref())?;
            say(&format!("{} are in {}.\n", names.join(", "), folder.display()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
