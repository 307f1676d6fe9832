//! A decision as a form holds it: read from its answers, and written back into them.

use casework::desk::CaseFile;
use rules::case::change::FieldError;
use rules::case::vocabulary::{LearningAnswer, Outcome, Satisfaction};
use rules::case::{Action, Decision, Learning, PointDecision, Refused, Remedy};

use crate::http::Posted;
use crate::staff::parts::form::{FormState, Pick};

/// The lists of the procedure that a decision chooses from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lists {
    /// Upheld and so on, with what each means.
    pub outcomes: Vec<Pick>,
    /// Apology, explanation, other action.
    pub resolutions: Vec<Pick>,
    /// What can be offered.
    pub remedies: Vec<Pick>,
    /// Why it happened.
    pub root_causes: Vec<Pick>,
}

impl Lists {
    /// The lists of a case's procedure, with the outcomes of its stage.
    pub(crate) fn of(file: &CaseFile) -> Lists {
        let procedure = &file.in_force.procedure;
        let stage = procedure.stage_number(file.case.stage());
        let allowed = |code: &str| {
            stage.is_none_or(|stage| stage.outcomes.is_empty() || stage.outcomes.iter().any(|known| known == code))
        };
        let named = |list: &[rules::procedure::CodedName]| {
            list.iter().map(|entry| Pick::new(&entry.code, &entry.name)).collect()
        };
        Lists {
            outcomes: procedure
                .outcomes
                .iter()
                .filter(|outcome| allowed(&outcome.code))
                .map(|outcome| Pick::with_hint(outcome.core.code(), &outcome.name, &outcome.plain_text))
                .collect(),
            resolutions: named(&procedure.resolution_kinds),
            remedies: named(&procedure.remedies),
            root_causes: named(&procedure.root_causes),
        }
    }
}

/// How many lines for follow-on actions a form may have.
const MOST_ACTIONS: u32 = 20;

/// Reads a decision.
///
/// # Errors
/// When there is no outcome, or an action lacks its date; everything else is for the rule to judge.
pub(crate) fn read(file: &CaseFile, posted: &Posted) -> Result<Decision, Refused> {
    let mut wrong = Vec::new();
    let points = points(file, posted, &mut wrong);
    let outcome = Decision::outcome_of_points(&points).or_else(|| Outcome::from_code(posted.get("outcome")));
    if outcome.is_none() && wrong.is_empty() {
        wrong.push(FieldError::new("outcome", "Choose whether the complaint was upheld"));
    }
    let actions = actions(posted, &mut wrong);
    let (Some(outcome), true) = (outcome, wrong.is_empty()) else {
        return Err(Refused::Fields { fields: wrong });
    };
    Ok(Decision {
        outcome,
        points,
        reasons: posted.get("found").trim().to_owned(),
        what_we_did: posted.get("did").trim().to_owned(),
        resolution_kinds: owned(posted.all("resolution")),
        remedies: posted
            .all("remedy")
            .into_iter()
            .map(|kind| Remedy {
                kind: kind.to_owned(),
                text: None,
            })
            .collect(),
        actions,
        satisfaction: Satisfaction::from_code(posted.get("satisfied")).unwrap_or(Satisfaction::NotKnown),
        root_cause: posted.some("root_cause").map(str::to_owned),
        learning: LearningAnswer::from_code(posted.get("learning")).map(|answer| Learning {
            answer,
            text: posted.some("learned").map(str::to_owned),
        }),
        late_reason: posted.some("late_reason").map(str::to_owned),
    })
}

/// With one point only, its outcome and finding are those of the case, unless the form has boxes for it.
fn points(file: &CaseFile, posted: &Posted, wrong: &mut Vec<FieldError>) -> Vec<PointDecision> {
    let points: Vec<_> = file.case.points_to_answer().collect();
    let single = points.len() == 1 && !posted.has("point-1") && !posted.has("finding-1");
    let mut read = Vec::new();
    for point in points {
        let field = format!("point-{}", point.number);
        let code = if single {
            posted.get("outcome")
        } else {
            posted.get(&field)
        };
        let finding = posted
            .some(&format!("finding-{}", point.number))
            .unwrap_or(posted.get("found"))
            .trim()
            .to_owned();
        match Outcome::from_code(code) {
            Some(outcome) => read.push(PointDecision {
                number: point.number,
                outcome,
                finding,
            }),
            None if single => {}
            None => wrong.push(FieldError::new(
                point_field(point.number),
                format!("Choose an outcome for point {}", point.number),
            )),
        }
    }
    read
}

/// Field names of points are made when a form is drawn; the rules' messages need them for as long as the program runs.
fn point_field(number: u32) -> &'static str {
    const NAMES: [&str; 9] = [
        "point-1", "point-2", "point-3", "point-4", "point-5", "point-6", "point-7", "point-8", "point-9",
    ];
    NAMES.get(number as usize - 1).copied().unwrap_or("outcome")
}

fn actions(posted: &Posted, wrong: &mut Vec<FieldError>) -> Vec<Action> {
    let mut actions = Vec::new();
    for n in 1..=MOST_ACTIONS {
        let part = |part: &str| posted.get(&format!("action-{n}-{part}")).trim().to_owned();
        let (text, owner, by) = (part("what"), part("owner"), part("by"));
        if text.is_empty() && owner.is_empty() && by.is_empty() {
            continue;
        }
        match by.parse() {
            Ok(due_on) => actions.push(Action { text, owner, due_on }),
            Err(_) => wrong.push(FieldError::new(
                "action-1-by",
                format!("Choose the date by which change {n} is promised"),
            )),
        }
    }
    actions
}

fn owned(values: Vec<&str>) -> Vec<String> {
    values.into_iter().map(str::to_owned).collect()
}

/// The answers of a form that holds a decision already made or drafted.
pub(crate) fn filled(form: FormState, decision: &Decision, undecided: &[u32]) -> FormState {
    let mut answers = form.answers.clone();
    let mut put = |name: &str, value: &str| answers = std::mem::take(&mut answers).and(name, value);
    put("outcome", decision.outcome.code());
    for point in &decision.points {
        if !undecided.contains(&point.number) {
            put(&format!("point-{}", point.number), point.outcome.code());
        }
        put(&format!("finding-{}", point.number), &point.finding);
    }
    put("found", &decision.reasons);
    put("did", &decision.what_we_did);
    decision
        .resolution_kinds
        .iter()
        .for_each(|kind| put("resolution", kind));
    decision.remedies.iter().for_each(|remedy| put("remedy", &remedy.kind));
    for (n, action) in (1..).zip(&decision.actions) {
        put(&format!("action-{n}-what"), &action.text);
        put(&format!("action-{n}-owner"), &action.owner);
        put(&format!("action-{n}-by"), &action.due_on.to_string());
    }
    put("root_cause", decision.root_cause.as_deref().unwrap_or(""));
    if let Some(learning) = &decision.learning {
        put("learning", learning.answer.code());
        put("learned", learning.text.as_deref().unwrap_or(""));
    }
    FormState { answers, ..form }
}
