//! Reading a calendar file, and laying closure days over a calendar (A1, 4.3).

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use super::calendar::{Calendar, CalendarFacts, NonWorkingDay, NonWorkingKind};
use super::day_table::DayTable;
use super::error::ClockError;
use crate::coded::Coded;
use crate::data_file::{Invalid, Reading, Section};

impl Coded for Weekday {
    const MEMBERS: &'static [Self] = &[
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    fn as_code(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }
}

impl Calendar {
    /// Reads a calendar file.
    ///
    /// # Errors
    /// Every fault of the file, each with its line.
    pub fn parse(text: &str, file: impl AsRef<Path>) -> Result<Self, Vec<Invalid>> {
        let (reading, table) = Reading::open(text, file.as_ref())?;
        let facts = {
            let root = reading.root(table.get_ref());
            read(&root)
        };
        match facts {
            Some(facts) if reading.is_sound() => Ok(Self::of(facts)),
            _ => Err(reading.into_faults()),
        }
    }

    /// This calendar with the days of another added: closures over bank holidays. Both must cover a day for the result to.
    ///
    /// # Errors
    /// [`ClockError::LayersDoNotFit`] when the time zones differ or no day is covered by both.
    pub fn with_closures(&self, other: &Self) -> Result<Self, ClockError> {
        let (mine, theirs) = (&self.facts, &other.facts);
        let layers: Vec<String> = mine.layers.iter().chain(&theirs.layers).cloned().collect();
        let misfit = |reason: &str| ClockError::LayersDoNotFit {
            layers: layers.join(" + "),
            reason: reason.to_owned(),
        };
        if mine.zone_name != theirs.zone_name {
            return Err(misfit("their time zones differ"));
        }
        let covers = *mine.covers.start().max(theirs.covers.start())..=*mine.covers.end().min(theirs.covers.end());
        if covers.is_empty() {
            return Err(misfit("they have no day in common"));
        }
        let mut facts = mine.clone();
        facts.covers = covers;
        facts.id = format!("{}+{}", mine.id, theirs.id);
        facts.name = format!("{}, with {}", mine.name, theirs.name);
        facts.source = format!("{}; {}", mine.source, theirs.source);
        facts.source_date = mine.source_date.max(theirs.source_date);
        facts.version = format!("{} + {}", mine.version, theirs.version);
        for day in &theirs.weekend {
            if !facts.weekend.contains(day) {
                facts.weekend.push(*day);
            }
        }
        for (on, day) in &theirs.days {
            let weaker = facts.days.get(on).is_none_or(|known| known.half_day);
            if weaker {
                facts.days.insert(*on, day.clone());
            }
        }
        facts.layers = layers;
        Ok(Self::of(facts))
    }

    /// This calendar with one more non-working day, as when an extra bank holiday is proclaimed (A42).
    #[must_use]
    pub fn with_day(&self, on: Date, day: NonWorkingDay) -> Self {
        let mut facts = self.facts.clone();
        facts.version = format!("{} + {on}", facts.version);
        facts.days.insert(on, day);
        Self::of(facts)
    }

    fn of(facts: CalendarFacts) -> Self {
        let table = DayTable::new(&facts.covers, |day| {
            !facts.weekend.contains(&day.weekday()) && facts.days.get(&day).is_none_or(|known| known.half_day)
        });
        Self { facts, table }
    }
}

fn read(root: &Section<'_>) -> Option<CalendarFacts> {
    let calendar = root.section("calendar").or_else(|| {
        root.fault("calendar", "the part [calendar] is missing");
        None
    })?;
    let id = calendar.text("id");
    let source_date = calendar.date("source_date");
    let zone_name = calendar.text("time_zone");
    let zone = TimeZone::get(&zone_name).unwrap_or(TimeZone::UTC);
    if TimeZone::get(&zone_name).is_err() && !zone_name.is_empty() {
        calendar.fault("time_zone", format!("there is no time zone called \"{zone_name}\""));
    }
    let (first, last) = (calendar.date("covers_from"), calendar.date("covers_to"));
    if first > last {
        calendar.fault("covers_to", "the calendar ends before it begins");
    }
    let revision = calendar
        .text_if("revision")
        .map_or_else(String::new, |text| format!(" ({text})"));
    let hours = calendar.time_if("opens").zip(calendar.time_if("closes"));
    let weekend = calendar.codes::<Weekday>("weekend");
    let days = read_days(root, &(first..=last));
    Some(CalendarFacts {
        version: format!("{id} {source_date}{revision}"),
        name: calendar.text("name"),
        source: calendar.text("source"),
        source_date,
        covers: first..=last,
        weekend,
        days,
        hours,
        zone_name,
        zone,
        layers: vec![id.clone()],
        id,
    })
}

/// `[bank_holidays]`, `[closures]`, `[extra_holidays]` and `[half_days]`: a line for each day, `2026-12-25 = "Christmas Day"`.
fn read_days(root: &Section<'_>, covers: &RangeInclusive<Date>) -> BTreeMap<Date, NonWorkingDay> {
    let tables = [
        ("bank_holidays", NonWorkingKind::Bank, false),
        ("closures", NonWorkingKind::Closure, false),
        ("extra_holidays", NonWorkingKind::Extra, false),
        ("half_days", NonWorkingKind::Closure, true),
    ];
    let mut days = BTreeMap::new();
    for (table, kind, half_day) in tables {
        for (on, name) in root.pairs(table) {
            let place = format!("{table}.{on}");
            let Ok(day) = on.parse::<Date>() else {
                root.fault(&place, format!("\"{on}\" is not a day; write it like 2026-12-25"));
                continue;
            };
            if !covers.contains(&day) {
                root.fault(&place, format!("{on} lies outside the days that the calendar covers"));
            }
            if days.insert(day, NonWorkingDay { name, kind, half_day }).is_some() {
                root.fault(&place, format!("{on} is listed twice"));
            }
        }
    }
    days
}
