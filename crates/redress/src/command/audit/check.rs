//! `redress audit check FILE --key KEY`: a proof or a receipt, checked with nothing but the file and the public key.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rules::audit::{CaseProof, Receipt, SignedCheckpoint, TrustedCheckpoint, TrustedKeys, VerifierKey};

use super::super::{Answer, say};
use crate::config::named;

/// What is checked, and with which key.
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// The proof of a case, or a receipt, as it was saved
    file: PathBuf,
    /// The public key, from a place that cannot be changed unseen: the line itself, or a file that holds it
    #[arg(long)]
    key: String,
    /// The receipt of the case: the proof has to begin with the entry that it was given for
    #[arg(long, value_name = "FILE")]
    receipt: Option<PathBuf>,
    /// A checkpoint that you hold: the proof has to lead to this one
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
}

type Keys = TrustedKeys<fn(&[u8; 32], &[u8], &[u8; 64]) -> bool>;

/// Checks the file. No installation is needed and none is asked.
pub(super) fn run(asked: &Check) -> Answer {
    let keys: Keys = TrustedKeys::new([key(&asked.key)?], storage::signature_holds);
    let text = named::text(&asked.file)?;
    let (mut words, checkpoint) = match CaseProof::is_meant(&text) {
        true => proof(&text, &keys, asked.receipt.as_deref())?,
        false if asked.receipt.is_some() => return Err("--receipt belongs to the proof of a case".into()),
        false => receipt(&text, &keys)?,
    };
    if let Some(held) = &asked.checkpoint {
        let held = SignedCheckpoint::parse(&named::text(held)?)?.trust(&keys)?;
        words.push_str(&is_held(&checkpoint, &held)?);
    }
    say(&words)?;
    Ok(ExitCode::SUCCESS)
}

/// The key as it was given: the line, or the first line of a file that is one.
fn key(given: &str) -> Result<VerifierKey, Box<dyn Error>> {
    if let Ok(key) = given.trim().parse() {
        return Ok(key);
    }
    let path = Path::new(given);
    if !path.exists() {
        let reason = given.trim().parse::<VerifierKey>().err();
        let reason = reason.map_or_else(String::new, |reason| format!(": {reason}"));
        return Err(format!("\"{given}\" is neither a public key nor a file that holds one{reason}").into());
    }
    let text = named::text(path)?;
    let line = text.lines().map(str::trim).find(|line| !line.is_empty());
    Ok(line.unwrap_or_default().parse()?)
}

fn proof(text: &str, keys: &Keys, receipt: Option<&Path>) -> Result<(String, TrustedCheckpoint), Box<dyn Error>> {
    let proof = CaseProof::parse(text)?;
    let checkpoint = proof.check(keys)?;
    let (reference, count) = (proof.reference(), proof.entries().len());
    let mut words = format!(
        "The proof holds: {count} entries are among the first {} of the log {}, and the key that you gave signed that.\n",
        checkpoint.size(),
        checkpoint.origin()
    );
    match receipt {
        Some(file) => {
            let receipt = Receipt::parse(&named::text(file)?)?;
            receipt.check(keys)?;
            proof.begins_with(&receipt)?;
            words.push_str(&format!(
                "It begins with the entry that the receipt for {reference} was given for.\n"
            ));
        }
        None => words.push_str(&format!(
            "That these are the entries of {reference} is the word of whoever made the proof; give the receipt of the case too (--receipt) to see that it begins with its first.\n"
        )),
    }
    Ok((words, checkpoint))
}

fn receipt(text: &str, keys: &Keys) -> Result<(String, TrustedCheckpoint), Box<dyn Error>> {
    let receipt = Receipt::parse(text)?;
    let checked = receipt.check(keys)?;
    let words = format!(
        "The receipt holds: its entry is among the first {} of the log {}, and the key that you gave signed that.\n{}\n",
        checked.checkpoint().size(),
        checked.checkpoint().origin(),
        match checked.entry() {
            Some(entry) => format!(
                "The entry is about {} and was recorded at {}.",
                entry.header.stream, entry.header.at
            ),
            None => "The receipt shows no entry, only its fingerprint.".to_owned(),
        }
    );
    Ok((words, checked.checkpoint().clone()))
}

fn is_held(shown: &TrustedCheckpoint, held: &TrustedCheckpoint) -> Result<String, Box<dyn Error>> {
    if shown == held {
        return Ok("Its checkpoint is the one that you hold.\n".to_owned());
    }
    let (shown, held) = (shown.size(), held.size());
    Err(match shown == held {
        true => format!(
            "Two different logs of {shown} entries were signed with this key: the one that you hold and the one of this file. That is proof that the log was rewritten"
        ),
        false => format!(
            "the file leads to a checkpoint of {shown} entries, and the one that you hold covers {held}. Ask for a proof against yours (`redress audit prove --against FILE`)"
        ),
    }
    .into())
}
