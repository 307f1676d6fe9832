//! `redress audit verify` and `redress audit receipt`: the whole log, or one case, against its checkpoints and those that were kept elsewhere.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use casework::{ActError, Office, evidence};
use rules::audit::Receipt;
use rules::case::Reference;

use super::super::{Answer, Installation, block_on, say};
use super::told;
use crate::config::{Config, named};
use crate::wiring;

/// What is checked, and against what.
#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    /// One case, with its sealed record: FC-10482. Without it the whole log is checked
    case: Option<Reference>,
    /// A checkpoint that was kept outside the database; may be repeated. Only these show that the end of the log was cut off
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
    /// Answer with one JSON object, for monitoring
    #[arg(long)]
    json: bool,
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

/// Checks the whole log or one case.
pub(super) fn run(asked: &Verify) -> Answer {
    let kept: Result<Vec<String>, _> = asked.checkpoint.iter().map(|file| named::text(file)).collect();
    let kept = kept?;
    let config = Config::load(&asked.installation.config)?;
    block_on(async {
        let office = wiring::office(&config).await?;
        let (text, is_whole) = match &asked.case {
            Some(case) => one_case(&office, case, kept, asked.json).await?,
            None => whole_log(&office, kept, asked.json).await?,
        };
        say(&text)?;
        office.close().await?;
        Ok(exit(is_whole))
    })?
}

/// The whole log, and that the log of today continues the one that a receipt was given for; its own proof and its words too.
pub(super) fn receipt(file: &ReceiptFile) -> Answer {
    let receipt = Receipt::parse(&named::text(&file.file)?)?;
    let config = Config::load(&file.installation.config)?;
    block_on(async {
        let office = wiring::office(&config).await?;
        let head = receipt.head();
        let checked = evidence::check_receipt(&office, &receipt)?;
        let wrong = evidence::compare_receipt(&office, &receipt, &checked).await?;
        say(&format!(
            "The receipt is for {}, received {}.\nIts proof holds: the log held this entry when the receipt was made.\n",
            head.reference,
            evidence::minute(head.received)
        ))?;
        let outside = vec![receipt.proof().checkpoint.to_text()];
        let mut report = evidence::verify_against(&office, outside).await?;
        report.faults.extend(wrong);
        said_of_signatures(&mut report);
        say(&told::log(&report))?;
        office.close().await?;
        Ok(exit(report.is_whole()))
    })?
}

async fn whole_log(office: &Office, kept: Vec<String>, json: bool) -> Result<(String, bool), Box<dyn Error>> {
    let mut report = evidence::verify_against(office, kept).await?;
    said_of_signatures(&mut report);
    let text = match json {
        true => format!("{}\n", serde_json::to_string_pretty(&report)?),
        false => told::log(&report),
    };
    Ok((text, report.is_whole()))
}

async fn one_case(
    office: &Office,
    case: &Reference,
    kept: Vec<String>,
    json: bool,
) -> Result<(String, bool), Box<dyn Error>> {
    let report = match evidence::verify_case(office, case, kept).await {
        Err(ActError::NotFound) => return Err(format!("the log has no entry of {case}").into()),
        checked => checked?,
    };
    let text = match json {
        true => format!("{}\n", serde_json::to_string_pretty(&report)?),
        false => told::case(&report),
    };
    Ok((text, report.is_whole()))
}

/// A checkpoint is signed by `redress init` and every minute while the log grows.
const UNSIGNED: &str = "no signed checkpoint agrees with the log, so nothing shows that its end was not cut off: \
    somebody took them away, or the server was stopped within its first minute";

fn said_of_signatures(report: &mut storage::audit::Report) {
    if report.entries > 0 && report.checkpoints == 0 {
        report.faults.push(UNSIGNED.to_owned());
    }
}

fn exit(is_whole: bool) -> ExitCode {
    match is_whole {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
