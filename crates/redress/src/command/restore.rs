//! `redress restore`: a backup put back where nothing is, proved before anybody works on it.

use std::process::ExitCode;
use std::time::Instant;

use casework::files::check::Depth;
use clap::Args;
use storage::backup::{self, Part, Repository, Target};

use super::{Answer, Installation, backup as command, block_on, pace, say};
use crate::config::Config;
use crate::wiring;

/// What to put back.
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// Which backup, as `redress backup list` names it; without it the latest
    backup: Option<String>,
    /// With which keys of cases, as `redress backup list` names them; without it those of the backup, or the newest
    #[arg(long, value_name = "NAME")]
    keys: Option<String>,
    #[command(flatten)]
    installation: Installation,
}

/// Runs the command. It ends when the record and every file were checked.
#[allow(clippy::disallowed_methods, reason = "the person who waits is told how long it took")]
pub(super) fn run(asked: &Restore) -> Answer {
    let config = Config::load(&asked.installation.config)?;
    // Without its keys nothing of a backup could be read or proved.
    storage::Keys::load(&config.storage.keys)
        .map_err(|error| format!("{error}. Put the keys back first: `redress backup keys open --from FILE`"))?;
    let section = command::section(&config)?;
    let (repository, keys) = (command::repository(&section)?, command::key_repository(&section)?);
    let name = match &asked.backup {
        Some(name) => name.clone(),
        None => {
            let latest = Repository::names(&section.repository)?.into_iter().next();
            latest.ok_or("the repository holds no backup")?
        }
    };
    block_on(async {
        let began = Instant::now();
        let (at, files) = (config.storage.at()?, config.file_store()?);
        let part = Part::of(&keys, &name, asked.keys.as_deref())?;
        let target = Target { at: &at, files: &files };
        let restored = backup::restore(&repository, &name, part.as_ref(), target).await?;
        let bytes = restored.backup.files.iter().map(|file| file.length).sum();
        say(&format!(
            "{name} of {} is back in {}: {} rows of {} tables, each table as it was kept; {} files, {} of them written. {}.\n",
            restored.backup.made_at.strftime("%Y-%m-%d %H:%M UTC"),
            at.words(),
            restored.backup.rows(),
            restored.backup.tables.len(),
            restored.backup.files.len(),
            restored.files_written,
            pace(bytes, began.elapsed())
        ))?;
        if let Some(part) = part.filter(|_| restored.backup.keys_apart) {
            say(&format!("Its cases are opened by the keys {}.\n", part.name()))?;
        }
        prove(&config).await
    })?
}

/// Checks the whole record, and every file against the record.
async fn prove(config: &Config) -> Answer {
    let office = wiring::office(config).await?;
    let again = casework::retention::finish_half_erased(&office).await?;
    let report = storage::audit::verify(office.store()).await?;
    let files = casework::files::check::check(&office, Depth::Bytes).await?;
    office.close().await?;
    let mut text = match again {
        0 => String::new(),
        1 => "One case had been erased since and is erased again.\n".to_owned(),
        many => format!("{many} cases had been erased since and are erased again.\n"),
    };
    for fault in &report.faults {
        text.push_str(&format!("FAULT: {fault}.\n"));
    }
    for fault in &files.faults {
        text.push_str(&format!("FAULT: {fault}.\n"));
    }
    let whole = report.is_whole() && files.faults.is_empty();
    text.push_str(&match whole {
        true => format!(
            "The record is whole: {} entries, {} signed checkpoints agree; {} files are as the record says.\n\
             Whatever was done after the backup is not here.\n",
            report.entries, report.checkpoints, files.whole
        ),
        false => {
            "What came back is not whole. Let nobody work on it; try an earlier backup into another place.\n".to_owned()
        }
    });
    say(&text)?;
    Ok(match whole {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
