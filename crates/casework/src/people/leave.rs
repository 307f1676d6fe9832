//! Somebody leaves: their account closes, their sessions end, their open cases go to somebody else in the same transaction (R40).

use rules::case::Refused;
use rules::case::change::permit;
use rules::office::leave::{Successor, can_leave, successors};
use rules::office::{Account, leave as rule};
use rules::people::{Act, Person, StaffId};

use super::OfficeHand;
use super::file::{AtStage, by_stage};
use crate::office_record::{Beside, held, open_cases};
use crate::{ActError, Office, roster};

/// Lets somebody go. `to` takes every open case that they have; nobody needs to be named where there is none.
///
/// # Errors
/// [`ActError::NotFound`] when there is nobody with this number; see [`rules::office::leave::leave`].
pub async fn leave(hand: OfficeHand<'_>, who: StaffId, to: Option<StaffId>) -> Result<(), ActError> {
    let by = hand.by.clone();
    hand.act(Some(who), Beside::Nothing)
        .record(move |book, cases| {
            let here = |id: StaffId| {
                let account = book.account(id).ok().filter(|account| account.is_here());
                let gone = || Refused::field("to", "Choose somebody who works here");
                account.map(|account| &account.person).ok_or_else(gone)
            };
            let to = to.map(here).transpose()?;
            Ok(rule::leave(
                &book.staff,
                book.account(who)?,
                cases,
                to,
                book.actor(&by)?,
            )?)
        })
        .await
        .map(|_| ())
}

/// What an administrator must know before somebody leaves.
#[derive(Debug)]
pub struct Leaving {
    /// Who.
    pub account: Account,
    /// How many open cases they have at each stage, without restricted ones (invariant 12).
    pub cases: Vec<AtStage>,
    /// Who could take them all, and why others cannot; empty where there is no case.
    pub successors: Vec<Successor>,
    /// Why they cannot leave at all now.
    pub in_the_way: Option<Refused>,
}

/// Looks at what somebody would leave behind.
///
/// # Errors
/// When the person may not manage people; [`ActError::NotFound`] when there is nobody with this number.
pub async fn look(hand: OfficeHand<'_>, who: StaffId) -> Result<Leaving, ActError> {
    permit(hand.by, Act::ManagePeople)?;
    let (office, by) = (hand.office.clone(), hand.by.clone());
    hand.office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let staff = roster::accounts(tx).await?;
                let cases = open_cases(tx, &office, who).await?;
                leaving(&office, &staff, &cases, (who, &by))
            })
        })
        .await
}

fn leaving(
    office: &Office,
    staff: &[Account],
    cases: &[crate::office_record::OpenCase],
    (who, by): (StaffId, &Person),
) -> Result<Leaving, ActError> {
    let account = staff.iter().find(|account| account.id() == who);
    let account = account.ok_or(ActError::NotFound)?;
    let held = held(cases, office.now());
    Ok(Leaving {
        account: account.clone(),
        cases: by_stage(cases.iter().map(|(loaded, _)| loaded.case.stage())),
        successors: if held.is_empty() {
            Vec::new()
        } else {
            successors(staff, account, &held)
        },
        in_the_way: can_leave(staff, account, by).err(),
    })
}
