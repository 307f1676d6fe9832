//! A calendar of working days: a weekly pattern and the days that break it (A1, P11).

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::ClockError;
use super::day_table::DayTable;
use super::written_date::full_date;
use crate::coded::coded;

/// A calendar of working days, ready to count with: every question is a look-up, whatever the number of days.
#[derive(Debug, Clone)]
pub struct Calendar {
    pub(super) facts: CalendarFacts,
    pub(super) table: DayTable,
}

/// What a calendar file says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CalendarFacts {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) source: String,
    pub(super) source_date: Date,
    pub(super) covers: RangeInclusive<Date>,
    pub(super) weekend: Vec<Weekday>,
    pub(super) days: BTreeMap<Date, NonWorkingDay>,
    pub(super) hours: Option<(Time, Time)>,
    pub(super) zone_name: String,
    pub(super) zone: TimeZone,
    pub(super) version: String,
    pub(super) layers: Vec<String>,
}

/// A day on which the weekly pattern does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NonWorkingDay {
    /// What people call it: "Good Friday".
    pub name: String,
    /// What kind of day it is.
    pub kind: NonWorkingKind,
    /// Only part of the day: it stays a working day (4.3).
    pub half_day: bool,
}

coded! {
    /// Why a day is not a working day.
    pub enum NonWorkingKind {
        /// A bank or public holiday by law or proclamation.
        Bank = "bank", "bank holiday";
        /// A day on which the university is closed: the employer's choice.
        Closure = "closure", "closure day";
        /// A one-off, such as a day of mourning.
        Extra = "extra", "extra holiday";
    }
}

impl Calendar {
    /// The id by which procedures name it; layers are joined with `+`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.facts.id
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.facts.name
    }

    /// Where its days come from.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.facts.source
    }

    /// The day on which the source was read.
    #[must_use]
    pub fn source_date(&self) -> Date {
        self.facts.source_date
    }

    /// The version that every computed date names: id and the day its source was read, for each layer.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.facts.version
    }

    /// The ids of its layers, in order; one for a plain calendar.
    #[must_use]
    pub fn layers(&self) -> &[String] {
        &self.facts.layers
    }

    /// The days of which it knows whether they are working days.
    #[must_use]
    pub fn covered_days(&self) -> &RangeInclusive<Date> {
        &self.facts.covers
    }

    /// Whether it knows about this day.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        self.facts.covers.contains(&day)
    }

    /// The days of the week that are never working days.
    #[must_use]
    pub fn weekend(&self) -> &[Weekday] {
        &self.facts.weekend
    }

    /// The days that break the weekly pattern.
    #[must_use]
    pub fn days(&self) -> &BTreeMap<Date, NonWorkingDay> {
        &self.facts.days
    }

    /// Opening hours on working days, if working hours can be counted.
    #[must_use]
    pub fn hours(&self) -> Option<(Time, Time)> {
        self.facts.hours
    }

    /// The time zone in which its days begin and end.
    #[must_use]
    pub fn time_zone(&self) -> &TimeZone {
        &self.facts.zone
    }

    /// The name of that time zone.
    #[must_use]
    pub fn time_zone_name(&self) -> &str {
        &self.facts.zone_name
    }

    /// Whether this is a working day. A day outside the covered range is judged by the weekly pattern alone: ask
    /// [`Calendar::covers`] first where it matters; everything that computes a due date does.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> bool {
        self.table
            .is_working(day)
            .unwrap_or_else(|| !self.facts.weekend.contains(&day.weekday()))
    }

    /// Why this day is not a working day: "Saturday", "Good Friday"; `None` for a working day.
    #[must_use]
    pub fn why_not_working(&self, day: Date) -> Option<String> {
        if self.is_working_day(day) {
            return None;
        }
        let named = self.facts.days.get(&day).filter(|known| !known.half_day);
        Some(named.map_or_else(|| weekday_name(day.weekday()).to_owned(), |known| known.name.clone()))
    }

    /// The `days`-th working day strictly after `day`; for 0, `day` itself or the next working day.
    ///
    /// # Errors
    /// [`ClockError::NotCovered`] when the calendar does not reach so far.
    pub fn add_working_days(&self, day: Date, days: u32) -> Result<Date, ClockError> {
        self.table.add(day, days).ok_or_else(|| self.not_covered(day, days))
    }

    /// How many working days lie after `from` up to and including `to`; 0 if `to` is not later.
    ///
    /// # Errors
    /// [`ClockError::NotCovered`] when the calendar does not cover both days.
    pub fn working_days_between(&self, from: Date, to: Date) -> Result<u32, ClockError> {
        let outside = if self.covers(from) { to } else { from };
        self.table
            .between(from, to)
            .ok_or_else(|| self.day_not_covered(outside))
    }

    /// The day itself if it is a working day, otherwise the next one.
    ///
    /// # Errors
    /// [`ClockError::NotCovered`] when the calendar does not reach so far.
    pub fn on_or_after(&self, day: Date) -> Result<Date, ClockError> {
        self.add_working_days(day, 0)
    }

    /// The day itself if it is a working day, otherwise the last one before.
    ///
    /// # Errors
    /// [`ClockError::NotCovered`] when the calendar does not reach so far.
    pub fn on_or_before(&self, day: Date) -> Result<Date, ClockError> {
        self.table.back(day, 0).ok_or_else(|| self.day_not_covered(day))
    }

    /// The `days`-th working day strictly before `day`.
    ///
    /// # Errors
    /// [`ClockError::NotCovered`] when the calendar does not reach so far.
    pub fn subtract_working_days(&self, day: Date, days: u32) -> Result<Date, ClockError> {
        self.table.back(day, days).ok_or_else(|| self.day_not_covered(day))
    }

    /// Whether a closure day lies after `from` up to and including `to` (P21).
    #[must_use]
    pub fn closure_within(&self, from: Date, to: Date) -> bool {
        let Ok(start) = from.tomorrow() else { return false };
        start <= to
            && self
                .facts
                .days
                .range(start..=to)
                .any(|(_, day)| day.kind == NonWorkingKind::Closure && !day.half_day)
    }

    pub(super) fn day_not_covered(&self, day: Date) -> ClockError {
        self.needs(full_date(day))
    }

    fn not_covered(&self, from: Date, days: u32) -> ClockError {
        let plural = if days == 1 { "" } else { "s" };
        self.needs(format!("{days} working day{plural} after {}", full_date(from)))
    }

    fn needs(&self, needed: String) -> ClockError {
        ClockError::NotCovered {
            calendar: self.facts.id.clone(),
            first_on: *self.facts.covers.start(),
            last_on: *self.facts.covers.end(),
            needed,
        }
    }
}

/// The English name of a weekday.
#[must_use]
pub const fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
