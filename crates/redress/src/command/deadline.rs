//! `redress deadline`: one date or a table, for anyone who wants to check us (P43).

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use casework::office::{read_calendars, read_procedure};
use clap::Args;
use jiff::civil::Time;
use rules::clock::{Calendar, CalendarShelf, ClockName, ClockRule, Count, Due, NonWorking, Unit, due, full_date};

use super::receipt::Receipt;
use super::{Answer, deadline_batch, procedure, say};
use crate::config::named;
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
    /// When it was received, in local time: 2026-06-13T23:30. A time that the clocks skipped is refused; one that they showed twice is
    /// the first, unless an offset says which: 2026-10-25T01:30+00:00
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
    /// A CSV file, or - for standard input, with the columns received, days, count, non_working, calendar (all but the first
    /// optional); answers the same rows with due_on. Times are read as with --received. A row that cannot be computed stops it, with
    /// its line
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
    let text = deadline.received.as_deref().unwrap_or_default();
    let receipt = Receipt::read(text)
        .ok_or_else(|| format!("\"{text}\" is not a date and time. Write it like 2026-06-13T23:30"))?
        .instant(calendar.time_zone())?;
    let due = due(&rule, &calendar, receipt.received_at)?;
    if deadline.json {
        say(&format!("{}\n", serde_json::to_string_pretty(&due)?))?;
    } else {
        say(&told(&due, receipt.note.as_deref()))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The date, how it is counted, and what else the person should know.
fn told(due: &Due, note: Option<&str>) -> String {
    let explanation = &due.explanation;
    let mut text = format!("{}\n\n{}\n", full_date(due.due_on), explanation.rule);
    let steps = explanation.steps.iter().map(rules::clock::Step::to_text);
    for line in steps.chain([explanation.conclusion.clone()]) {
        text.push_str(&format!("  {line}\n"));
    }
    text.push_str(&format!("Calendar: {}\n", explanation.calendar_version));
    note.iter().for_each(|note| text.push_str(&format!("Note: {note}\n")));
    text
}

/// The rule with what was changed on the command line, and the calendar to count with.
fn rule_and_calendar(deadline: &Deadline) -> Result<(ClockRule, Calendar), Box<dyn std::error::Error>> {
    let (name, text) = match &deadline.procedure {
        Some(path) => (path.display().to_string(), named::text(path)?),
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
                let file = Path::new(name);
                if !file.exists() {
                    return Err(no_such_calendar(name, shelf).into());
                }
                let text = named::text(file)?;
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

fn no_such_calendar(name: &str, shelf: &CalendarShelf) -> String {
    let known: Vec<&str> = shelf.ids().collect();
    format!(
        "there is no calendar \"{name}\"; name a file, or one that comes with Redress: {}",
        known.join(", ")
    )
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
