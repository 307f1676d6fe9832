//! Drafting a written decision, and what any decision must hold before it can go (R29, R57, R72, P33, P38).

use super::decide::{decided, decision_letter, open_work};
use crate::case::change::{Change, Fields, Refused, Setting, permit};
use crate::case::event::{DraftSaved, Event, SignOffRequested};
use crate::case::facts::{Decision, PointDecision, Remedy};
use crate::case::vocabulary::{LearningAnswer, Outcome};
use crate::case::{Case, State};
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
/// As for [`save`], and when the decision is not complete.
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
    check_decision(case, &decision, stage, setting)?;
    let version = next_version(case);
    let saved = Event::DraftSaved(DraftSaved {
        version,
        decision: decision.clone(),
        undecided: Vec::new(),
    });
    match sign_off_reason(case, &decision, stage, ask_sign_off) {
        Some(because) => Ok(Change::of(vec![
            saved,
            Event::SignOffRequested(SignOffRequested { version, because }),
        ])),
        None => {
            let mut change = decided(case, work, decision, by);
            change.events.insert(0, saved);
            Ok(change.owing(decision_letter(stage, by)))
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

/// Why senior management must see the letter, in the words of the first rule that asks for it; `None` if none does (R78, P34).
pub fn sign_off_reason(case: &Case, decision: &Decision, stage: &Stage, asked: AskSignOff) -> Option<String> {
    let facts = decision_facts(case, decision).when(asked == AskSignOff::Yes, FactName::SignOffRequested);
    let rule = stage.sign_off.iter().find(|rule| rule.when.holds(&facts))?;
    let reasons: Vec<&str> = rule
        .when
        .facts()
        .into_iter()
        .filter(|fact| facts.is(*fact) || (*fact == FactName::Risk && facts.value(*fact) == Some("high")))
        .map(FactName::words)
        .collect();
    Some(if reasons.is_empty() {
        "the procedure asks for it".to_owned()
    } else {
        reasons.join("; ")
    })
}

fn decision_facts(case: &Case, decision: &Decision) -> Facts {
    let risk = case.risk.as_ref();
    let high = risk.is_some_and(|risk| risk.high_risk);
    let facts = Facts::new()
        .when(case.vip.is_some(), FactName::ComplainantVip)
        .when(high, FactName::TriageHighRisk)
        .when(risk.is_some_and(|risk| risk.complex), FactName::TriageComplex)
        .when(
            risk.is_some_and(|risk| risk.needs_investigation),
            FactName::TriageNeedsInvestigation,
        )
        .when(decision.remedies.iter().any(is_money), FactName::RemedyMoney)
        .with(FactName::Risk, if high { "high" } else { "low" })
        .with(FactName::Stage, &case.stage().to_string());
    super::triage::case_facts(case, facts)
}

fn is_money(remedy: &Remedy) -> bool {
    matches!(
        remedy.kind.as_str(),
        "refund" | "compensation" | "goodwill_gesture" | "goodwill"
    )
}

fn next_version(case: &Case) -> u32 {
    case.draft().map_or(1, |draft| draft.version + 1)
}

/// The author of a written decision is the one who is accountable for it (R40, R71).
fn check_author(case: &Case, by: &Person, stage: &Stage) -> Result<(), Refused> {
    super::triage::check_owner(case, by, stage)?;
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
    let requires = |requirement| stage.close_requires.contains(&requirement);
    let mut fields = Fields::default();
    check_outcome(&mut fields, decision, stage, setting.procedure);
    for (index, answer) in decision.points.iter().enumerate() {
        let exists = case.points.iter().any(|point| point.number == answer.number);
        let once = decision.points[..index]
            .iter()
            .all(|earlier| earlier.number != answer.number);
        fields.require(
            exists && once,
            "points",
            format!(
                "Answer each point of this complaint once; there is no other point {}",
                answer.number
            ),
        );
    }
    if requires(Requirement::PointsAnswered) {
        for point in &case.points {
            let answered = decision
                .points
                .iter()
                .any(|answer| answer.number == point.number && !answer.finding.trim().is_empty());
            fields.require(
                answered,
                finding_field(point.number),
                format!("Write what you found on point {}: {}", point.number, point.text),
            );
        }
    }
    fields.require(!decision.reasons.trim().is_empty(), "found", "Write what you found");
    fields.require(
        !decision.what_we_did.trim().is_empty() || !decision.actions.is_empty(),
        "did",
        "Write what you did to put it right, or what will be done",
    );
    fields.require(
        !requires(Requirement::ResolutionKind) || !decision.resolution_kinds.is_empty(),
        "resolution",
        "Choose how it was resolved: apology, explanation or other action",
    );
    fields.require(
        !requires(Requirement::RootCause) || decision.root_cause.is_some(),
        "root_cause",
        "Choose why it happened",
    );
    check_learning(&mut fields, decision, requires(Requirement::Learning));
    for action in &decision.actions {
        let assigned = !action.text.trim().is_empty() && !action.owner.trim().is_empty();
        fields.require(
            assigned,
            "action-1-owner",
            "Give each follow-on action an owner and a date",
        );
        fields.require(
            action.due_on >= setting.today(),
            "action-1-by",
            "Choose a date for each follow-on action that is not in the past",
        );
    }
    let late = crate::deadlines::decision_due(case, setting).is_some_and(|due| due.is_late(setting.now));
    let explained = decision
        .late_reason
        .as_deref()
        .is_some_and(|reason| !reason.trim().is_empty());
    fields.require(
        !late || explained,
        "late_reason",
        "This decision is late. Say why: the monthly review reads it",
    );
    fields.finish()
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
    fields.require(allowed, "outcome", "Choose whether the complaint was upheld");
    let (derived, how) = match procedure.points {
        PointRule::AllSomeNone => (
            Decision::outcome_of_points(&decision.points),
            "All upheld is upheld, some is partly upheld, none is not upheld",
        ),
        PointRule::AnyUpheld => (any_upheld(&decision.points), "Any upheld is upheld, none is not upheld"),
        PointRule::Separate => (None, ""),
    };
    let agrees = decision.outcome == Outcome::Resolved || derived.is_none_or(|derived| derived == decision.outcome);
    fields.require(
        agrees,
        "outcome",
        format!("The outcome does not follow from the points. {how}"),
    );
}

fn any_upheld(points: &[PointDecision]) -> Option<Outcome> {
    let upheld = points
        .iter()
        .any(|point| matches!(point.outcome, Outcome::Upheld | Outcome::PartlyUpheld));
    (!points.is_empty()).then_some(if upheld { Outcome::Upheld } else { Outcome::NotUpheld })
}

fn check_learning(fields: &mut Fields, decision: &Decision, required: bool) {
    match &decision.learning {
        None => fields.require(!required, "learning", "Say whether we learnt something"),
        Some(learning) => {
            let said = learning.answer == LearningAnswer::No
                || learning.text.as_deref().is_some_and(|text| !text.trim().is_empty());
            fields.require(said, "learned", "Write what we learnt");
        }
    }
}

/// True where a draft waits for this person's approval.
pub fn waits_for_sign_off(case: &Case) -> bool {
    matches!(case.state, State::SignOff(..))
}
