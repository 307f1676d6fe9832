//! Endings: what is missing before a case may be closed, closing without a decision, withdrawal, reopening (P32, P33, A40).

use super::ask::may_close_unanswered;
use super::regime::leaves_no_regime;
use super::triage::{check_owner, enter};
use super::vip::stage_of_vip;
use crate::case::Case;
use crate::case::change::{Change, LetterOwed, Refused, Setting, not_now, permit};
use crate::case::event::{Assigned, Closed, Event, Reason};
use crate::case::facts::Decision;
use crate::case::state::State;
use crate::case::vocabulary::{Ending, FeedbackKind, StageReason};
use crate::investigation::task::fulfilled;
use crate::letters::LetterKind;
use crate::people::{Act, Person};
use crate::procedure::{Requirement, Stage, StageEntryWay};

/// What follows by itself once a change is made: an answered case that lacks nothing is closed (R49: no approval needed).
pub fn consequences(case: &Case, setting: &Setting<'_>) -> Vec<Event> {
    let State::Answered(work, decision) = &case.state else {
        return Vec::new();
    };
    if case.has_open_regime() {
        return Vec::new();
    }
    let Some(stage) = setting.procedure.stage_number(work.stage()) else {
        return Vec::new();
    };
    if case.escalation_refused.is_some() || missing(case, decision, stage).is_empty() {
        return vec![Event::Closed(Closed {
            ending: Ending::Decided,
            reason: None,
        })];
    }
    Vec::new()
}

/// What the procedure asks for before the case may be closed and does not find, in words (P33).
pub fn missing(case: &Case, decision: &Decision, stage: &Stage) -> Vec<&'static str> {
    stage
        .close_requires
        .iter()
        .filter(|requirement| !holds(**requirement, case, decision))
        .map(|requirement| requirement.words())
        .collect()
}

fn holds(requirement: Requirement, case: &Case, decision: &Decision) -> bool {
    let told = case.stages.last().is_some_and(|stage| stage.communicated.is_some());
    match requirement {
        // Anonymous complaints have nobody to acknowledge (A28); a decision that was told says more than an acknowledgement.
        Requirement::Acknowledged => case.acknowledged.is_some() || told || case.received.complainant.is_anonymous(),
        Requirement::Categorised => case.category.is_some(),
        Requirement::DecisionCommunicated | Requirement::WrittenResponseSent => told,
        // A recorded decision holds its outcome, its satisfaction answer and, where a rule asked for it, its sign-off: the states see to that.
        Requirement::Outcome | Requirement::Satisfaction | Requirement::SignOffIfRequired => true,
        Requirement::ResolutionKind => !decision.resolution_kinds.is_empty(),
        Requirement::Learning => case.learning.is_some(),
        Requirement::RootCause => case.root_cause.is_some(),
        Requirement::PointsAnswered => case
            .points_to_answer()
            .all(|point| decision.points.iter().any(|answer| answer.number == point.number)),
        Requirement::ActionsAssigned => decision.actions.iter().all(|action| !action.owner.trim().is_empty()),
        Requirement::Reasons => !decision.reasons.trim().is_empty(),
        Requirement::ActionTaken => !decision.what_we_did.trim().is_empty() || !decision.actions.is_empty(),
        Requirement::InvestigatorAssigned => case.owner.is_some(),
        // Asked before the decision goes; whoever has the case afterwards investigates nothing any more.
        Requirement::EvidenceRecorded
        | Requirement::PointsAgreed
        | Requirement::ConflictDeclared
        | Requirement::PlanMade
        | Requirement::InterviewsRecorded => told || fulfilled(requirement, case).unwrap_or(true),
    }
}

/// Whether the complainant is written to when the case ends so: not where nobody can be told (A28), and not where they have our decision.
pub fn tells(case: &Case, ending: Ending) -> bool {
    let answered = matches!(case.state, State::Answered(..));
    ending.is_told() && !answered && !case.complainant.is_anonymous()
}

/// Closes a case without a decision: not a complaint, referred, refused, joined with another, no answer, logged in error. The complainant is
/// told why and where else to turn (A37, A38).
///
/// # Errors
/// When the person may not close, it is closed or waits for an answer already, the ending is one that does not fit, the complainant still has
/// time to answer (A41), no reason is given, or another regime asks for something: see [`super::regime::closing`].
pub fn close(case: &Case, ending: Ending, reason: &str, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    permit(by, Act::Close)?;
    // A request for stage 2 is granted or refused with a reason that the complainant is told, never closed away (R68).
    if matches!(
        case.state,
        State::Closed(..) | State::Decided(..) | State::SignOff(..) | State::EscalationPending(..)
    ) {
        return Err(not_now("close it", &case.state));
    }
    let noted = ending == Ending::Noted && case.kind == FeedbackKind::Complaint;
    if noted || matches!(ending, Ending::Decided | Ending::Withdrawn) {
        return Err(Refused::field("ending", "Choose why it ends without a decision"));
    }
    if ending == Ending::NoResponse {
        may_close_unanswered(case, setting)?;
    }
    let reason = reason.trim();
    if reason.is_empty() {
        let why = if tells(case, ending) {
            "Say why, in words for the complainant: we send them"
        } else {
            "Say why, so that the monthly review can follow it"
        };
        return Err(Refused::field("reason", why));
    }
    leaves_no_regime(case)?;
    let change = Change::of(vec![Event::Closed(Closed {
        ending,
        reason: Some(reason.to_owned()),
    })]);
    if !tells(case, ending) {
        return Ok(change);
    }
    let letter = LetterOwed::written(LetterKind::ClosedWithoutDecision, reason, Some(by.id));
    Ok(change.owing(letter))
}

/// The complainant stops it, in person or through a member of staff who writes down that they did.
///
/// # Errors
/// When it is closed already, a decision is on its way, staff give no reason, or do not say where another regime is handled now. The complainant
/// is never asked that: they may stop, and the regime stays open on the closed case (A38).
pub fn withdraw(case: &Case, reason: &str, by: Option<&Person>) -> Result<Change, Refused> {
    if let Some(by) = by {
        permit(by, Act::Close)?;
        if reason.trim().is_empty() {
            return Err(Refused::field("reason", "Say how and why the complainant stopped it"));
        }
    }
    if matches!(case.state, State::Closed(..) | State::Decided(..)) {
        return Err(not_now("stop it", &case.state));
    }
    if by.is_some() {
        leaves_no_regime(case)?;
    }
    let events = vec![
        Event::Withdrawn(Reason {
            reason: crate::intake::feedback::clean_text(reason),
        }),
        Event::Closed(Closed {
            ending: Ending::Withdrawn,
            reason: None,
        }),
    ];
    Ok(Change::of(events).owing(LetterOwed::automatic(LetterKind::Withdrawn)))
}

/// Takes a closed case up again within the window, at its last stage with a new clock (A40). A case that was at none, or whose complainant
/// turned out to be a VIP, goes to triage.
///
/// # Errors
/// When the person is not the one the procedure names, the case is open, the window has passed, or no reason is given.
pub fn reopen(case: &Case, reason: &str, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    permit(by, Act::Close)?;
    let (State::Closed(..), Some(closed_at)) = (&case.state, case.closed_at) else {
        return Err(Refused::NotNow("This case is open.".to_owned()));
    };
    let Some(rule) = &setting.procedure.reopen else {
        return Err(Refused::Rule(
            "This procedure does not reopen cases. Log a new complaint.".to_owned(),
        ));
    };
    if !by.is(rule.approver) {
        return Err(Refused::Rule(format!(
            "Only {} can reopen a case.",
            rule.approver.with_article()
        )));
    }
    let last = setting
        .calendar
        .add_working_days(setting.local_date(closed_at), rule.within_working_days);
    if last.is_ok_and(|last| setting.today() > last) {
        return Err(Refused::Rule(
            "The time to reopen this case has passed. Log a new complaint and name this one in it.".to_owned(),
        ));
    }
    if reason.trim().is_empty() {
        return Err(Refused::field("reason", "Say what is new"));
    }
    let mut events = vec![Event::Reopened(Reason {
        reason: reason.trim().to_owned(),
    })];
    let last = case
        .stages
        .last()
        .and_then(|last| setting.procedure.stage_number(last.entry.stage));
    let past_it = stage_of_vip(case, setting).is_some_and(|needed| needed > case.stage());
    // Who had a restricted case may be one whom it is about, so whoever takes it up again has it first (R28).
    let to = if case.is_restricted() { Some(by.id) } else { case.owner };
    let fits = |stage: &Stage| !case.is_restricted() || check_owner(case, by, stage).is_ok();
    if let Some(stage) = last.filter(|stage| !past_it && fits(stage)) {
        let from = super::start::clock_from(case, stage, StageEntryWay::Reopened, setting);
        events.push(enter(stage, StageReason::Reopened, None, from));
        events.extend(to.map(|to| Event::Assigned(Assigned { to, reason: None })));
    }
    Ok(Change::of(events))
}
