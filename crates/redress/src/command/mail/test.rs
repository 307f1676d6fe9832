//! `redress mail test`: whether mail goes out and comes in, in words, beside the running product or without it.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use casework::Office;
use casework::mail::trial;
use channels::trial::{self as trials, Parts};
use clap::Args;
use rules::mail::{Check, Found, Trial};
use tokio::sync::mpsc::unbounded_channel;

use crate::command::{Answer, Installation, block_on, now, say};
use crate::config::Config;
use crate::trial::parts;
use crate::{chain, wiring};

/// What to try.
#[derive(Debug, Args)]
pub(crate) struct Test {
    /// How long messages to ourselves may take to come back: "60s", "5m"
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = time)]
    wait: Duration,
    #[command(flatten)]
    installation: Installation,
}

/// Who ran a trial, as the settings show it.
const BY: &str = "the command redress mail test";

/// A time as people write it, for as long as a message is known as one of a test.
fn time(text: &str) -> Result<Duration, String> {
    let read: jiff::SignedDuration = text
        .parse()
        .map_err(|_| format!("\"{text}\" is no time: write \"60s\" or \"5m\""))?;
    let wait = Duration::try_from(read).map_err(|_| "give a time that is not negative".to_owned())?;
    match read <= trial::NAME_HOLDS_FOR {
        true => Ok(wait),
        false => Err("give an hour at most: no message is known as a test for longer".to_owned()),
    }
}

/// Runs the command: 0 where all works, 1 where something does not.
pub(super) fn run(test: &Test) -> Answer {
    let config = Config::load(&test.installation.config)?;
    let checks = block_on(tried(&config, test.wait))??;
    let faults = checks.iter().filter(|check| check.found == Found::Fault).count();
    say(&match faults {
        0 => "\nMail works.\n".to_owned(),
        1 => "\n1 thing does not work.\n".to_owned(),
        many => format!("\n{many} things do not work.\n"),
    })?;
    Ok(match faults {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

async fn tried(config: &Config, wait: Duration) -> Result<Vec<Check>, String> {
    let parts = parts(&config.email, config.mail.as_ref(), wait);
    match wiring::office(config).await {
        Ok(office) => {
            let trial = trial::begin(&office, BY).await.map_err(|fault| fault.to_string())?;
            let trial = followed(&parts, Some(&office), trial).await?;
            office.close().await.map_err(|fault| fault.to_string())?;
            Ok(trial.checks)
        }
        // What needs no database is tried all the same.
        Err(error) => {
            let why = format!(
                "The installation cannot be opened, so no message was sent: {}.",
                chain(&*error)
            );
            let trial = followed(&parts, None, Trial::asked(BY, now())).await?;
            let fault = Check::fault("Database", why, "Run `redress doctor`: it says what is wrong with it.");
            say(&line(&fault)).map_err(|error| error.to_string())?;
            Ok(trial.checks.into_iter().chain([fault]).collect())
        }
    }
}

/// Says each finding as it is found, and puts the trial on record, so that the settings show it too.
async fn followed(parts: &Parts, office: Option<&Arc<Office>>, mut trial: Trial) -> Result<Trial, String> {
    let (tell, mut told) = unbounded_channel();
    let running = async {
        trials::run(parts, office, &tell).await;
        drop(tell);
    };
    let saying = async {
        while let Some(check) = told.recv().await {
            say(&line(&check)).map_err(|error| error.to_string())?;
            trial.checks.push(check);
        }
        trial.ended_at = Some(now());
        if let Some(office) = office {
            trial::note(office, &trial).await.map_err(|fault| fault.to_string())?;
        }
        Ok(trial)
    };
    tokio::join!(running, saying).1
}

/// One finding, as people read it.
fn line(check: &Check) -> String {
    let found = match check.found {
        Found::Well => "works",
        Found::Hint => "TO KNOW",
        Found::Fault => "FAULT",
    };
    let todo = check
        .todo
        .as_ref()
        .map_or_else(String::new, |todo| format!("\n         {todo}"));
    format!("{found:<8} {}: {}{todo}\n", check.about, check.says)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_as_people_write_it() {
        assert_eq!(time("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(time("5m"), Ok(Duration::from_secs(300)));
        for wrong in ["", "soon", "60", "-1s", "2h"] {
            assert!(time(wrong).is_err(), "{wrong}");
        }
    }
}
