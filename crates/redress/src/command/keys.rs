//! `redress keys`: the keys that an installation can get after it was made.

use std::process::ExitCode;

use clap::Subcommand;
use storage::Keys;

use super::{Answer, Installation, say};
use crate::config::Config;

/// What to do about keys.
#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// Make the key of sealed cases, in an installation from before there were any
    Sealed(Installation),
}

/// Runs the command.
pub(super) fn run(command: KeysCommand) -> Answer {
    let KeysCommand::Sealed(installation) = command;
    let folder = Config::load(&installation.config)?.storage.keys;
    // The others have to be there and fit: a folder of keys that lacks one is not made whole by another.
    Keys::load(&folder)?;
    Keys::create_sealed(&folder)?;
    say(&format!(
        "Made {}. Copy it to every node, keep it apart from the backups as the other keys (`redress backup keys save`), and restart.\n",
        folder.join("sealed.key").display()
    ))?;
    Ok(ExitCode::SUCCESS)
}
