//! Somebody leaves: their open cases go to somebody else first, and the last administrator stays (R40).

use super::account::Account;
use super::event::{OfficeEvent, PassedOn, PersonLeft};
use super::people::{is_last_administrator, must_be_here, only_administrator, open_cases};
use super::{Held, OfficeChange};
use crate::case::change::{Refused, permit};
use crate::handling::hand_over::{can_take_over, hand_over};
use crate::people::{Act, Person, permission};

/// Whether somebody may leave, wherever their cases go: the page asks this before it shows its form.
///
/// # Errors
/// When the person may not let people go; when they left already; when they are the last administrator.
pub fn can_leave(staff: &[Account], account: &Account, by: &Person) -> Result<(), Refused> {
    permit(by, Act::ManagePeople)?;
    must_be_here(account)?;
    if is_last_administrator(staff, account) {
        return Err(Refused::Rule(format!("{}.", only_administrator(account))));
    }
    Ok(())
}

/// Somebody leaves. `cases` are their open cases: all of them go to `to` in the same act.
///
/// # Errors
/// As for [`can_leave`]; when there are open cases and nobody was named to take them; when the one who was named may not take
/// every one of them.
pub fn leave(
    staff: &[Account],
    account: &Account,
    cases: &[Held<'_>],
    to: Option<&Person>,
    by: &Person,
) -> Result<OfficeChange, Refused> {
    can_leave(staff, account, by)?;
    let mut change = OfficeChange::default();
    let passed_on = match to {
        _ if cases.is_empty() => None,
        None => return Err(Refused::field("to", still_owns(&account.person, cases.len()))),
        Some(to) => {
            if let Some(reason) = barred(account, to, cases) {
                return Err(Refused::field("to", reason));
            }
            for held in cases {
                let handed = hand_over(held.case, &account.person, to, by, &held.setting)?;
                change.cases.push((held.case.reference.clone(), handed));
            }
            Some(PassedOn {
                to: to.id,
                cases: u32::try_from(cases.len()).unwrap_or(u32::MAX),
            })
        }
    };
    change.events.push(OfficeEvent::PersonLeft(PersonLeft {
        who: account.id(),
        passed_on,
    }));
    Ok(change)
}

fn still_owns(person: &Person, cases: usize) -> String {
    let them = if cases == 1 { "it" } else { "them" };
    format!(
        "{} still has {}. Choose who takes {them}, or have {them} passed on first",
        person.name,
        open_cases(cases)
    )
}

/// Somebody who could take over, and why not if they may not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    /// Who.
    pub person: Person,
    /// Why they may not take every one of the cases.
    pub barred: Option<String>,
}

/// The people who work on cases here, each with the reason if they may not take every one of these, by name.
pub fn successors(staff: &[Account], leaver: &Account, cases: &[Held<'_>]) -> Vec<Successor> {
    let colleagues = staff
        .iter()
        .filter(|account| account.is_here() && account.id() != leaver.id());
    let mut successors: Vec<Successor> = colleagues
        .filter(|account| permission::may(&account.person, Act::Assign))
        .map(|account| Successor {
            person: account.person.clone(),
            barred: barred(leaver, &account.person, cases),
        })
        .collect();
    successors.sort_by(|a, b| a.person.name.cmp(&b.person.name));
    successors
}

/// Why somebody may not take all of the cases; the first reason that a rule gives.
fn barred(leaver: &Account, to: &Person, cases: &[Held<'_>]) -> Option<String> {
    if to.id == leaver.id() {
        return Some(format!("{} cannot keep the cases. Choose somebody else", to.name));
    }
    cases
        .iter()
        .find_map(|held| can_take_over(held.case, to, &held.setting).err())
        .map(|refused| refused.to_string())
}
