//! Dates and times as people in the office say them: today, yesterday, a weekday; always in the institution's zone.

use casework::Office;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use rules::clock::clock_time;

use crate::page::words::{date_in_year, date_long, date_short, machine_moment, moment};

/// The clock on the wall.
#[derive(Debug, Clone)]
pub struct Wall {
    now: ZonedDateTime,
}

impl Wall {
    /// The clock of an office.
    pub fn of(office: &Office) -> Wall {
        let zone = office.active().calendar.time_zone().clone();
        Wall {
            now: office.now().to_zoned_datetime(zone),
        }
    }

    /// Today.
    pub fn today(&self) -> Date {
        self.now.date()
    }

    /// The zone.
    pub fn zone(&self) -> TimeZone {
        self.now.time_zone().clone()
    }

    /// "Wednesday 14 October 2026, 9:40am".
    pub fn now_words(&self) -> String {
        moment(&self.now)
    }

    /// "9:40am".
    pub fn time(&self) -> String {
        clock_time(self.now.time())
    }

    /// "Today, 9:06am", "Yesterday, 4:55pm", "Monday 12 October, 2:05pm", with the year if it is another.
    pub fn when(&self, at: Timestamp) -> String {
        let at = self.local(at);
        let time = clock_time(at.time());
        format!("{}, {time}", self.day(at.date()))
    }

    /// "Today", "Yesterday", "Tomorrow", "Monday 12 October".
    pub fn day(&self, on: Date) -> String {
        let today = self.today();
        if on == today {
            "Today".to_owned()
        } else if Some(on) == today.yesterday().ok() {
            "Yesterday".to_owned()
        } else if Some(on) == today.tomorrow().ok() {
            "Tomorrow".to_owned()
        } else if on.year() == today.year() {
            date_in_year(on)
        } else {
            date_long(on)
        }
    }

    /// "today, 9:06am", "Monday 12 October, 2:05pm": in the middle of a sentence.
    pub fn when_inside(&self, at: Timestamp) -> String {
        let at = self.local(at);
        format!("{}, {}", self.day_inside(at.date()), clock_time(at.time()))
    }

    /// "today", "Monday 12 October": in the middle of a sentence.
    pub fn day_inside(&self, on: Date) -> String {
        let day = self.day(on);
        match day.as_str() {
            "Today" | "Yesterday" | "Tomorrow" => day.to_lowercase(),
            _ => day,
        }
    }

    /// "Thu 15 Oct".
    pub fn short(&self, on: Date) -> String {
        date_short(on)
    }

    /// "Monday 12 October 2026, 2:05pm".
    pub fn full(&self, at: Timestamp) -> String {
        moment(&self.local(at))
    }

    /// "Mon 12 Oct 2026, 2:05:09pm", for the audit trail.
    pub fn second(&self, at: Timestamp) -> String {
        let at = self.local(at);
        let half = if at.hour() < 12 { "am" } else { "pm" };
        let hour = if at.hour() % 12 == 0 { 12 } else { at.hour() % 12 };
        format!(
            "{} {}, {hour}:{:02}:{:02}{half}",
            date_short(at.date()),
            at.year(),
            at.minute(),
            at.second()
        )
    }

    /// For the `datetime` attribute.
    pub fn machine(&self, at: Timestamp) -> String {
        machine_moment(&self.local(at))
    }

    /// The instant on the clocks of the institution.
    pub fn local(&self, at: Timestamp) -> ZonedDateTime {
        at.to_zoned_datetime(self.zone())
    }
}
