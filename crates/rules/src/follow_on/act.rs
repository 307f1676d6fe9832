//! What may be done with a follow-on action: one rule per act (R10, R40, R82).

use jiff::civil::Date;

use super::event::{Accepted, Changed, FollowOnEvent, Promised, Words};
use super::id::FollowOnId;
use super::state::{FollowOn, Origin, Status};
use crate::case::change::{Fields, Refused, permit};
use crate::case::event::{ActionCreated, Event};
use crate::case::{Case, Recorded};
use crate::clock::full_date;
use crate::people::{Act, Person};

/// Owner and date, as somebody typed them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Charge {
    /// The team or person.
    pub owner: String,
    /// The day by which it is to be done.
    pub due_on: Option<Date>,
}

/// The promises that new events of a case make, each with the first event of its own stream.
pub fn promises(case: &Case, new: &[Recorded]) -> Vec<(FollowOnId, FollowOnEvent)> {
    let created = new.iter().filter_map(|recorded| match &recorded.event {
        Event::ActionCreated(created) => Some(created),
        _ => None,
    });
    created.map(|created| promise(case, created)).collect()
}

fn promise(case: &Case, created: &ActionCreated) -> (FollowOnId, FollowOnEvent) {
    let promised = Promised {
        case: case.reference.clone(),
        text: created.action.text.clone(),
        owner: created.action.owner.clone(),
        due_on: created.action.due_on,
        service: case.category.as_ref().map(|category| category.service.clone()),
    };
    (
        FollowOnId::Case(case.reference.clone(), created.number),
        FollowOnEvent::Promised(promised),
    )
}

/// Senior management accepts a recommendation and says who does it by when.
///
/// # Errors
/// When the person may not, it is not a proposal any more, or owner or date is missing or lies in the past.
pub fn accept(action: &FollowOn, charge: &Charge, by: &Person, today: Date) -> Result<FollowOnEvent, Refused> {
    permit(by, Act::AgreeActions)?;
    if action.status != Status::Proposed {
        return Err(not_now("accept it", action));
    }
    let (owner, due_on) = check_charge(charge, today)?;
    Ok(FollowOnEvent::Accepted(Accepted { owner, due_on }))
}

/// Somebody begins.
///
/// # Errors
/// When the person may not, or it is not waiting to be begun.
pub fn start(action: &FollowOn, words: &str, by: &Person) -> Result<FollowOnEvent, Refused> {
    permit(by, Act::CarryOutActions)?;
    if action.status != Status::Accepted {
        return Err(not_now("begin it", action));
    }
    Ok(FollowOnEvent::Started(said(words)))
}

/// Somebody reports that it is done.
///
/// # Errors
/// When the person may not, there is nothing to do, or they do not say what was done.
pub fn report_done(action: &FollowOn, words: &str, by: &Person) -> Result<FollowOnEvent, Refused> {
    permit(by, Act::CarryOutActions)?;
    if !matches!(action.status, Status::Accepted | Status::InProgress) {
        return Err(not_now("report it done", action));
    }
    needed(words, "Say what was done, so that somebody else can see that it is")?;
    Ok(FollowOnEvent::Done(said(words)))
}

/// Somebody else sees that it is done and works.
///
/// # Errors
/// When the person may not, it is not reported done, they reported it themselves (R28), or they do not say how they saw it.
pub fn verify(action: &FollowOn, words: &str, by: &Person) -> Result<FollowOnEvent, Refused> {
    can_judge(action, by)?;
    needed(words, "Say how you saw that it is done")?;
    Ok(FollowOnEvent::Verified(said(words)))
}

/// Somebody else sees that it is not done.
///
/// # Errors
/// As for [`verify`].
pub fn send_back(action: &FollowOn, words: &str, by: &Person) -> Result<FollowOnEvent, Refused> {
    can_judge(action, by)?;
    needed(words, "Say what is missing")?;
    Ok(FollowOnEvent::SentBack(said(words)))
}

/// Another owner or another date.
///
/// # Errors
/// When the person may not, there is nothing to do any more, nothing changes, or owner, date or reason is missing.
pub fn change(
    action: &FollowOn,
    charge: &Charge,
    reason: &str,
    by: &Person,
    today: Date,
) -> Result<FollowOnEvent, Refused> {
    permit_change(action, by)?;
    if !matches!(action.status, Status::Accepted | Status::InProgress) {
        return Err(not_now("change owner or date", action));
    }
    let same_day = charge.due_on == action.due_on;
    // A date that has passed may stay while only the owner changes.
    let (owner, due_on) = check_charge(charge, if same_day { Date::MIN } else { today })?;
    if same_day && action.owner.as_deref() == Some(owner.as_str()) {
        return Err(Refused::field(
            "owner",
            "Change the owner or the date, or leave this page",
        ));
    }
    needed(reason, "Say why, so that the next review can follow it")?;
    Ok(FollowOnEvent::Changed(Changed {
        owner,
        due_on,
        reason: reason.trim().to_owned(),
    }))
}

/// It will not be done.
///
/// # Errors
/// When the person may not, there is nothing to do any more, or no reason is given; what was promised to a complainant is dropped only with
/// word of how they were told.
pub fn drop(action: &FollowOn, reason: &str, by: &Person) -> Result<FollowOnEvent, Refused> {
    permit_change(action, by)?;
    if !action.status.is_open() {
        return Err(not_now("drop it", action));
    }
    let ask = match action.origin {
        Origin::Case(_) => "It was promised to a complainant. Say why it will not be done, and how they were told",
        Origin::Review(..) => "Say why it will not be done",
    };
    needed(reason, ask)?;
    Ok(FollowOnEvent::Dropped(said(reason)))
}

/// What was promised in a case is changed only by somebody who may see the case (R31).
fn permit_change(action: &FollowOn, by: &Person) -> Result<(), Refused> {
    permit(by, Act::AgreeActions)?;
    match action.origin {
        Origin::Case(_) => permit(by, Act::SeeCases),
        Origin::Review(..) => Ok(()),
    }
}

fn can_judge(action: &FollowOn, by: &Person) -> Result<(), Refused> {
    permit(by, Act::VerifyActions)?;
    let Some((_, reporter, _)) = action.done.as_ref().filter(|_| action.status == Status::Done) else {
        return Err(not_now("verify it", action));
    };
    if *reporter == Some(by.id) {
        return Err(Refused::Conflict(format!(
            "{} reported this done, so somebody else looks whether it is. Ask them.",
            by.name
        )));
    }
    Ok(())
}

fn check_charge(charge: &Charge, earliest: Date) -> Result<(String, Date), Refused> {
    let owner = charge.owner.trim().to_owned();
    let mut fields = Fields::default();
    if owner.is_empty() {
        fields.ask("owner", "Enter who is accountable: a team or a person");
    }
    match charge.due_on {
        None => fields.ask("due_on", "Choose the day by which it is to be done"),
        Some(due_on) if due_on < earliest => fields.ask(
            "due_on",
            format!("Choose a day that is not in the past ({} is)", full_date(due_on)),
        ),
        Some(_) => {}
    }
    fields.finish()?;
    Ok((owner, charge.due_on.unwrap_or(earliest)))
}

fn needed(words: &str, otherwise: &str) -> Result<(), Refused> {
    if words.trim().is_empty() {
        Err(Refused::field("remark", otherwise))
    } else {
        Ok(())
    }
}

fn said(words: &str) -> Words {
    Words {
        words: words.trim().to_owned(),
    }
}

/// Words for an action that is not where an act needs it.
pub(super) fn not_now(doing: &str, action: &FollowOn) -> Refused {
    let where_it_is = match action.status {
        Status::Proposed => "is only proposed. Accept it with an owner and a date first",
        Status::Accepted => "is accepted and not begun",
        Status::InProgress => "is in progress",
        Status::Done => "is reported done",
        Status::Verified => "is done and verified",
        Status::Dropped => "was dropped",
    };
    Refused::NotNow(format!("You cannot {doing} now: this action {where_it_is}."))
}
