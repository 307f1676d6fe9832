//! Every date that a case must meet, derived from its events, the procedure and the calendar; never stored as truth (invariant 6, lesson 4).

mod decision;
mod plan;
mod regime;
mod update;

use jiff::Timestamp;
use jiff::civil::Date;

pub(crate) use self::decision::recounted;
pub use self::decision::{decision_due, would_be_due};
pub use self::plan::clock_of_line;
pub use self::update::update_due;

use crate::case::{Case, Setting, State};
use crate::clock::{self, ClockError, ClockRule, Due, Explanation, StopEvent, warnings};
use crate::coded::coded;

coded! {
    /// What must happen by a date.
    pub enum Duty {
        /// Tell the complainant that we have it (R18).
        Acknowledge = "acknowledge", "acknowledgement";
        /// Give the decision (R63, R75).
        Decision = "decision", "decision";
        /// Write again (R24).
        Update = "update", "update";
        /// Say whether stage 2 goes ahead (A20).
        EscalationDecision = "escalation_decision", "answer to the request for stage 2";
        /// Settle a line of the plan of an investigation (R72).
        PlanLine = "plan_line", "a line of the plan";
        /// Do what another regime asks for (A38).
        Regime = "regime", "another regime";
    }
}

/// One date, with how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// What must happen.
    pub duty: Duty,
    /// The clock's name in the procedure.
    pub clock: String,
    /// The stage; 0 before any.
    pub stage: u8,
    /// The instant from which it counts.
    pub from: Timestamp,
    /// The local day.
    pub due_on: Date,
    /// The last instant in time.
    pub due_at: Timestamp,
    /// When it was met, if it was.
    pub met_at: Option<Timestamp>,
    /// An earlier date of it passed before more time was approved: late whatever follows (invariant 10).
    pub passed_before: bool,
    /// Instants at which somebody should be warned.
    pub warn_at: Vec<Timestamp>,
    /// Day by day.
    pub explanation: Explanation,
}

impl Deadline {
    /// True if it was not met in time, seen from an instant.
    pub fn is_late(&self, now: Timestamp) -> bool {
        self.passed_before || self.has_passed(self.met_at.unwrap_or(now))
    }

    /// True if the instant lies after the date. Fractions of the last second are still in time.
    pub fn has_passed(&self, now: Timestamp) -> bool {
        now.as_second() > self.due_at.as_second()
    }

    fn met(self, met_at: Option<Timestamp>) -> Deadline {
        Deadline { met_at, ..self }
    }
}

/// All dates of a case, met and open, in the order in which they were set.
///
/// # Errors
/// When the calendar does not cover the days that must be counted.
pub fn deadlines(case: &Case, setting: &Setting<'_>) -> Result<Vec<Deadline>, ClockError> {
    each(case, setting).into_iter().filter_map(Result::transpose).collect()
}

/// The dates that the calendar covers: a calendar that ends too soon must not keep a complaint from being received or read (R83). The doctor
/// reports what is missing.
pub fn countable(case: &Case, setting: &Setting<'_>) -> Vec<Deadline> {
    each(case, setting)
        .into_iter()
        .filter_map(|deadline| deadline.ok().flatten())
        .collect()
}

fn each(case: &Case, setting: &Setting<'_>) -> Vec<Result<Option<Deadline>, ClockError>> {
    let mut all = vec![acknowledgement(case, setting)];
    all.extend(decision::of_each_stage(case, setting));
    all.push(update::update(case, setting));
    all.push(escalation(case, setting));
    all.extend(plan::of_each_line(case, setting));
    all.extend(regime::of_each_regime(case, setting));
    all
}

fn acknowledgement(case: &Case, setting: &Setting<'_>) -> Result<Option<Deadline>, ClockError> {
    let channel = case.received.channel;
    let target = setting
        .procedure
        .acknowledgements
        .iter()
        .find(|target| target.channels.contains(&channel));
    let Some(clock) = target.and_then(|target| setting.procedure.clock(&target.clock)) else {
        return Ok(None);
    };
    // Nobody is there to be told (A28).
    if case.acknowledged.is_none() && case.received.complainant.is_anonymous() {
        return Ok(None);
    }
    // What was logged later than it was received could not be acknowledged before: the clock counts from the log.
    let from = case.received.received_at.max(case.logged_at);
    let stopped_by_decision = clock.rule.stop.contains(&StopEvent::DecisionCommunicated);
    let decided = case
        .stages
        .iter()
        .filter(|_| stopped_by_decision)
        .find_map(|stage| stage.communicated.as_ref());
    let met_at = case
        .acknowledged
        .iter()
        .chain(decided)
        .map(|communicated| communicated.at)
        .min();
    Ok(Some(
        deadline(Duty::Acknowledge, 0, &clock.rule, from, setting)?.met(met_at),
    ))
}

fn escalation(case: &Case, setting: &Setting<'_>) -> Result<Option<Deadline>, ClockError> {
    let State::EscalationPending(work, pending) = &case.state else {
        return Ok(None);
    };
    let stage = setting.procedure.stage_number(work.stage());
    let gate = stage.and_then(|stage| setting.procedure.gate_from(&stage.id));
    let clock = gate
        .and_then(|gate| gate.decide_within.as_ref())
        .and_then(|name| setting.procedure.clock(name));
    let Some(clock) = clock else { return Ok(None) };
    Ok(Some(deadline(
        Duty::EscalationDecision,
        work.stage(),
        &clock.rule,
        pending.requested_at,
        setting,
    )?))
}

fn deadline(
    duty: Duty,
    stage: u8,
    rule: &ClockRule,
    from: Timestamp,
    setting: &Setting<'_>,
) -> Result<Deadline, ClockError> {
    Ok(of(
        (duty, stage),
        rule,
        clock::due(rule, setting.calendar, from)?,
        from,
        setting,
    ))
}

fn of((duty, stage): (Duty, u8), rule: &ClockRule, due: Due, from: Timestamp, setting: &Setting<'_>) -> Deadline {
    let warn_at = warnings(rule, setting.calendar, from, &due).unwrap_or_default();
    Deadline {
        duty,
        clock: rule.name.to_string(),
        stage,
        from,
        due_on: due.due_on,
        due_at: due.due_at,
        met_at: None,
        passed_before: false,
        warn_at,
        explanation: due.explanation.under(&setting.procedure.id, &setting.procedure.version),
    }
}
