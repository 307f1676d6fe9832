//! Instants and days, written as people of the university write them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// The instant of a local time in London: `at("2026-06-09 09:15")`. Of a time that happened twice it is the first.
///
/// # Panics
/// When the text is no local time.
pub fn at(local: &str) -> Timestamp {
    let time: DateTime = local
        .parse()
        .unwrap_or_else(|error| panic!("{local:?} is no local time: {error}"));
    let zone = TimeZone::get("Europe/London").unwrap_or_else(|error| panic!("the time zone is missing: {error}"));
    let instant = zone.to_ambiguous_timestamp(time).compatible();
    instant.unwrap_or_else(|error| panic!("{local:?} is no instant: {error}"))
}

/// A day: `day("2026-06-12")`.
///
/// # Panics
/// When the text is no day.
pub fn day(text: &str) -> Date {
    text.parse()
        .unwrap_or_else(|error| panic!("{text:?} is no day: {error}"))
}
