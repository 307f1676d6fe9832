//! What a case waits for from somebody other than its owner, and of whom the procedure asks it: nothing lies where nobody looks (R40).

use crate::case::change::Setting;
use crate::case::{Case, State};
use crate::coded::coded;
use crate::confidential::sight::READERS;
use crate::people::Role;

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
        /// What the complainant wrote after the case was closed: a message opens nothing by itself (lesson 18).
        LateMessage = "late_message", "read what they wrote after it was closed";
    }
}

/// A question and the role of which it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Awaited {
    /// What is asked.
    pub question: Question,
    /// Of whom.
    pub of: Role,
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
        State::SignOff(..) => (Question::SignOff, Role::SignOffAuthority),
        State::Closed(..) if case.message_waits() => (Question::LateMessage, Role::ComplaintsCoordinator),
        _ => return None,
    };
    // Only those who see a restricted case can be asked about it.
    let sees = question == Question::SignOff || !case.is_restricted() || READERS.contains(&of);
    Some(Awaited {
        question,
        of: if sees { of } else { Role::ComplaintsCoordinator },
    })
}
