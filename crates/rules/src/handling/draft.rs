//! Drafting a written decision, and what any decision must hold before it can go (R29, R57, R72, P33, P38).

use std::collections::BTreeSet;

use super::consent::may_be_told;
use super::decide::{decided, decision_letter, open_work};
use super::grounds::{Grounds, case_facts};
use super::triage::could_own;
use crate::case::change::{Change, Fields, Refused, Setting, permit};
use crate::case::event::{DraftSaved, Event, SignOffRequested};
use crate::case::facts::{Decision, PointDecision, Remedy};
use crate::case::vocabulary::{LearningAnswer, Outcome};
use crate::case::{Case, State};
use crate::investigation::task::check_tasks;
use crate::people::separation::without_own_conflict;
use crate::people::{Act, Person};
use crate::procedure::list::PointRule;
use crate::procedure::{FactName, Facts, Procedure, Requirement, Stage};

/// Saves a draft; nothing need be complete.
///
/// # Errors
/// When the person may not investigate or is not accountable for the case, or the case is not open.
pub fn save(case: &Case, decision: Decision, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    save_unfinished(case, decision, Vec::new(), by, setting)
}

/// Saves a draft in which some points have no outcome yet; they are named, so that nobody takes the placeholder for a choice.
///
/// # Errors
/// As for [`save`].
pub fn save_unfinished(
    case: &Case,
    decision: Decision,
    undecided: Vec<u32>,
    by: &Person,
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    permit(by, Act::Investigate)?;
    let (_, stage) = open_work(case, setting)?;
    check_author(case, by, stage)?;
    Ok(Change::of(vec![Event::DraftSaved(DraftSaved {
        version: next_version(case),
        decision,
        undecided,
    })]))
}

/// Whether this person can write the decision now.
///
/// # Errors
/// Why not, in words that say what to do.
pub fn can_draft(case: &Case, by: &Person, setting: &Setting<'_>) -> Result<(), Refused> {
    let (_, stage) = open_work(case, setting)?;
    check_author(case, by, stage)
}

/// Submits a complete draft: to senior management where a rule asks for it, straight to the complainant where none does (R78).
///
/// # Errors
/// As for [`save`]; when the decision is not complete, or somebody has not agreed yet that it is told (A29).
pub fn submit(
    case: &Case,
    decision: Decision,
    ask_sign_off: AskSignOff,
    by: &Person,
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    permit(by, Act::Investigate)?;
    let (work, stage) = open_work(case, setting)?;
    check_author(case, by, stage)?;
    may_be_told(case)?;
    check_tasks(case, stage)?;
    check_decision(case, &decision, stage, setting)?;
    let version = next_version(case);
    let saved = Event::DraftSaved(DraftSaved {
        version,
        decision: decision.clone(),
        undecided: Vec::new(),
    });
    match sign_off_reason(case, &decision, stage, ask_sign_off, setting.procedure) {
        Some(because) => Ok(Change::of(vec![
            saved,
            Event::SignOffRequested(SignOffRequested {
                version,
                because,
                letter: None,
            }),
        ])),
        None => {
            let mut change = decided(case, work, decision, by);
            change.events.insert(0, saved);
            Ok(change.owing(decision_letter(stage, Some(by.id))))
        }
    }
}

/// Whether the author asks for a sign-off that no rule demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskSignOff {
    /// Only where a rule asks.
    AsRulesSay,
    /// In any case.
    Yes,
}

/// Why senior management must see the letter, in the words of the first rule that asks for it; `None` if none does (R78, P34). What they sent
/// back they see again, whatever became of the ground for it.
pub fn sign_off_reason(
    case: &Case,
    decision: &Decision,
    stage: &Stage,
    asked: AskSignOff,
    procedure: &Procedure,
) -> Option<String> {
    if case.state.work().is_some_and(|work| work.returned.is_some()) {
        return Some("it was sent back".to_owned());
    }
    let facts = decision_facts(case, decision, procedure).when(asked == AskSignOff::Yes, FactName::SignOffRequested);
    let rule = stage.sign_off.iter().find(|rule| rule.when.holds(&facts))?;
    let reasons: Vec<&str> = rule
        .when
        .facts()
        .into_iter()
        .filter(|fact| facts.is(*fact) || (*fact == FactName::Risk && facts.value(*fact) == Some("high")))
        // The triage answer and the assessed risk say the same.
        .map(|fact| match fact {
            FactName::Risk => FactName::TriageHighRisk.words(),
            other => other.words(),
        })
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    Some(if reasons.is_empty() {
        "the procedure asks for it".to_owned()
    } else {
        reasons.join("; ")
    })
}

pub(super) fn decision_facts(case: &Case, decision: &Decision, procedure: &Procedure) -> Facts {
    let facts = Grounds::of(case)
        .facts()
        .when(decision.remedies.iter().any(is_money), FactName::RemedyMoney)
        .with(FactName::Stage, &case.stage().to_string());
    case_facts(case, facts, procedure)
}

pub(crate) fn is_money(remedy: &Remedy) -> bool {
    matches!(
        remedy.kind.as_str(),
        "refund" | "compensation" | "goodwill_gesture" | "goodwill"
    )
}

pub(super) fn next_version(case: &Case) -> u32 {
    case.draft().map_or(1, |draft| draft.version + 1)
}

/// Nor does whoever waits for a word about a conflict of interest of theirs write it (R28).
fn check_author(case: &Case, by: &Person, stage: &Stage) -> Result<(), Refused> {
    is_author(case, by, stage)?;
    without_own_conflict(case, by)
}

/// The author of a written decision is the one who is accountable for it (R40, R71).
///
/// # Errors
/// [`Refused::Rule`] or [`Refused::Conflict`] for anybody else, and for whoever may not work on the case.
pub(crate) fn is_author(case: &Case, by: &Person, stage: &Stage) -> Result<(), Refused> {
    could_own(case, by, stage)?;
    if case.owner != Some(by.id) {
        return Err(Refused::Rule(
            "Somebody else is investigating this complaint. Ask for it to be passed to you first.".to_owned(),
        ));
    }
    Ok(())
}

/// What a decision must hold, in the order of the form (P33). What closing needs is asked here, so that nothing is sent that cannot be closed.
///
/// # Errors
/// [`Refused::Fields`] with one message per missing part.
pub fn check_decision(case: &Case, decision: &Decision, stage: &Stage, setting: &Setting<'_>) -> Result<(), Refused> {
    let mut fields = Fields::default();
    check_outcome(&mut fields, decision, stage, setting.procedure);
    check_points(&mut fields, case, decision, stage);
    check_remedy(&mut fields, decision, stage);
    check_cause(&mut fields, decision, stage);
    check_actions(&mut fields, decision, setting);
    check_lateness(&mut fields, case, decision, setting);
    fields.finish()
}

fn requires(stage: &Stage, requirement: Requirement) -> bool {
    stage.close_requires.contains(&requirement)
}

/// Each point is answered once, and where the stage asks for it none is left out (A25).
fn check_points(fields: &mut Fields, case: &Case, decision: &Decision, stage: &Stage) {
    for (index, answer) in decision.points.iter().enumerate() {
        let exists = case.points_to_answer().any(|point| point.number == answer.number);
        let once = decision.points[..index]
            .iter()
            .all(|earlier| earlier.number != answer.number);
        if !(exists && once) {
            let number = answer.number;
            let message = format!("Answer each point of this complaint once; there is no other point {number}");
            fields.ask("points", message);
        }
    }
    if !requires(stage, Requirement::PointsAnswered) {
        return;
    }
    for point in case.points_to_answer() {
        let answered = decision
            .points
            .iter()
            .any(|answer| answer.number == point.number && !answer.finding.trim().is_empty());
        if !answered {
            let message = format!("Write what you found on point {}: {}", point.number, point.text);
            fields.ask(finding_field(point.number), message);
        }
    }
}

/// What was found, and what follows from it (R57, R72).
fn check_remedy(fields: &mut Fields, decision: &Decision, stage: &Stage) {
    if decision.reasons.trim().is_empty() {
        fields.ask("found", "Write what you found");
    }
    if decision.what_we_did.trim().is_empty() && decision.actions.is_empty() {
        fields.ask("did", "Write what you did to put it right, or what will be done");
    }
    if requires(stage, Requirement::ResolutionKind) && decision.resolution_kinds.is_empty() {
        let message = "Choose how it was resolved: apology, explanation or other action";
        fields.ask("resolution", message);
    }
}

/// Why it happened and what was learnt (R4, R6).
fn check_cause(fields: &mut Fields, decision: &Decision, stage: &Stage) {
    if requires(stage, Requirement::RootCause) && decision.root_cause.is_none() {
        fields.ask("root_cause", "Choose why it happened");
    }
    match &decision.learning {
        None if requires(stage, Requirement::Learning) => fields.ask("learning", "Say whether we learnt something"),
        None => {}
        Some(learning) => {
            let text = learning.text.as_deref().unwrap_or_default();
            if learning.answer != LearningAnswer::No && text.trim().is_empty() {
                fields.ask("learned", "Write what we learnt");
            }
        }
    }
}

/// Nobody promises in the passive: each follow-on action has an owner and a day to come (R10).
fn check_actions(fields: &mut Fields, decision: &Decision, setting: &Setting<'_>) {
    for action in &decision.actions {
        if action.text.trim().is_empty() || action.owner.trim().is_empty() {
            fields.ask("action-1-owner", "Give each follow-on action an owner and a date");
        }
        if action.due_on < setting.today() {
            let message = "Choose a date for each follow-on action that is not in the past";
            fields.ask("action-1-by", message);
        }
    }
}

/// A late decision says why.
fn check_lateness(fields: &mut Fields, case: &Case, decision: &Decision, setting: &Setting<'_>) {
    let late = crate::deadlines::decision_due(case, setting).is_some_and(|due| due.is_late(setting.now));
    let reason = decision.late_reason.as_deref().unwrap_or_default();
    if late && reason.trim().is_empty() {
        let message = "This decision is late. Say why: the monthly review reads it";
        fields.ask("late_reason", message);
    }
}

/// The field of a point's finding. Forms draw at most nine points with boxes of their own.
fn finding_field(number: u32) -> &'static str {
    const NAMES: [&str; 9] = [
        "finding-1",
        "finding-2",
        "finding-3",
        "finding-4",
        "finding-5",
        "finding-6",
        "finding-7",
        "finding-8",
        "finding-9",
    ];
    usize::try_from(number)
        .ok()
        .and_then(|number| NAMES.get(number.wrapping_sub(1)))
        .copied()
        .unwrap_or("found")
}

/// The stage must have the outcome, by whatever name (P37), and it must follow from the points as the procedure says (P38).
fn check_outcome(fields: &mut Fields, decision: &Decision, stage: &Stage, procedure: &Procedure) {
    let core = |code: &String| {
        procedure
            .outcomes
            .iter()
            .find(|outcome| outcome.code == *code)
            .map(|outcome| outcome.core)
    };
    let allowed = stage.outcomes.is_empty() || stage.outcomes.iter().any(|code| core(code) == Some(decision.outcome));
    if !allowed {
        fields.ask("outcome", "Choose whether the complaint was upheld");
    }
    let (derived, how) = match procedure.points {
        PointRule::AllSomeNone => (
            Decision::outcome_of_points(&decision.points),
            "All upheld is upheld, some is partly upheld, none is not upheld",
        ),
        PointRule::AnyUpheld => (any_upheld(&decision.points), "Any upheld is upheld, none is not upheld"),
        PointRule::Separate => (None, ""),
    };
    let agrees = decision.outcome == Outcome::Resolved || derived.is_none_or(|derived| derived == decision.outcome);
    if !agrees {
        let message = format!("The outcome does not follow from the points. {how}");
        fields.ask("outcome", message);
    }
}

fn any_upheld(points: &[PointDecision]) -> Option<Outcome> {
    let upheld = points
        .iter()
        .any(|point| matches!(point.outcome, Outcome::Upheld | Outcome::PartlyUpheld));
    (!points.is_empty()).then_some(if upheld { Outcome::Upheld } else { Outcome::NotUpheld })
}

/// True where a draft waits for this person's approval.
pub fn waits_for_sign_off(case: &Case) -> bool {
    matches!(case.state, State::SignOff(..))
}
