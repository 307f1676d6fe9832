//! What staff must look at about a case until it is settled.

use jiff::Timestamp;

use super::fold::Case;
use crate::letters::LetterKind;

/// Something that staff must look at (R18: failure to deliver is an alert).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Alert {
    /// A letter did not arrive.
    Undelivered {
        /// Which.
        letter: LetterKind,
        /// What the server said.
        reason: String,
        /// Nobody tries again.
        given_up: bool,
        /// Since when it has been on its way once more, if it is.
        again_at: Option<Timestamp>,
    },
    /// An update was missed (A9).
    UpdateMissed {
        /// When it was due.
        due_at: Timestamp,
    },
    /// A decision date passed.
    Breached {
        /// The clock's name.
        clock: String,
        /// When it was due.
        due_at: Timestamp,
    },
}

impl Case {
    /// An earlier failure of this letter is settled by its delivery or by a newer failure.
    pub(super) fn settle(&mut self, letter: LetterKind) {
        self.alerts
            .retain(|alert| !matches!(alert, Alert::Undelivered { letter: failed, .. } if *failed == letter));
    }

    /// The letter still has not arrived, but it is on its way once more.
    pub(super) fn note_again(&mut self, letter: LetterKind, at: Timestamp) {
        for alert in &mut self.alerts {
            if let Alert::Undelivered {
                letter: failed,
                given_up,
                again_at,
                ..
            } = alert
                && *failed == letter
            {
                (*given_up, *again_at) = (false, Some(at));
            }
        }
    }

    /// The alert of a letter that has not arrived.
    pub fn undelivered(&self, letter: LetterKind) -> Option<&Alert> {
        self.alerts
            .iter()
            .find(|alert| matches!(alert, Alert::Undelivered { letter: failed, .. } if *failed == letter))
    }

    /// Letters that did not arrive and that nobody tries again, in the order in which they failed.
    pub fn given_up(&self) -> impl Iterator<Item = LetterKind> {
        self.alerts.iter().filter_map(|alert| match alert {
            Alert::Undelivered {
                letter, given_up: true, ..
            } => Some(*letter),
            _ => None,
        })
    }
}
