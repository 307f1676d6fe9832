//! Local time: what a person types, what a day's last second is, and times that do not exist or happen twice (4.5).

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use thiserror::Error;

use super::written_date::{clock_time, full_date};

/// A time typed by a person, as an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalReceipt {
    /// The instant.
    pub received_at: Timestamp,
    /// What the person should be told about it, if anything.
    pub note: Option<String>,
}

/// Why a typed time is none.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LocalTimeError {
    /// The clocks went forward over it.
    #[error("{} on {} did not happen: the clocks went forward at that time. Enter a time an hour later.", clock_time(*time), full_date(*day))]
    DoesNotExist {
        /// The day typed.
        day: Date,
        /// The time typed.
        time: Time,
    },
    /// It lies outside what instants can express.
    #[error("That date is too far away.")]
    OutOfRange,
}

/// How a time of receipt stands to the present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptTiming {
    /// It was logged on the day it was received.
    Today,
    /// It was received on an earlier day: accepted, with a reason (a phone message found later).
    BackDated,
    /// It lies in the future: a clock is wrong, or the wrong day was typed. To be refused.
    InTheFuture,
}

impl ReceiptTiming {
    /// Judges a receipt that is logged now. `tolerance_seconds` allows for clocks that differ a little.
    #[must_use]
    pub fn judge(received_at: Timestamp, now: Timestamp, zone: &TimeZone, tolerance_seconds: u32) -> Self {
        if received_at.as_second() > now.as_second() + i64::from(tolerance_seconds) {
            return Self::InTheFuture;
        }
        if zone.to_datetime(received_at).date() < zone.to_datetime(now).date() {
            return Self::BackDated;
        }
        Self::Today
    }
}

/// The instant of a time of receipt that a person typed. A time that happened twice is read as the first, with a note.
///
/// # Errors
/// [`LocalTimeError::DoesNotExist`] for a time that the clocks skipped.
pub fn received_locally(day: Date, time: Time, zone: &TimeZone) -> Result<LocalReceipt, LocalTimeError> {
    let ambiguous = zone.to_ambiguous_timestamp(day.to_datetime(time));
    let note = match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => None,
        AmbiguousOffset::Gap { .. } => return Err(LocalTimeError::DoesNotExist { day, time }),
        AmbiguousOffset::Fold { .. } => Some(format!(
            "{} happened twice on {}, because the clocks went back. We took the first.",
            clock_time(time),
            full_date(day)
        )),
    };
    let received_at = ambiguous.earlier().map_err(|_| LocalTimeError::OutOfRange)?;
    Ok(LocalReceipt { received_at, note })
}

/// A local time that the clocks of the zone showed, be it once or twice; fast enough for a million at a time.
///
/// # Errors
/// [`LocalTimeError::DoesNotExist`] for a time that the clocks skipped.
pub fn happened(moment: DateTime, zone: &TimeZone) -> Result<DateTime, LocalTimeError> {
    match zone.to_ambiguous_timestamp(moment).offset() {
        AmbiguousOffset::Gap { .. } => Err(LocalTimeError::DoesNotExist {
            day: moment.date(),
            time: moment.time(),
        }),
        _ => Ok(moment),
    }
}

/// The last second of a local day, be it 23, 24 or 25 hours long; `None` at the end of time.
#[must_use]
pub fn end_of_local_day(day: Date, zone: &TimeZone) -> Option<Timestamp> {
    let next = day.tomorrow().ok()?;
    let midnight = local_moment(next.to_datetime(Time::midnight()), zone)?;
    Timestamp::from_second(midnight.as_second() - 1).ok()
}

/// The instant of a local time: the first of two, and for a skipped one the moment after the skip.
pub(crate) fn local_moment(moment: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_ambiguous_timestamp(moment).compatible().ok()
}
