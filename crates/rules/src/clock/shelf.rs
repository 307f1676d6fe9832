//! The calendars of an installation, by id, joined into layers when a procedure or a clock asks for them (A1, P11).

use std::collections::BTreeMap;

use super::{Calendar, CalendarRef, ClockError};

/// All calendars at hand.
#[derive(Debug, Clone, Default)]
pub struct CalendarShelf {
    by_id: BTreeMap<String, Calendar>,
}

impl CalendarShelf {
    /// A shelf with these calendars; of two with one id the later stays.
    #[must_use]
    pub fn new(calendars: impl IntoIterator<Item = Calendar>) -> Self {
        Self {
            by_id: calendars
                .into_iter()
                .map(|calendar| (calendar.id().to_owned(), calendar))
                .collect(),
        }
    }

    /// The calendar with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Calendar> {
        self.by_id.get(id)
    }

    /// The ids on the shelf.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.by_id.keys().map(String::as_str)
    }

    /// These layers as one calendar: the first with the days of the others added.
    ///
    /// # Errors
    /// [`ClockError::NoSuchCalendar`] for an unknown or missing layer, [`ClockError::LayersDoNotFit`] for layers that differ in
    /// time zone or have no day in common.
    pub fn layered(&self, layers: &[String]) -> Result<Calendar, ClockError> {
        let find = |id: &String| self.by_id.get(id).ok_or_else(|| ClockError::NoSuchCalendar(id.clone()));
        let Some((first, others)) = layers.split_first() else {
            return Err(ClockError::NoSuchCalendar(String::new()));
        };
        let mut joined = find(first)?.clone();
        for layer in others {
            joined = joined.with_closures(find(layer)?)?;
        }
        Ok(joined)
    }

    /// The calendar of a clock: its own layers, or those of its procedure.
    ///
    /// # Errors
    /// As [`CalendarShelf::layered`].
    pub fn of_clock(&self, own: &CalendarRef, procedure_layers: &[String]) -> Result<Calendar, ClockError> {
        self.layered(if own.is_default() { procedure_layers } else { &own.0 })
    }
}
