//! A day on which nobody works, added to a calendar or taken back: the file that follows, with all its other lines as they are (A1, A42).

use jiff::civil::Date;

use crate::case::change::Refused;
use crate::clock::{Calendar, full_date};
use crate::coded::coded;

coded! {
    /// What kind of day off somebody adds.
    pub enum DayOff {
        /// The university is closed.
        Closure = "closures", "a day on which the university is closed";
        /// A holiday that was proclaimed.
        Holiday = "extra_holidays", "an extra bank holiday";
    }
}

/// What somebody wants of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayChange {
    /// One more day off.
    Add {
        /// The day.
        on: Date,
        /// What people call it.
        name: String,
        /// Of which kind.
        kind: DayOff,
    },
    /// A day off that is none any more.
    TakeBack {
        /// The day.
        on: Date,
    },
}

/// The longest name of a day, in characters.
pub const LONGEST_NAME: usize = 80;

/// The file of the calendar after a change. `edition` tells it from other versions of the same day.
///
/// # Errors
/// When the day has passed, is not covered, is off already or is not one that can be taken back; when it has no name that a file can hold.
pub fn changed(
    text: &str,
    calendar: &Calendar,
    change: &DayChange,
    (today, edition): (Date, usize),
) -> Result<String, Refused> {
    let (DayChange::Add { on, .. } | DayChange::TakeBack { on }) = change;
    if *on < today {
        return Err(Refused::field(
            "on",
            "Choose a day that has not passed: dates were met or missed by the days before today",
        ));
    }
    let edited = match change {
        DayChange::Add { on, name, kind } => {
            check_new(calendar, *on, name)?;
            let line = format!("{on} = \"{}\"", name.trim().replace('\\', "\\\\").replace('"', "\\\""));
            below(text, kind.code(), &line)
        }
        DayChange::TakeBack { on } => without(text, *on)
            .ok_or_else(|| Refused::field("on", format!("{} is not listed in this calendar", full_date(*on))))?,
    };
    Ok(stamped(&edited, today, edition))
}

fn check_new(calendar: &Calendar, on: Date, name: &str) -> Result<(), Refused> {
    if !calendar.covers(on) {
        let covered = calendar.covered_days();
        let message = format!(
            "This calendar covers the days from {} to {}. Choose one of them",
            full_date(*covered.start()),
            full_date(*covered.end())
        );
        return Err(Refused::field("on", message));
    }
    if let Some(why) = calendar.why_not_working(on) {
        return Err(Refused::field(
            "on",
            format!("{} is not a working day already ({why})", full_date(on)),
        ));
    }
    if calendar.days().contains_key(&on) {
        let message = format!("{} is listed as a half day. Change it in the file", full_date(on));
        return Err(Refused::field("on", message));
    }
    let name = name.trim();
    if name.is_empty() {
        return Err(Refused::field(
            "name",
            "Say what the day is: people read it where their date is explained",
        ));
    }
    if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(Refused::field(
            "name",
            format!("Write the name on one line, in at most {LONGEST_NAME} characters"),
        ));
    }
    Ok(())
}

/// The text with a line below the heading of a part, which is added at the end where there is none.
fn below(text: &str, part: &str, line: &str) -> String {
    let heading = format!("[{part}]");
    let mut edited = String::with_capacity(text.len() + line.len() + heading.len() + 4);
    let mut is_in = false;
    for old in text.lines() {
        edited.push_str(old);
        edited.push('\n');
        if old.trim() == heading && !is_in {
            is_in = true;
            edited.push_str(line);
            edited.push('\n');
        }
    }
    if !is_in {
        edited.push_str(&format!("\n{heading}\n{line}\n"));
    }
    edited
}

/// The text without the line of a day; `None` where it has none.
fn without(text: &str, on: Date) -> Option<String> {
    let of_this_day = |line: &str| {
        let key = line.split_once('=').map(|(key, _)| key.trim().trim_matches('"'));
        key == Some(on.to_string().as_str())
    };
    let kept: Vec<&str> = text.lines().filter(|line| !of_this_day(line)).collect();
    (kept.len() < text.lines().count()).then(|| kept.join("\n") + "\n")
}

/// The text under a version of its own: the day on which it was changed, and which change of that day it is.
fn stamped(text: &str, today: Date, edition: usize) -> String {
    let key = |line: &str| line.split_once('=').map(|(key, _)| key.trim().to_owned());
    let mut stamped = String::with_capacity(text.len() + 32);
    for line in text.lines() {
        match key(line).as_deref() {
            Some("revision") => {}
            Some("source_date") => {
                stamped.push_str(&format!("source_date = {today}\nrevision = \"{edition}\"\n"));
            }
            _ => {
                stamped.push_str(line);
                stamped.push('\n');
            }
        }
    }
    stamped
}
