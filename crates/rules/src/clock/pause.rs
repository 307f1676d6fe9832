//! Pauses: time that a clock does not count, where a procedure allows it (P14, A22).

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::deadline::Due;
use super::error::ClockError;
use super::explain::{Step, StepKind};
use super::moved::{moved, moved_to};
use super::rule::{ClockRule, Roll, Unit};
use super::written_date::short_date;

/// A pause of a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// When it began.
    pub from_at: Timestamp,
    /// When it ended; `None` while it lasts.
    pub until_at: Option<Timestamp>,
}

/// The due date moved by the time lost in pauses. A pause within one day moves a clock of days by nothing (invariant 5);
/// pauses that overlap count once; a pause that began after the due instant, or ended before the start, counts for nothing.
///
/// # Errors
/// [`ClockError::StillPaused`] while a pause lasts; otherwise as [`super::due`].
pub fn paused(
    due: &Due,
    rule: &ClockRule,
    calendar: &Calendar,
    started_at: Timestamp,
    pauses: &[Pause],
) -> Result<Due, ClockError> {
    let mut result = due.clone();
    for (from_at, until_at) in joined(pauses, started_at)? {
        if from_at > result.due_at {
            break;
        }
        result = moved_by_pause(&result, rule, calendar, (from_at, until_at))?;
    }
    Ok(result)
}

/// Pauses in order, overlapping ones joined, cut at the start of the clock.
fn joined(pauses: &[Pause], started_at: Timestamp) -> Result<Vec<(Timestamp, Timestamp)>, ClockError> {
    let mut spans = Vec::new();
    for pause in pauses {
        let until_at = pause.until_at.ok_or(ClockError::StillPaused)?;
        if until_at > started_at && until_at > pause.from_at {
            spans.push((pause.from_at.max(started_at), until_at));
        }
    }
    spans.sort_unstable();
    let mut joined: Vec<(Timestamp, Timestamp)> = Vec::new();
    for (from_at, until_at) in spans {
        match joined.last_mut() {
            Some((_, end)) if from_at <= *end => *end = until_at.max(*end),
            _ => joined.push((from_at, until_at)),
        }
    }
    Ok(joined)
}

fn moved_by_pause(
    due: &Due,
    rule: &ClockRule,
    calendar: &Calendar,
    (from_at, until_at): (Timestamp, Timestamp),
) -> Result<Due, ClockError> {
    if matches!(rule.unit, Unit::Minutes | Unit::Hours) {
        return moved_by_time(due, rule, calendar, until_at.duration_since(from_at));
    }
    let zone = calendar.time_zone();
    let (from_on, until_on) = (zone.to_datetime(from_at).date(), zone.to_datetime(until_at).date());
    let (new_on, lost) = match rule.unit {
        Unit::WorkingDays | Unit::WorkingHours => {
            let lost = calendar.working_days_between(from_on, until_on)?;
            (
                after_lost_days(calendar, due.due_on, lost)?,
                format!("{lost} working days"),
            )
        }
        _ => {
            let lost = from_on.duration_until(until_on).as_hours() / 24;
            (
                after_calendar_days(rule, calendar, due.due_on, lost)?,
                format!("{lost} days"),
            )
        }
    };
    let note = format!(
        "{lost} lost by a pause from {} to {}",
        short_date(from_on),
        short_date(until_on)
    );
    let step = Step {
        on: new_on,
        what: StepKind::Paused,
        note,
        counted: None,
    };
    if rule.unit == Unit::WorkingHours {
        return Ok(keeping_time_of_day(due, rule, calendar, step));
    }
    moved(due, rule, calendar, step)
}

fn after_lost_days(calendar: &Calendar, due_on: Date, lost: u32) -> Result<Date, ClockError> {
    if lost == 0 {
        Ok(due_on)
    } else {
        calendar.add_working_days(due_on, lost)
    }
}

fn after_calendar_days(rule: &ClockRule, calendar: &Calendar, due_on: Date, lost: i64) -> Result<Date, ClockError> {
    let span = jiff::Span::new().try_days(lost).map_err(|_| ClockError::OutOfRange)?;
    let day = due_on.checked_add(span).map_err(|_| ClockError::OutOfRange)?;
    match rule.roll {
        Roll::None => Ok(day),
        Roll::Forward => calendar.on_or_after(day),
        Roll::Backward => calendar.on_or_before(day),
    }
}

fn moved_by_time(due: &Due, rule: &ClockRule, calendar: &Calendar, lost: SignedDuration) -> Result<Due, ClockError> {
    let due_at = due.due_at.checked_add(lost).map_err(|_| ClockError::OutOfRange)?;
    let due_on = calendar.time_zone().to_datetime(due_at).date();
    let note = format!("{} minutes lost by a pause", lost.as_mins());
    let step = Step {
        on: due_on,
        what: StepKind::Paused,
        note,
        counted: None,
    };
    Ok(moved_to(due, rule, calendar, (step, due_at)))
}

fn keeping_time_of_day(due: &Due, rule: &ClockRule, calendar: &Calendar, step: Step) -> Due {
    let time = calendar.time_zone().to_datetime(due.due_at).time();
    let due_at = super::local_time::local_moment(step.on.to_datetime(time), calendar.time_zone()).unwrap_or(due.due_at);
    moved_to(due, rule, calendar, (step, due_at))
}
