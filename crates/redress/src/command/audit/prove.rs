//! `redress audit prove FC-10482`: a proof of a case for somebody who has nothing of ours but the public key.

use std::path::PathBuf;
use std::process::ExitCode;

use casework::{ActError, evidence};
use rules::case::Reference;

use super::super::{Answer, Installation, block_on, say};
use crate::config::{Config, named};
use crate::wiring;

/// Which case, against which checkpoint, and where the proof goes.
#[derive(Debug, clap::Args)]
pub(crate) struct Prove {
    /// The case: FC-10482
    case: Reference,
    /// A new file for the proof; without it it is printed
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// A checkpoint that whoever gets the proof holds already, for instance a published one; without it the latest is used
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    #[command(flatten)]
    installation: Installation,
}

/// Writes the proof.
pub(super) fn run(asked: &Prove) -> Answer {
    let against = asked.against.as_deref().map(named::text).transpose()?;
    let config = Config::load(&asked.installation.config)?;
    block_on(async {
        let office = wiring::office(&config).await?;
        let proof = match evidence::prove_case(&office, &asked.case, against).await {
            Err(ActError::NotFound) => return Err(format!("the log has no entry of {}", asked.case).into()),
            proof => proof?,
        };
        office.close().await?;
        match &asked.to {
            None => say(&proof)?,
            Some(file) => {
                write_new(file, &proof).map_err(|error| format!("{} cannot be written: {error}", file.display()))?;
                say(&format!("Wrote {}.\n", file.display()))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    })?
}

fn write_new(file: &std::path::Path, text: &str) -> std::io::Result<()> {
    let mut new = std::fs::File::create_new(file)?;
    std::io::Write::write_all(&mut new, text.as_bytes())
}
