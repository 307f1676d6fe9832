//! What is kept of who opened a restricted case (R31): at most one entry for each person and hour.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::sight::Sight;
use crate::case::{Case, Event, Recorded};
use crate::people::{Actor, StaffId};

/// How much of a case was opened; who and when stand beside it in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordViewed {
    /// The whole of it, or its outline.
    pub saw: Sight,
}

/// How long one entry stands for every further look of the same person.
const ONCE_IN: SignedDuration = SignedDuration::from_hours(1);

/// The entry that a look at a case leaves; none for a case of the open lane, or where the last hour has one.
pub fn look(case: &Case, history: &[Recorded], (who, saw): (StaffId, Sight), now: Timestamp) -> Option<Event> {
    if !case.is_restricted() {
        return None;
    }
    let lately = history
        .iter()
        .rev()
        .take_while(|recorded| now.duration_since(recorded.at) < ONCE_IN);
    let known = lately
        .filter(|recorded| recorded.actor == Actor::Staff(who))
        .any(|recorded| matches!(&recorded.event, Event::RecordViewed(viewed) if viewed.saw >= saw));
    (!known).then_some(Event::RecordViewed(RecordViewed { saw }))
}
