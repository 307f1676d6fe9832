//! `redress directory`: reads the directory now, says how its copy stands, and explains who answers for whom.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Arc;

use casework::Office;
use casework::directory::keep::{self, Fewer};
use casework::directory::{copy, line_manager_for, standing};
use clap::{Args, Subcommand};
use rules::directory::find::find;
use rules::directory::{Away, Chosen, DirectoryPerson, Finding, Unavailable};
use storage::directory::Taken;

use super::letter_key::{self, LetterKeyCommand};
use super::{Answer, Installation, block_on, say};
use crate::{config::Config, wiring};

type Fault = Box<dyn std::error::Error>;

/// What can be done with the directory.
#[derive(Debug, Subcommand)]
pub(crate) enum Directory {
    #[command(flatten)]
    Copy(OfCopy),
    /// Keys of line managers, so that a complaint can go to them inside an encrypted letter
    #[command(subcommand)]
    Key(LetterKeyCommand),
}

/// What can be done with its copy.
#[derive(Debug, Subcommand)]
pub(crate) enum OfCopy {
    /// Read it now, and say what is odd in it
    Read(Read),
    /// Say how old the copy is, where it came from and what is odd in it; nothing is read
    Check(Installation),
    /// Show whom a name, an email address or a username means
    Show(Show),
    /// Say who deals with a complaint about these people, and why
    Manager(Manager),
}

/// How to read.
#[derive(Debug, Args)]
pub(crate) struct Read {
    /// Take it also if it holds less than half as many people as the copy
    #[arg(long)]
    fewer: bool,
    #[command(flatten)]
    installation: Installation,
}

/// Whom to show.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// A name or part of one, an email address, a username
    name: String,
    #[command(flatten)]
    installation: Installation,
}

/// Whom it is about.
#[derive(Debug, Args)]
pub(crate) struct Manager {
    /// Each by email address or username, or by a name that one person has
    #[arg(required = true)]
    name: Vec<String>,
    /// Somebody who has a conflict of interest; may be given several times
    #[arg(long, value_name = "NAME")]
    conflicted: Vec<String>,
    /// Somebody who is away; may be given several times
    #[arg(long, value_name = "NAME")]
    absent: Vec<String>,
    #[command(flatten)]
    installation: Installation,
}

/// Runs the command.
pub(super) fn run(directory: &Directory) -> Answer {
    match directory {
        Directory::Copy(asked) => of_copy(asked),
        Directory::Key(key) => letter_key::run(key),
    }
}

fn of_copy(asked: &OfCopy) -> Answer {
    let (OfCopy::Read(Read { installation, .. })
    | OfCopy::Check(installation)
    | OfCopy::Show(Show { installation, .. })
    | OfCopy::Manager(Manager { installation, .. })) = asked;
    let config = Config::load(&installation.config)?;
    if config.directory.is_none() {
        return Err("no directory is configured: describe one in [directory] (docs/operating/directory.md)".into());
    }
    block_on(async {
        let office = wiring::office(&config).await?;
        let answer = answer(asked, &office).await;
        office.close().await?;
        answer
    })?
}

async fn answer(asked: &OfCopy, office: &Arc<Office>) -> Answer {
    match asked {
        OfCopy::Read(Read { fewer: true, .. }) => read_now(office, Fewer::Taken).await,
        OfCopy::Read(_) => read_now(office, Fewer::Refused).await,
        OfCopy::Check(_) => check(office).await,
        OfCopy::Show(show) => shown(office, &show.name).await,
        OfCopy::Manager(manager) => explained(office, manager).await,
    }
}

async fn read_now(office: &Office, fewer: Fewer) -> Answer {
    let outcome = keep::read(office, fewer)
        .await?
        .map_err(|unread| format!("the directory was not read. {unread}"))?;
    let taken = match outcome.taken {
        Taken::New => "They are the copy now",
        Taken::Same => "They say what the copy said",
    };
    say(&format!(
        "{} people read. {taken}.\n{}",
        outcome.people,
        listed(&outcome.findings)
    ))?;
    Ok(ExitCode::SUCCESS)
}

async fn check(office: &Office) -> Answer {
    let Some(standing) = standing(office).await? else {
        return Ok(ExitCode::FAILURE);
    };
    let copy = match (standing.read_at, standing.age) {
        (Some(at), Some(age)) => format!("{} people, read at {at}, {} hours ago", standing.people, age.as_hours()),
        _ => "There is no copy yet".to_owned(),
    };
    let from = standing
        .came_from
        .map(|from| format!(" from {from}"))
        .unwrap_or_default();
    let failed = standing
        .failed
        .map(|(times, why)| format!("The last {times} readings failed: {why}\n"))
        .unwrap_or_default();
    let old = if standing.is_old {
        "The copy is old: run `redress directory read`.\n"
    } else {
        ""
    };
    say(&format!(
        "{}\n{copy}{from}.\n{failed}{old}{}",
        standing.place,
        listed(&standing.findings)
    ))?;
    Ok(if standing.is_old {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn listed(findings: &[Finding]) -> String {
    findings
        .iter()
        .map(|finding| format!("{}\n", finding.words()))
        .collect()
}

async fn shown(office: &Office, name: &str) -> Answer {
    let copy = copy(office).await?;
    let found = find(&copy.directory, name);
    let text: String = found.iter().map(|person| described(person)).collect();
    if found.is_empty() {
        return Err(format!("nobody in the directory is called {name}").into());
    }
    say(&text)?;
    Ok(ExitCode::SUCCESS)
}

fn described(person: &DirectoryPerson) -> String {
    let away = match person.away {
        None => "",
        Some(Away::Closed) => ", account closed",
        Some(Away::Absent) => ", away",
    };
    let parts = [
        person.emails.join(", "),
        person.usernames.join(", "),
        person.unit.clone(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}{away}\n    {}\n", person.name, parts.join("; "))
}

async fn explained(office: &Office, manager: &Manager) -> Answer {
    let copy = copy(office).await?;
    let key = |name: &String| one(&find(&copy.directory, name), name);
    let about: Vec<String> = manager.name.iter().map(key).collect::<Result<_, _>>()?;
    let mut unavailable = BTreeMap::new();
    for (names, why) in [
        (&manager.absent, Unavailable::Absent),
        (&manager.conflicted, Unavailable::Conflicted),
    ] {
        for name in names {
            unavailable.insert(key(name)?, why);
        }
    }
    let found = line_manager_for(office, &about, &unavailable).await?;
    let to = match &found.who {
        Chosen::Person { email, .. } => email.as_str(),
        Chosen::Nominated(nominated) => nominated.email.as_str(),
        Chosen::Nobody => "nobody",
    };
    say(&format!("{}\n{to}\n", found.words().join("\n")))?;
    Ok(match found.who {
        Chosen::Nobody => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    })
}

/// The key of the one person whom a name means.
fn one(found: &[&DirectoryPerson], name: &str) -> Result<String, Fault> {
    match found {
        [person] => Ok(person.key.clone()),
        [] => Err(format!("nobody in the directory is called {name}").into()),
        several => {
            let them: Vec<String> = several.iter().map(|person| described(person)).collect();
            Err(format!(
                "{name} may be several people; name one by their address:\n{}",
                them.concat()
            )
            .into())
        }
    }
}
