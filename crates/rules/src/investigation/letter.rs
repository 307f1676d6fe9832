//! The words with which a letter starts: made from points, findings, outcomes, evidence that may be quoted and what is offered; a person edits
//! them (R72, R77).

use super::findings::answers;
use crate::case::Case;
use crate::case::event::EvidenceSight;
use crate::case::facts::{Decision, Remedy};
use crate::case::vocabulary::Outcome;
use crate::procedure::Procedure;
use crate::sentence::listed;

/// What they told us and what we found, to begin with. The letter itself answers each point below it.
pub fn found(case: &Case) -> String {
    let answers = answers(case);
    if let [only] = answers.points.as_slice() {
        return only.finding.clone();
    }
    let chosen: Vec<_> = answers
        .points
        .iter()
        .filter(|answer| !answers.undecided.contains(&answer.number))
        .collect();
    let numbers = |outcomes: &[Outcome]| -> Vec<String> {
        let these = chosen.iter().filter(|answer| outcomes.contains(&answer.outcome));
        these.map(|answer| answer.number.to_string()).collect()
    };
    let said = [
        ("We agree with", numbers(&[Outcome::Upheld])),
        ("We agree with part of", numbers(&[Outcome::PartlyUpheld])),
        ("We do not agree with", numbers(&[Outcome::NotUpheld])),
        ("We settled", numbers(&[Outcome::Resolved])),
    ];
    let outcomes: Vec<String> = said
        .iter()
        .filter(|(_, numbers)| !numbers.is_empty())
        .map(|(words, numbers)| {
            format!(
                "{words} {} {}.",
                if numbers.len() == 1 { "point" } else { "points" },
                listed(numbers)
            )
        })
        .collect();
    let looked = looked_at(case);
    let parts = [looked, outcomes.join(" ")];
    parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// "I looked at the call record and the list of mailboxes, and I spoke with 2 people." Nothing that may not be quoted is named.
fn looked_at(case: &Case) -> String {
    let here = &case.investigation;
    let quotable = here
        .evidence_that_counts()
        .filter(|item| item.item.seen_by == EvidenceSight::Quotable)
        .map(|item| item.item.title.clone());
    let titles: Vec<String> = quotable.collect();
    let people = match here.interviews.len() {
        0 => None,
        1 => Some("I spoke with 1 person".to_owned()),
        n => Some(format!("I spoke with {n} people")),
    };
    let looked = (!titles.is_empty()).then(|| format!("I looked at: {}", listed(&titles)));
    match (looked, people) {
        (Some(looked), Some(people)) => format!("{looked}. {people}."),
        (Some(only), None) | (None, Some(only)) => format!("{only}."),
        (None, None) => String::new(),
    }
}

/// What we offer to put it right, to begin with; the letter itself lists what will change.
pub fn did(decision: &Decision, procedure: &Procedure) -> String {
    let name = |remedy: &Remedy| {
        let known = procedure.remedies.iter().find(|known| known.code == remedy.kind);
        known.map_or_else(|| remedy.kind.clone(), |known| known.name.clone())
    };
    let names: Vec<String> = decision.remedies.iter().map(name).collect();
    match names.is_empty() {
        true => String::new(),
        false => format!("We offer you: {}.", listed(&names)),
    }
}
