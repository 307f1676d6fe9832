//! `redress directory key`: the keys of line managers, by which a complaint goes to them inside an encrypted letter.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use casework::{Office, letter_keys};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rules::case::Refused;
use rules::clock::full_date;
use rules::confidential::sealing::carried::NoKey;
use rules::confidential::sealing::letter_key::{LetterKey, MOST_BYTES, grouped, take};
use storage::openpgp;

use super::{Answer, Installation, block_on, say};
use crate::{config::Config, wiring};

type Fault = Box<dyn std::error::Error>;

/// What can be done with keys.
#[derive(Debug, Subcommand)]
pub(crate) enum LetterKeyCommand {
    /// Look at the public key in a file; with its fingerprint, as its owner said it, use it for letters to them
    Add(Add),
    /// List the keys that are known
    List(Installation),
    /// Take the key of a mailbox away: letters to it hold a link again
    Remove(Remove),
}

/// Which key, and for whom.
#[derive(Debug, Args)]
pub(crate) struct Add {
    /// An OpenPGP public key, as text or binary
    file: PathBuf,
    /// The mailbox of the line manager
    #[arg(long, value_name = "ADDRESS")]
    email: String,
    /// Its fingerprint, as its owner read it out: without this nothing is kept
    #[arg(long, value_name = "HEX")]
    fingerprint: Option<String>,
    #[command(flatten)]
    installation: Installation,
}

/// Whose key.
#[derive(Debug, Args)]
pub(crate) struct Remove {
    /// The mailbox
    email: String,
    #[command(flatten)]
    installation: Installation,
}

/// Runs the command.
pub(super) fn run(command: &LetterKeyCommand) -> Answer {
    let (LetterKeyCommand::Add(Add { installation, .. })
    | LetterKeyCommand::List(installation)
    | LetterKeyCommand::Remove(Remove { installation, .. })) = command;
    let config = Config::load(&installation.config)?;
    block_on(async {
        let office = wiring::office(&config).await?;
        let answer = answer(command, &office).await;
        office.close().await?;
        answer
    })?
}

async fn answer(command: &LetterKeyCommand, office: &Arc<Office>) -> Answer {
    match command {
        LetterKeyCommand::Add(add) => added(office, add).await,
        LetterKeyCommand::List(_) => listed(office).await,
        LetterKeyCommand::Remove(remove) => {
            letter_keys::take_away_by_command(office, &remove.email).await?;
            say("The key is taken away. Letters to them hold a link again.\n")?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn added(office: &Arc<Office>, add: &Add) -> Answer {
    let bytes = read(add)?;
    let key = take(openpgp::read(&bytes), &add.email, office.now()).map_err(in_words)?;
    let shown = described(&key, office.now());
    let Some(told) = &add.fingerprint else {
        say(&format!(
            "{shown}\nNothing was kept. Call its owner, compare the fingerprint, and run this again with --fingerprint and what they read out.\n"
        ))?;
        return Ok(ExitCode::FAILURE);
    };
    let digits: String = told.chars().filter(char::is_ascii_hexdigit).collect();
    if !digits.eq_ignore_ascii_case(&key.certificate.fingerprint) {
        return Err(format!(
            "the fingerprint of this key is {}, and not {told}: it is another key, or was mistyped. Nothing was kept",
            grouped(&key.certificate.fingerprint)
        )
        .into());
    }
    letter_keys::give_by_command(office, &add.email, &bytes).await?;
    say(&format!(
        "{shown}\nLetters to {} are encrypted to it from now on.\n",
        key.email
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn read(add: &Add) -> Result<Vec<u8>, Fault> {
    let name = add.file.display();
    let size = std::fs::metadata(&add.file)
        .map_err(|error| format!("{name}: {error}"))?
        .len();
    if size > MOST_BYTES as u64 {
        return Err(format!(
            "{name} is larger than {} KB, and a public key is a few KB",
            MOST_BYTES / 1024
        )
        .into());
    }
    Ok(std::fs::read(&add.file).map_err(|error| format!("{name}: {error}"))?)
}

/// A refusal of a form, without its fields.
fn in_words(refused: Refused) -> Fault {
    match refused {
        Refused::Fields { fields } => {
            let words: Vec<String> = fields.into_iter().map(|field| field.message).collect();
            words.join(". ").into()
        }
        other => other.to_string().into(),
    }
}

async fn listed(office: &Arc<Office>) -> Answer {
    let keys = letter_keys::all(office).await?;
    if keys.is_empty() {
        say("No key is known: every letter to a line manager holds a link.\n")?;
    }
    for key in &keys {
        say(&described(key, office.now()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn described(key: &LetterKey, now: Timestamp) -> String {
    let certificate = &key.certificate;
    let until = match (certificate.opens_now(now), certificate.good_until(now)) {
        (Err(why), _) => format!("Letters hold a link: {}", NoKey::from(why).words()),
        (Ok(_), Some(at)) => format!("Good until {}", full_date(TimeZone::UTC.to_datetime(at).date())),
        (Ok(_), None) => "It does not end".to_owned(),
    };
    format!(
        "{}\n    {}\n    {}\n    {until}\n",
        key.email,
        grouped(&certificate.fingerprint),
        certificate.users.join(", ")
    )
}
