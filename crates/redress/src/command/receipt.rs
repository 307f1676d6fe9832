//! A time of receipt as a command is given it: a local date and time, a date alone, or an instant with its offset.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use rules::clock::{LocalReceipt, LocalTimeError, happened, received_locally};

/// When something was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Receipt {
    /// `2026-06-13T23:30+01:00`: one instant, wherever it is read.
    Instant(Timestamp),
    /// `2026-06-13T23:30`: what the clocks of the calendar's place showed.
    Local(DateTime),
    /// `2026-06-13`: as the day began.
    Day(Date),
}

impl Receipt {
    /// Reads what was typed; `None` when it is none of these.
    pub(super) fn read(text: &str) -> Option<Receipt> {
        let text = text.trim();
        if text.len() == 10 {
            return text.parse().ok().map(Receipt::Day);
        }
        // Behind the date a sign is an offset and a bracket names a zone: both must add up to one instant, or are refused.
        let offset = text.get(10..)?.contains(['Z', 'z', '+', '-', '[']);
        if offset {
            text.parse().ok().map(Receipt::Instant)
        } else {
            text.parse().ok().map(Receipt::Local)
        }
    }

    /// What the clocks of the zone showed.
    ///
    /// # Errors
    /// [`LocalTimeError::DoesNotExist`] for a time that they skipped.
    pub(super) fn on_the_clocks(self, zone: &TimeZone) -> Result<DateTime, LocalTimeError> {
        match self {
            Receipt::Instant(at) => Ok(zone.to_datetime(at)),
            Receipt::Local(moment) => happened(moment, zone),
            Receipt::Day(day) => Ok(day.to_datetime(Time::midnight())),
        }
    }

    /// The instant; of two the first, with a note.
    ///
    /// # Errors
    /// As [`Receipt::on_the_clocks`].
    pub(super) fn instant(self, zone: &TimeZone) -> Result<LocalReceipt, LocalTimeError> {
        let received_at = match self {
            Receipt::Local(moment) => return received_locally(moment.date(), moment.time(), zone),
            Receipt::Instant(at) => at,
            Receipt::Day(day) => {
                let began = zone.to_ambiguous_timestamp(day.to_datetime(Time::midnight()));
                began.compatible().map_err(|_| LocalTimeError::OutOfRange)?
            }
        };
        Ok(LocalReceipt {
            received_at,
            note: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_read_as_people_write_it() {
        let at = |text: &str| Some(Receipt::Instant(text.parse().unwrap()));
        let local = |text: &str| Some(Receipt::Local(text.parse().unwrap()));
        for (typed, read) in [
            ("2026-06-13T23:30", local("2026-06-13T23:30")),
            (" 2026-06-13 23:30:05 ", local("2026-06-13T23:30:05")),
            ("2026-06-13T23:30+01:00", at("2026-06-13T22:30Z")),
            ("2026-06-13T23:30Z", at("2026-06-13T23:30Z")),
            ("2026-06-13t23:30z", at("2026-06-13T23:30Z")),
            ("2026-06-13T23-04", at("2026-06-14T03:00Z")),
            ("2026-06-13", Some(Receipt::Day(jiff::civil::date(2026, 6, 13)))),
            ("2026-06-13T23:30[America/New_York]", None),
            ("2026-06-31", None),
            ("2026-06-13T24:30", None),
            ("13/06/2026", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(Receipt::read(typed), read, "{typed}");
        }
    }

    #[test]
    fn a_day_begins_when_its_clocks_begin() {
        let santiago = TimeZone::get("America/Santiago").unwrap();
        let began = Receipt::read("2026-09-06").unwrap().instant(&santiago).unwrap();
        assert_eq!(began.received_at.to_string(), "2026-09-06T04:00:00Z");
        let midnight = Receipt::read("2026-09-06T00:00").unwrap();
        assert!(
            midnight.instant(&santiago).is_err(),
            "the clocks went from midnight to 1am"
        );
        assert!(midnight.on_the_clocks(&santiago).is_err());
    }

    #[test]
    fn of_a_time_that_came_twice_the_first_is_taken_unless_an_offset_says_which() {
        let london = TimeZone::get("Europe/London").unwrap();
        let instant = |typed: &str| Receipt::read(typed).unwrap().instant(&london).unwrap();
        let first = instant("2026-10-25T01:30");
        assert_eq!(first.received_at.to_string(), "2026-10-25T00:30:00Z");
        assert!(first.note.unwrap().ends_with("We took the first."));
        let second = instant("2026-10-25T01:30+00:00");
        assert_eq!(second.received_at.to_string(), "2026-10-25T01:30:00Z");
        assert_eq!(second.note, None);
    }
}
