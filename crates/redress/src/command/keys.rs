//! `redress keys`: the keys that an installation can get after it was made.

use std::error::Error;
use std::process::ExitCode;

use clap::Subcommand;
use storage::{Keys, StorageError, key_fit};

use super::{Answer, Installation, block_on, say};
use crate::config::{Config, Database};

/// What to do about keys.
#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// Make the key of sealed cases, in an installation from before there were any
    Sealed(Installation),
}

/// Runs the command.
pub(super) fn run(command: KeysCommand) -> Answer {
    let KeysCommand::Sealed(installation) = command;
    let config = Config::load(&installation.config)?;
    let folder = &config.storage.keys;
    // The others have to be there and fit: a folder of keys that lacks one is not made whole by another.
    Keys::load(folder)?;
    block_on(nothing_is_sealed(&config))??;
    Keys::create_sealed(folder)?;
    say(&format!(
        "Made {}. Copy it to every node, keep it apart from the backups as the other keys (`redress backup keys save`), and restart.\n",
        folder.join("sealed.key").display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

/// Where cases are sealed there was a key, and a new one would open none of them: the old one has to come back.
async fn nothing_is_sealed(config: &Config) -> Result<(), Box<dyn Error>> {
    let store = config.storage.open(Database::Kept, config.file_store()?).await?;
    let sealed: Result<bool, StorageError> = store.read(|tx| Box::pin(key_fit::has_sealed(tx))).await;
    store.close().await?;
    match sealed? {
        false => Ok(()),
        true => Err("there are sealed cases, and a new key would open none of them. Put sealed.key back from where the keys are kept apart (`redress backup keys open`). Nothing was made".into()),
    }
}
