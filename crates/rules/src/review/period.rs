//! The stretch of days that a review is about: a month as a rule, a year or any range as well (A34, A35).

use std::fmt;
use std::str::FromStr;

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::clock::month_name;

/// Days from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

impl Period {
    /// These days; `None` where the last comes before the first.
    pub fn between(first: Date, last: Date) -> Option<Period> {
        (first <= last).then_some(Period { first, last })
    }

    /// Twelve months from the first day of a month.
    pub fn year_from(month: Month) -> Period {
        Period {
            first: month.period().first,
            last: month.later(11).period().last,
        }
    }

    /// Whether a day belongs to it.
    pub fn holds(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// Whether a day that may be missing belongs to it.
    pub fn holds_any(&self, day: Option<Date>) -> bool {
        day.is_some_and(|day| self.holds(day))
    }

    /// The months that lie in it, whole or in part, the earliest first.
    pub fn months(&self) -> Vec<Month> {
        let last = Month::of(self.last);
        std::iter::successors(Some(Month::of(self.first)), |month| Some(month.later(1)))
            .take_while(|month| *month <= last)
            .collect()
    }
}

/// A calendar month (A34): written `2026-09`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: i16,
    month: i8,
}

/// A text that is no month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no month; a month looks like 2026-09")]
pub struct NotAMonth(String);

impl Month {
    /// The month in which a day lies.
    pub fn of(day: Date) -> Month {
        Month {
            year: day.year(),
            month: day.month(),
        }
    }

    /// Its days.
    pub fn period(self) -> Period {
        let first = jiff::civil::date(self.year, self.month, 1);
        Period {
            first,
            last: first.last_of_month(),
        }
    }

    /// So many months later.
    #[must_use]
    pub fn later(self, months: i32) -> Month {
        let first = self.period().first;
        first.checked_add(Span::new().months(months)).map_or(self, Month::of)
    }

    /// So many months earlier.
    #[must_use]
    pub fn earlier(self, months: i32) -> Month {
        self.later(-months)
    }

    /// How many months lie between its first day and that of a later month; 0 where it is not later.
    pub fn months_until(self, later: Month) -> usize {
        let months = |month: Month| i64::from(month.year) * 12 + i64::from(month.month);
        usize::try_from(months(later) - months(self)).unwrap_or(0)
    }

    /// "September 2026".
    pub fn words(self) -> String {
        format!("{} {}", self.name(), self.year)
    }

    /// "September".
    pub fn name(self) -> &'static str {
        month_name(self.period().first)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Month, NotAMonth> {
        let day = (text.len() == 7)
            .then(|| format!("{text}-01").parse::<Date>().ok())
            .flatten();
        day.map(Month::of).ok_or_else(|| NotAMonth(text.to_owned()))
    }
}

impl TryFrom<String> for Month {
    type Error = NotAMonth;

    fn try_from(text: String) -> Result<Month, NotAMonth> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> String {
        month.to_string()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_has_all_its_days_and_neighbours_across_a_year() {
        let month: Month = "2028-02".parse().unwrap();
        assert_eq!(month.period().last, date(2028, 2, 29));
        assert_eq!(month.earlier(2).to_string(), "2027-12");
        assert_eq!(month.later(12).words(), "February 2029");
        assert_eq!(Period::year_from(month).last, date(2029, 1, 31));
        assert_eq!(Period::year_from(month).months().len(), 12);
    }

    #[test]
    fn what_is_no_month_is_refused() {
        for text in ["", "2026", "2026-13", "2026-9", "2026-09-01", "September", "20260-1"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }
}
