//! Where a complaint begins: the first jump rule that its facts fulfil, else the default entry (P24, R53-R56).

use jiff::Timestamp;

use super::grounds::{Grounds, case_facts};
use super::start::clock_from;
use super::triage::first_stage;
use crate::case::change::Setting;
use crate::case::event::StageEntered;
use crate::case::vocabulary::StageReason;
use crate::case::{Case, StageRecord};
use crate::procedure::{Facts, JumpClock, Procedure, Stage, StageEntryWay};

/// The stage at which a case with these grounds begins, and why: the first jump rule that holds, else the default entry (P24).
pub fn entry_stage<'a>(grounds: &Grounds, setting: &Setting<'a>) -> (&'a Stage, StageReason) {
    let entry = entry(&grounds.facts(), grounds.reason(), setting.procedure);
    (entry.stage, entry.reason)
}

/// The stage at which a complaint begins that nobody has judged yet, as far as is known of it, and how it comes in: what its dates are counted
/// from until triage says otherwise (A2).
pub(crate) fn as_known(case: &Case, setting: &Setting<'_>) -> (StageRecord, StageEntryWay) {
    let grounds = Grounds::of(case);
    let entry = entry(
        &case_facts(case, grounds.facts(), setting.procedure),
        grounds.reason(),
        setting.procedure,
    );
    let way = way_from_triage(case);
    // What starts now starts with what brought it to triage: a date must not move from day to day while nobody looks.
    let waits_since = case.reopened_at.last().copied().unwrap_or(case.received.received_at);
    let waits = Setting {
        now: waits_since,
        ..*setting
    };
    let entered = StageEntered {
        stage: entry.stage.number,
        stage_id: entry.stage.id.to_string(),
        reason: entry.reason,
        note: None,
        clock_from: entry.clock_from(case, way, &waits),
    };
    (StageRecord::begin(&entered, waits_since), way)
}

/// How a case that leaves triage comes into its stage: one that was taken up again counts from then (A40).
pub(super) fn way_from_triage(case: &Case) -> StageEntryWay {
    if case.reopened_at.is_empty() {
        StageEntryWay::Direct
    } else {
        StageEntryWay::Reopened
    }
}

/// Where a case begins, by which rule.
pub(super) struct Entry<'a> {
    pub(super) stage: &'a Stage,
    pub(super) reason: StageReason,
    clock: JumpClock,
}

impl Entry<'_> {
    /// The rule that brought it here may say that its clock counts from now (A12); else the stage's clock says from when (P16).
    pub(super) fn clock_from(&self, case: &Case, way: StageEntryWay, setting: &Setting<'_>) -> Timestamp {
        match self.clock {
            JumpClock::Now => setting.now,
            JumpClock::Received => clock_from(case, self.stage, way, setting),
        }
    }
}

pub(super) fn entry<'a>(facts: &Facts, otherwise: StageReason, procedure: &'a Procedure) -> Entry<'a> {
    let jump = procedure.jumps.iter().find(|jump| jump.when.holds(facts));
    match jump.and_then(|jump| Some((jump, procedure.stage(&jump.to)?))) {
        Some((jump, stage)) => Entry {
            stage,
            reason: StageReason::from_code(&jump.reason.code).unwrap_or(otherwise),
            clock: jump.clock_from,
        },
        None => Entry {
            stage: first_stage(procedure),
            reason: StageReason::Frontline,
            clock: JumpClock::Received,
        },
    }
}
