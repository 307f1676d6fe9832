//! The stays of a case at its stages, and how each decision stood to its date (K4 to K10).

use jiff::Timestamp;

use super::{SignedOff, Stay, Step, Timing};
use crate::case::event::{Event, StageEntered};
use crate::case::vocabulary::StageReason;
use crate::case::{Case, Decision, Setting, StageRecord, State};
use crate::clock::{self, ClockRule, Due};
use crate::deadlines::{recounted, would_be_due};
use crate::handling::draft::{AskSignOff, sign_off_reason};
use crate::procedure::StageEntryWay;

/// Gathers stays while a history goes by.
#[derive(Debug, Default)]
pub(super) struct Stays {
    stays: Vec<Stay>,
    /// Senior management approved the letter of the present stay.
    approved: bool,
    /// The complainant heard from us at the present stay before the decision.
    heard: bool,
}

impl Stays {
    pub(super) fn see(&mut self, step: &Step<'_>, setting: &Setting<'_>) {
        match &step.recorded.event {
            Event::StageEntered(entry) => self.enter(step, entry, setting),
            Event::SignOffApproved(_) => self.approved = true,
            Event::UpdateSent(_) | Event::ConsentAsked(_) | Event::InfoRequested(_) => self.heard = true,
            Event::DecisionRecorded(recorded) => self.decide(step, &recorded.decision, setting),
            Event::DecisionCommunicated(_) => self.tell(step.after, setting),
            Event::ExtensionApproved(_) => self.extend(step.after, setting),
            Event::ClockRecomputed(_) => self.date(step.after, setting),
            _ => {}
        }
    }

    pub(super) fn finish(self) -> Vec<Stay> {
        self.stays
    }

    fn enter(&mut self, step: &Step<'_>, entry: &StageEntered, setting: &Setting<'_>) {
        (self.approved, self.heard) = (false, false);
        let earlier = self
            .stays
            .iter()
            .rev()
            .find(|stay| stay.told_on.is_some() && stay.stage < entry.stage);
        self.stays.push(Stay {
            stage: entry.stage,
            way: way(step.before, entry.reason),
            reason: entry.reason,
            entered_on: setting.local_date(step.recorded.at),
            due_on: None,
            last_day: None,
            extended: false,
            told_on: None,
            timing: None,
            days: None,
            outcome: None,
            earlier_outcome: earlier.and_then(|stay| stay.outcome),
            satisfaction: None,
            first_contact: false,
            sign_off: SignedOff::NotNeeded,
            same_decider: false,
            vip: false,
        });
        self.date(step.after, setting);
    }

    fn extend(&mut self, case: &Case, setting: &Setting<'_>) {
        if let Some(stay) = self.stays.last_mut() {
            stay.extended = true;
        }
        self.date(case, setting);
    }

    /// The dates of the present stay, as they are counted now.
    fn date(&mut self, case: &Case, setting: &Setting<'_>) {
        let Some(stay) = self.stays.last_mut() else { return };
        stay.due_on = own_limit(case, setting).map(|due| due.due_on);
        stay.last_day = last_moment(case, setting).map(|due| due.due_on);
    }

    fn decide(&mut self, step: &Step<'_>, decision: &Decision, setting: &Setting<'_>) {
        let approved = self.approved;
        let (Some(stay), Some(before)) = (self.stays.last_mut(), step.before) else {
            return;
        };
        let stage = setting.procedure.stage_number(stay.stage);
        let asked =
            stage.and_then(|stage| sign_off_reason(before, decision, stage, AskSignOff::AsRulesSay, setting.procedure));
        stay.sign_off = match (approved, asked) {
            (true, _) => SignedOff::Approved,
            (false, Some(_)) => SignedOff::Missing,
            (false, None) => SignedOff::NotNeeded,
        };
        stay.vip = before.vip.is_some();
        let decider = step.after.stages.last().and_then(|record| record.decided_by);
        stay.same_decider = decider.is_some_and(|(who, _)| before.deciders_before(stay.stage).contains(&who));
    }

    fn tell(&mut self, case: &Case, setting: &Setting<'_>) {
        let heard = self.heard;
        let (Some(stay), Some(record)) = (self.stays.last_mut(), case.stages.last()) else {
            return;
        };
        let (Some(told), Some(decision)) = (&record.communicated, &record.decision) else {
            return;
        };
        let told_on = setting.local_date(told.at);
        stay.told_on = Some(told_on);
        stay.timing = timing(case, told.at, setting);
        let from = setting.local_date(record.entry.clock_from);
        stay.days = setting.calendar.working_days_between(from, told_on).ok();
        stay.outcome = Some(decision.outcome);
        stay.satisfaction = Some(decision.satisfaction);
        let at_once = told.by.is_spoken() && told_on == case.received.received_on;
        stay.first_contact = at_once && stay.way == StageEntryWay::Direct && !heard;
    }
}

/// How a case came into a stage, told by where it stood before (P16).
fn way(before: Option<&Case>, reason: StageReason) -> StageEntryWay {
    match (reason, before.map(|case| &case.state)) {
        (StageReason::Escalated, _) => StageEntryWay::Escalated,
        (StageReason::Reopened, _) => StageEntryWay::Reopened,
        (_, Some(State::Received)) => StageEntryWay::Direct,
        _ => StageEntryWay::Rerouted,
    }
}

fn timing(case: &Case, told_at: Timestamp, setting: &Setting<'_>) -> Option<Timing> {
    let own = own_limit(case, setting)?;
    let last = last_moment(case, setting)?;
    Some(if !own.is_late(told_at) {
        Timing::InTime
    } else if !last.is_late(told_at) {
        Timing::Extended
    } else {
        Timing::Late
    })
}

/// The date that the procedure sets by itself for the present stay; a change of the calendar may move it (A42).
fn own_limit(case: &Case, setting: &Setting<'_>) -> Option<Due> {
    let record = case.stages.last()?;
    let due = would_be_due(record.entry.stage, record.entry.clock_from, setting)
        .ok()
        .flatten()?;
    recounted(due, (case, record, 0), rule(record, setting)?, setting).ok()
}

/// The date after the extensions that came before the date they moved had passed; later ones leave it late (invariant 10).
fn last_moment(case: &Case, setting: &Setting<'_>) -> Option<Due> {
    let mut due = own_limit(case, setting)?;
    let record = case.stages.last()?;
    let rule = rule(record, setting)?;
    for (before, extension) in record.extensions.iter().enumerate() {
        if due.is_late(extension.approved_at) {
            break;
        }
        due = clock::extend(&due, rule, setting.calendar, extension.days).ok()?;
        due = recounted(due, (case, record, before + 1), rule, setting).ok()?;
    }
    Some(due)
}

fn rule<'a>(record: &StageRecord, setting: &Setting<'a>) -> Option<&'a ClockRule> {
    let stage = setting.procedure.stage_number(record.entry.stage)?;
    Some(&setting.procedure.clock(&stage.decision_clock)?.rule)
}
