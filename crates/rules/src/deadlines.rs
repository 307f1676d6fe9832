//! Every date that a case must meet, derived from its events, the procedure and the calendar; never stored as truth (invariant 6, lesson 4).

use jiff::Timestamp;
use jiff::civil::Date;

use crate::case::state::State;
use crate::case::vocabulary::{FeedbackKind, StageReason};
use crate::case::{Case, Setting, StageRecord};
use crate::clock::{self, ClockError, ClockRule, Due, Explanation, StartEvent, StopEvent, warnings};
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
    for (index, stage) in case.stages.iter().enumerate() {
        // The next stage has a date of its own; a case that ended without a decision owes none.
        let overtaken = index + 1 < case.stages.len() || !case.is_open();
        if !overtaken || stage.communicated.is_some() {
            all.push(decision(case, stage, setting));
        }
    }
    all.push(update(case, setting));
    all.push(escalation(case, setting));
    all
}

/// The open decision date of the current stage, if it can be computed.
pub fn decision_due(case: &Case, setting: &Setting<'_>) -> Option<Deadline> {
    let stage = case.stages.last().filter(|stage| stage.communicated.is_none())?;
    decision(case, stage, setting).ok().flatten()
}

/// The date by which the next update is owed; an open complaint always has one (R24).
pub fn update_due(case: &Case, setting: &Setting<'_>) -> Option<Deadline> {
    update(case, setting).ok().flatten()
}

/// The decision date that a case would get at a stage if its clock counted from an instant.
///
/// # Errors
/// When the calendar does not reach that far.
pub fn would_be_due(stage: u8, from: Timestamp, setting: &Setting<'_>) -> Result<Option<Due>, ClockError> {
    match rule_of_stage(stage, setting) {
        Some(rule) => Ok(Some(clock::due(rule, setting.calendar, from)?)),
        None => Ok(None),
    }
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

fn rule_of_stage<'a>(stage: u8, setting: &Setting<'a>) -> Option<&'a ClockRule> {
    let stage = setting.procedure.stage_number(stage)?;
    setting.procedure.clock(&stage.decision_clock).map(|clock| &clock.rule)
}

fn decision(case: &Case, stage: &StageRecord, setting: &Setting<'_>) -> Result<Option<Deadline>, ClockError> {
    if case.kind != FeedbackKind::Complaint {
        return Ok(None);
    }
    let Some(rule) = rule_of_stage(stage.entry.stage, setting) else {
        return Ok(None);
    };
    let mut due = clock::due(rule, setting.calendar, stage.entry.clock_from)?;
    let mut passed_before = false;
    for extension in &stage.extensions {
        passed_before |= due.is_late(extension.approved_at);
        due = clock::extend(&due, rule, setting.calendar, extension.days)?;
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

/// Counted from the last time that they heard from us, or from the day we promised, whichever is sooner (A9, P17). It runs until the decision
/// has reached them.
fn update(case: &Case, setting: &Setting<'_>) -> Result<Option<Deadline>, ClockError> {
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
    let due = clock::due(&rule, setting.calendar, from)?;
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
        due_on: due.due_on,
        due_at: due.due_at,
        met_at: None,
        passed_before: false,
        warn_at,
        explanation: due.explanation.under(&setting.procedure.id, &setting.procedure.version),
    }
}

/// How the clock of a stage starts, in words for the complainant (A12, A18).
pub fn start_in_words(reason: StageReason) -> &'static str {
    match reason {
        StageReason::Escalated => "the day you asked us to look again",
        StageReason::Reopened => "the day we took it up again",
        StageReason::Frontline
        | StageReason::Vip
        | StageReason::Complex
        | StageReason::HighRisk
        | StageReason::NeedsInvestigation => "the day we received your complaint",
    }
}
