//! Who works here: adding people, changing what they may do, passwords, and coming back (model 3.1).

use super::account::{Account, Details, NewPerson, Standing, check_password};
use super::event::{Changed, OfficeEvent, PersonAdded, PersonChanged, Whom};
use super::{Held, OfficeChange};
use crate::case::change::{Refused, permit};
use crate::handling::hand_over::can_take_over;
use crate::people::{Act, Person, Role, StaffId};

/// Somebody new. `staff` is everybody, those who left included; `id` is the next number.
///
/// # Errors
/// When the person may not add people; one message per field that cannot be used.
pub fn add(staff: &[Account], id: StaffId, new: &NewPerson, by: &Person) -> Result<OfficeChange, Refused> {
    permit(by, Act::ManagePeople)?;
    added(staff, id, new)
}

/// The first administrator, whom nobody who works here can add.
///
/// # Errors
/// When there is anybody; as for [`add`]; when the first one would not be an administrator.
pub fn add_first(staff: &[Account], id: StaffId, new: &NewPerson) -> Result<OfficeChange, Refused> {
    if !staff.is_empty() {
        return Err(Refused::Rule(
            "There are people already. Sign in as an administrator and add others there.".to_owned(),
        ));
    }
    if !new.roles.contains(&Role::Administrator) {
        return Err(Refused::field("roles", "The first person must be an administrator"));
    }
    added(staff, id, new)
}

fn added(staff: &[Account], id: StaffId, new: &NewPerson) -> Result<OfficeChange, Refused> {
    new.check(staff)?;
    let (name, email, job_title, roles) = new.details().tidied();
    Ok(OfficeChange::of(vec![OfficeEvent::PersonAdded(PersonAdded {
        who: id,
        username: new.username.trim().to_owned(),
        email,
        name,
        job_title,
        roles,
    })]))
}

/// Changes name, address, job title or roles. What is the same already is no change. `cases` are the open cases of the person.
///
/// # Errors
/// When the person may not; when the account is of somebody who left; one message per field; when the last administrator would
/// lose the role; when open cases would be left with somebody who may no longer work on them.
pub fn change(
    staff: &[Account],
    account: &Account,
    to: &Details,
    cases: &[Held<'_>],
    by: &Person,
) -> Result<OfficeChange, Refused> {
    permit(by, Act::ManagePeople)?;
    must_be_here(account)?;
    let faults = to.faults(staff, Some(account.id()));
    if !faults.is_empty() {
        return Err(Refused::Fields { fields: faults });
    }
    let (name, email, job_title, roles) = to.tidied();
    let person = Person {
        id: account.id(),
        name,
        job_title,
        roles,
    };
    if !person.is(Role::Administrator) && is_last_administrator(staff, account) {
        return Err(Refused::field("roles", only_administrator(account)));
    }
    no_case_is_stranded(account, &person, cases)?;
    let changed = PersonChanged {
        who: person.id,
        name: changed(&account.person.name, &person.name),
        email: changed(&account.email, &email),
        job_title: changed(&account.person.job_title, &person.job_title),
        roles: changed(&account.person.roles, &person.roles),
    };
    let nothing =
        changed.name.is_none() && changed.email.is_none() && changed.job_title.is_none() && changed.roles.is_none();
    Ok(if nothing {
        OfficeChange::default()
    } else {
        OfficeChange::of(vec![OfficeEvent::PersonChanged(changed)])
    })
}

fn changed<T: Clone + PartialEq>(from: &T, to: &T) -> Option<Changed<T>> {
    (from != to).then(|| Changed {
        from: from.clone(),
        to: to.clone(),
    })
}

/// Roles that somebody's open cases need stay until the cases have gone to somebody else (R40).
fn no_case_is_stranded(account: &Account, changed: &Person, cases: &[Held<'_>]) -> Result<(), Refused> {
    let able = |held: &Held<'_>, person: &Person| can_take_over(held.case, person, &held.setting).is_ok();
    let stranded = cases
        .iter()
        .filter(|held| able(held, &account.person) && !able(held, changed))
        .count();
    if stranded == 0 {
        return Ok(());
    }
    Err(Refused::field(
        "roles",
        format!(
            "{} has {} that a role you took away is needed for. Leave the role, or have the work passed on first",
            account.person.name,
            open_cases(stranded)
        ),
    ))
}

/// Gives somebody a new first password because they forgot theirs. All their sessions end.
///
/// # Errors
/// When the person may not; for oneself; for somebody who left; when the password is too short.
pub fn set_password(account: &Account, password: &str, by: &Person) -> Result<OfficeChange, Refused> {
    can_set_password(account, by)?;
    check_password(password)?;
    Ok(OfficeChange::of(vec![OfficeEvent::PasswordChanged(Whom {
        who: account.id(),
    })]))
}

/// Whether somebody may be given a new password, whatever it is: the page asks this before it shows its form.
///
/// # Errors
/// As for [`set_password`], but for the password.
pub fn can_set_password(account: &Account, by: &Person) -> Result<(), Refused> {
    permit(by, Act::ManagePeople)?;
    must_be_here(account)?;
    if account.id() == by.id {
        return Err(Refused::Rule(
            "Change your own password on your own page: it asks for the one that you have now.".to_owned(),
        ));
    }
    Ok(())
}

/// One's own password, after the present one was checked.
///
/// # Errors
/// When the new one is too short.
pub fn change_own_password(by: &Person, password: &str) -> Result<OfficeChange, Refused> {
    check_password(password)?;
    Ok(OfficeChange::of(vec![OfficeEvent::PasswordChanged(Whom {
        who: by.id,
    })]))
}

/// Somebody who left works here again: with the roles that they had, and with a new first password.
///
/// # Errors
/// When the person may not; when they work here; when the password is too short.
pub fn come_back(account: &Account, password: &str, by: &Person) -> Result<OfficeChange, Refused> {
    can_come_back(account, by)?;
    check_password(password)?;
    let whom = Whom { who: account.id() };
    Ok(OfficeChange::of(vec![
        OfficeEvent::PersonReturned(whom.clone()),
        OfficeEvent::PasswordChanged(whom),
    ]))
}

/// Whether somebody may come back, whatever the password is.
///
/// # Errors
/// As for [`come_back`], but for the password.
pub fn can_come_back(account: &Account, by: &Person) -> Result<(), Refused> {
    permit(by, Act::ManagePeople)?;
    match account.standing {
        Standing::Left => Ok(()),
        Standing::Here => Err(Refused::NotNow(format!("{} works here already.", account.person.name))),
    }
}

pub(super) fn must_be_here(account: &Account) -> Result<(), Refused> {
    if account.is_here() {
        return Ok(());
    }
    Err(Refused::NotNow(format!(
        "{} has left. Let them come back first.",
        account.person.name
    )))
}

/// Without an administrator nobody could be added, changed or let go any more.
pub(super) fn is_last_administrator(staff: &[Account], account: &Account) -> bool {
    let other = |other: &&Account| other.id() != account.id() && other.is_here();
    let others = staff.iter().filter(other);
    account.person.is(Role::Administrator) && !others.into_iter().any(|other| other.person.is(Role::Administrator))
}

/// Why the last administrator stays one.
pub(super) fn only_administrator(account: &Account) -> String {
    let name = &account.person.name;
    format!("{name} is the only administrator. Make somebody else an administrator first")
}

/// "1 open case", "4 open cases".
pub(super) fn open_cases(count: usize) -> String {
    if count == 1 {
        "1 open case".to_owned()
    } else {
        format!("{count} open cases")
    }
}
