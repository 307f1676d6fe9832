//! From when the clock of a stage counts: the procedure says, by the way in which the case came in (P16, A12, A18, A40).

use jiff::Timestamp;

use crate::case::change::Setting;
use crate::case::state::State;
use crate::case::{Case, Communicated};
use crate::clock::StartEvent;
use crate::procedure::{Stage, StageEntryWay};

/// The instant from which the decision clock of a stage counts for a case that enters it now.
///
/// What starts the clock and has not happened yet counts as happening now: the stage would have no date otherwise.
pub(crate) fn clock_from(case: &Case, stage: &Stage, way: StageEntryWay, setting: &Setting<'_>) -> Timestamp {
    let told = |communicated: Option<&Communicated>| communicated.map_or(setting.now, |communicated| communicated.at);
    let Some(clock) = setting.procedure.clock(&stage.decision_clock) else {
        return case.received.received_at;
    };
    match clock.start_for(way) {
        StartEvent::Received | StartEvent::RoutedToUs => case.received.received_at,
        StartEvent::Acknowledged => told(case.acknowledged.as_ref()),
        StartEvent::EscalationRequested => match &case.state {
            State::EscalationPending(_, pending) => pending.requested_at,
            _ => setting.now,
        },
        StartEvent::DecisionCommunicated => {
            told(case.stages.iter().rev().find_map(|stage| stage.communicated.as_ref()))
        }
        // The rule that takes a case up again asks before it has happened.
        StartEvent::Reopened if case.is_open() => case.reopened_at.last().copied().unwrap_or(setting.now),
        StartEvent::Closed => case.closed_at.unwrap_or(setting.now),
        _ => setting.now,
    }
}
