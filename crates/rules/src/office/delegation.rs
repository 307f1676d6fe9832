//! Who stands in for whom while they are away, from which day to which (P34).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::OfficeChange;
use super::event::OfficeEvent;
use crate::case::change::{Fields, Refused, permit};
use crate::handling::sign_off::may_stand_in;
use crate::people::{Act, Person, StaffId};
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
/// When the person may not; one message per field that cannot be used.
pub fn name(new: &Delegation, known: &Known<'_>, by: &Person) -> Result<OfficeChange, Refused> {
    own_or_administrator(new.who, by)?;
    let mut fields = Fields::default();
    if known.person(new.who).is_none() {
        fields.ask("who", "Choose somebody who works here");
    }
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
    if known.delegations.iter().filter(|known| known.who == new.who).count() >= MOST {
        fields.ask("delegate", "Take one of the delegates back before you name another");
    }
    fields.finish()?;
    if known.delegations.contains(new) {
        return Ok(OfficeChange::default());
    }
    Ok(OfficeChange::of(vec![OfficeEvent::DelegateNamed(new.clone())]))
}

/// Takes a delegation back. Letters that were handed on stay where they are.
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
        OfficeEvent::DelegateTakenBack(old) => delegations.retain(|known| known != old),
        _ => {}
    }
    delegations.retain(|known| known.until >= today);
    delegations
}
