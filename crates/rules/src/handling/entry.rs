//! Where a complaint begins: the first jump rule that its facts fulfil, else the default entry (P24, R53-R56).

use jiff::Timestamp;

use super::grounds::Grounds;
use super::start::clock_from;
use super::triage::first_stage;
use crate::case::Case;
use crate::case::change::Setting;
use crate::case::vocabulary::StageReason;
use crate::procedure::{Facts, JumpClock, Procedure, Stage, StageEntryWay};

/// The stage at which a case with these grounds begins, and why: the first jump rule that holds, else the default entry (P24).
pub fn entry_stage<'a>(grounds: &Grounds, setting: &Setting<'a>) -> (&'a Stage, StageReason) {
    let entry = entry(&grounds.facts(), grounds.reason(), setting.procedure);
    (entry.stage, entry.reason)
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
