//! The decisions of the story: what a form would hold, made from a text.

use casework::Office;
use casework::desk::CaseFile;
use rules::case::vocabulary::{LearningAnswer, Outcome, Satisfaction};
use rules::case::{Decision, Learning, PointDecision, Remedy};

use super::Days;
use crate::demo::story::promised;
use crate::demo::texts::{Again, Finding, Promise};

/// Decisions made now.
pub(super) struct Deciding<'a> {
    pub(super) office: &'a Office,
    pub(super) days: &'a Days,
}

impl Deciding<'_> {
    /// A decision of the front line. Somebody who was told in conversation said whether that will do.
    pub(super) fn found(&self, finding: &Finding, satisfaction: Satisfaction) -> Decision {
        Decision {
            outcome: Outcome::from_code(&finding.outcome).unwrap_or(Outcome::Upheld),
            points: Vec::new(),
            reasons: finding.found.clone(),
            what_we_did: finding.did.clone(),
            resolution_kinds: finding.kinds.clone(),
            remedies: remedies(&finding.remedies),
            actions: self.promises(finding.action.as_slice()),
            satisfaction,
            root_cause: Some(finding.cause.clone()),
            learning: Some(learnt(finding.learnt.as_deref())),
            late_reason: None,
        }
    }

    /// A decision of an investigation: each point of the case has its finding, the first one the main one.
    pub(super) fn investigated(&self, file: &CaseFile, again: &Again) -> Decision {
        let points: Vec<PointDecision> = file
            .case
            .points
            .iter()
            .map(|point| {
                let known = again.points.iter().find(|known| known.text == point.text);
                let (outcome, finding) =
                    known.map_or((&again.outcome, &again.found), |known| (&known.outcome, &known.found));
                PointDecision {
                    number: point.number,
                    outcome: Outcome::from_code(outcome).unwrap_or(Outcome::Upheld),
                    finding: finding.clone(),
                }
            })
            .collect();
        Decision {
            outcome: Decision::outcome_of_points(&points).unwrap_or(Outcome::Upheld),
            points,
            reasons: again.reasons.clone(),
            what_we_did: again.did.clone(),
            resolution_kinds: Vec::new(),
            remedies: remedies(&again.remedies),
            actions: self.promises(&again.actions),
            satisfaction: Satisfaction::NotKnown,
            root_cause: Some(again.cause.clone()),
            learning: Some(learnt(Some(&again.learnt))),
            late_reason: None,
        }
    }

    /// The reason for being late, where the case is late by now.
    pub(super) fn why_late(&self, file: &CaseFile, reason: &str) -> Option<String> {
        let late = file.open_date().is_some_and(|due| due.is_late(self.office.now()));
        late.then(|| reason.to_owned())
    }

    fn promises(&self, promises: &[Promise]) -> Vec<rules::case::Action> {
        let today = self.days.day(self.office.now());
        promises
            .iter()
            .filter_map(|promise| promised(promise, self.days, today))
            .collect()
    }
}

fn remedies(kinds: &[String]) -> Vec<Remedy> {
    let remedy = |kind: &String| Remedy {
        kind: kind.clone(),
        text: None,
    };
    kinds.iter().map(remedy).collect()
}

fn learnt(text: Option<&str>) -> Learning {
    Learning {
        answer: match text {
            Some(_) => LearningAnswer::Yes,
            None => LearningAnswer::No,
        },
        text: text.map(str::to_owned),
    }
}
