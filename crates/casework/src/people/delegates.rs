//! Who stands in for whom while they are away: named by themselves or by an administrator, each an event of the office (P34).

use rules::office::OfficeEvent;
use rules::office::delegation::{self, Delegation, Known};
use rules::office::event::Changed;
use rules::people::{Person, StaffId};
use storage::{StorageError, Tx, settings};

use super::OfficeHand;
use crate::kept::kept;
use crate::office_record::{Beside, Book};
use crate::{ActError, Office};

/// Where they lie among the settings, sealed like all of them; made from the events.
const KEPT: &str = "delegations";

/// Names somebody who stands in.
///
/// # Errors
/// See [`rules::office::delegation::name`].
pub async fn name(hand: OfficeHand<'_>, new: &Delegation) -> Result<bool, ActError> {
    let new = new.clone();
    recorded(hand, move |known, by| delegation::name(&new, known, by)).await
}

/// Changes who stands in, or on which days.
///
/// # Errors
/// See [`rules::office::delegation::change`].
pub async fn change(hand: OfficeHand<'_>, changed: Changed<Delegation>) -> Result<bool, ActError> {
    recorded(hand, move |known, by| delegation::change(&changed, known, by)).await
}

/// Takes a delegation back.
///
/// # Errors
/// See [`rules::office::delegation::take_back`].
pub async fn take_back(hand: OfficeHand<'_>, old: &Delegation) -> Result<bool, ActError> {
    let old = old.clone();
    recorded(hand, move |known, by| delegation::take_back(&old, known, by)).await
}

/// The delegations of somebody that are not over, the first named first.
pub fn of(office: &Office, who: StaffId) -> Vec<Delegation> {
    let today = office.active().setting(office.now()).today();
    let all = office.delegations();
    let own = all.iter().filter(|known| known.who == who && known.until >= today);
    own.cloned().collect()
}

async fn recorded<R>(hand: OfficeHand<'_>, rule: R) -> Result<bool, ActError>
where
    R: FnOnce(&Known<'_>, &Person) -> Result<rules::office::OfficeChange, rules::case::Refused> + Send + 'static,
{
    let (by, office) = (hand.by.clone(), hand.office.clone());
    let events = hand
        .act(None, Beside::Nothing)
        .record(move |book, _| {
            let in_force = office.active();
            let people = here(book);
            let known = Known {
                delegations: &book.delegations,
                people: &people,
                procedure: &in_force.procedure,
                today: in_force.setting(office.now()).today(),
            };
            Ok(rule(&known, book.actor(&by)?)?)
        })
        .await?;
    Ok(!events.is_empty())
}

fn here(book: &Book) -> Vec<Person> {
    let here = book.staff.iter().filter(|account| account.is_here());
    here.map(|account| account.person.clone()).collect()
}

/// The delegations on record.
pub(crate) async fn on_record(tx: &mut Tx<'_>) -> Result<Vec<Delegation>, StorageError> {
    kept(tx, KEPT).await
}

/// Keeps what an event says.
pub(crate) async fn keep(tx: &mut Tx<'_>, event: &OfficeEvent, at: jiff::Timestamp) -> Result<(), ActError> {
    // A day is over everywhere two days later: what is dropped here is over by any calendar.
    let long_over = jiff::tz::TimeZone::UTC
        .to_datetime(at)
        .date()
        .saturating_sub(jiff::Span::new().days(2));
    let now = delegation::after(on_record(tx).await?, event, long_over);
    settings::put(tx, KEPT, &serde_json::to_string(&now)?, at).await?;
    Ok(())
}
