//! The days that a report is asked for: any range, beside the same days a year before (R41, R81, A35).

use jiff::Span;
use jiff::civil::Date;

use super::period::{Month, Period};
use crate::case::Refused;

/// No report is about more days than these: three years and the day that a leap year adds.
const MOST_DAYS: i64 = 3 * 365 + 1;

/// The business year in which a day lies, from the first day of the month in which the procedure's year starts (A35).
///
/// ```
/// # use rules::review::asked::business_year;
/// # use jiff::civil::date;
/// let year = business_year(date(2026, 7, 31), 8);
/// assert_eq!((year.first, year.last), (date(2025, 8, 1), date(2026, 7, 31)));
/// ```
pub fn business_year(day: Date, starts_in_month: u8) -> Period {
    let month = Month::of(day);
    let starts = i8::try_from(starts_in_month).unwrap_or(1);
    let into = i32::from((day.month() - starts).rem_euclid(12));
    Period::year_from(month.earlier(into))
}

/// The period that two days as typed name (`2026-08-01`). Where the first is left out, it is the business year of the last; where the last is
/// left out, it is today. Days that have not come are left off.
///
/// # Errors
/// [`Refused::Fields`] for `from` and `until`: no date, in the wrong order, not come yet, or more than three years.
pub fn period_asked((from, until): (&str, &str), today: Date, year_starts_in_month: u8) -> Result<Period, Refused> {
    let last = match until.trim() {
        "" => today,
        text => day(text, "until")?.min(today),
    };
    let first = match from.trim() {
        "" => business_year(last, year_starts_in_month).first,
        text => day(text, "from")?,
    };
    if first > today {
        return Err(Refused::field("from", "Choose a first day that has come"));
    }
    let period = Period::between(first, last);
    let period = period.ok_or_else(|| Refused::field("until", "Choose a last day that is not before the first"))?;
    if first.duration_until(last).as_hours() / 24 >= MOST_DAYS {
        return Err(Refused::field("from", "Choose at most three years"));
    }
    Ok(period)
}

fn day(text: &str, field: &'static str) -> Result<Date, Refused> {
    text.parse()
        .map_err(|_| Refused::field(field, "Enter a date as year, month and day, such as 2026-08-01"))
}

/// The same days a year before; the last of February stays the last of February.
pub fn a_year_before(period: Period) -> Option<Period> {
    let earlier = |day: Date| day.checked_sub(Span::new().years(1)).ok();
    let ends_a_month = period.last == period.last.last_of_month();
    let last = earlier(period.last)?;
    Period::between(
        earlier(period.first)?,
        if ends_a_month { last.last_of_month() } else { last },
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 25);

    fn asked(from: &str, until: &str) -> Result<(Date, Date), String> {
        let period = period_asked((from, until), TODAY, 8).map_err(|refused| refused.to_string())?;
        Ok((period.first, period.last))
    }

    #[test]
    fn nothing_asked_is_the_business_year_until_today() {
        assert_eq!(asked("", ""), Ok((date(2026, 8, 1), TODAY)));
        assert_eq!(asked(" ", "2026-07-31"), Ok((date(2025, 8, 1), date(2026, 7, 31))));
        assert_eq!(asked("2026-11-25", ""), Ok((TODAY, TODAY)));
    }

    #[test]
    fn days_to_come_are_left_off_and_a_beginning_among_them_is_refused() {
        assert_eq!(asked("2026-11-01", "2026-12-31"), Ok((date(2026, 11, 1), TODAY)));
        assert!(asked("2026-11-26", "").is_err());
    }

    #[test]
    fn what_is_no_range_is_refused_and_three_years_are_the_most() {
        for (from, until) in [
            ("yesterday", ""),
            ("2026-02-30", ""),
            ("", "31/07/2026"),
            ("2026-11-02", "2026-11-01"),
            ("2023-11-24", "2026-11-25"),
        ] {
            assert!(asked(from, until).is_err(), "{from} {until}");
        }
        assert!(asked("2023-11-25", "2026-11-24").is_ok());
    }

    #[test]
    fn a_business_year_begins_in_the_month_of_the_procedure() {
        for (day, starts, first) in [
            (date(2026, 8, 1), 8, date(2026, 8, 1)),
            (date(2026, 7, 31), 8, date(2025, 8, 1)),
            (date(2026, 1, 1), 1, date(2026, 1, 1)),
            (date(2026, 12, 31), 1, date(2026, 1, 1)),
            (date(2026, 3, 5), 12, date(2025, 12, 1)),
        ] {
            assert_eq!(business_year(day, starts).first, first, "{day} {starts}");
        }
    }

    #[test]
    fn the_same_days_a_year_before_end_with_the_month_where_these_do() {
        let before = |first, last| a_year_before(Period { first, last }).map(|period| (period.first, period.last));
        let (march, february) = (date(2024, 3, 1), date(2025, 2, 28));
        assert_eq!(before(march, february), Some((date(2023, 3, 1), date(2024, 2, 29))));
        assert_eq!(
            before(date(2024, 2, 1), date(2024, 2, 29)),
            Some((date(2023, 2, 1), date(2023, 2, 28)))
        );
        assert_eq!(
            before(date(2026, 8, 1), TODAY),
            Some((date(2025, 8, 1), date(2025, 11, 25)))
        );
    }
}
