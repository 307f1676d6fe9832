//! Why a date could not be computed, in words for the person who has to put it right.

use jiff::civil::Date;
use thiserror::Error;

use super::written_date::full_date;

/// Why a clock gave no date. Nothing here is guessed away: a wrong date is worse than none.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ClockError {
    /// The calendar does not reach the day that is needed.
    #[error("The calendar \"{calendar}\" covers {} to {}, and {} is needed. Add the bank holidays and closure days of the missing years to its file.", full_date(*first_on), full_date(*last_on), .needed)]
    NotCovered {
        /// The calendar's id.
        calendar: String,
        /// The first day it covers.
        first_on: Date,
        /// The last day it covers.
        last_on: Date,
        /// The day or days that are needed, in words.
        needed: String,
    },
    /// A clock names a calendar that is not there.
    #[error("There is no calendar called \"{0}\". Put its file into the calendars folder, or name another one.")]
    NoSuchCalendar(String),
    /// Layers of a calendar do not fit together.
    #[error("The calendars {layers} cannot be used together: {reason}.")]
    LayersDoNotFit {
        /// The layers, in order.
        layers: String,
        /// Why not.
        reason: String,
    },
    /// Working hours are counted, but the calendar has none.
    #[error("The calendar \"{0}\" has no opening hours, so working hours cannot be counted.")]
    NoOpeningHours(String),
    /// The date lies outside what dates can express.
    #[error("The date lies too far in the past or future.")]
    OutOfRange,
    /// A pause that ends before it begins, or one that has not ended.
    #[error("The clock is paused and has no end yet, so it has no due date.")]
    StillPaused,
}
