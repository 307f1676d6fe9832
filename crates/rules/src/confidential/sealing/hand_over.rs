//! Handing a case over to a line manager: asked for, taken back, and what follows once their mail server has the letter (R33 to R35, A15 to A17).

use crate::case::change::{Change, LetterOwed, Refused, Setting, not_now, permit};
use crate::case::event::{Event, Holder, PassedOn, Reason, Remark, SealAsked, Sealed};
use crate::case::facts::Communicated;
use crate::case::state::State;
use crate::case::vocabulary::{FeedbackKind, StageReason};
use crate::case::{Case, Recorded};
use crate::confidential::named::apart;
use crate::handling::entry::as_known;
use crate::handling::escalate;
use crate::handling::group::stands_alone;
use crate::handling::start::clock_from;
use crate::handling::triage::enter;
use crate::intake::contact::looks_like_email;
use crate::letters::LetterKind;
use crate::people::{Act, Person, StaffId};
use crate::procedure::StageEntryWay;
use crate::stored::Unreadable;

use super::carried::Carried;
use super::stub::stub_of;

/// What somebody says who hands a case over.
#[derive(Debug, Clone)]
pub struct HandOver {
    /// To whom.
    pub to: Holder,
    /// Why to them, in words; kept with the case.
    pub why: String,
    /// The secret of the links in their letter: 128 random bits in hexadecimal digits.
    pub link: String,
}

/// Whether somebody may hand this case over now: the page asks this before it shows its form.
///
/// # Errors
/// When the person may not, it is about them, it is not a restricted complaint that stands alone with somebody named, a letter of it waits or
/// is on its way, or it is being handed over already.
pub fn can_ask(case: &Case, by: &Person) -> Result<(), Refused> {
    permit(by, Act::Seal)?;
    apart(case, by)?;
    if case.kind != FeedbackKind::Complaint {
        let words = "Only a complaint is handed over to a line manager. Reclassify it first if it is one.";
        return Err(Refused::NotNow(words.to_owned()));
    }
    if !case.is_restricted() {
        return Err(Refused::NotNow(
            "Restrict this case first and say whom it is about: then it can be handed over.".to_owned(),
        ));
    }
    stands_alone(case)?;
    if case.named.is_empty() && !case.is_sealed() {
        return Err(Refused::NotNow(
            "Say first whom of staff it is about: their line manager cannot be known before.".to_owned(),
        ));
    }
    if matches!(case.state, State::SignOff(..) | State::Decided(..)) {
        return Err(not_now("hand it over", &case.state));
    }
    match &case.seal.asked {
        Some(asked) => Err(Refused::NotNow(format!(
            "It is on its way to {} already. Take that back first.",
            asked.to.name
        ))),
        None => Ok(()),
    }
}

/// Asks that a case go to a holder. Nothing is taken away by it: that follows when their mail server has the letter ([`accepted`]).
///
/// `about` are those whom it is about, as the office knows their names and mailboxes: none of them is its holder (R28, A15).
///
/// # Errors
/// As for [`can_ask`]; when name or address cannot be used, it is somebody's whom the complaint is about, the complainant's own, that of
/// whoever has it, or, for the next stage, of somebody who had it before (A17).
pub fn ask(
    case: &Case,
    asked: &HandOver,
    about: &[Holder],
    by: &Person,
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    can_ask(case, by)?;
    if matches!(case.state, State::EscalationPending(..)) {
        escalate::asked(case, by, setting)?;
    }
    let to = tidy(&asked.to)?;
    not_close_to_it(case, &to, about)?;
    let why = crate::intake::feedback::clean_text(&asked.why);
    let event = Event::SealAsked(SealAsked {
        to,
        // A stub takes no words.
        why: (!why.is_empty() && !case.is_sealed()).then_some(why),
        link: asked.link.clone(),
    });
    Ok(Change::of(vec![event]).owing(LetterOwed::automatic(LetterKind::Handover)))
}

fn tidy(to: &Holder) -> Result<Holder, Refused> {
    let (name, email) = (to.name.trim(), to.email.trim());
    if name.is_empty() {
        return Err(Refused::field("holder_name", "Say who is to deal with it"));
    }
    if !looks_like_email(email) {
        return Err(Refused::field(
            "holder_email",
            "Enter their e-mail address, like name@example.ac.uk",
        ));
    }
    Ok(Holder {
        name: name.to_owned(),
        email: email.to_owned(),
    })
}

fn not_close_to_it(case: &Case, to: &Holder, about: &[Holder]) -> Result<(), Refused> {
    let conflict = |message: String| Err(Refused::field("holder_email", message));
    if about.iter().any(|named| is_same(named, to)) {
        let message = format!("This complaint is about {}. Choose somebody above them.", to.name);
        return conflict(message);
    }
    if case
        .complainant
        .email
        .as_deref()
        .is_some_and(|email| same_mailbox(email, &to.email))
    {
        return conflict("This is the address of whoever complained. Choose the line manager.".to_owned());
    }
    let had_it = |held: &&crate::case::Held| is_same(&held.holder, to);
    if case.held().as_ref().is_some_and(had_it) && !matches!(case.state, State::EscalationPending(..)) {
        return conflict(format!("{} has it already.", to.name));
    }
    let decided_before = case.stages.iter().any(|stage| stage.decision.is_some());
    if decided_before && case.seal.holders.iter().any(|held| is_same(&held.holder, to)) {
        let message = format!(
            "{} dealt with it before, and somebody else must look again. Choose another manager.",
            to.name
        );
        return conflict(message);
    }
    Ok(())
}

fn is_same(one: &Holder, other: &Holder) -> bool {
    same_mailbox(&one.email, &other.email) || one.name.trim().eq_ignore_ascii_case(other.name.trim())
}

fn same_mailbox(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}

/// Takes a handover back whose letter has not been taken by the mail server yet: the address was wrong, or somebody else shall have it.
///
/// # Errors
/// When the person may not, it is about them, or nothing is on its way.
pub fn take_back(case: &Case, reason: &str, by: &Person) -> Result<Change, Refused> {
    permit(by, Act::Seal)?;
    apart(case, by)?;
    if case.seal.asked.is_none() {
        return Err(Refused::NotNow(
            "Nothing of this case is on its way to a line manager.".to_owned(),
        ));
    }
    let reason = match case.is_sealed() {
        true => String::new(),
        false => crate::intake::feedback::clean_text(reason),
    };
    Ok(Change::of(vec![Event::SealTakenBack(Reason { reason })]))
}

/// What is on record beside the case when it is sealed.
#[derive(Debug, Clone)]
pub struct Acceptance {
    /// The number of the event that owed the letter.
    pub owed_by: u32,
    /// What the mail server said, and when.
    pub accepted: Communicated,
    /// Those of staff whom the access log has as having seen the case or taken something of it along (A16).
    pub looked: Vec<StaffId>,
    /// How the letter carries the complaint, where that is known.
    pub carried: Option<Carried>,
    /// The number of the last event that a letter with the complaint in it holds; what came since is not in it.
    pub up_to: Option<u32>,
}

/// What follows from the acceptance of a letter to a holder: the case is sealed, or passed on, and enters the stage that they act at.
///
/// Nothing follows where that handover was taken back meanwhile.
///
/// # Errors
/// When the stub could not be read again.
pub fn accepted(
    case: &Case,
    history: &[Recorded],
    acceptance: &Acceptance,
    setting: &Setting<'_>,
) -> Result<Change, Unreadable> {
    let asked = case
        .seal
        .asked
        .as_ref()
        .filter(|asked| asked.number == acceptance.owed_by);
    let Some(asked) = asked else {
        return Ok(Change::default());
    };
    let (holder, link) = (asked.to.clone(), asked.link.clone());
    let accepted = acceptance.accepted.clone();
    let carried = acceptance.carried.clone();
    let first = if case.is_sealed() {
        Event::PassedOn(PassedOn {
            holder,
            link,
            accepted,
            carried,
        })
    } else {
        Event::Sealed(Sealed {
            holder,
            link,
            history: stub_of(history)?,
            accepted,
            seen_by: seen_by(history, &acceptance.looked),
            carried,
        })
    };
    let mut events = vec![first];
    events.extend(next_stage(case, setting));
    let change = Change::of(events);
    Ok(match has_more(history, acceptance.up_to) {
        true => change.owing(LetterOwed::automatic(LetterKind::HandoverNews)),
        false => change,
    })
}

/// Whether the complainant added something while a letter with the complaint in it was on its way: its holder is told that there is more.
fn has_more(history: &[Recorded], up_to: Option<u32>) -> bool {
    let added = |event: &Event| {
        matches!(
            event,
            Event::MessageReceived(_) | Event::FileAttached(_) | Event::SealAddedTo(_)
        )
    };
    let since = |recorded: &&Recorded| up_to.is_some_and(|up_to| recorded.sequence > up_to);
    history.iter().filter(since).any(|recorded| added(&recorded.event))
}

/// The stage at which the holder acts: the one that the facts ask for, or the one that the complainant asked for (A17).
fn next_stage(case: &Case, setting: &Setting<'_>) -> Vec<Event> {
    match &case.state {
        State::Received => {
            let (record, _) = as_known(case, setting);
            vec![Event::StageEntered(record.entry)]
        }
        State::EscalationPending(..) => {
            let gate = escalate::gate(case, setting).ok();
            let stage = gate.and_then(|gate| setting.procedure.stage(&gate.to));
            let entered = stage.map(|stage| {
                let from = clock_from(case, stage, StageEntryWay::Escalated, setting);
                enter(stage, StageReason::Escalated, None, from)
            });
            let accepted = Event::EscalationAccepted(Remark { remark: None });
            entered.map_or_else(Vec::new, |entered| vec![accepted, entered])
        }
        _ => Vec::new(),
    }
}

/// Whoever of staff did something to it, was given it, or is in the access log with it (A16).
fn seen_by(history: &[Recorded], looked: &[StaffId]) -> Vec<StaffId> {
    let mut who: Vec<StaffId> = history.iter().filter_map(|recorded| recorded.actor.staff()).collect();
    who.extend(looked);
    let given = history.iter().filter_map(|recorded| match &recorded.event {
        Event::Assigned(assigned) => Some(assigned.to),
        _ => None,
    });
    who.extend(given);
    who.sort_unstable();
    who.dedup();
    who
}
