//! The access log: whoever of staff sees a case or takes something along is on record, who, when, which case, by which way (R31, R89).
//!
//! The entry of a page is written while the page is made, and waited for before it is shown. What leaves the office as a file is not handed out before
//! its entry is durable. See [decision 33](../../../docs/decisions/0033-the-access-log.md).

mod keeper;
mod pages;
mod seal;
mod taken;

use rules::case::Reference;
use rules::confidential::looks::Way;
use rules::people::{Person, StaffId};
use storage::looks::NewLook;

use crate::{ActError, Office};

pub(crate) use keeper::Keeper;
pub use keeper::OnRecord;
pub use pages::{Asked, SeenLine, SeenPage, by_person_and_day, of_case, save};
pub use seal::{check, empty_old, seal_in_turn};
pub use taken::ListTaken;

/// Somebody sees a case, or takes something along.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look<'a> {
    pub(crate) who: StaffId,
    pub(crate) way: Way,
    pub(crate) case: Option<&'a Reference>,
    /// In codes: never words of a case, never words that were searched for.
    pub(crate) about: Option<&'a str>,
}

impl Look<'_> {
    fn entry(&self, office: &Office) -> NewLook {
        NewLook {
            at: office.now(),
            reference: self.case.map(ToString::to_string),
            staff_id: self.who.0,
            way: self.way.code().to_owned(),
            about: self.about.map(str::to_owned),
        }
    }
}

/// Begins to put a look on record, and goes on meanwhile. Nothing may be shown before [`OnRecord::kept`] has answered.
pub(crate) fn begin(office: &Office, look: Look<'_>) -> OnRecord {
    office.looks.begin(&office.store, look.way, look.entry(office))
}

/// Puts a look on record, and waits for it.
///
/// # Errors
/// When it cannot be kept: then nothing is to be shown or handed out.
pub(crate) async fn put(office: &Office, look: Look<'_>) -> Result<(), ActError> {
    begin(office, look).kept().await
}

/// Puts on record that somebody sees the outline of a case, or where its handover or its opening stands.
///
/// # Errors
/// As for [`put`].
pub(crate) async fn put_outline(office: &Office, case: &Reference, by: &Person) -> Result<(), ActError> {
    let look = Look {
        who: by.id,
        way: Way::Outline,
        case: Some(case),
        about: None,
    };
    put(office, look).await
}

/// Writes the entries that could not be written when they were made, if there are any.
///
/// # Errors
/// When they still cannot be written: they stay in memory.
pub(crate) async fn write_waiting(office: &Office) -> Result<(), ActError> {
    office.looks.write_waiting(&office.store).await
}
