//! Due dates: from a start to the last second in which a decision is still in time (P43, 4.4, 4.5).

use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::error::ClockError;
use super::explain::Explanation;
use super::local_time::{end_of_local_day, local_moment};
use super::rule::{ClockRule, Count, DueTime, MonthRule, NonWorking, Roll, Unit};
use super::steps;
use super::written_date::{clock_time, short_date};

/// A due date with its account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The local day.
    pub due_on: Date,
    /// The last second in which it is in time.
    pub due_at: Timestamp,
    /// How it came about.
    pub explanation: Explanation,
}

impl Due {
    /// Whether something that happened then is late. Fractions of the last second are still in time.
    #[must_use]
    pub fn is_late(&self, happened_at: Timestamp) -> bool {
        happened_at.as_second() > self.due_at.as_second()
    }
}

/// When a clock that started then is due, with the account of how.
///
/// # Errors
/// [`ClockError`] when the calendar does not reach far enough, or lacks opening hours that the rule counts.
pub fn due(rule: &ClockRule, calendar: &Calendar, received_at: Timestamp) -> Result<Due, ClockError> {
    let local = calendar.time_zone().to_datetime(received_at);
    let (due_on, due_at) = match rule.unit {
        Unit::Minutes | Unit::Hours => elapsed(rule, calendar, received_at)?,
        Unit::WorkingHours => super::working_hours::due(rule, calendar, local)?,
        _ => {
            let due_on = due_on(rule, calendar, local)?;
            (due_on, due_instant(rule, calendar, due_on)?)
        }
    };
    let steps = steps::of(rule, calendar, local, due_on);
    let explanation = Explanation {
        rule: super::sentence::of(rule),
        steps,
        conclusion: conclusion(rule, calendar, due_on, due_at),
        calendar: calendar.id().to_owned(),
        calendar_version: calendar.version().to_owned(),
        procedure: None,
    };
    Ok(Due {
        due_on,
        due_at,
        explanation,
    })
}

/// The due day alone: the same rule without its account, fast enough for a million dates at a time.
///
/// For minutes, hours and working hours this is the local day of the due instant, with the start taken as written.
///
/// # Errors
/// As [`due`].
pub fn due_on(rule: &ClockRule, calendar: &Calendar, received: DateTime) -> Result<Date, ClockError> {
    match rule.unit {
        Unit::Minutes | Unit::Hours => {
            let moment = received
                .checked_add(elapsed_duration(rule))
                .map_err(|_| ClockError::OutOfRange)?;
            return Ok(moment.date());
        }
        Unit::WorkingHours => return super::working_hours::due(rule, calendar, received).map(|(day, _)| day),
        _ => {}
    }
    let start = effective_start(rule, calendar, received)?;
    let reached = reach(rule, calendar, start, rule.amount)?;
    match rule.amount_if_closure {
        Some(longer) if calendar.closure_within(start, reached) => reach(rule, calendar, start, longer),
        _ => Ok(reached),
    }
}

/// When the next update is due, counted from the last contact that told the complainant something (P17, A9).
///
/// # Errors
/// As [`due`].
pub fn next_update_due(rule: &ClockRule, calendar: &Calendar, last_told_at: Timestamp) -> Result<Due, ClockError> {
    due(rule, calendar, last_told_at)
}

/// The day that the count starts from: after the cut-off it is the next day, and `deemed` moves it to a working day.
pub(super) fn effective_start(rule: &ClockRule, calendar: &Calendar, received: DateTime) -> Result<Date, ClockError> {
    let day = received.date();
    if !calendar.covers(day) {
        return Err(calendar.day_not_covered(day));
    }
    let after_cutoff = rule.cutoff.is_some_and(|cutoff| received.time() >= cutoff);
    let day = if after_cutoff {
        day.tomorrow().map_err(|_| ClockError::OutOfRange)?
    } else {
        day
    };
    match rule.non_working {
        NonWorking::CountOn => Ok(day),
        NonWorking::Deemed => calendar.on_or_after(day),
    }
}

/// The day reached by counting `amount` from `start`, rolled as the rule says.
pub(super) fn reach(rule: &ClockRule, calendar: &Calendar, start: Date, amount: u32) -> Result<Date, ClockError> {
    if rule.unit == Unit::WorkingDays {
        return working_days(rule, calendar, start, amount);
    }
    let reached = before_roll(rule, start, amount)?;
    match rule.roll {
        Roll::None if calendar.covers(reached) => Ok(reached),
        Roll::None => Err(calendar.day_not_covered(reached)),
        Roll::Forward => calendar.on_or_after(reached),
        Roll::Backward => calendar.on_or_before(reached),
    }
}

/// The day reached by days, weeks or months, before it is rolled to a working day.
pub(super) fn before_roll(rule: &ClockRule, start: Date, amount: u32) -> Result<Date, ClockError> {
    match rule.unit {
        Unit::Weeks => days_after(rule, start, i64::from(amount) * 7),
        Unit::Months => months_after(rule, start, amount),
        _ => days_after(rule, start, i64::from(amount)),
    }
}

/// The last second of the due day, or its close of business (P9).
pub(super) fn due_instant(rule: &ClockRule, calendar: &Calendar, due_on: Date) -> Result<Timestamp, ClockError> {
    match rule.due_time {
        DueTime::EndOfDay => end_of_local_day(due_on, calendar.time_zone()).ok_or(ClockError::OutOfRange),
        DueTime::CloseOfBusiness(time) => {
            local_moment(due_on.to_datetime(time), calendar.time_zone()).ok_or(ClockError::OutOfRange)
        }
    }
}

/// The month reached and whether its day had to be clamped.
pub(super) fn corresponding(start: Date, months: u32) -> Result<(Date, Clamp), ClockError> {
    let months = i64::from(months);
    let span = jiff::Span::new()
        .try_months(months)
        .map_err(|_| ClockError::OutOfRange)?;
    let reached = start.checked_add(span).map_err(|_| ClockError::OutOfRange)?;
    let clamp = if reached.day() == start.day() {
        Clamp::SameDay
    } else {
        Clamp::LastDay
    };
    Ok((reached, clamp))
}

/// Whether a month had the day that was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clamp {
    SameDay,
    LastDay,
}

fn elapsed(rule: &ClockRule, calendar: &Calendar, from: Timestamp) -> Result<(Date, Timestamp), ClockError> {
    let due_at = from
        .checked_add(elapsed_duration(rule))
        .map_err(|_| ClockError::OutOfRange)?;
    Ok((calendar.time_zone().to_datetime(due_at).date(), due_at))
}

fn elapsed_duration(rule: &ClockRule) -> SignedDuration {
    let minutes = if rule.unit == Unit::Hours { 60 } else { 1 };
    SignedDuration::from_secs(i64::from(rule.amount) * minutes * 60)
}

fn working_days(rule: &ClockRule, calendar: &Calendar, start: Date, amount: u32) -> Result<Date, ClockError> {
    match (rule.count, amount) {
        (Count::After, _) | (Count::Inclusive, 0) => calendar.add_working_days(start, amount),
        (Count::Inclusive, _) => {
            let first = calendar.on_or_after(start)?;
            if amount == 1 {
                Ok(first)
            } else {
                calendar.add_working_days(first, amount - 1)
            }
        }
    }
}

fn days_after(rule: &ClockRule, start: Date, days: i64) -> Result<Date, ClockError> {
    let days = if rule.count == Count::Inclusive {
        (days - 1).max(0)
    } else {
        days
    };
    let span = jiff::Span::new().try_days(days).map_err(|_| ClockError::OutOfRange)?;
    start.checked_add(span).map_err(|_| ClockError::OutOfRange)
}

fn months_after(rule: &ClockRule, start: Date, months: u32) -> Result<Date, ClockError> {
    match (rule.month_rule, corresponding(start, months)?) {
        (MonthRule::PeriodCommencing, (reached, Clamp::SameDay)) if months > 0 => {
            reached.yesterday().map_err(|_| ClockError::OutOfRange)
        }
        (_, (reached, _)) => Ok(reached),
    }
}

pub(super) fn conclusion(rule: &ClockRule, calendar: &Calendar, due_on: Date, due_at: Timestamp) -> String {
    match (rule.unit, rule.due_time) {
        (Unit::Minutes | Unit::Hours | Unit::WorkingHours, _) => {
            let time = calendar.time_zone().to_datetime(due_at).time();
            format!(
                "due by {:02}:{:02} on {}",
                time.hour(),
                time.minute(),
                short_date(due_on)
            )
        }
        (_, DueTime::EndOfDay) => format!("due by the end of {}", short_date(due_on)),
        (_, DueTime::CloseOfBusiness(time)) => format!("due by {} on {}", clock_time(time), short_date(due_on)),
    }
}
