//! Where the consent stands of the person for whom somebody complains (A29).

use jiff::Timestamp;

use super::event::{ConsentAsked, ConsentGiven, Event};
use super::fold::Case;

/// What is on record of the consent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consent {
    /// When it was last asked for, and how.
    pub asked: Option<(ConsentAsked, Timestamp)>,
    /// That it was given, while it holds.
    pub given: Option<ConsentGiven>,
    /// When it was withdrawn, and why, until it is given again.
    pub withdrawn: Option<(String, Timestamp)>,
}

impl Case {
    /// The person for whom somebody else complains, who has not agreed, or not any more, that we speak about them.
    pub fn consent_lacks(&self) -> Option<&str> {
        let person = self.complainant.acting_for.as_deref()?;
        self.consent.given.is_none().then_some(person)
    }

    pub(super) fn note_consent(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::ConsentAsked(asked) => self.consent.asked = Some((asked.clone(), at)),
            Event::ConsentGiven(given) => {
                self.consent.given = Some(given.clone());
                self.consent.withdrawn = None;
            }
            Event::ConsentWithdrawn(reason) => {
                self.consent.given = None;
                self.consent.withdrawn = Some((reason.reason.clone(), at));
            }
            _ => {}
        }
    }
}
