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
}
