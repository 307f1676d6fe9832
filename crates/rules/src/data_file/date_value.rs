//! Dates and times of day as TOML writes them, bare or in quotes.

use jiff::civil::{Date, Time};
use toml::de::DeValue;

/// `2026-06-13` or `"2026-06-13"`.
pub(super) fn date(value: &DeValue<'_>) -> Option<Date> {
    match value {
        DeValue::String(text) => text.parse().ok(),
        DeValue::Datetime(moment) if moment.time.is_none() => {
            let day = moment.date?;
            Date::new(
                i16::try_from(day.year).ok()?,
                i8::try_from(day.month).ok()?,
                i8::try_from(day.day).ok()?,
            )
            .ok()
        }
        _ => None,
    }
}

/// `"17:00"` or `17:00:00`.
pub(super) fn time(value: &DeValue<'_>) -> Option<Time> {
    match value {
        DeValue::String(text) => text.parse().ok(),
        DeValue::Datetime(moment) if moment.date.is_none() => {
            let time = moment.time?;
            Time::new(i8::try_from(time.hour).ok()?, i8::try_from(time.minute).ok()?, 0, 0).ok()
        }
        _ => None,
    }
}
