//! Who is kept away from a case by what the directory says: those who report to somebody whom it is about (R28).

use std::collections::BTreeMap;

use rules::case::{Case, Event};
use rules::directory::{Directory, Unavailable, reports_to};
use rules::office::Account;
use rules::people::separation::{dealing, named_after, reports_to_them};
use rules::people::{Actor, StaffId};

use crate::directory::copy;
use crate::{ActError, Office};

/// Refuses events by which somebody would deal with a complaint about whom they report to. Where the directory cannot say it, nothing is refused.
///
/// # Errors
/// [`rules::case::Refused::Conflict`]; when the copy of the directory cannot be read.
pub(crate) async fn kept(office: &Office, case: &Case, events: &[Event], actor: Actor) -> Result<(), ActError> {
    let (named, dealing) = (named_after(case, events), dealing(events, actor));
    if named.is_empty() || dealing.is_empty() || office.directory.parts().is_none() {
        return Ok(());
    }
    let directory = &copy(office).await?.directory;
    let accounts = accounts(office).await?;
    let named: Vec<String> = named.iter().flat_map(|id| keys(directory, &accounts, *id)).collect();
    for who in dealing {
        let under = keys(directory, &accounts, who);
        if under.iter().any(|key| reports_to(directory, key, &named))
            && let Some(person) = office.person(who)
        {
            return Err(reports_to_them(&person).into());
        }
    }
    Ok(())
}

/// Who of those with an account cannot be asked to deal with a case, by their keys of the directory: a conflict that they declared, a decision that
/// they made in it, or that somebody stands in for them today.
///
/// # Errors
/// When the people cannot be read.
pub(crate) async fn unavailable(
    office: &Office,
    case: &Case,
    directory: &Directory,
) -> Result<BTreeMap<String, Unavailable>, ActError> {
    let today = office.procedure_of(case)?.setting(office.now()).today();
    let delegations = office.delegations();
    let decided = case.deciders_before(u8::MAX);
    let accounts = accounts(office).await?;
    let mut unavailable = BTreeMap::new();
    for id in accounts.iter().map(Account::id) {
        let is_away = || delegations.iter().any(|away| away.who == id && away.holds_on(today));
        let why = match case.investigation.conflict_of(id).is_some() || decided.contains(&id) {
            true => Some(Unavailable::Conflicted),
            false => is_away().then_some(Unavailable::Absent),
        };
        if let Some(why) = why {
            unavailable.extend(keys(directory, &accounts, id).into_iter().map(|key| (key, why)));
        }
    }
    Ok(unavailable)
}

async fn accounts(office: &Office) -> Result<Vec<Account>, ActError> {
    let read = office
        .store
        .read(|tx| Box::pin(async move { crate::roster::accounts(tx).await }));
    Ok(read.await?)
}

/// Everybody of the directory who has the address of an account: where two have it, either may be meant.
fn keys(directory: &Directory, accounts: &[Account], who: StaffId) -> Vec<String> {
    let account = accounts.iter().find(|account| account.id() == who);
    let found = account
        .map(|account| directory.known_as(&account.email))
        .unwrap_or_default();
    found.iter().map(|person| person.key.clone()).collect()
}
