//! What follows where nobody answers adds up: reminders in their order, and no closing before the last of them (A41).

use crate::case::vocabulary::Ending;
use crate::data_file::Reading;
use crate::procedure::Procedure;

pub(super) fn check(procedure: &Procedure, reading: &Reading) {
    let Some(rule) = &procedure.no_answer else { return };
    let reminders = &rule.reminders_after_working_days;
    let in_order = reminders.windows(2).all(|two| two[0] < two[1]);
    if reminders.contains(&0) || !in_order {
        reading.fault_at(
            "no_answer.reminders_after_working_days",
            "each reminder comes at least a working day after the one before, and the first after the question: [3, 6]",
        );
    }
    let Some(days) = rule.may_close_after_working_days else {
        return;
    };
    if reminders.iter().any(|reminder| *reminder >= days) {
        let reason =
            format!("a case may be closed after {days} working days, and a reminder is sent only then or later");
        reading.fault_at("no_answer.may_close_after_working_days", reason);
    }
    if !closes_unanswered(procedure) {
        let reason = format!(
            "there is no [[closing_reason]] with code = \"{}\", so nobody could close a case for it",
            Ending::NoResponse.code()
        );
        reading.fault_at("no_answer.may_close_after_working_days", reason);
    }
}

/// Whether a case may end because nobody answered.
pub(super) fn closes_unanswered(procedure: &Procedure) -> bool {
    let code = Ending::NoResponse.code();
    procedure.closing_reasons.iter().any(|reason| reason.code == code)
}
