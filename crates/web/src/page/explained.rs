//! A date as steps that anybody can count again: the same account for staff and for the person who complained (P43).

use jiff::civil::{Date, Time};
use rules::clock::{StepKind, clock_time};
use rules::deadlines::Deadline;
use rules::sentence::capital;

use super::words::{date_long, date_short};

/// A date and the days that led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainedDate {
    /// "How we worked out this date".
    pub heading: String,
    /// Every day, in order.
    pub steps: Vec<ExplainStep>,
    /// The result in a sentence.
    pub summary: String,
    /// The calendar: its name and version.
    pub calendar: String,
    /// The procedure: its name and version (a case keeps the one it began under).
    pub procedure: String,
}

/// One day, or one event that moved the date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainStep {
    /// "Tuesday 13 October 2026".
    pub date: String,
    /// "Working day", "Saturday", "Christmas Day".
    pub what: String,
    /// Which working day it is, if it counts.
    pub counted: Option<u32>,
}

/// The account of a date, in words.
pub fn explained(deadline: &Deadline) -> ExplainedDate {
    let explanation = &deadline.explanation;
    let step = |step: &rules::clock::Step| ExplainStep {
        date: date_long(step.on),
        what: match step.what {
            StepKind::Counted if step.note.is_empty() => "Working day".to_owned(),
            StepKind::Started => started(&step.note, step.on),
            _ => capital(&step.note),
        },
        counted: step.counted,
    };
    ExplainedDate {
        heading: "How we worked out this date".to_owned(),
        steps: explanation.steps.iter().map(step).collect(),
        summary: format!(
            "{}. {}.",
            capital(explanation.rule.trim_end_matches('.')),
            capital(
                &explanation
                    .conclusion
                    .trim_end_matches('.')
                    .replace(&short(deadline.due_on), &date_long(deadline.due_on))
            )
        ),
        calendar: explanation.calendar_version.clone(),
        procedure: explanation
            .procedure
            .as_ref()
            .map_or_else(String::new, |stamp| format!("{}, version {}", stamp.id, stamp.version)),
    }
}

/// "Received at 2:05pm": the day stands beside it, so it is not said twice.
fn started(note: &str, on: Date) -> String {
    let said = note.split_once(&short(on)).and_then(|(what, at)| {
        let at: Time = at.trim().parse().ok()?;
        Some(format!("{} at {}", what.trim_end(), clock_time(at)))
    });
    capital(said.as_deref().unwrap_or(note))
}

/// A day as an explanation writes it: "Mon 23 Nov 2026".
fn short(on: Date) -> String {
    format!("{} {}", date_short(on), on.year())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_day_of_the_start_is_not_said_twice() {
        let on = date(2026, 11, 23);
        assert_eq!(started("received Mon 23 Nov 2026 14:05", on), "Received at 2:05pm");
        assert_eq!(started("stage 2 began", on), "Stage 2 began");
    }
}
