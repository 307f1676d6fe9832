//! Restricting a case that is about a member of staff, saying whom it is about, and opening it again (R33, R34, A13, A16).

use super::named::StaffNamed;
use crate::case::change::{Change, Refused, Setting, permit};
use crate::case::event::{Assigned, Event, Reason};
use crate::case::state::State;
use crate::case::vocabulary::Lane;
use crate::case::{Case, Unfit};
use crate::handling::group::stands_alone;
use crate::handling::triage::{Triage, check_owner, triage};
use crate::people::{Act, Actor, Person, permission};

impl Case {
    /// True where few may see it, or no one of staff its words (R33).
    pub fn is_restricted(&self) -> bool {
        self.lane != Lane::Open
    }

    /// True where it is restricted only because the finder of names suggested it: nobody has said yet whom it is about, or that it is about
    /// nobody of staff (A13).
    pub fn is_held(&self) -> bool {
        self.undecided && self.is_restricted() && self.state == State::Received
    }
}

/// What somebody says who restricts a case.
#[derive(Debug, Clone)]
pub struct Restriction {
    /// Why: kept with the case.
    pub reason: String,
    /// Whom it is about, as far as they know.
    pub named: StaffNamed,
    /// Who deals with it from now on; asked for while it is worked on.
    pub to: Option<Person>,
}

/// Whom it is about, and who deals with it from now on.
#[derive(Debug, Clone)]
pub struct Naming {
    /// Everybody whom it is about: the list takes the place of the one before.
    pub named: StaffNamed,
    /// Who deals with it from now on; asked for while it is worked on.
    pub to: Option<Person>,
}

/// Whether somebody may restrict this case: who may triage, or who owns it (A16).
///
/// # Errors
/// When it is restricted already, or it is not theirs to restrict.
pub fn can_restrict(case: &Case, by: &Person) -> Result<(), Refused> {
    permit(by, Act::Restrict)?;
    if case.is_restricted() {
        return Err(Refused::NotNow("This case is restricted already.".to_owned()));
    }
    if permission::may(by, Act::Triage) || case.owner == Some(by.id) {
        return Ok(());
    }
    Err(Refused::Rule(format!(
        "Only its owner can restrict this case, or {}. Ask one of them now.",
        permission::who_may(Act::Triage)
    )))
}

/// Restricts a case at any time: from now on few can see it, and nobody whom it is about (R33, R36).
///
/// # Errors
/// As for [`can_restrict`]; when it is linked with other cases, no reason is given, when nobody is named although somebody works on it, or when who shall deal with it may not.
pub fn restrict(case: &Case, restriction: &Restriction, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    can_restrict(case, by)?;
    stands_alone(case)?;
    let reason = said(&restriction.reason, "Say why it is about a member of staff")?;
    let named = restriction.named.tidy();
    if named.is_empty() && case.state != State::Received {
        return Err(nobody_named());
    }
    let mut events = vec![Event::LaneRestricted(Reason { reason })];
    events.extend((!named.is_empty()).then_some(Event::StaffNamed(named)));
    handed_over(case, events, (restriction.to.as_ref(), by), setting)
}

/// Says whom a restricted case is about; the list takes the place of the one before (R28).
///
/// # Errors
/// When the person may not, the case is not restricted, or it is with somebody whom it is about and nobody else is named to deal with it.
pub fn name(case: &Case, naming: &Naming, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    can_name(case, by)?;
    let named = naming.named.tidy();
    // What was only suggested is said by a person from now on, also where it is the same.
    let events = if named == case.named && (!case.is_held() || named.is_empty()) {
        Vec::new()
    } else {
        vec![Event::StaffNamed(named)]
    };
    handed_over(case, events, (naming.to.as_ref(), by), setting)
}

/// Whether somebody may say whom this case is about.
///
/// # Errors
/// When the person may not, or the case is not restricted.
pub fn can_name(case: &Case, by: &Person) -> Result<(), Refused> {
    permit(by, Act::NameStaff)?;
    restricted(case)
}

/// Opens a restricted case to everybody who deals with cases: the tick of a complainant is a hint, and a person decides (A13).
///
/// # Errors
/// When the person may not, the case is not restricted, somebody of staff is named, it is linked with other cases, or no reason is given.
pub fn open(case: &Case, reason: &str, by: &Person) -> Result<Change, Refused> {
    can_open(case, by)?;
    stands_alone(case)?;
    let reason = said(reason, "Say why nobody of staff is complained about")?;
    Ok(Change::of(vec![Event::LaneOpened(Reason { reason })]))
}

/// Whether somebody may open this case.
///
/// # Errors
/// As for [`open`], without the reason.
pub fn can_open(case: &Case, by: &Person) -> Result<(), Refused> {
    permit(by, Act::OpenLane)?;
    restricted(case)?;
    if case.named.is_empty() || case.is_held() {
        return Ok(());
    }
    Err(Refused::Rule(
        "Somebody of staff is named in this case. If that is wrong, correct whom it is about first.".to_owned(),
    ))
}

/// Triage of a restricted case: whom it is about is said in the same act, so that it is never given to them (R28, A13).
///
/// # Errors
/// As for [`name`] and [`triage`].
pub fn named_and_triaged(
    case: &Case,
    (named, judgement): (&StaffNamed, &Triage),
    by: &Person,
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    let naming = Naming {
        named: named.clone(),
        to: None,
    };
    let mut change = name(case, &naming, by, setting)?;
    let after = after(case, &change.events, by, setting)?;
    let judged = triage(&after, judgement, by, setting)?;
    change.events.extend(judged.events);
    change.letters.extend(judged.letters);
    Ok(change)
}

/// What a restricted case lacks before it can be judged.
pub(crate) fn nobody_named() -> Refused {
    Refused::field("about", "Say whom of staff it is about: choose them, or describe them")
}

/// The events, and with them who deals with the case from now on, where somebody works on it.
fn handed_over(
    case: &Case,
    mut events: Vec<Event>,
    (to, by): (Option<&Person>, &Person),
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    let after = after(case, &events, by, setting)?;
    let stage = after
        .state
        .work()
        .and_then(|work| setting.procedure.stage_number(work.stage()));
    if let Some(stage) = stage {
        let to = to.ok_or_else(|| Refused::field("to", "Choose who deals with it from now on"))?;
        check_owner(&after, to, stage)?;
        if case.owner != Some(to.id) {
            events.push(Event::Assigned(Assigned {
                to: to.id,
                reason: None,
            }));
        }
    }
    Ok(Change::of(events))
}

fn after(case: &Case, events: &[Event], by: &Person, setting: &Setting<'_>) -> Result<Case, Refused> {
    case.preview(events, Actor::Staff(by.id), setting.now)
        .map_err(|unfit: Unfit| Refused::Rule(unfit.to_string()))
}

fn restricted(case: &Case) -> Result<(), Refused> {
    if case.is_restricted() {
        Ok(())
    } else {
        Err(Refused::NotNow("This case is not restricted.".to_owned()))
    }
}

fn said(words: &str, otherwise: &str) -> Result<String, Refused> {
    let words = words.trim();
    if words.is_empty() {
        return Err(Refused::field("reason", otherwise));
    }
    Ok(words.to_owned())
}
