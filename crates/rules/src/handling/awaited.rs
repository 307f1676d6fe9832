//! What a case waits for from somebody other than its owner, and of whom the procedure asks it: nothing lies where nobody looks (R40).

use crate::case::change::Setting;
use crate::case::state::Draft;
use crate::case::vocabulary::StageReason;
use crate::case::{Case, State};
use crate::coded::coded;
use crate::confidential::sight::READERS;
use crate::people::{Act, Person, Role, StaffId, permission};

coded! {
    /// What is asked.
    pub enum Question {
        /// Whether stage 2 goes ahead (R68, A20).
        Escalation = "escalation", "decide on the request for stage 2";
        /// Whether there is more time (R64, R76).
        MoreTime = "more_time", "decide on the request for more time";
        /// Whether somebody with a conflict of interest can investigate (P26).
        Conflict = "conflict", "decide on a conflict of interest";
        /// Whether the letter goes out (R78).
        SignOff = "sign_off", "sign off the letter";
        /// Who investigates what moved to stage 2 by itself, because the complainant turned out to be a VIP (A12, R71).
        Investigator = "investigator", "choose who investigates";
        /// The same, asked of a delegate because nobody had acted (P34).
        SignOffHandedOn = "sign_off_handed_on", "sign off the letter: nobody has acted, so it was handed to you";
        /// The same, where there is no delegate to ask.
        SignOffOverdue = "sign_off_overdue", "see that the letter is signed off: nobody has acted, and there is no delegate";
        /// What the complainant wrote after the case was closed: a message opens nothing by itself (lesson 18).
        LateMessage = "late_message", "read what they wrote after it was closed";
        /// What another regime asks for, of whoever looks after it (A38).
        Regime = "regime", "see to what another regime asks for";
    }
}

impl Question {
    /// True of what goes on beside the work of the case: its owner does not wait for the answer.
    pub fn is_beside(self) -> bool {
        self == Question::Regime
    }
}

/// A question and of whom it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Awaited {
    /// What is asked.
    pub question: Question,
    /// Of whom.
    pub of: Asked,
}

/// Of whom something is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Of everybody who holds a role.
    Role(Role),
    /// Of one person.
    Person(StaffId),
    /// Of everybody who could see to a letter that nobody has acted on.
    WhoeverSignsOrReviews,
}

/// What stands in a row for [`Asked::WhoeverSignsOrReviews`].
const SIGNS_OR_REVIEWS: &str = "signs_or_reviews";

impl Asked {
    /// As it stands in a row of a list.
    pub fn code(self) -> String {
        match self {
            Asked::Role(role) => role.code().to_owned(),
            Asked::Person(StaffId(id)) => format!("staff:{id}"),
            Asked::WhoeverSignsOrReviews => SIGNS_OR_REVIEWS.to_owned(),
        }
    }

    /// Everything by which something is asked of this person.
    pub fn codes_of(person: &Person) -> Vec<String> {
        let mut codes: Vec<String> = person.roles.iter().map(|role| Asked::Role(*role).code()).collect();
        codes.push(Asked::Person(person.id).code());
        if person.is(Role::SignOffAuthority) || person.is(Role::Reviewer) {
            codes.push(SIGNS_OR_REVIEWS.to_owned());
        }
        codes
    }
}

/// What the case waits for from somebody other than its owner; `None` while its owner has it, or nobody.
pub fn awaited(case: &Case, setting: &Setting<'_>) -> Option<Awaited> {
    let (question, of) = match &case.state {
        State::EscalationPending(work, _) => {
            let stage = setting.procedure.stage_number(work.stage());
            let gate = stage.and_then(|stage| setting.procedure.gate_from(&stage.id));
            let assents = gate.and_then(|gate| gate.assent_by);
            (Question::Escalation, assents.unwrap_or(Role::ComplaintsCoordinator))
        }
        State::Open(work) if case.extension_request.is_some() => {
            let stage = setting.procedure.stage_number(work.stage())?;
            (Question::MoreTime, stage.extension.as_ref()?.approver)
        }
        State::Open(_) if case.conflict_of_owner().is_some() => (Question::Conflict, Role::ComplaintsCoordinator),
        State::Open(_) if lacks_investigator(case) => (Question::Investigator, Role::ComplaintsCoordinator),
        State::SignOff(_, draft) => return Some(signature(draft)),
        State::Closed(..) if case.message_waits() => (Question::LateMessage, Role::ComplaintsCoordinator),
        _ => (Question::Regime, regime(case, setting)?),
    };
    // Only those who see a restricted case can be asked about it.
    let sees = !case.is_restricted() || READERS.contains(&of);
    Some(Awaited {
        question,
        of: Asked::Role(if sees { of } else { Role::ComplaintsCoordinator }),
    })
}

/// Who looks after the first regime that asks for something; the coordinator where those of the procedure may not record it.
fn regime(case: &Case, setting: &Setting<'_>) -> Option<Role> {
    let tag = case.open_regimes().next()?;
    let handler = setting.procedure.regime(tag.code()).map(|regime| regime.handler);
    let able = handler.filter(|handler| permission::allowed(Act::TagRegime).contains(handler));
    Some(able.unwrap_or(Role::ComplaintsCoordinator))
}

/// Whether nobody has been given the case since it moved because its complainant is a VIP.
fn lacks_investigator(case: &Case) -> bool {
    let stay = case.stages.last();
    stay.is_some_and(|stay| stay.entry.reason == StageReason::Vip && stay.owners.is_empty())
}

/// Who is asked to sign a letter off: those who hold the role, until it was handed on.
fn signature(draft: &Draft) -> Awaited {
    let (question, of) = match &draft.handed_on {
        None => (Question::SignOff, Asked::Role(Role::SignOffAuthority)),
        Some(on) => match on.to {
            Some(delegate) => (Question::SignOffHandedOn, Asked::Person(delegate)),
            None => (Question::SignOffOverdue, Asked::WhoeverSignsOrReviews),
        },
    };
    Awaited { question, of }
}
