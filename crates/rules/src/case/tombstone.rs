//! What was taken out of a case: who did it, when, why and where; never what stood there (R31).

use jiff::Timestamp;

use super::event::{Event, NoteKept, Place};
use super::fold::Recorded;
use crate::people::Actor;

/// What remains of words or a file that were taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tombstone {
    /// Its number in the case, counted from 1.
    pub number: u32,
    /// Who took it out.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// Where it stood.
    pub places: Vec<Place>,
    /// Notes of reviews that were under the key that the case had until then.
    pub notes: Vec<NoteKept>,
}

impl Tombstone {
    /// The tombstone that an event tells of, if it does.
    pub(super) fn of(recorded: &Recorded) -> Option<Tombstone> {
        let Event::Redacted(redacted) = &recorded.event else {
            return None;
        };
        Some(Tombstone {
            number: redacted.number,
            by: recorded.actor,
            at: recorded.at,
            reason: redacted.reason.clone(),
            places: redacted.places.clone(),
            notes: redacted.notes.clone(),
        })
    }

    /// True where the file that came with this event was taken out.
    pub fn took_file(&self, event: u32) -> bool {
        let is_it = |place: &Place| place.event == event && place.field == FILE;
        self.places.iter().any(is_it)
    }
}

/// The field of a place that is a whole file.
pub const FILE: &str = "file";
