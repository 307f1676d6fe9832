//! Days and hours of the story, counted by the calendar of the procedure in force.

use std::sync::Arc;

use casework::office::InForce;
use jiff::civil::{Date, Time, Weekday};
use jiff::{SignedDuration, Timestamp};
use rules::clock::{Calendar, ClockError};

use super::chance::Chance;

/// The calendar with the questions that a story asks of it.
#[derive(Debug, Clone)]
pub(super) struct Days {
    in_force: Arc<InForce>,
}

impl Days {
    /// The days of this procedure.
    pub(super) fn of(in_force: Arc<InForce>) -> Days {
        Days { in_force }
    }

    /// The calendar with its closure days.
    pub(super) fn calendar(&self) -> &Calendar {
        &self.in_force.calendar
    }

    /// The local day of an instant.
    pub(super) fn day(&self, at: Timestamp) -> Date {
        self.calendar().time_zone().to_datetime(at).date()
    }

    /// The local hour of an instant.
    pub(super) fn hour(&self, at: Timestamp) -> i8 {
        self.calendar().time_zone().to_datetime(at).hour()
    }

    /// An instant on a day, so many minutes after midnight. A time that the spring skips is taken an hour later.
    pub(super) fn at(&self, day: Date, minutes: i64) -> Result<Timestamp, ClockError> {
        let zone = self.calendar().time_zone();
        let midnight = zone
            .to_ambiguous_timestamp(day.to_datetime(Time::midnight()))
            .compatible();
        let noon = zone.to_ambiguous_timestamp(day.at(12, 0, 0, 0)).compatible();
        let noon = noon.map_err(|_| ClockError::OutOfRange)?;
        match midnight {
            // Counted from noon, the clock on the wall is right on the two days of the year that are longer or shorter.
            Ok(_) if minutes >= 180 => Ok(noon + SignedDuration::from_mins(minutes - 720)),
            Ok(midnight) => Ok(midnight + SignedDuration::from_mins(minutes)),
            Err(_) => Err(ClockError::OutOfRange),
        }
    }

    /// The working day so many working days from a day: before it where the number is negative; the day itself or the next working day for 0.
    pub(super) fn working_day(&self, from: Date, offset: i64) -> Result<Date, ClockError> {
        let days = u32::try_from(offset.unsigned_abs()).unwrap_or(u32::MAX);
        if offset < 0 {
            return self.calendar().subtract_working_days(from, days);
        }
        if offset == 0 {
            self.calendar().on_or_after(from)
        } else {
            self.calendar().add_working_days(from, days)
        }
    }

    /// A moment in working hours, at least so many minutes later; the next working day where the day is over.
    pub(super) fn in_hours(
        &self,
        after: Timestamp,
        minutes: (i64, i64),
        chance: &mut Chance,
    ) -> Result<Timestamp, ClockError> {
        let wanted = after + SignedDuration::from_secs(chance.between(minutes.0 * 60, minutes.1 * 60));
        let day = self.day(wanted);
        if self.is_office_hours(wanted) {
            return Ok(wanted);
        }
        let begins = if self.hour(wanted) < 9 {
            self.working_day(day, 0)?
        } else {
            self.calendar().add_working_days(day, 1)?
        };
        self.within(begins, (8 * 60 + 40, 10 * 60 + 30), chance)
    }

    /// A moment on a day, between two times given in minutes after midnight.
    pub(super) fn within(&self, day: Date, minutes: (i64, i64), chance: &mut Chance) -> Result<Timestamp, ClockError> {
        let second = chance.between(0, 59);
        Ok(self.at(day, chance.between(minutes.0, minutes.1))? + SignedDuration::from_secs(second))
    }

    /// Whether staff are at their desks then; the Helpline itself is never closed.
    pub(super) fn is_office_hours(&self, at: Timestamp) -> bool {
        self.calendar().is_working_day(self.day(at)) && (9..17).contains(&self.hour(at))
    }

    /// How many complaints a day brings, compared with other days: term, exams, weekends.
    pub(super) fn weight(&self, day: Date) -> u32 {
        let month =
            [110, 100, 100, 85, 115, 80, 55, 70, 150, 150, 115, 70][usize::try_from(day.month() - 1).unwrap_or(0)];
        let week = match day.weekday() {
            Weekday::Saturday => 22,
            Weekday::Sunday => 28,
            Weekday::Monday => 125,
            Weekday::Tuesday => 110,
            Weekday::Friday => 85,
            Weekday::Wednesday | Weekday::Thursday => 100,
        };
        let closed = !self.calendar().is_working_day(day) && week >= 85;
        month * if closed { 20 } else { week }
    }
}
