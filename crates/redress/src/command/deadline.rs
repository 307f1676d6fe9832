//! `redress deadline`: one date or a table, for anyone who wants to check us (P43).

use std::path::PathBuf;
use std::process::ExitCode;

use casework::office::{read_calendars, read_procedure};
use clap::Args;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use rules::clock::{Calendar, CalendarShelf, ClockName, ClockRule, Count, NonWorking, Unit, due, received_locally};

use super::{Answer, deadline_batch, procedure};
use crate::shipped;

/// What to compute.
#[derive(Debug, Args)]
pub(crate) struct Deadline {
    /// The procedure file; the one that comes with Redress if none is named
    #[arg(long, value_name = "FILE")]
    pub procedure: Option<PathBuf>,
    /// The clock's name in the procedure; the first stage's decision clock if none is named
    #[arg(long, value_name = "NAME")]
    pub clock: Option<String>,
    /// When it was received, in local time: 2026-06-13T23:30
    #[arg(long, value_name = "WHEN", required_unless_present = "batch")]
    pub received: Option<String>,
    /// Another number of working days than the clock's
    #[arg(long, value_name = "N")]
    pub days: Option<u32>,
    /// Whether the day of receipt is counted
    #[arg(long, value_name = "after|inclusive", value_parser = count)]
    pub count: Option<Count>,
    /// What a receipt on a non-working day means
    #[arg(long, value_name = "count-on|deemed", value_parser = non_working)]
    pub non_working: Option<NonWorking>,
    /// The time from which a receipt belongs to the next day
    #[arg(long, value_name = "HH:MM", value_parser = cutoff)]
    pub cutoff: Option<Time>,
    /// Another calendar: a file, or the id of one that comes with Redress; may be repeated to add layers
    #[arg(long, value_name = "FILE")]
    pub calendar: Vec<String>,
    /// A CSV file with the columns received, days, count, non_working, calendar (all but the first optional); adds due_on
    #[arg(long, value_name = "FILE", conflicts_with = "received")]
    pub batch: Option<PathBuf>,
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

/// Runs the command.
pub(super) fn run(deadline: &Deadline) -> Answer {
    let (rule, calendar) = rule_and_calendar(deadline)?;
    if let Some(file) = &deadline.batch {
        return deadline_batch::run(file, &rule, &calendar);
    }
    let received = deadline.received.as_deref().unwrap_or_default();
    let (at, note) = instant(received, &calendar)?;
    let due = due(&rule, &calendar, at)?;
    if deadline.json {
        println!("{}", serde_json::to_string_pretty(&due)?);
        return Ok(ExitCode::SUCCESS);
    }
    println!("{}", rules::clock::full_date(due.due_on));
    println!("\n{}", due.explanation.rule);
    for step in &due.explanation.steps {
        println!("  {}", step.to_text());
    }
    println!("  {}", due.explanation.conclusion);
    println!("Calendar: {}", due.explanation.calendar_version);
    note.iter().for_each(|note| println!("Note: {note}"));
    Ok(ExitCode::SUCCESS)
}

/// The rule with what was changed on the command line, and the calendar to count with.
fn rule_and_calendar(deadline: &Deadline) -> Result<(ClockRule, Calendar), Box<dyn std::error::Error>> {
    let (name, text) = match &deadline.procedure {
        Some(path) => (path.display().to_string(), procedure::read(path)?),
        None => shipped::PROCEDURE.owned(),
    };
    let shelf = read_calendars(&procedure::calendars(&[])?)?;
    let in_force = read_procedure(&name, &text, &shelf)?;
    let clock = match &deadline.clock {
        Some(name) => ClockName::new(name),
        None => in_force
            .procedure
            .stages
            .first()
            .map(|stage| stage.decision_clock.clone())
            .ok_or("the procedure has no stage")?,
    };
    let known: Vec<&str> = in_force
        .procedure
        .clocks
        .iter()
        .map(|clock| clock.rule.name.as_str())
        .collect();
    let found = in_force.procedure.clock(&clock);
    let mut rule = found
        .ok_or_else(|| format!("the procedure has no clock \"{clock}\"; it has {}", known.join(", ")))?
        .rule
        .clone();
    if let Some(days) = deadline.days {
        rule.unit = Unit::WorkingDays;
        rule.amount = days;
    }
    rule.count = deadline.count.unwrap_or(rule.count);
    rule.non_working = deadline.non_working.unwrap_or(rule.non_working);
    rule.cutoff = deadline.cutoff.or(rule.cutoff);
    let calendar = match deadline.calendar.as_slice() {
        [] => shelf.of_clock(&rule.calendar, &in_force.procedure.calendar)?,
        names => named_calendar(names, &shelf)?,
    };
    Ok((rule, calendar))
}

/// A calendar by the ids or files of its layers.
pub(super) fn named_calendar(names: &[String], shelf: &CalendarShelf) -> Result<Calendar, Box<dyn std::error::Error>> {
    let mut layers: Vec<Calendar> = Vec::new();
    for name in names {
        layers.push(match shelf.get(name) {
            Some(calendar) => calendar.clone(),
            None => {
                let text = procedure::read(std::path::Path::new(name))?;
                Calendar::parse(&text, name)
                    .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?
            }
        });
    }
    let mut layers = layers.into_iter();
    let mut joined = layers.next().ok_or("no calendar is named")?;
    for layer in layers {
        joined = joined.with_closures(&layer)?;
    }
    Ok(joined)
}

/// A receipt as people write it: local date and time, or an instant with its offset.
fn instant(text: &str, calendar: &Calendar) -> Result<(Timestamp, Option<String>), Box<dyn std::error::Error>> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok((at, None));
    }
    let local = local_moment(text)
        .ok_or_else(|| format!("\"{text}\" is not a date and time. Write it like 2026-06-13T23:30"))?;
    let receipt = received_locally(local.date(), local.time(), calendar.time_zone())?;
    let note = receipt.note.clone();
    Ok((receipt.received_at, note))
}

/// A local date with or without a time.
pub(super) fn local_moment(text: &str) -> Option<DateTime> {
    let text = text.trim();
    if text.len() == 10 {
        return text.parse::<Date>().ok().map(|date| date.to_datetime(Time::midnight()));
    }
    text.parse().ok()
}

/// `after` or `inclusive`.
pub(super) fn count(text: &str) -> Result<Count, String> {
    Count::from_code(&text.replace('-', "_")).ok_or_else(|| "choose after or inclusive".to_owned())
}

/// `count-on` or `deemed`.
pub(super) fn non_working(text: &str) -> Result<NonWorking, String> {
    NonWorking::from_code(&text.replace('-', "_")).ok_or_else(|| "choose count-on or deemed".to_owned())
}

fn cutoff(text: &str) -> Result<Time, String> {
    text.parse()
        .map_err(|_| format!("\"{text}\" is not a time of day. Write it like 17:00"))
}
