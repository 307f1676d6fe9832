//! Due dates that move: by an extension, by a changed calendar, to the later of two, or forward (P15, P19, P20, A42).

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::calendar::Calendar;
use super::deadline::{Due, conclusion, due_instant, reach};
use super::error::ClockError;
use super::explain::{Step, StepKind};
use super::rule::{ClockRule, Unit};
use super::written_date::{full_date, short_date};

/// The same due date moved by an approved extension (P15). `amount` is in the unit of the rule: working days for this
/// customer. Days, weeks and months are counted from the start as one longer period (1 month and 2 more are 3 months).
///
/// # Errors
/// [`ClockError::NotCovered`] when the calendar does not reach far enough.
pub fn extend(due: &Due, rule: &ClockRule, calendar: &Calendar, amount: u32) -> Result<Due, ClockError> {
    let note = format!(
        "extended by {} from {}",
        rule.unit.with_amount(amount),
        short_date(due.due_on)
    );
    let step = |on| Step {
        on,
        what: StepKind::Extended,
        note,
        counted: Some(amount),
    };
    match rule.unit {
        Unit::Minutes | Unit::Hours => {
            let minutes = if rule.unit == Unit::Hours { 60 } else { 1 };
            let added = SignedDuration::from_secs(i64::from(amount) * minutes * 60);
            let due_at = due.due_at.checked_add(added).map_err(|_| ClockError::OutOfRange)?;
            Ok(moved_to(
                due,
                rule,
                calendar,
                (step(calendar.time_zone().to_datetime(due_at).date()), due_at),
            ))
        }
        Unit::WorkingHours => {
            let from = calendar.time_zone().to_datetime(due.due_at);
            let (due_on, due_at) = super::working_hours::due(&rule.with_amount(amount), calendar, from)?;
            Ok(moved_to(due, rule, calendar, (step(due_on), due_at)))
        }
        Unit::WorkingDays => moved(
            due,
            rule,
            calendar,
            step(calendar.add_working_days(due.due_on, amount)?),
        ),
        _ => {
            let whole = rule.amount + extended_before(due) + amount;
            moved(
                due,
                rule,
                calendar,
                step(reach(rule, calendar, counted_from(due), whole)?),
            )
        }
    }
}

/// The date as counted now, after an earlier calendar had promised `old_on` and what was said since is `new_on`: never earlier than that
/// (A42).
///
/// # Errors
/// [`ClockError`] when the instant of the promised day cannot be told.
pub fn recomputed(
    due: Due,
    rule: &ClockRule,
    calendar: &Calendar,
    (old_on, new_on): (Date, Date),
) -> Result<Due, ClockError> {
    let step = |on, note| Step {
        on,
        what: StepKind::Recomputed,
        note,
        counted: None,
    };
    if due.due_on >= new_on {
        let mut due = due;
        if due.due_on > old_on {
            let note = format!("moved from {}, because the calendar changed", short_date(old_on));
            due.explanation.steps.push(step(due.due_on, note));
        }
        return Ok(due);
    }
    let note = format!(
        "with {} it would be due on {}; the promise that was made stays",
        due.explanation.calendar_version,
        full_date(due.due_on)
    );
    moved(&due, rule, calendar, step(new_on, note))
}

/// The later of two due dates: "6 months from the event, or 2 months from our answer if that is later" (P19).
#[must_use]
pub fn later(one: &Due, other: &Due) -> Due {
    let (kept, dropped) = if other.due_at > one.due_at {
        (other, one)
    } else {
        (one, other)
    };
    let mut kept = kept.clone();
    let note = format!("the later of this day and {}", short_date(dropped.due_on));
    kept.explanation.steps.push(Step {
        on: kept.due_on,
        what: StepKind::Reckoned,
        note,
        counted: None,
    });
    kept
}

/// A due date that falls due at once because something happened first, such as a deadlock (P20); unchanged if it was due
/// before.
#[must_use]
pub fn brought_forward(due: &Due, calendar: &Calendar, happened_at: Timestamp, what: &str) -> Due {
    if happened_at >= due.due_at {
        return due.clone();
    }
    let due_on = calendar.time_zone().to_datetime(happened_at).date();
    let mut forward = due.clone();
    forward.explanation.steps.push(Step {
        on: due_on,
        what: StepKind::BroughtForward,
        note: format!("due at once: {what}"),
        counted: None,
    });
    forward.explanation.conclusion = format!("due at once on {}", short_date(due_on));
    Due {
        due_on,
        due_at: happened_at,
        explanation: forward.explanation,
    }
}

/// A due date that was moved to the day of a step, with that step in its account.
pub(super) fn moved(due: &Due, rule: &ClockRule, calendar: &Calendar, step: Step) -> Result<Due, ClockError> {
    let due_at = due_instant(rule, calendar, step.on)?;
    Ok(moved_to(due, rule, calendar, (step, due_at)))
}

/// The same with an instant that is not the end of the day.
pub(super) fn moved_to(due: &Due, rule: &ClockRule, calendar: &Calendar, (step, due_at): (Step, Timestamp)) -> Due {
    let due_on = step.on;
    let mut explanation = due.explanation.clone();
    explanation.steps.push(step);
    explanation.conclusion = conclusion(rule, calendar, due_on, due_at);
    calendar.version().clone_into(&mut explanation.calendar_version);
    Due {
        due_on,
        due_at,
        explanation,
    }
}

/// The day that the count began from: the start, after cut-off and weekend were taken into account.
fn counted_from(due: &Due) -> Date {
    let begins = |step: &&Step| matches!(step.what, StepKind::Started | StepKind::AfterCutOff | StepKind::Deemed);
    due.explanation
        .steps
        .iter()
        .rev()
        .find(begins)
        .map_or(due.due_on, |step| step.on)
}

fn extended_before(due: &Due) -> u32 {
    due.explanation
        .steps
        .iter()
        .filter(|step| step.what == StepKind::Extended)
        .filter_map(|step| step.counted)
        .sum()
}
