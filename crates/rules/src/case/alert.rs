//! What staff must look at about a case until it is settled.

use jiff::Timestamp;

use super::fold::Case;
use crate::letters::LetterKind;
use crate::people::StaffId;

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
    /// The complainant wrote, and nobody has answered or noted why not (R24).
    MessageWaits {
        /// When the first such message came.
        since: Timestamp,
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
    /// What the complainant told us waits for an answer, unless whoever has the case wrote it down themselves.
    pub(super) fn note_message(&mut self, by: Option<StaffId>, at: Timestamp) {
        let known = by.is_some() && by == self.owner;
        if !known && !self.message_waits() {
            self.alerts.push(Alert::MessageWaits { since: at });
        }
    }

    /// Somebody took up what the complainant wrote.
    pub(super) fn take_up_message(&mut self) {
        self.alerts.retain(|alert| !matches!(alert, Alert::MessageWaits { .. }));
    }

    /// Whether the complainant wrote and nobody has taken it up.
    pub fn message_waits(&self) -> bool {
        self.alerts
            .iter()
            .any(|alert| matches!(alert, Alert::MessageWaits { .. }))
    }

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
