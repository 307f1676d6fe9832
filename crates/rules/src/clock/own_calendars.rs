//! The calendars of clocks that do not count with the calendar of their procedure (P11): those of other regimes (A38).

use std::collections::BTreeMap;

use super::{Calendar, CalendarRef, CalendarShelf, ClockError};

/// Calendars that clocks name for themselves, joined once.
#[derive(Debug, Clone, Default)]
pub struct OwnCalendars {
    joined: BTreeMap<CalendarRef, Calendar>,
}

impl OwnCalendars {
    /// Those of these clocks that stand on the shelf. One that does not is missed when a date is counted with it, not before: the others go on.
    #[must_use]
    pub fn of<'a>(named: impl IntoIterator<Item = &'a CalendarRef>, shelf: &CalendarShelf) -> OwnCalendars {
        let own = named.into_iter().filter(|named| !named.is_default());
        let joined = own.filter_map(|named| Some((named.clone(), shelf.layered(&named.0).ok()?)));
        OwnCalendars {
            joined: joined.collect(),
        }
    }

    /// The calendar of a clock: its own, or that of its procedure.
    ///
    /// # Errors
    /// [`ClockError::NoSuchCalendar`] when it names one that is not there.
    pub fn of_clock<'a>(&'a self, named: &CalendarRef, otherwise: &'a Calendar) -> Result<&'a Calendar, ClockError> {
        if named.is_default() {
            return Ok(otherwise);
        }
        let missing = || ClockError::NoSuchCalendar(named.0.join(", "));
        self.joined.get(named).ok_or_else(missing)
    }
}
