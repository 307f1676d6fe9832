//! Adding people; the first one is added by whoever sets the product up.

use std::sync::Arc;

use rules::office::{NewPerson, OfficeEvent, people};
use rules::people::{Actor, StaffId};
use storage::staff;

use super::OfficeHand;
use crate::office_record::{Beside, History, OfficeAct};
use crate::password::hash;
use crate::{ActError, Office};

/// Adds a member of staff. A form that was sent twice adds them once, and answers the same.
///
/// # Errors
/// See [`rules::office::people::add`].
pub async fn add(hand: OfficeHand<'_>, new: &NewPerson) -> Result<StaffId, ActError> {
    let (asked, by) = (new.clone(), hand.by.clone());
    let act = hand.act(None, Beside::PasswordHash(hash(new.password.clone()).await?));
    let events = act
        .record(move |book, _| Ok(people::add(&book.staff, book.next, &asked, book.actor(&by)?)?))
        .await?;
    who(hand.office, events, new).await
}

/// Adds the first administrator; works only while there is nobody. The system does it: whoever runs the machine has no account yet.
///
/// # Errors
/// See [`rules::office::people::add_first`].
pub async fn add_first(office: &Arc<Office>, new: &NewPerson) -> Result<StaffId, ActError> {
    let asked = new.clone();
    let act = OfficeAct {
        office,
        actor: Actor::System,
        once: "",
        cases_of: None,
        beside: Beside::PasswordHash(hash(new.password.clone()).await?),
        history: History::Untold,
    };
    let events = act
        .record(move |book, _| Ok(people::add_first(&book.staff, book.next, &asked)?))
        .await?;
    who(office, events, new).await
}

/// Who was added, by this form or by the same one before.
async fn who(office: &Office, events: Vec<OfficeEvent>, new: &NewPerson) -> Result<StaffId, ActError> {
    if let Some(OfficeEvent::PersonAdded(added)) = events.first() {
        return Ok(added.who);
    }
    let username = new.username.clone();
    let row = office
        .store
        .read(move |tx| Box::pin(async move { staff::by_login(tx, &username).await }))
        .await?;
    row.map(|row| StaffId(row.id)).ok_or(ActError::NotFound)
}
