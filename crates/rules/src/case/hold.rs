//! A legal hold: the case is kept beyond its period until somebody lifts it.

use jiff::Timestamp;

use super::event::Event;
use super::fold::{Case, Recorded};
use crate::people::StaffId;

/// A hold that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Why.
    pub reason: String,
    /// Who set it.
    pub by: Option<StaffId>,
    /// When.
    pub at: Timestamp,
}

impl Case {
    /// A hold is set and lifted; whatever else happens to the case leaves it as it is.
    pub(super) fn note_hold(&mut self, recorded: &Recorded) {
        match &recorded.event {
            Event::HoldSet(set) => {
                self.hold = Some(Hold {
                    reason: set.reason.clone(),
                    by: recorded.actor.staff(),
                    at: recorded.at,
                });
            }
            Event::HoldLifted(_) => self.hold = None,
            _ => {}
        }
    }
}
