//! Who stands in for whom while they are away, from which day to which (P34).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::OfficeChange;
use super::event::{Changed, OfficeEvent};
use crate::case::change::{Fields, Refused, permit};
use crate::handling::sign_off::may_stand_in;
use crate::people::{Act, Person, StaffId, permission};
use crate::procedure::Procedure;

/// Somebody stands in for somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// Who is away.
    pub who: StaffId,
    /// Who stands in.
    pub delegate: StaffId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
}

impl Delegation {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }
}

/// The longest absence, in days: whoever is away for longer is asked again.
pub const LONGEST_DAYS: i32 = 366;
/// The most that one person has at a time.
const MOST: usize = 20;

/// What is known when somebody names a delegate.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Every delegation on record that is not over.
    pub delegations: &'a [Delegation],
    /// Everybody who works here.
    pub people: &'a [Person],
    /// The procedure in force.
    pub procedure: &'a Procedure,
    /// Today.
    pub today: Date,
}

impl<'a> Known<'a> {
    fn person(&self, id: StaffId) -> Option<&'a Person> {
        self.people.iter().find(|person| person.id == id)
    }
}

/// Names somebody who stands in: for oneself, or, as an administrator, for somebody who is away already.
///
/// # Errors
/// When the person may not; when nobody can stand in for whoever is away; one message per field that cannot be used.
pub fn name(new: &Delegation, known: &Known<'_>, by: &Person) -> Result<OfficeChange, Refused> {
    own_or_administrator(new.who, by)?;
    let mut fields = usable(new, known)?;
    if known.delegations.iter().filter(|known| known.who == new.who).count() >= MOST {
        fields.ask("delegate", "Take one of the delegates back before you name another");
    }
    fields.finish()?;
    if known.delegations.contains(new) {
        return Ok(OfficeChange::default());
    }
    Ok(OfficeChange::of(vec![OfficeEvent::DelegateNamed(new.clone())]))
}

/// Changes who stands in or on which days; the place in the order of asking stays.
///
/// # Errors
/// As for [`name`], and when what is to be changed is not on record any more.
pub fn change(changed: &Changed<Delegation>, known: &Known<'_>, by: &Person) -> Result<OfficeChange, Refused> {
    let Changed { from: old, to: new } = changed;
    own_or_administrator(old.who, by)?;
    if !known.delegations.contains(old) || new.who != old.who {
        return Err(Refused::NotNow(
            "Who stands in was changed or taken back meanwhile. Look at it again.".to_owned(),
        ));
    }
    let mut fields = usable(new, known)?;
    if new != old && known.delegations.contains(new) {
        fields.ask("delegate", "They stand in on these days already");
    }
    fields.finish()?;
    if new == old {
        return Ok(OfficeChange::default());
    }
    Ok(OfficeChange::of(vec![OfficeEvent::DelegateChanged(changed.clone())]))
}

/// What is wrong with a delegation by itself, field by field.
fn usable(new: &Delegation, known: &Known<'_>) -> Result<Fields, Refused> {
    match known.person(new.who) {
        Some(away) if permission::may(away, Act::SignOff) => {}
        Some(away) => {
            return Err(Refused::Rule(format!(
                "{} signs no letters off, so nobody can stand in for {}.",
                away.name,
                away.first_name()
            )));
        }
        None => return Err(Refused::Rule("They do not work here any more.".to_owned())),
    }
    let mut fields = Fields::default();
    match known.person(new.delegate) {
        Some(_) if new.delegate == new.who => {
            fields.ask("delegate", "Choose somebody else than the person who is away")
        }
        Some(delegate) if !may_stand_in(known.procedure, delegate) => {
            let message = format!(
                "{} cannot sign letters off in place of somebody: the procedure names the roles that may. Choose somebody else",
                delegate.name
            );
            fields.ask("delegate", message);
        }
        Some(_) => {}
        None => fields.ask("delegate", "Choose who stands in"),
    }
    if new.until < new.from {
        fields.ask("until", "Choose a last day that is not before the first");
    } else if new.until < known.today {
        fields.ask("until", "Choose a last day that is not over");
    } else if new
        .from
        .until(new.until)
        .is_ok_and(|span| span.get_days() >= LONGEST_DAYS)
    {
        fields.ask(
            "until",
            "Choose a last day within a year; after that, name somebody again",
        );
    }
    Ok(fields)
}

/// Takes a delegation back, whether its days have begun or not. What was handed on to them goes on at the next look of the watch: whoever
/// does not stand in any more signs nothing in somebody's place ([`crate::handling::hand_on`]).
///
/// # Errors
/// When the person may not, or there is none.
pub fn take_back(old: &Delegation, known: &Known<'_>, by: &Person) -> Result<OfficeChange, Refused> {
    own_or_administrator(old.who, by)?;
    if !known.delegations.contains(old) {
        return Err(Refused::NotNow("It was taken back already, or it is over.".to_owned()));
    }
    Ok(OfficeChange::of(vec![OfficeEvent::DelegateTakenBack(old.clone())]))
}

fn own_or_administrator(who: StaffId, by: &Person) -> Result<(), Refused> {
    if who == by.id {
        return Ok(());
    }
    permit(by, Act::ManagePeople)
}

/// Those on record after an event, without those that are over.
pub fn after(mut delegations: Vec<Delegation>, event: &OfficeEvent, today: Date) -> Vec<Delegation> {
    match event {
        OfficeEvent::DelegateNamed(new) => delegations.push(new.clone()),
        OfficeEvent::DelegateChanged(changed) => {
            let old = delegations.iter_mut().find(|known| **known == changed.from);
            if let Some(old) = old {
                *old = changed.to.clone();
            }
        }
        OfficeEvent::DelegateTakenBack(old) => delegations.retain(|known| known != old),
        _ => {}
    }
    delegations.retain(|known| known.until >= today);
    delegations
}
