//! `redress audit`: proof that the record was not altered, removed or reordered (R89).

use std::path::PathBuf;
use std::process::ExitCode;

use casework::evidence;
use clap::Subcommand;
use rules::audit::Receipt;
use storage::audit::Report;

use super::{Answer, Installation, block_on, say};
use crate::config::{Config, named};
use crate::wiring;

/// What to prove.
#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Check every entry, the order of every case, and every checkpoint
    Verify(Verify),
    /// Check a receipt that a complainant kept against the log as it is now
    Receipt(ReceiptFile),
    /// Sign and print a checkpoint of the log, to be kept or published elsewhere
    Checkpoint(Installation),
    /// Print the key with which anyone can check our checkpoints
    Key(Installation),
}

/// What is checked against.
#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    /// A checkpoint that was kept outside the database; may be repeated. Only these show that the end of the log was cut off
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
    #[command(flatten)]
    installation: Installation,
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
        Audit::Verify(asked) => {
            let kept = asked.checkpoint.iter().map(|file| named::text(file));
            verify(&asked.installation, None, kept.collect::<Result<_, _>>()?)
        }
        Audit::Receipt(receipt) => {
            let text = named::text(&receipt.file)?;
            let kept = Receipt::parse(&text)?;
            verify(&receipt.installation, Some(kept), Vec::new())
        }
        Audit::Checkpoint(installation) => {
            let config = Config::load(&installation.config)?;
            block_on(async {
                let office = wiring::office(&config).await?;
                casework::jobs::checkpoint::sign(&office).await?;
                let latest = evidence::latest_checkpoint(&office).await?;
                println!("{}", latest.ok_or("the log is empty: there is nothing to sign yet")?);
                office.close().await?;
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

/// The whole log; with a receipt also its own proof and its words, and that the log of today continues the one that it was given for.
fn verify(installation: &Installation, receipt: Option<Receipt>, mut outside: Vec<String>) -> Answer {
    let config = Config::load(&installation.config)?;
    block_on(async {
        let office = wiring::office(&config).await?;
        let mut wrong = Vec::new();
        if let Some(receipt) = &receipt {
            let head = receipt.head();
            let checked = evidence::check_receipt(&office, receipt)?;
            wrong = evidence::compare_receipt(&office, receipt, &checked).await?;
            say(&format!(
                "The receipt is for {}, received {}.\nIts proof holds: the log held this entry when the receipt was made.\n",
                head.reference,
                evidence::minute(head.received)
            ))?;
            outside.push(receipt.proof().checkpoint.to_text());
        }
        let mut report = evidence::verify_against(&office, outside).await?;
        report.faults.extend(wrong);
        if report.entries > 0 && report.checkpoints == 0 {
            report.faults.push(UNSIGNED.to_owned());
        }
        say(&told(&report))?;
        office.close().await?;
        Ok(match report.is_whole() {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        })
    })?
}

/// A checkpoint is signed by `redress init` and every minute while the log grows.
const UNSIGNED: &str = "no signed checkpoint agrees with the log, so nothing shows that its end was not cut off: \
    somebody took them away, or the server was stopped within its first minute";

fn told(report: &Report) -> String {
    let Report {
        entries,
        checkpoints,
        signed,
        erased,
        unread,
        faults,
    } = report;
    let mut text = format!(
        "{entries} entries; {checkpoints} signed checkpoints agree, the largest covers {signed} entries; {erased} entries were erased and still verify.\n"
    );
    if *unread > 0 {
        text.push_str(&format!(
            "{unread} entries of sealed cases verify, but were not opened: the key for them (sealed.key) is not here.\n"
        ));
    }
    for fault in faults {
        text.push_str(&format!("FAULT: {fault}.\n"));
    }
    if faults.is_empty() {
        text.push_str("The record is whole: nothing was altered, removed or reordered.\n");
    }
    text
}
