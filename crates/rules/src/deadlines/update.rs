//! The date of the next news, until the decision has reached the complainant (R24, A9, P17).

use jiff::civil::Date;

use super::{Deadline, Duty, of};
use crate::case::vocabulary::FeedbackKind;
use crate::case::{Case, Setting, State};
use crate::clock::{self, ClockError, Due, Explanation, StartEvent};

/// The date by which the next update is owed; an open complaint always has one (R24).
pub fn update_due(case: &Case, setting: &Setting<'_>) -> Option<Deadline> {
    update(case, setting).ok().flatten()
}

/// Counted from the last time that they heard from us, or from the day we promised, whichever is sooner (A9, P17). It runs until the decision
/// has reached them.
pub(super) fn update(case: &Case, setting: &Setting<'_>) -> Result<Option<Deadline>, ClockError> {
    let told = matches!(case.state, State::Answered(..) | State::Closed(..));
    if told || case.kind != FeedbackKind::Complaint {
        return Ok(None);
    }
    let number = case.stages.last().map_or(1, |stage| stage.entry.stage);
    let Some(stage) = setting.procedure.stage_number(number) else {
        return Ok(None);
    };
    let Some(clock) = setting.procedure.clock(&stage.update_clock) else {
        return Ok(None);
    };
    let sooner = setting
        .procedure
        .urgencies
        .iter()
        .find(|level| level.level == case.urgency);
    let sooner = sooner
        .and_then(|level| level.update_every_working_days)
        .filter(|days| *days < clock.rule.amount);
    let rule = sooner.map_or_else(|| clock.rule.clone(), |days| clock.rule.with_amount(days));
    let entered = case
        .stages
        .last()
        .filter(|_| clock.rule.start == StartEvent::StageEntered)
        .map(|stage| stage.entered_at);
    let from = entered.map_or(case.contact.at, |entered| entered.max(case.contact.at));
    let mut due = clock::due(&rule, setting.calendar, from)?;
    if entered.is_none_or(|entered| entered < case.contact.at) && case.contact.at != case.received.received_at {
        due.explanation = due.explanation.starting("they heard from us");
    }
    let due = match case.contact.next_on.filter(|promised| *promised < due.due_on) {
        Some(promised) => promised_news(promised, due, setting)?,
        None => due,
    };
    Ok(Some(of((Duty::Update, number), &rule, due, from, setting)))
}

fn promised_news(promised: Date, rhythm: Due, setting: &Setting<'_>) -> Result<Due, ClockError> {
    let due_at = clock::end_of_local_day(promised, setting.calendar.time_zone()).ok_or(ClockError::OutOfRange)?;
    let conclusion = format!("promised by the end of {}", clock::short_date(promised));
    Ok(Due {
        due_on: promised,
        due_at,
        explanation: Explanation {
            conclusion,
            ..rhythm.explanation
        },
    })
}
