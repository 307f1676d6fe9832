//! The stages that a case went through: what happened at each, and what rules ask about them.

use jiff::Timestamp;

use super::event::{ClockRecomputed, StageEntered};
use super::facts::{Communicated, Decision, Extension};
use super::fold::Case;
use super::vocabulary::StageReason;
use crate::people::StaffId;
use crate::procedure::StageEntryWay;

/// What happened at one stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageRecord {
    /// How the case came in.
    pub entry: StageEntered,
    /// When.
    pub entered_at: Timestamp,
    /// Who decided, and when.
    pub decided_by: Option<(StaffId, Timestamp)>,
    /// The decision.
    pub decision: Option<Decision>,
    /// When and how the complainant was told: the clock's stop (A7).
    pub communicated: Option<Communicated>,
    /// Who worked on it as owner.
    pub owners: Vec<StaffId>,
    /// Extensions that were approved while the case was there this time.
    pub extensions: Vec<Extension>,
    /// The hash of the letter that was approved, where one was (R78).
    pub approved_letter: Option<String>,
}

/// A decision date that was counted again after a change of the calendar (A42).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recount {
    /// From which date to which, by which calendar.
    pub again: ClockRecomputed,
    /// How many extensions of the present stay came before it.
    pub after_extensions: usize,
}

impl StageRecord {
    pub(crate) fn begin(entry: &StageEntered, at: Timestamp) -> StageRecord {
        StageRecord {
            entry: entry.clone(),
            entered_at: at,
            decided_by: None,
            decision: None,
            communicated: None,
            owners: Vec::new(),
            extensions: Vec::new(),
            approved_letter: None,
        }
    }
}

impl Case {
    /// True until the case is closed.
    pub fn is_open(&self) -> bool {
        !matches!(self.state, super::state::State::Closed(..))
    }

    /// The draft that is being worked on.
    pub fn draft(&self) -> Option<&super::state::Draft> {
        self.state.work().and_then(|work| work.draft.as_ref())
    }

    /// Whether a letter with this hash was approved at some stage: nothing can change it any more (R78).
    pub fn approved(&self, sha256: &str) -> bool {
        self.stages
            .iter()
            .any(|stage| stage.approved_letter.as_deref() == Some(sha256))
    }

    /// The number of the stage it is at or ended at; 0 before triage.
    pub fn stage(&self) -> u8 {
        self.stages.last().map_or(0, |stage| stage.entry.stage)
    }

    /// How it came into the stage of this record, counted from 0 (P16).
    pub fn way_into(&self, index: usize) -> StageEntryWay {
        let earlier = index.checked_sub(1).and_then(|before| self.stages.get(before));
        let since = earlier.map_or(self.logged_at, |earlier| earlier.entered_at);
        let record = self.stages.get(index);
        let taken_up = |at: &Timestamp| since < *at && record.is_some_and(|record| *at <= record.entered_at);
        match record.map(|record| record.entry.reason) {
            Some(StageReason::Escalated) => StageEntryWay::Escalated,
            Some(StageReason::Reopened) => StageEntryWay::Reopened,
            _ if self.reopened_at.iter().any(taken_up) => StageEntryWay::Reopened,
            _ if earlier.is_some() => StageEntryWay::Rerouted,
            _ => StageEntryWay::Direct,
        }
    }

    /// The extensions of the present stay at a stage: those of before a reopening do not count (A40).
    pub fn extensions_now(&self) -> impl Iterator<Item = &Extension> {
        self.stages.last().into_iter().flat_map(|stage| &stage.extensions)
    }

    /// Everyone who decided at an earlier stage than this one (R28).
    pub fn deciders_before(&self, stage: u8) -> Vec<StaffId> {
        let earlier = self.stages.iter().filter(|record| record.entry.stage < stage);
        earlier
            .filter_map(|record| record.decided_by.map(|(who, _)| who))
            .collect()
    }
}
