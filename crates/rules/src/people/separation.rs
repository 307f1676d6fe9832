//! Who is too close to those whom a complaint is about: whoever reports to them has no say in it (R28), whoever is above them may deal with it (R34).

use super::staff::{Actor, Person, StaffId};
use crate::case::Case;
use crate::case::Event;
use crate::case::change::Refused;

/// Those whom events make accountable for a case, and whoever decides, assents or approves by them. What the system does by itself concerns nobody.
pub fn dealing(events: &[Event], actor: Actor) -> Vec<StaffId> {
    let mut dealing: Vec<StaffId> = events
        .iter()
        .filter_map(|event| match event {
            Event::Assigned(assigned) => Some(assigned.to),
            Event::DecisionRecorded(_)
            | Event::SignOffRequested(_)
            | Event::SignOffApproved(_)
            | Event::SignOffEdited(_)
            | Event::EscalationAccepted(_)
            | Event::EscalationRefused(_) => actor.staff(),
            _ => None,
        })
        .filter(|_| actor.staff().is_some())
        .collect();
    dealing.sort_unstable();
    dealing.dedup();
    dealing
}

/// Those with an account whom a complaint is about, once these events are on record.
pub fn named_after<'a>(case: &'a Case, events: &'a [Event]) -> &'a [StaffId] {
    let latest = events.iter().rev().find_map(|event| match event {
        Event::StaffNamed(named) => Some(named.people.as_slice()),
        _ => None,
    });
    latest.unwrap_or(&case.named.people)
}

/// What somebody is told who would deal with a complaint about whom they report to.
pub fn reports_to_them(who: &Person) -> Refused {
    Refused::Conflict(format!(
        "{} reports to somebody whom this complaint is about, so {} cannot deal with it (the directory says so). Choose somebody who does not.",
        who.name,
        who.first_name()
    ))
}

/// A conflict of interest that somebody declared and nobody set aside: they are not given the case, and sign nothing of it (R28, P26).
///
/// # Errors
/// [`Refused::Conflict`] in words that say whom to ask.
pub fn without_conflict(case: &Case, who: &Person) -> Result<(), Refused> {
    match case.investigation.conflict_of(who.id) {
        None => Ok(()),
        Some(_) => Err(Refused::Conflict(format!(
            "{} declared a conflict of interest in this case, and nobody set it aside. Choose someone else.",
            who.name
        ))),
    }
}

/// The same, said to somebody who goes on with a case that is theirs.
///
/// # Errors
/// [`Refused::Conflict`] in words that say who helps.
pub fn without_own_conflict(case: &Case, by: &Person) -> Result<(), Refused> {
    match case.investigation.conflict_of(by.id) {
        None => Ok(()),
        Some(_) => Err(Refused::Conflict(
            "You declared a conflict of interest. A complaints coordinator passes the case on, or says that you can go on.".to_owned(),
        )),
    }
}

/// Refuses whoever decided about a case as the one who notes what its discussion came to (R28, R80).
///
/// # Errors
/// [`Refused::Conflict`] in words that say whom to ask.
pub fn may_note(case: &Case, who: &Person) -> Result<(), Refused> {
    if case.named.people.contains(&who.id) {
        return Err(Refused::Conflict(
            "This complaint is about you. Ask somebody else to hold its discussion.".to_owned(),
        ));
    }
    if case.deciders_before(u8::MAX).contains(&who.id) {
        return Err(Refused::Conflict(
            "You decided this case. Ask somebody else who may hold the review to note what its discussion came to."
                .to_owned(),
        ));
    }
    Ok(())
}
