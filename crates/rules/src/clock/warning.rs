//! Warning points: when people are told that a clock will run out (P18).

use jiff::Timestamp;
use jiff::civil::Time;

use super::calendar::Calendar;
use super::deadline::Due;
use super::error::ClockError;
use super::local_time::local_moment;
use super::rule::{ClockRule, Warn};

/// The instants at which to warn, in order, each between start and due instant. Points that fall outside are left out.
///
/// # Errors
/// [`ClockError::NotCovered`] when a point lies before the calendar begins.
pub fn warnings(
    rule: &ClockRule,
    calendar: &Calendar,
    started_at: Timestamp,
    due: &Due,
) -> Result<Vec<Timestamp>, ClockError> {
    let mut points = Vec::with_capacity(rule.warn.len());
    for warn in &rule.warn {
        points.push(point(*warn, calendar, started_at, due)?);
    }
    points.retain(|at| *at > started_at && *at < due.due_at);
    points.sort_unstable();
    points.dedup();
    Ok(points)
}

fn point(warn: Warn, calendar: &Calendar, started_at: Timestamp, due: &Due) -> Result<Timestamp, ClockError> {
    let local = match warn {
        Warn::Percent(percent) => {
            let whole = due.due_at.as_second() - started_at.as_second();
            let second = started_at.as_second() + whole * i64::from(percent) / 100;
            return Timestamp::from_second(second).map_err(|_| ClockError::OutOfRange);
        }
        Warn::WorkingDaysBefore(days) => calendar
            .subtract_working_days(due.due_on, days)?
            .to_datetime(Time::midnight()),
        Warn::CloseOfBusiness(time) => due.due_on.to_datetime(time),
    };
    local_moment(local, calendar.time_zone()).ok_or(ClockError::OutOfRange)
}
