//! `redress doctor`: looks at everything that an installation needs, says what to do, and makes the derived tables again if it is told to.

mod backups;
mod calendars;
mod clocks;
mod directory;
mod disk;
mod files;
mod finding;
mod keys;
mod mail;
mod nodes;
mod scanner;

use std::process::ExitCode;

use casework::files::check::Depth;
use casework::{ActError, Office};
use clap::Args;
use jiff::{SignedDuration, Timestamp};
use storage::Steps;
use storage::condition::{self, Condition};
use storage::doctor::How;

use super::{Answer, Installation, block_on, say};
use crate::{config::Config, wiring};
use finding::{Finding, Findings};

/// What to do.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Make every derived table again from the events, and say which rows differed
    #[arg(long)]
    rebuild: bool,
    /// Read every file of a bucket and compare its hash; without it names and lengths are compared. Files in a folder are always read
    #[arg(long)]
    read_files: bool,
    /// Answer with one JSON object, for monitoring
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    installation: Installation,
}

/// Runs the command. What cannot be looked at is a finding too: monitoring reads one form, whatever is wrong.
pub(super) fn run(doctor: &Doctor) -> Answer {
    let mut findings = Findings::default();
    match Config::load(&doctor.installation.config) {
        Err(error) => findings.add([Finding::fault(
            "settings",
            format!("The configuration cannot be used: {error}."),
            "Correct it.",
        )]),
        Ok(config) => block_on(look(doctor, &config, &mut findings))?,
    }
    say(&match doctor.json {
        true => findings.json()?,
        false => findings.text(),
    })?;
    Ok::<ExitCode, _>(findings.exit_code())
}

async fn look(doctor: &Doctor, config: &Config, findings: &mut Findings) {
    findings.add(keys::look(config));
    findings.add(disk::look(config));
    findings.add(backups::look(config, super::now()));
    findings.add(mail::look(config).await);
    findings.add(scanner::look(config, super::now()).await);
    let opened = wiring::office(config).await;
    let office = match opened {
        Ok(office) => office,
        Err(error) => {
            let says = format!("The installation cannot be opened: {}.", crate::chain(&*error));
            findings.add([Finding::fault("database", says, "Nothing in it was looked at.")]);
            return;
        }
    };
    if let Err(error) = look_inside(doctor, &office, findings).await {
        let says = format!("Not everything could be looked at: {error}.");
        findings.add([Finding::fault(
            "database",
            says,
            "Look into the log of the database server.",
        )]);
    }
    if let Err(error) = office.close().await {
        let says = format!("The database could not be closed: {error}.");
        findings.add([Finding::fault(
            "database",
            says,
            "Nothing of it is lost; run this again.",
        )]);
    }
}

async fn look_inside(doctor: &Doctor, office: &Office, findings: &mut Findings) -> Result<(), ActError> {
    let now = office.now();
    let condition = office
        .store()
        .read(|tx| Box::pin(async move { condition::look(tx).await }))
        .await?;
    findings.add([database(&condition)]);
    findings.add(keys::fit(office.store()).await?);
    findings.add(nodes::look(office.store()).await?);
    findings.add(clocks::look(office, &condition).await?);
    findings.add([letters(&condition, now)]);
    findings.add(calendars::look(office, condition.longest_due_on));
    findings.add(directory::look(office).await?);
    if doctor.rebuild {
        findings.add(rebuild(office).await?);
    }
    let depth = match office.store().files().is_remote() && !doctor.read_files {
        true => Depth::Lengths,
        false => Depth::Bytes,
    };
    findings.add(files::look(office, depth).await);
    Ok(())
}

fn database(condition: &Condition) -> Finding {
    let (engine, version, step) = (condition.engine, &condition.version, condition.step);
    let knows = Steps::known().latest();
    let says = match step > knows {
        true => format!("which a newer version took; this one knows step {knows} and works on it"),
        false => "the latest that this version knows".to_owned(),
    };
    Finding::well(
        "database",
        format!("{engine} {version}; the schema has taken step {step}, {says}."),
    )
}

/// A letter that waits for longer than this waits for somebody.
const SLOW: SignedDuration = SignedDuration::from_hours(1);
/// A letter that waits for longer than this makes an acknowledgement late, whatever its clock.
const STUCK: SignedDuration = SignedDuration::from_hours(24);

/// The letters that have not gone out, by the oldest of them.
fn letters(condition: &Condition, now: Timestamp) -> Finding {
    let Some(oldest) = condition.oldest_unsent else {
        return Finding::well("letters", "Every letter has gone out.");
    };
    let waits = now.duration_since(oldest);
    let says = format!(
        "{} letters have not gone out; the oldest has waited for {} minutes.",
        condition.unsent,
        waits.as_mins()
    );
    let todo = "Is the server running, and does its mail server take letters ([email])? Nothing is lost: they go out when it does.";
    match waits {
        waits if waits > STUCK => Finding::fault("letters", says, todo),
        waits if waits > SLOW => Finding::warning("letters", says, todo),
        _ => Finding::well("letters", says),
    }
}

async fn rebuild(office: &Office) -> Result<Vec<Finding>, ActError> {
    let rebuilt = casework::rebuild::rebuild(office).await?;
    let made = format!("{} cases made again from their events.", rebuilt.cases);
    if rebuilt.differences.is_empty() {
        let says = format!("{made} Every derived row was as the events say.");
        return Ok(vec![Finding::well("derived", says)]);
    }
    let differed = rebuilt.differences.iter().map(|difference| {
        let how = match difference.how {
            How::Missing => "was missing",
            How::Extra => "should not have been there",
            How::Changed => "said something else than the events",
        };
        let says = format!("{} {}: {how}.", difference.table, difference.key);
        Finding::warning("derived", says, "It is mended.")
    });
    let summary = Finding::warning(
        "derived",
        format!("{made} {} rows differed.", rebuilt.differences.len()),
        "If nobody changed the database from outside, this is a fault of the product: report it.",
    );
    Ok(differed.chain([summary]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use finding::State;
    use storage::Engine;

    #[test]
    fn a_letter_may_wait_for_an_hour() {
        let now: Timestamp = "2026-11-26T12:00:00Z".parse().expect("an instant");
        let state = |hours| {
            let condition = Condition {
                engine: Engine::Sqlite,
                version: "3".to_owned(),
                step: 13,
                clock: None,
                unsent: 2,
                oldest_unsent: Some(now - SignedDuration::from_hours(hours)),
                longest_due_on: None,
            };
            letters(&condition, now).state
        };
        assert_eq!(
            [0, 1, 2, 24, 25].map(state),
            [State::Well, State::Well, State::Warning, State::Warning, State::Fault]
        );
    }
}
