//! The date of the decision at each stage, and before anybody has judged the complaint (R63, R75, A2).

use jiff::Timestamp;

use super::{Deadline, Duty, of};
use crate::case::vocabulary::FeedbackKind;
use crate::case::{Case, Recount, Setting, StageRecord, State};
use crate::clock::{self, ClockError, ClockRule, Due};
use crate::handling::entry;
use crate::procedure::{Clock, StageEntryWay};

/// The open decision date: of the current stage, or, while nobody has judged the complaint, of the stage at which it begins as far as is
/// known. The clock runs from the receipt on, not from triage (A2).
pub fn decision_due(case: &Case, setting: &Setting<'_>) -> Option<Deadline> {
    if let Some(awaited) = before_triage(case, setting) {
        return awaited.ok().flatten();
    }
    let stage = case.stages.last().filter(|stage| stage.communicated.is_none())?;
    let way = case.way_into(case.stages.len() - 1);
    decision(case, (stage, way), setting).ok().flatten()
}

/// The decision dates of all stages, met and open. The next stage has a date of its own; a case that ended without a decision owes none.
pub(super) fn of_each_stage(case: &Case, setting: &Setting<'_>) -> Vec<Result<Option<Deadline>, ClockError>> {
    let awaited = before_triage(case, setting);
    let last = case.stages.len().checked_sub(1);
    let runs = |index: usize| case.is_open() && awaited.is_none() && Some(index) == last;
    let stages = case.stages.iter().enumerate();
    let mut dates: Vec<_> = stages
        .filter(|(index, stage)| runs(*index) || stage.communicated.is_some())
        .map(|(index, stage)| decision(case, (stage, case.way_into(index)), setting))
        .collect();
    dates.extend(awaited);
    dates
}

/// The date of a complaint that waits for triage; `None` for what does not wait.
fn before_triage(case: &Case, setting: &Setting<'_>) -> Option<Result<Option<Deadline>, ClockError>> {
    if case.state != State::Received || case.kind != FeedbackKind::Complaint {
        return None;
    }
    let (awaited, way) = entry::as_known(case, setting);
    Some(decision(case, (&awaited, way), setting))
}

/// The decision date that a case would get at a stage if its clock counted from an instant.
///
/// # Errors
/// When the calendar does not reach that far.
pub fn would_be_due(stage: u8, from: Timestamp, setting: &Setting<'_>) -> Result<Option<Due>, ClockError> {
    match clock_of_stage(stage, setting) {
        Some(clock) => Ok(Some(clock::due(&clock.rule, setting.calendar, from)?)),
        None => Ok(None),
    }
}

fn clock_of_stage<'a>(stage: u8, setting: &Setting<'a>) -> Option<&'a Clock> {
    let stage = setting.procedure.stage_number(stage)?;
    setting.procedure.clock(&stage.decision_clock)
}

fn decision(
    case: &Case,
    (stage, way): (&StageRecord, StageEntryWay),
    setting: &Setting<'_>,
) -> Result<Option<Deadline>, ClockError> {
    if case.kind != FeedbackKind::Complaint {
        return Ok(None);
    }
    let Some(clock) = clock_of_stage(stage.entry.stage, setting) else {
        return Ok(None);
    };
    // The account tells from what it counts for a case that came in this way (P16, P43).
    let rule = &ClockRule {
        start: clock.start_for(way).clone(),
        ..clock.rule.clone()
    };
    let mut due = clock::due(rule, setting.calendar, stage.entry.clock_from)?;
    let mut passed_before = false;
    due = recounted(due, (case, stage, 0), rule, setting)?;
    for (before, extension) in stage.extensions.iter().enumerate() {
        passed_before |= due.is_late(extension.approved_at);
        due = clock::extend(&due, rule, setting.calendar, extension.days)?;
        due = recounted(due, (case, stage, before + 1), rule, setting)?;
    }
    let met_at = stage.communicated.as_ref().map(|communicated| communicated.at);
    let deadline = of(
        (Duty::Decision, stage.entry.stage),
        rule,
        due,
        stage.entry.clock_from,
        setting,
    );
    Ok(Some(Deadline {
        met_at,
        passed_before,
        ..deadline
    }))
}

/// The date of a stay after the changes of the calendar that came when it had so many extensions (A42).
pub(crate) fn recounted(
    due: Due,
    (case, stage, extensions): (&Case, &StageRecord, usize),
    rule: &ClockRule,
    setting: &Setting<'_>,
) -> Result<Due, ClockError> {
    let mut recounts = recounts(case, stage, rule).filter(|recount| recount.after_extensions == extensions);
    recounts.try_fold(due, |due, Recount { again, .. }| {
        clock::recomputed(due, rule, setting.calendar, (again.old_on, again.new_on))
    })
}

/// What changes of the calendar did to the date of this stay at a stage, in their order.
fn recounts<'a>(case: &'a Case, stage: &'a StageRecord, rule: &'a ClockRule) -> impl Iterator<Item = &'a Recount> {
    case.recounts
        .iter()
        .filter(|recount| recount.again.clock == rule.name.as_str() && recount.again.from == stage.entry.clock_from)
}
