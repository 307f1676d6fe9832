//! Working hours: time that only passes while the calendar is open (P7).

use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Timestamp};

use super::calendar::Calendar;
use super::error::ClockError;
use super::local_time::local_moment;
use super::rule::ClockRule;

/// The local day and the instant at which so many opening hours have passed since the start.
pub(super) fn due(rule: &ClockRule, calendar: &Calendar, start: DateTime) -> Result<(Date, Timestamp), ClockError> {
    let (opens, closes) = calendar
        .hours()
        .ok_or_else(|| ClockError::NoOpeningHours(calendar.id().to_owned()))?;
    let mut left = SignedDuration::from_hours(i64::from(rule.amount));
    let (mut day, mut from) = first_open_moment(calendar, start, (opens, closes))?;
    loop {
        let open = from.duration_until(closes);
        if left <= open {
            let moment = day
                .to_datetime(from)
                .checked_add(left)
                .map_err(|_| ClockError::OutOfRange)?;
            let due_at = local_moment(moment, calendar.time_zone()).ok_or(ClockError::OutOfRange)?;
            return Ok((moment.date(), due_at));
        }
        left = left.saturating_sub(open);
        day = calendar.add_working_days(day, 1)?;
        from = opens;
    }
}

fn first_open_moment(
    calendar: &Calendar,
    start: DateTime,
    (opens, closes): (Time, Time),
) -> Result<(Date, Time), ClockError> {
    let day = start.date();
    if !calendar.covers(day) {
        return Err(calendar.day_not_covered(day));
    }
    if !calendar.is_working_day(day) {
        return Ok((calendar.on_or_after(day)?, opens));
    }
    if start.time() >= closes {
        return Ok((calendar.add_working_days(day, 1)?, opens));
    }
    Ok((day, start.time().max(opens)))
}
