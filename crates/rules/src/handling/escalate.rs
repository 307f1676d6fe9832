//! Stage 2: asked for by the complainant, granted or refused by someone with authority, or reached without a decision (R52-R54, R67-R69, A18-A21).

use super::consent::may_be_told;
use super::start::clock_from;
use super::triage::{check_owner, enter, first_stage, stage_2_started};
use crate::case::change::{Change, LetterOwed, Refused, Setting, not_now, permit};
use crate::case::event::{Assigned, EscalationRequested, Event, Reason, Remark, RiskAssessed};
use crate::case::vocabulary::{Channel, Ending, StageReason};
use crate::case::{Case, State};
use crate::confidential::named::apart;
use crate::letters::LetterKind;
use crate::people::{Act, Person};
use crate::procedure::{ComplainantReason, EscalationGate, LateRequests, Refusal, Stage, StageEntryWay};

/// The complainant asks for the next stage, for any reason or none (A19, A21).
///
/// # Errors
/// When no decision has been communicated yet, there is no further stage, or the procedure demands a reason or a time limit.
pub fn request(case: &Case, channel: Channel, words: Option<String>, setting: &Setting<'_>) -> Result<Change, Refused> {
    let gate = gate(case, setting)?;
    if gate.complainant_reason == ComplainantReason::Required && words.is_none() {
        return Err(Refused::field("words", "Tell us what we got wrong or missed"));
    }
    let late = is_late(case, gate, setting);
    if late && gate.late == LateRequests::Refuse {
        return Err(Refused::Rule(
            "The time to ask for a further look has passed. Call us: we can still make an exception.".to_owned(),
        ));
    }
    let asked = Event::EscalationRequested(EscalationRequested { channel, words, late });
    let events = match &case.state {
        State::Answered(..) | State::Closed(_, Some(_)) => vec![asked],
        other => return Err(not_now("ask for the next stage", other)),
    };
    Ok(Change::of(events))
}

/// Staff write down that the complainant asked for the next stage by phone, mail or in person.
///
/// # Errors
/// When the person may not write, and as for [`request`].
pub fn request_heard(
    case: &Case,
    channel: Channel,
    words: Option<String>,
    by: &Person,
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    permit(by, Act::Write)?;
    request(case, channel, words, setting)
}

/// The gate that leads out of the stage that was answered.
///
/// # Errors
/// When the decision has not been communicated (R67) or no stage follows (R50).
pub fn gate<'a>(case: &Case, setting: &Setting<'a>) -> Result<&'a EscalationGate, Refused> {
    let stage = case.stages.last().filter(|stage| stage.communicated.is_some());
    let stage = stage
        .ok_or_else(|| Refused::NotNow("You can ask for a further look once you have our decision.".to_owned()))?;
    let from = setting.procedure.stage_number(stage.entry.stage);
    let gate = from.and_then(|from| setting.procedure.gate_from(&from.id));
    gate.ok_or_else(|| {
        Refused::Rule("This was the last stage of our procedure. Our letter says where else you can turn.".to_owned())
    })
}

/// The last day on which the next stage can be asked for as of right; `None` where there is no limit (A19).
pub fn ask_by(case: &Case, setting: &Setting<'_>) -> Option<jiff::civil::Date> {
    let gate = gate(case, setting).ok()?;
    let told = case.stages.last()?.communicated.as_ref()?;
    let days = gate.window_working_days?;
    setting
        .calendar
        .add_working_days(setting.local_date(told.at), days)
        .ok()
}

fn is_late(case: &Case, gate: &EscalationGate, setting: &Setting<'_>) -> bool {
    gate.window_working_days.is_some() && ask_by(case, setting).is_some_and(|last| setting.today() > last)
}

/// Someone with authority deems further action appropriate: the next stage begins, counted from the day of the request (R68, A18).
///
/// # Errors
/// When the person may not decide it, nothing was asked, or the investigator has a conflict.
pub fn accept(
    case: &Case,
    investigator: &Person,
    remark: Option<String>,
    by: &Person,
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    let stage = asked(case, by, setting)?;
    check_owner(case, investigator, stage)?;
    let from = clock_from(case, stage, StageEntryWay::Escalated, setting);
    let events = vec![
        Event::EscalationAccepted(Remark { remark }),
        enter(stage, StageReason::Escalated, None, from),
        Event::Assigned(Assigned {
            to: investigator.id,
            reason: None,
        }),
    ];
    Ok(Change::of(events).owing(stage_2_started(by)))
}

/// They do not: the complainant is told why, and the monthly review sees it (R68, A20).
///
/// # Errors
/// When the person may not decide it or made the decision in question, nothing was asked, the procedure allows no refusal, or no reason is given.
pub fn refuse(case: &Case, reason: &str, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    let stage = asked(case, by, setting)?;
    if case.deciders_before(stage.number).contains(&by.id) {
        let message = format!(
            "{} decided this complaint, so {} cannot refuse the request. Ask someone else.",
            by.name,
            by.first_name()
        );
        return Err(Refused::Conflict(message));
    }
    let gate = gate(case, setting)?;
    if gate.refusal == Refusal::NotAllowed {
        return Err(Refused::Rule(
            "The procedure does not allow this request to be refused. Accept it and choose an investigator.".to_owned(),
        ));
    }
    may_be_told(case)?;
    if reason.trim().is_empty() {
        return Err(Refused::field(
            "reason",
            "Say why, in words for the complainant: we send them",
        ));
    }
    let reason = reason.trim().to_owned();
    let letter = LetterOwed::written(LetterKind::EscalationRefused, reason.as_str(), Some(by.id));
    Ok(Change::of(vec![Event::EscalationRefused(Reason { reason })]).owing(letter))
}

/// The stage that was asked for, and when: for somebody who may say yes or no to it.
///
/// # Errors
/// When nobody asked for it, or the person may not decide it.
pub fn asked<'a>(case: &Case, by: &Person, setting: &Setting<'a>) -> Result<&'a Stage, Refused> {
    permit(by, Act::DecideEscalation)?;
    apart(case, by)?;
    if !matches!(case.state, State::EscalationPending(..)) {
        return Err(Refused::NotNow("Nobody has asked for stage 2 on this case.".to_owned()));
    }
    let gate = gate(case, setting)?;
    if gate.assent_by.is_some_and(|role| !by.is(role)) && !by.is(crate::people::Role::Reviewer) {
        return Err(Refused::NotAllowed {
            act: Act::DecideEscalation,
        });
    }
    let stage = setting.procedure.stage(&gate.to);
    stage.ok_or_else(|| {
        Refused::Rule("The procedure names a stage that it does not have. Tell the administrator.".to_owned())
    })
}

/// Staff move a case to the next stage without a decision; its clock counts from the receipt (A18).
///
/// # Errors
/// When the person may not, the case is not open at an earlier stage, the reason is missing or one that needs an act of its own, or the investigator has a conflict.
pub fn reroute(case: &Case, reroute: &Reroute, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    permit(by, Act::MoveToStage2)?;
    let next = next_stage(case, setting)?;
    if matches!(
        reroute.reason,
        StageReason::Frontline | StageReason::Escalated | StageReason::Vip
    ) {
        return Err(Refused::field("reason", "Choose why it needs an investigation"));
    }
    if reroute.note.trim().is_empty() {
        return Err(Refused::field(
            "note",
            "Say in a few words why it needs an investigation",
        ));
    }
    check_owner(case, &reroute.investigator, next)?;
    let known = |is: fn(&RiskAssessed) -> bool| case.risk.as_ref().is_some_and(is);
    let risk = RiskAssessed {
        complex: reroute.reason == StageReason::Complex || known(|risk| risk.complex),
        high_risk: reroute.reason == StageReason::HighRisk || known(|risk| risk.high_risk),
        needs_investigation: reroute.reason == StageReason::NeedsInvestigation
            || known(|risk| risk.needs_investigation),
        reason: Some(reroute.note.trim().to_owned()),
    };
    let note = Some(reroute.note.trim().to_owned());
    let events = vec![
        Event::RiskAssessed(risk),
        enter(
            next,
            reroute.reason,
            note,
            clock_from(case, next, StageEntryWay::Rerouted, setting),
        ),
        Event::Assigned(Assigned {
            to: reroute.investigator.id,
            reason: None,
        }),
    ];
    Ok(Change::of(events).owing(stage_2_started(by)))
}

/// The stage that an open case can be moved to.
///
/// # Errors
/// When the case is not open or is at the last stage.
pub fn next_stage<'a>(case: &Case, setting: &Setting<'a>) -> Result<&'a Stage, Refused> {
    let State::Open(work) = &case.state else {
        return Err(not_now("move it to stage 2", &case.state));
    };
    let current = setting
        .procedure
        .stage_number(work.stage())
        .unwrap_or(first_stage(setting.procedure));
    let next = current.next.iter().find_map(|id| setting.procedure.stage(id));
    next.ok_or_else(|| Refused::Rule("This is the last stage of the procedure.".to_owned()))
}

/// A move to the next stage by staff.
#[derive(Debug, Clone)]
pub struct Reroute {
    /// Complex, high risk or in need of a detailed investigation; a VIP is marked as one instead ([`super::vip::flag_vip`]).
    pub reason: StageReason,
    /// Why, in words.
    pub note: String,
    /// Who investigates.
    pub investigator: Person,
}

/// What an ended escalation leaves: the case closes as decided (model 3.2).
pub const AFTER_REFUSAL: Ending = Ending::Decided;
