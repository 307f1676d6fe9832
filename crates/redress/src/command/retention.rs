//! `redress retention`: which cases go on which day, holding one, and erasing what was announced for long enough.

use std::fmt::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use casework::handling::{Hand, Seen, keep};
use casework::retention::{self, Overview};
use casework::{ActError, Office};
use clap::{Args, Subcommand};
use rules::case::Reference;
use rules::clock::full_date;
use rules::people::{Person, StaffId};
use rules::sentence::listed;
use storage::staff;

use super::{Answer, Installation, block_on, say};
use crate::{config::Config, wiring};

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Retention {
    /// Say which cases go on which day, and what keeps one
    Preview(Installation),
    /// Keep a case beyond its period
    Hold(Held),
    /// Lift such a hold
    Lift(Held),
    /// Erase a closed case because the person asked for it
    Erase(OnOne),
    /// Announce what goes next, and erase what was announced for long enough
    Run(Installation),
}

/// Which case, by whom, and why.
#[derive(Debug, Args)]
pub(crate) struct Held {
    #[command(flatten)]
    on: OnOne,
    /// Why, in a sentence
    #[arg(long, value_name = "WORDS")]
    why: String,
}

/// Which case, and by whom.
#[derive(Debug, Args)]
pub(crate) struct OnOne {
    /// The reference: FC-10482
    reference: Reference,
    /// The user name of whoever decides: it stands on record
    #[arg(long = "as", value_name = "USERNAME")]
    by: String,
    #[command(flatten)]
    installation: Installation,
}

/// Runs the command.
pub(super) fn run(retention: Retention) -> Answer {
    let config = match &retention {
        Retention::Preview(installation) | Retention::Run(installation) => installation,
        Retention::Hold(held) | Retention::Lift(held) => &held.on.installation,
        Retention::Erase(on) => &on.installation,
    };
    let config = Config::load(&config.config)?;
    block_on(async {
        let office = wiring::office(&config).await?;
        let said = answer(&office, &retention).await;
        office.close().await?;
        say(&said?)?;
        Ok(ExitCode::SUCCESS)
    })?
}

type Fault = Box<dyn std::error::Error>;

async fn answer(office: &Arc<Office>, asked: &Retention) -> Result<String, Fault> {
    Ok(match asked {
        Retention::Preview(_) => told(&retention::overview(office, None).await?),
        Retention::Run(_) => {
            let done = retention::run_now(office).await?;
            format!(
                "Erased: {}. Kept although their period is over: {}; `redress retention preview` says why.\n",
                done.erased, done.kept
            )
        }
        Retention::Hold(held) => {
            let by = person(office, &held.on.by).await?;
            keep::hold(hand(office, &by, &held.on.reference), &held.why).await?;
            format!("{} is held until somebody lifts it.\n", held.on.reference)
        }
        Retention::Lift(held) => {
            let by = person(office, &held.on.by).await?;
            keep::lift(hand(office, &by, &held.on.reference), &held.why).await?;
            format!("{} is not held any more.\n", held.on.reference)
        }
        Retention::Erase(on) => {
            let by = person(office, &on.by).await?;
            match retention::erase_as_asked(hand(office, &by, &on.reference)).await {
                Err(ActError::NotFound) => gone(office, &on.reference).await?,
                done => {
                    done?;
                    format!("{} is erased.\n", on.reference)
                }
            }
        }
    })
}

/// A case that was erased before is no fault: the command may have been broken off.
async fn gone(office: &Office, reference: &Reference) -> Result<String, Fault> {
    match retention::erased(office, reference).await? {
        Some(gone) => {
            retention::remove_left_files(office).await?;
            let words = gone.erased.why.words();
            Ok(format!("{reference} was erased at {}: {words}.\n", gone.at))
        }
        None => Err(ActError::NotFound.into()),
    }
}

fn hand<'a>(office: &'a Office, by: &'a Person, reference: &'a Reference) -> Hand<'a> {
    Hand {
        office,
        by,
        reference,
        seen: Seen::Whatever,
        once: None,
    }
}

async fn person(office: &Office, username: &str) -> Result<Person, Fault> {
    let login = username.to_owned();
    let row = office
        .store()
        .read(move |tx| Box::pin(async move { staff::by_login(tx, &login).await }))
        .await?;
    let found = row.and_then(|row| office.person(StaffId(row.id)));
    found.ok_or_else(|| format!("nobody works here who signs in as {username}").into())
}

fn told(overview: &Overview) -> String {
    let mut text = format!(
        "{}. A case is announced for {} days before it goes.\n",
        full_date(overview.today),
        overview.notice_days
    );
    for day in &overview.by_day {
        let held = match day.held {
            0 => String::new(),
            held => format!(", {held} more are held"),
        };
        let when = match day.goes_on <= overview.today {
            true => "over since",
            false => "goes on",
        };
        let _ = writeln!(
            text,
            "{:>6}  {when} {}  {}{held}",
            day.going,
            full_date(day.goes_on),
            day.class_name
        );
    }
    if overview.by_day.is_empty() {
        let _ = writeln!(text, "Nothing goes until {}.", full_date(overview.until));
    }
    for line in &overview.lines {
        let _ = write!(text, "{}  {}", line.reference, line.goes_on);
        match (&line.kept_by[..], line.announced_on) {
            ([], Some(since)) => drop(write!(text, "  announced since {since}")),
            ([], None) => {}
            (why, _) => drop(write!(text, "  kept: {}", listed(why))),
        }
        text.push('\n');
    }
    if overview.more {
        text.push_str("And more.\n");
    }
    for held in &overview.held {
        let by = held.by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
        let _ = writeln!(
            text,
            "{}  held since {}{by}: {}",
            held.reference, held.since, held.reason
        );
    }
    text
}
