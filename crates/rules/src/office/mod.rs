//! The office itself: who works here, which procedure and calendars hold, and the events that tell who changed that (R45, R89).

pub mod account;
pub mod brand;
pub mod categories;
pub mod day_off;
pub mod delegation;
pub mod event;
pub mod hours;
pub mod leave;
pub mod letter_keys;
pub mod next_version;
pub mod people;
pub mod publish;
pub mod views;
pub mod vips;
pub mod ways;
pub mod wording;

use crate::case::{Case, Change, Reference, Setting};

pub use account::{Account, Details, NewPerson, Standing};
pub use event::OfficeEvent;

/// What follows from an act on the office: events of its own stream, and changes of cases that belong to the same act.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfficeChange {
    /// In the order in which they happened; empty when there is nothing to change.
    pub events: Vec<OfficeEvent>,
    /// Cases that somebody else becomes accountable for.
    pub cases: Vec<(Reference, Change)>,
}

impl OfficeChange {
    /// A change that touches no case.
    pub fn of(events: Vec<OfficeEvent>) -> OfficeChange {
        OfficeChange {
            events,
            cases: Vec::new(),
        }
    }
}

/// An open case of somebody, with the procedure under which it is handled.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    /// The case.
    pub case: &'a Case,
    /// Its procedure, its calendar and the present instant.
    pub setting: Setting<'a>,
}
