//! Findings: what was found on each point, on which evidence it rests, and the outcome that follows (R72, P38).

use super::can_investigate;
use crate::case::Case;
use crate::case::change::{Change, Fields, Refused, Setting};
use crate::case::event::{Event, FindingRecorded};
use crate::case::facts::PointDecision;
use crate::case::vocabulary::Outcome;
use crate::intake::feedback::clean_text;
use crate::people::Person;

/// Saves what was found so far; a point may lack words or outcome. What did not change is not written again.
///
/// # Errors
/// When the person does not investigate the case, or a finding names a point, an item of evidence or an interview that is not there.
pub fn save(case: &Case, findings: &[FindingRecorded], by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    can_investigate(case, by, setting)?;
    let here = &case.investigation;
    let mut wrong = Fields::default();
    let mut events = Vec::new();
    for finding in findings {
        if !case.points_to_answer().any(|point| point.number == finding.point) {
            wrong.ask("findings", format!("There is no point {} to answer", finding.point));
        }
        let counts = |number: &u32| here.evidence_that_counts().any(|item| item.number == *number);
        let held = |number: &u32| here.interviews.iter().any(|held| held.number == *number);
        if !finding.evidence.iter().all(counts) || !finding.interviews.iter().all(held) {
            let message = format!(
                "Choose evidence and interviews of this case for point {}",
                finding.point
            );
            wrong.ask("findings", message);
        }
        let finding = FindingRecorded {
            finding: clean_text(&finding.finding),
            ..finding.clone()
        };
        if standing(case, finding.point) != finding {
            events.push(Event::FindingRecorded(finding));
        }
    }
    wrong.finish()?;
    Ok(Change::of(events))
}

/// What was found on a point so far: the latest finding, else what an earlier draft of the letter says of it.
pub fn standing(case: &Case, point: u32) -> FindingRecorded {
    if let Some(finding) = case.investigation.finding(point) {
        return finding.clone();
    }
    let draft = case.draft();
    let drafted = draft.and_then(|draft| draft.decision.points.iter().find(|answer| answer.number == point));
    let chosen = draft.is_some_and(|draft| !draft.undecided.contains(&point));
    FindingRecorded {
        point,
        finding: drafted.map_or_else(String::new, |answer| answer.finding.clone()),
        outcome: drafted.filter(|_| chosen).map(|answer| answer.outcome),
        evidence: Vec::new(),
        interviews: Vec::new(),
    }
}

/// The findings as a letter answers the points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// One for each point that is to be answered, in their order.
    pub points: Vec<PointDecision>,
    /// Points whose outcome nobody has chosen yet; theirs in the answers means nothing.
    pub undecided: Vec<u32>,
}

/// The answers to all points that are to be answered.
pub fn answers(case: &Case) -> Answers {
    let found: Vec<FindingRecorded> = case
        .points_to_answer()
        .map(|point| standing(case, point.number))
        .collect();
    Answers {
        undecided: found
            .iter()
            .filter(|finding| finding.outcome.is_none())
            .map(|finding| finding.point)
            .collect(),
        points: found
            .into_iter()
            .map(|finding| PointDecision {
                number: finding.point,
                outcome: finding.outcome.unwrap_or(Outcome::NotUpheld),
                finding: finding.finding,
            })
            .collect(),
    }
}

/// The points that lack words or an outcome.
pub fn unfinished(case: &Case) -> Vec<u32> {
    let lacks = |number: &u32| {
        let finding = standing(case, *number);
        finding.finding.is_empty() || finding.outcome.is_none()
    };
    case.points_to_answer()
        .map(|point| point.number)
        .filter(lacks)
        .collect()
}
