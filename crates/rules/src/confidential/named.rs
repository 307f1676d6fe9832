//! Whom of us a complaint is about, and that they have no part in it (R28).

use serde::{Deserialize, Serialize};

use crate::case::Case;
use crate::case::change::Refused;
use crate::people::{Person, StaffId};

/// Whom of us a complaint is about. It lies in the sealed events and nowhere in the clear.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffNamed {
    /// Those who have an account here.
    pub people: Vec<StaffId>,
    /// Anybody else, in words: "the man at the desk on Monday night".
    pub others: Option<String>,
}

impl StaffNamed {
    /// True where nobody is named in any way.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.others.is_none()
    }

    /// The same without gaps, doubles and empty words.
    pub(crate) fn tidy(&self) -> StaffNamed {
        let mut people = self.people.clone();
        people.sort_unstable();
        people.dedup();
        let others = self.others.as_deref().map(crate::intake::feedback::clean_text);
        StaffNamed {
            people,
            others: others.filter(|words| !words.is_empty()),
        }
    }
}

/// Refuses somebody whom the complaint is about: they do not own, decide, investigate or sign it off, whatever their roles (R28).
///
/// # Errors
/// [`Refused::Conflict`] in words that say whom to ask.
pub fn apart(case: &Case, who: &Person) -> Result<(), Refused> {
    if !case.named.people.contains(&who.id) {
        return Ok(());
    }
    Err(Refused::Conflict(format!(
        "This complaint is about {}, so {} has no part in it. Choose someone else.",
        who.name,
        who.first_name()
    )))
}
