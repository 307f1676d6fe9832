//! What the staff door offers for handing a case over to a line manager, and for chasing one that is sealed (R33 to R35).

use rules::case::Reference;
use rules::confidential::sealing::carried::Carried;
use rules::letters::LetterFacts;

use super::StaffDoor;
use crate::ActError;
use crate::sealing::glass::{self, Glass};
use crate::sealing::hand_over::ToHolder;
use crate::sealing::register::{SealedPage, sealed_cases};
use crate::sealing::view::{self, Handover};

impl StaffDoor {
    /// Where the handover of a case stands.
    ///
    /// # Errors
    /// [`ActError::NotFound`] when there is no such case for them.
    pub async fn handover(&self, reference: &Reference) -> Result<Handover, ActError> {
        view::handover(&self.office, reference, &self.person).await
    }

    /// What the letter to a line manager would state if it went now, and how it would carry the complaint.
    ///
    /// # Errors
    /// As for [`StaffDoor::handover`]; when they may not hand over.
    pub async fn handover_letter(
        &self,
        reference: &Reference,
        to: &ToHolder,
    ) -> Result<(LetterFacts, Carried), ActError> {
        view::facts_of_letter(&self.office, reference, (to, &self.person)).await
    }

    /// The sealed cases that are open.
    ///
    /// # Errors
    /// When they may not see the list.
    pub async fn sealed_cases(&self, after: Option<&str>) -> Result<SealedPage, ActError> {
        sealed_cases(&self.office, after, &self.person).await
    }

    /// Where opening a sealed case stands.
    ///
    /// # Errors
    /// [`ActError::NotFound`] when there is no such sealed case for them.
    pub async fn glass(&self, reference: &Reference) -> Result<Glass, ActError> {
        glass::standing(&self.office, reference, &self.person).await
    }
}
