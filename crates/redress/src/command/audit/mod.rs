//! `redress audit`: proof that the record was not altered, removed or reordered (R89).

mod check;
mod prove;
mod told;
mod verify;

use std::process::ExitCode;

use casework::evidence;
use clap::Subcommand;

use super::{Answer, Installation, block_on, say};
use crate::config::Config;
use crate::wiring;

/// What to prove.
#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Check every entry, the order of every case, and every checkpoint; or all that the log has of one case
    Verify(verify::Verify),
    /// Check a receipt that a complainant kept against the log as it is now
    Receipt(verify::ReceiptFile),
    /// Write a proof that the log holds every entry of a case, to be checked by anybody
    Prove(prove::Prove),
    /// Check a proof or a receipt with nothing but the file and our public key, on any machine
    Check(check::Check),
    /// Sign and print a checkpoint of the log, to be kept or published elsewhere
    Checkpoint(Installation),
    /// Print the checkpoints of month ends and our public key, for a yearly report
    Checkpoints(Checkpoints),
    /// Print the key with which anyone can check our checkpoints
    Key(Installation),
}

/// Which months.
#[derive(Debug, clap::Args)]
pub(crate) struct Checkpoints {
    /// The months of one year only
    #[arg(long)]
    year: Option<i16>,
    #[command(flatten)]
    installation: Installation,
}

/// Runs the command.
pub(super) fn run(audit: Audit) -> Answer {
    match audit {
        Audit::Verify(asked) => verify::run(&asked),
        Audit::Receipt(file) => verify::receipt(&file),
        Audit::Prove(asked) => prove::run(&asked),
        Audit::Check(asked) => check::run(&asked),
        Audit::Checkpoint(installation) => checkpoint(&installation),
        Audit::Checkpoints(asked) => checkpoints(&asked),
        Audit::Key(installation) => {
            let config = Config::load(&installation.config)?;
            say(&format!(
                "{}\n",
                storage::Keys::load(&config.storage.keys)?.verifier_key()
            ))?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn checkpoint(installation: &Installation) -> Answer {
    let config = Config::load(&installation.config)?;
    block_on(async {
        let office = wiring::office(&config).await?;
        casework::jobs::checkpoint::sign(&office).await?;
        let latest = evidence::latest_checkpoint(&office).await?;
        say(&format!(
            "{}\n",
            latest.ok_or("the log is empty: there is nothing to sign yet")?
        ))?;
        office.close().await?;
        Ok(ExitCode::SUCCESS)
    })?
}

fn checkpoints(asked: &Checkpoints) -> Answer {
    let config = Config::load(&asked.installation.config)?;
    block_on(async {
        let office = wiring::office(&config).await?;
        let mut published = evidence::published(&office).await?;
        published.retain(|one| asked.year.is_none_or(|year| one.month.period().first.year() == year));
        published.reverse();
        say(&told::checkpoints(
            &published,
            &office.store().keys().verifier_key().to_string(),
        ))?;
        office.close().await?;
        Ok(ExitCode::SUCCESS)
    })?
}
