//! What the post room reports: a letter arrived, or it did not (R18, A7, A8).

use crate::case::Case;
use crate::case::change::Change;
use crate::case::event::{DeliveryFailed, Event, LetterDelivered};
use crate::case::state::State;

/// A letter arrived: the acknowledgement counts once, a decision letter stops the clock, the rest is on record.
pub fn delivered(case: &Case, delivered: LetterDelivered) -> Change {
    let letter = delivered.letter;
    let event = if letter.acknowledges() && case.acknowledged.is_none() {
        Event::Acknowledged(delivered.communicated)
    } else if letter.decides() && matches!(case.state, State::Decided(..)) {
        Event::DecisionCommunicated(delivered)
    } else {
        Event::LetterDelivered(delivered)
    };
    Change::of(vec![event])
}

/// A letter did not arrive: an alert on the case until it does.
pub fn failed(failed: DeliveryFailed) -> Change {
    Change::of(vec![if failed.letter.acknowledges() {
        Event::AcknowledgementFailed(failed)
    } else {
        Event::LetterFailed(failed)
    }])
}
