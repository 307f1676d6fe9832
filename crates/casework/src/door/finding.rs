//! What the staff door offers for finding one's work: lists, search, saved views, drafts that wait.

use rules::case::Reference;

use super::StaffDoor;
use crate::desk::{self, DeskLine, Page, Shown, Wanted};
use crate::views::Views;
use crate::{ActError, drafts, views};

impl StaffDoor {
    /// A page of a list.
    ///
    /// # Errors
    /// When they may not see cases.
    pub async fn list(&self, shown: &Shown, after: Option<&str>) -> Result<Page, ActError> {
        desk::lists::list(&self.office, shown, after, &self.person).await
    }

    /// Cases that hold the words.
    ///
    /// # Errors
    /// When they may not see cases.
    pub async fn find(&self, query: &str) -> Result<Vec<DeskLine>, ActError> {
        desk::lists::find(&self.office, query, &self.person).await
    }

    /// Their drafts on a case, or of the form that begins one.
    pub fn drafts<'a>(&'a self, case: Option<&'a Reference>) -> drafts::Desk<'a> {
        drafts::Desk {
            office: &self.office,
            by: &self.person,
            case,
        }
    }

    /// The saved views of the list of all cases.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn views(&self) -> Result<Views, ActError> {
        views::of(&self.office, &self.person).await
    }

    /// How many cases each of several questions finds for this person.
    ///
    /// # Errors
    /// When they may not see cases, or the store cannot be read.
    pub async fn count(&self, wanted: &[Wanted]) -> Result<Vec<i64>, ActError> {
        desk::lists::count(&self.office, wanted, &self.person).await
    }
}
