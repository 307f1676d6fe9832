//! What the staff door puts into the access log: cases that are looked at, and what leaves the office as a file (R31, R89).

use rules::case::Reference;
use rules::confidential::looks::Way;

use super::StaffDoor;
use crate::ActError;
use crate::desk::{self, CaseFile};
use crate::looks::{self, ListTaken, Look, OnRecord};

impl StaffDoor {
    /// A case of which somebody takes a file. See [`desk::case_file::for_a_file`].
    ///
    /// # Errors
    /// [`ActError::NotFound`] when there is none that they may see.
    pub async fn case_for_a_file(&self, reference: &Reference) -> Result<CaseFile, ActError> {
        desk::case_file::for_a_file(&self.office, reference, &self.person).await
    }

    /// A case by a way of the access log. See [`desk::case_file::for_staff_by`].
    ///
    /// # Errors
    /// [`ActError::NotFound`] when there is none that they may see.
    pub async fn case_by(&self, reference: &Reference, way: Way) -> Result<(CaseFile, OnRecord), ActError> {
        desk::case_file::for_staff_by(&self.office, reference, &self.person, way).await
    }

    /// A list of cases leaves the office as a table: which of them, and how it was narrowed, is on record before it is handed out.
    ///
    /// # Errors
    /// As for [`StaffDoor::takes`].
    pub async fn takes_list(&self, taken: &ListTaken) -> Result<(), ActError> {
        self.takes(Way::List, &serde_json::to_string(taken)?).await
    }

    /// What leaves the office as a table is on record before it is handed out.
    ///
    /// # Errors
    /// When it cannot be written: then nothing may be handed out.
    pub async fn takes(&self, way: Way, about: &str) -> Result<(), ActError> {
        let look = Look {
            who: self.person.id,
            way,
            case: None,
            about: Some(about),
        };
        looks::put(&self.office, look).await
    }
}
