//! How dates, moments and counts are written for people to read.

use jiff::{ZonedDateTime, civil::Date, fmt::strtime};
use rules::clock::clock_time;

/// "Thursday 15 October 2026": in full, with the weekday.
#[must_use]
pub fn date_long(on: Date) -> String {
    format(on, "%A %-d %B %Y")
}

/// "Thursday 15 October": where the year cannot be mistaken.
#[must_use]
pub fn date_in_year(on: Date) -> String {
    format(on, "%A %-d %B")
}

/// "15 Oct 2026": for the columns of tables.
#[must_use]
pub fn date_brief(on: Date) -> String {
    format(on, "%-d %b %Y")
}

/// "15 Oct": where the year follows.
#[must_use]
pub fn day_brief(on: Date) -> String {
    format(on, "%-d %b")
}

/// "Thu 15 Oct": for lists and text messages.
#[must_use]
pub fn date_short(on: Date) -> String {
    format(on, "%a %-d %b")
}

/// "Monday 12 October 2026, 2:05pm", or "2pm" on the hour, on the clocks of the zone that it bears.
#[must_use]
pub fn moment(at: &ZonedDateTime) -> String {
    format!("{}, {}", date_long(at.date()), clock_time(at.time()))
}

/// "2026-10-12T14:05+01:00": for the `datetime` attribute, so that machines read the same instant.
#[must_use]
pub fn machine_moment(at: &ZonedDateTime) -> String {
    strtime::format("%Y-%m-%dT%H:%M%:z", at).unwrap_or_else(|_| at.timestamp().to_string())
}

/// "1 case", "2 cases", "no cases".
#[must_use]
pub fn count(n: u64, one: &str, many: &str) -> String {
    match n {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{n} {many}"),
    }
}

fn format(on: Date, pattern: &str) -> String {
    // The patterns are literals of this file and every date has each of their parts; the ISO form is what is left otherwise.
    strtime::format(pattern, on).unwrap_or_else(|_| on.to_string())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn dates_are_in_full_with_the_weekday() {
        let on = date(2026, 10, 15);
        assert_eq!(date_long(on), "Thursday 15 October 2026");
        assert_eq!(date_in_year(on), "Thursday 15 October");
        assert_eq!(date_short(on), "Thu 15 Oct");
        assert_eq!(date_long(date(2026, 2, 1)), "Sunday 1 February 2026");
    }

    #[test]
    fn a_moment_is_told_on_the_clocks_of_its_zone() -> Result<(), jiff::Error> {
        let at: jiff::Timestamp = "2026-10-12T13:05:00Z".parse()?;
        let london = at.in_tz("Europe/London")?;
        assert_eq!(moment(&london), "Monday 12 October 2026, 2:05pm");
        let sharp: jiff::Timestamp = "2026-10-12T13:00:00Z".parse()?;
        assert_eq!(moment(&sharp.in_tz("Europe/London")?), "Monday 12 October 2026, 2pm");
        assert_eq!(machine_moment(&london), "2026-10-12T14:05+01:00");
        Ok(())
    }

    #[test]
    fn counts_agree_with_their_noun() {
        assert_eq!(count(0, "case", "cases"), "no cases");
        assert_eq!(count(1, "case", "cases"), "1 case");
        assert_eq!(count(12, "case", "cases"), "12 cases");
    }
}
