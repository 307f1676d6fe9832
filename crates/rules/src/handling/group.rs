//! Duplicates and groups: cases about the same matter are linked and each is answered; they are never merged (A27, lesson 14).

use crate::case::change::{Change, Refused, permit};
use crate::case::event::{CaseLinked, CaseUnlinked, Event, Part, Sameness};
use crate::case::{Case, Reference};
use crate::intake::feedback::said;
use crate::people::{Act, Person};

/// What somebody says who links two cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linking {
    /// In what way they belong together.
    pub same: Sameness,
    /// Why: kept with both.
    pub reason: String,
}

/// What follows for the two cases of an act: for the one it was done on, and for the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Both {
    /// For the case it was done on.
    pub here: Change,
    /// For the other.
    pub there: Change,
}

/// Whether somebody may link this case with another.
///
/// # Errors
/// When the person may not.
pub fn can_link(by: &Person) -> Result<(), Refused> {
    permit(by, Act::LinkCases)
}

/// Links two cases as the same matter. `there` is one that stands alone or leads. The first of two that stand alone leads; one that stands
/// alone joins a group. Neither date, owner, decision nor letter of either changes by it.
///
/// # Errors
/// When the person may not, it is one case only, one of them is restricted and the other not, they belong together already, both belong to
/// groups, or no reason is given.
pub fn link(here: &Case, there: &Case, linking: &Linking, by: &Person) -> Result<Both, Refused> {
    can_link(by)?;
    let other = &there.reference;
    if here.reference == *other {
        return Err(Refused::field("other", "Enter the reference of another case"));
    }
    if here.leading().is_some() && here.leading() == there.leading() {
        return Err(Refused::field("other", format!("{other} is in the same group already")));
    }
    if here.lane != there.lane {
        let message =
            "One of the two is restricted and the other is not. Nothing on an open case may point to a restricted one";
        return Err(Refused::field("other", message));
    }
    let part = part_of(here, there)?;
    let reason = said(&linking.reason, "reason", "Say why they are about the same matter")?;
    let linked = |with: &Case, part| {
        Change::of(vec![Event::CaseLinked(CaseLinked {
            with: with.reference.clone(),
            part,
            same: linking.same,
            reason: reason.clone(),
        })])
    };
    Ok(Both {
        here: linked(there, part),
        there: linked(here, counterpart(part)),
    })
}

/// Takes a link back, on both cases.
///
/// # Errors
/// When the person may not, the two are not linked, or no reason is given.
pub fn unlink(here: &Case, there: &Case, reason: &str, by: &Person) -> Result<Both, Refused> {
    can_link(by)?;
    if here.link_with(&there.reference).is_none() {
        return Err(Refused::NotNow(format!(
            "{} and {} are not linked.",
            here.reference, there.reference
        )));
    }
    let reason = said(reason, "reason", "Say why the link is taken back")?;
    let unlinked = |with: &Reference| {
        Change::of(vec![Event::CaseUnlinked(CaseUnlinked {
            with: with.clone(),
            reason: reason.clone(),
        })])
    };
    Ok(Both {
        here: unlinked(&there.reference),
        there: unlinked(&here.reference),
    })
}

/// Refuses to change who may see a case while it belongs to a group: the links would tell of it where it is not seen (invariant 12).
///
/// # Errors
/// In words that say what to do first; they name no case, because not everybody sees all of a group.
pub fn stands_alone(case: &Case) -> Result<(), Refused> {
    if !case.is_in_group() {
        return Ok(());
    }
    Err(Refused::NotNow(
        "This case is linked with others about the same matter. Take the links back first, so that nothing on another case points here."
            .to_owned(),
    ))
}

fn part_of(here: &Case, there: &Case) -> Result<Part, Refused> {
    let in_a_group = |case: &Case| {
        let message = format!("{} belongs to another group. Take that link back first", case.reference);
        Err(Refused::field("other", message))
    };
    match (here.is_in_group(), there.is_in_group()) {
        (true, _) if !here.leads() => in_a_group(here),
        (true, true) => in_a_group(there),
        (false, true) if !there.leads() => in_a_group(there),
        (true, false) => Ok(Part::Leads),
        (false, true) => Ok(Part::Follows),
        (false, false) if is_first(here, there) => Ok(Part::Leads),
        (false, false) => Ok(Part::Follows),
    }
}

fn is_first(here: &Case, there: &Case) -> bool {
    let order = |case: &Case| (case.received.received_at, case.reference.number());
    order(here) < order(there)
}

fn counterpart(part: Part) -> Part {
    match part {
        Part::Leads => Part::Follows,
        Part::Follows => Part::Leads,
    }
}
