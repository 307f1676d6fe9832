//! Working days as a table: counting and adding are look-ups, so that a million due dates take no time to speak of.

use std::ops::RangeInclusive;

use jiff::civil::Date;

/// For every covered day how many working days have gone, and for every working day which day it is.
#[derive(Debug, Clone)]
pub(super) struct DayTable {
    first: i32,
    /// `gone[i]`: working days from the first covered day up to and including day `i`.
    gone: Vec<u32>,
    /// The working days, in order.
    working: Vec<Date>,
}

impl DayTable {
    /// Walks the covered days once.
    pub(super) fn new(covers: &RangeInclusive<Date>, is_working: impl Fn(Date) -> bool) -> Self {
        let mut table = Self {
            first: day_number(*covers.start()),
            gone: Vec::new(),
            working: Vec::new(),
        };
        let mut day = *covers.start();
        while day <= *covers.end() {
            if is_working(day) {
                table.working.push(day);
            }
            table.gone.push(u32::try_from(table.working.len()).unwrap_or(u32::MAX));
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        table
    }

    pub(super) fn is_working(&self, day: Date) -> Option<bool> {
        let place = self.place(day)?;
        Some(self.gone[place] > self.gone_before(place))
    }

    /// The `days`-th working day after `day`; for 0 the first on or after it.
    pub(super) fn add(&self, day: Date, days: u32) -> Option<Date> {
        let place = self.place(day)?;
        let index = match days {
            0 => self.gone_before(place),
            _ => self.gone[place].checked_add(days - 1)?,
        };
        self.working.get(usize::try_from(index).ok()?).copied()
    }

    /// The `days`-th working day before `day`; for 0 the last on or before it.
    pub(super) fn back(&self, day: Date, days: u32) -> Option<Date> {
        let place = self.place(day)?;
        let index = match days {
            0 => self.gone[place].checked_sub(1)?,
            _ => self.gone_before(place).checked_sub(days)?,
        };
        self.working.get(usize::try_from(index).ok()?).copied()
    }

    /// Working days after `from` up to and including `to`.
    pub(super) fn between(&self, from: Date, to: Date) -> Option<u32> {
        let (from, to) = (self.place(from)?, self.place(to)?);
        Some(self.gone[to].saturating_sub(self.gone[from]))
    }

    fn place(&self, day: Date) -> Option<usize> {
        let place = usize::try_from(day_number(day) - self.first).ok()?;
        (place < self.gone.len()).then_some(place)
    }

    fn gone_before(&self, place: usize) -> u32 {
        place.checked_sub(1).map_or(0, |before| self.gone[before])
    }
}

/// Days since 1 March of the year 0 (proleptic Gregorian): only differences are used.
fn day_number(day: Date) -> i32 {
    let (year, month) = (i32::from(day.year()), i32::from(day.month()));
    let (year, month) = if month <= 2 {
        (year - 1, month + 9)
    } else {
        (year, month - 3)
    };
    365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + i32::from(day.day())
        - 1
}
