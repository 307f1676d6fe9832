//! The tasks of an investigation, each with its state as the events tell it, and which of them must be done before the decision can be sent:
//! that is data of the procedure (P33).

use super::findings::unfinished;
use crate::case::change::{Refused, Setting};
use crate::case::investigation::{Agreed, Done, Investigation};
use crate::case::{Case, State};
use crate::clock::full_date;
use crate::coded::coded;
use crate::handling::decide::{open_work, stage_of};
use crate::handling::draft::check_decision;
use crate::procedure::{Requirement, Stage};

coded! {
    /// One task. The words complete "Before this can be sent: ...".
    pub enum Task {
        /// The points, with the complainant.
        Points = "points", "agree the points with the person";
        /// Conflicts of interest.
        Conflict = "conflict", "say whether you have a conflict of interest";
        /// What is to be found out.
        Plan = "plan", "make a plan";
        /// What shows it.
        Evidence = "evidence", "record the evidence, or that none is needed";
        /// Conversations.
        Interviews = "interviews", "record the interviews, or that none is needed";
        /// What was found on each point.
        Findings = "findings", "write what you found on each point and choose its outcome";
        /// The words of the letter.
        Letter = "letter", "write the letter";
        /// Sending it, for sign-off or at once.
        Send = "send", "send it";
    }
}

/// Where a task stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is done.
    NotStarted,
    /// Something is done, and what is still open.
    InProgress(String),
    /// It is done, by whom and when.
    Done(Done),
    /// It cannot be started, and why.
    Blocked(String),
}

/// A task as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskNow {
    /// Which.
    pub task: Task,
    /// Where it stands.
    pub standing: Standing,
    /// Whether the procedure lets nothing be sent before it is done.
    pub required: bool,
}

/// Every task of the investigation in its order; none where the case is at no stage of its procedure.
pub fn tasks(case: &Case, setting: &Setting<'_>) -> Vec<TaskNow> {
    let Some(stage) = case.state.work().and_then(|work| stage_of(work, setting).ok()) else {
        return Vec::new();
    };
    let now = |task: &Task| TaskNow {
        task: *task,
        standing: standing(*task, case, stage, setting),
        required: is_required(*task, stage),
    };
    Task::ALL.iter().map(now).collect()
}

/// The first task that somebody can go on with: one that is required before one that is not. A letter that was begun waits for nobody else, so
/// it is gone on with before what the procedure does not ask for.
pub fn next_task(tasks: &[TaskNow]) -> Option<Task> {
    let open = |now: &&TaskNow| matches!(now.standing, Standing::NotStarted | Standing::InProgress(_));
    let ready = |now: &&TaskNow| now.standing == Standing::NotStarted || now.task == Task::Letter;
    let required = tasks.iter().filter(open).find(|now| now.required && ready(now));
    let next = required.or_else(|| tasks.iter().find(open));
    next.map(|now| now.task)
}

fn is_required(task: Task, stage: &Stage) -> bool {
    match requirement(task) {
        Some(requirement) => stage.close_requires.contains(&requirement),
        None => true,
    }
}

fn requirement(task: Task) -> Option<Requirement> {
    Some(match task {
        Task::Points => Requirement::PointsAgreed,
        Task::Conflict => Requirement::ConflictDeclared,
        Task::Plan => Requirement::PlanMade,
        Task::Evidence => Requirement::EvidenceRecorded,
        Task::Interviews => Requirement::InterviewsRecorded,
        Task::Findings => Requirement::PointsAnswered,
        Task::Letter | Task::Send => return None,
    })
}

/// Whether a requirement of an investigation is fulfilled; nothing for one that is not about it.
pub fn fulfilled(requirement: Requirement, case: &Case) -> Option<bool> {
    let here = &case.investigation;
    Some(match requirement {
        Requirement::PointsAgreed => matches!(here.agreement.standing(), Agreed::Settled(_)),
        Requirement::ConflictDeclared => case
            .owner
            .is_some_and(|owner| here.declaration_of(owner).is_some() && here.conflict_of(owner).is_none()),
        Requirement::PlanMade => !here.plan.is_empty(),
        Requirement::EvidenceRecorded => here.no_evidence.is_some() || here.evidence_that_counts().next().is_some(),
        Requirement::InterviewsRecorded => here.no_interviews.is_some() || !here.interviews.is_empty(),
        _ => return None,
    })
}

/// The tasks of the investigation that the procedure asks for before a decision is sent, and that are not done.
pub fn missing(case: &Case, stage: &Stage) -> Vec<Task> {
    let lacks = |task: &&Task| {
        let asked = requirement(**task).filter(|requirement| stage.close_requires.contains(requirement));
        asked.and_then(|requirement| fulfilled(requirement, case)) == Some(false)
    };
    Task::ALL.iter().filter(lacks).copied().collect()
}

/// What must be done before the decision of an open case can be sent; nothing where nothing stands in the way.
pub fn before_sending(case: &Case, setting: &Setting<'_>) -> Option<Refused> {
    let (_, stage) = open_work(case, setting).ok()?;
    check_tasks(case, stage).err()
}

/// Refuses to send a decision before the tasks that the procedure asks for are done, or while a conflict waits for a word (P26, P33).
///
/// # Errors
/// Says which tasks.
pub fn check_tasks(case: &Case, stage: &Stage) -> Result<(), Refused> {
    if case.conflict_of_owner().is_some() {
        return Err(Refused::Conflict(
            "A conflict of interest was declared. A complaints coordinator passes the case on, or says that it does not stand in the way."
                .to_owned(),
        ));
    }
    let missing: Vec<&str> = missing(case, stage).into_iter().map(Task::words).collect();
    match missing.as_slice() {
        [] => Ok(()),
        tasks => Err(Refused::Rule(format!("Before this can be sent: {}.", tasks.join("; ")))),
    }
}

fn standing(task: Task, case: &Case, stage: &Stage, setting: &Setting<'_>) -> Standing {
    let here = &case.investigation;
    match task {
        Task::Points => points(here),
        Task::Conflict => conflict(case),
        _ if case.conflict_of_owner().is_some() => {
            Standing::Blocked("a conflict of interest waits for a coordinator".to_owned())
        }
        Task::Plan => plan(here),
        Task::Evidence => evidence(here),
        Task::Interviews => interviews(here),
        Task::Findings => findings(case),
        Task::Letter => letter(case, stage, setting),
        Task::Send => send(case, stage, setting),
    }
}

fn points(here: &Investigation) -> Standing {
    match here.agreement.standing() {
        Agreed::NotAsked => Standing::NotStarted,
        Agreed::Waiting(sent) => {
            Standing::InProgress(format!("waiting for an answer until {}", full_date(sent.answer_by)))
        }
        Agreed::ToTakeIn(_) => Standing::InProgress("they told us what is wrong: take it in".to_owned()),
        Agreed::Changed => Standing::InProgress("changed since they read them: ask again".to_owned()),
        Agreed::Settled(done) => Standing::Done(done),
    }
}

fn conflict(case: &Case) -> Standing {
    let declared = case.owner.and_then(|owner| case.investigation.declaration_of(owner));
    match declared {
        None => Standing::NotStarted,
        Some(_) if case.conflict_of_owner().is_some() => Standing::InProgress("waiting for a coordinator".to_owned()),
        Some(declared) => Standing::Done(Done {
            by: crate::people::Actor::Staff(declared.who),
            at: declared.at,
        }),
    }
}

fn plan(here: &Investigation) -> Standing {
    let open = here.open_lines();
    let settled = here
        .plan
        .iter()
        .filter_map(|line| line.settled.as_ref())
        .map(|kept| kept.done);
    match (open.first(), settled.max_by_key(|done| done.at)) {
        (Some(soonest), _) => Standing::InProgress(format!(
            "{} of {} open, the next by {}",
            open.len(),
            here.plan.len(),
            full_date(soonest.line.by_on)
        )),
        (None, Some(done)) => Standing::Done(done),
        (None, None) => Standing::NotStarted,
    }
}

fn evidence(here: &Investigation) -> Standing {
    let latest = here
        .evidence_that_counts()
        .map(|item| item.done)
        .max_by_key(|done| done.at);
    match latest.or(here.no_evidence.as_ref().map(|kept| kept.done)) {
        Some(done) => Standing::Done(done),
        None => Standing::NotStarted,
    }
}

fn interviews(here: &Investigation) -> Standing {
    let unconfirmed = here
        .interviews
        .iter()
        .filter(|held| held.confirmed_at.is_none())
        .count();
    if unconfirmed > 0 {
        return Standing::InProgress(format!(
            "notes of {unconfirmed} of {} not confirmed",
            here.interviews.len()
        ));
    }
    let latest = here.interviews.iter().map(|held| held.done).max_by_key(|done| done.at);
    match latest.or(here.no_interviews.as_ref().map(|kept| kept.done)) {
        Some(done) => Standing::Done(done),
        None => Standing::NotStarted,
    }
}

fn findings(case: &Case) -> Standing {
    let lacking = unfinished(case);
    let all = case.points_to_answer().count();
    let latest = case
        .investigation
        .findings
        .iter()
        .map(|kept| kept.done)
        .max_by_key(|done| done.at);
    match (lacking.len(), latest.or(case.investigation.drafted)) {
        (0, Some(done)) => Standing::Done(done),
        (_, None) => Standing::NotStarted,
        (open, Some(_)) => Standing::InProgress(format!("{open} of {all} open")),
    }
}

fn letter(case: &Case, stage: &Stage, setting: &Setting<'_>) -> Standing {
    if case.state.work().is_some_and(|work| work.returned.is_some()) {
        return Standing::InProgress("sent back: change it, then send it again".to_owned());
    }
    match (case.draft(), case.investigation.drafted) {
        (Some(draft), Some(done)) => {
            let whole = draft.undecided.is_empty() && check_decision(case, &draft.decision, stage, setting).is_ok();
            match whole {
                true => Standing::Done(done),
                false => Standing::InProgress(format!("draft {} is not complete", draft.version)),
            }
        }
        _ if unfinished(case).len() == case.points_to_answer().count() => {
            Standing::Blocked("it is made from your findings: write these first".to_owned())
        }
        _ => Standing::NotStarted,
    }
}

fn send(case: &Case, stage: &Stage, setting: &Setting<'_>) -> Standing {
    if !matches!(case.state, State::Open(_)) {
        let sent = case.investigation.sent;
        return sent.map_or(Standing::NotStarted, Standing::Done);
    }
    let missing: Vec<&str> = missing(case, stage).into_iter().map(Task::words).collect();
    if !missing.is_empty() {
        return Standing::Blocked(missing.join("; "));
    }
    match letter(case, stage, setting) {
        Standing::Done(_) => Standing::NotStarted,
        _ => Standing::Blocked("the letter is not complete".to_owned()),
    }
}
