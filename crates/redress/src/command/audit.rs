//! `redress audit`: proof that the record was not altered, removed or reordered (R89).

use std::path::PathBuf;
use std::process::ExitCode;

use casework::evidence;
use clap::Subcommand;
use rules::audit::Receipt;
use storage::audit::Report;

use super::{Answer, Installation, block_on, procedure};
use crate::{config::Config, wiring};

/// What to prove.
#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Check every entry, the order of every case, and every checkpoint
    Verify(Installation),
    /// Check a receipt that a complainant kept against the log as it is now
    Receipt(ReceiptFile),
    /// Sign and print a checkpoint of the log, to be kept or published elsewhere
    Checkpoint(Installation),
    /// Print the key with which anyone can check our checkpoints
    Key(Installation),
}

/// Which receipt.
#[derive(Debug, clap::Args)]
pub(crate) struct ReceiptFile {
    /// The receipt as it was saved
    file: PathBuf,
    #[command(flatten)]
    installation: Installation,
}

/// Runs the command.
pub(super) fn run(audit: Audit) -> Answer {
    match audit {
        Audit::Verify(installation) => verify(&installation, None),
        Audit::Receipt(receipt) => {
            let text = procedure::read(&receipt.file)?;
            let kept = Receipt::parse(&text)?;
            println!(
                "The receipt is for {}, received {}.",
                kept.head().reference,
                kept.head().received
            );
            verify(&receipt.installation, Some(kept))
        }
        Audit::Checkpoint(installation) => {
            let config = Config::load(&installation.config)?;
            block_on(async {
                let office = wiring::office(&config).await?;
                casework::jobs::checkpoint::sign(&office).await?;
                let latest = evidence::latest_checkpoint(&office).await?;
                println!("{}", latest.ok_or("the log is empty: there is nothing to sign yet")?);
                office.store().close().await?;
                Ok(ExitCode::SUCCESS)
            })?
        }
        Audit::Key(installation) => {
            let config = Config::load(&installation.config)?;
            println!("{}", storage::Keys::load(&config.storage.keys)?.verifier_key());
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// The whole log; with a receipt also its own proof, and that the log of today continues the one that it was given for.
fn verify(installation: &Installation, receipt: Option<Receipt>) -> Answer {
    let config = Config::load(&installation.config)?;
    block_on(async {
        let office = wiring::office(&config).await?;
        let mut outside = Vec::new();
        if let Some(receipt) = &receipt {
            evidence::check_receipt(&office, receipt)?;
            println!("Its proof holds: the log held this entry when the receipt was made.");
            outside.push(receipt.proof().checkpoint.to_text());
        }
        let report = evidence::verify_against(&office, outside).await?;
        print(&report);
        office.store().close().await?;
        Ok(if report.is_whole() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    })?
}

fn print(report: &Report) {
    let Report {
        entries,
        checkpoints,
        signed,
        erased,
        faults,
    } = report;
    println!(
        "{entries} entries; {checkpoints} signed checkpoints agree, the largest covers {signed} entries; {erased} entries were erased and still verify."
    );
    for fault in faults {
        println!("FAULT: {fault}.");
    }
    if faults.is_empty() {
        println!("The record is whole: nothing was altered, removed or reordered.");
    }
}
