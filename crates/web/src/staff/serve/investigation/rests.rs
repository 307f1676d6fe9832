//! What a letter that waits for sign-off rests on, for those who may read it (R72, R78).

use casework::desk::CaseFile;
use rules::case::event::{EvidenceSight, FindingRecorded};
use rules::case::investigation::{EvidenceItem, Interview};
use rules::case::state::Draft;
use rules::case::vocabulary::Outcome;
use rules::clock::full_date;
use rules::investigation::findings::standing;
use rules::investigation::sight::investigates;
use rules::procedure::Response;
use rules::sentence::capital;

use crate::staff::desk::{Seat, Wall};
use crate::staff::parts::link::Link;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;
use crate::staff::serve::file::came_with;
use crate::staff::serve::saying::through;
use crate::staff::sign_off::{Findings, FoundPoint, Ground};

/// The findings behind the letter; none where no investigation stands behind it.
pub(crate) fn findings_behind(seat: &Seat, file: &CaseFile, draft: &Draft) -> Option<Findings> {
    let stage = file.in_force.procedure.stage_number(file.case.stage())?;
    if stage.response != Response::Written {
        return None;
    }
    if !investigates(&file.case, seat.door.person()) {
        return Some(Findings::Withheld);
    }
    let found: Vec<FindingRecorded> = file
        .case
        .points_to_answer()
        .map(|point| standing(&file.case, point.number))
        .collect();
    Some(Findings::Shown {
        points: found.iter().map(|found| point(seat, file, draft, found)).collect(),
        besides: besides(file, &found),
    })
}

fn point(seat: &Seat, file: &CaseFile, draft: &Draft, found: &FindingRecorded) -> FoundPoint {
    let here = &file.case.investigation;
    let evidence = here
        .evidence
        .iter()
        .filter(|kept| found.evidence.contains(&kept.number));
    let interviews = here
        .interviews
        .iter()
        .filter(|held| found.interviews.contains(&held.number));
    let text = file.case.points.iter().find(|point| point.number == found.point);
    FoundPoint {
        title: format!("{}. {}", found.point, text.map_or("", |point| point.text.as_str())),
        outcome: outcome_tag(found.outcome),
        words: found.finding.clone(),
        otherwise: otherwise(draft, found),
        rests: evidence
            .map(|kept| item(file, kept))
            .chain(interviews.map(|held| interview(&seat.wall(), file, held)))
            .collect(),
    }
}

/// The outcome of a point, as a tag.
pub(crate) fn outcome_tag(outcome: Option<Outcome>) -> Tag {
    match outcome {
        None => Tag::new("No outcome yet", Tone::Warn),
        Some(Outcome::NotUpheld) => Tag::new(&capital(Outcome::NotUpheld.words()), Tone::Grey),
        Some(outcome) => Tag::new(&capital(outcome.words()), Tone::Brand),
    }
}

/// That the letter does not say what was found as it was found.
fn otherwise(draft: &Draft, found: &FindingRecorded) -> Option<String> {
    let answer = draft.decision.points.iter().find(|answer| answer.number == found.point);
    let says = match answer {
        None => "The letter does not answer this point: the points were changed after it was written.",
        Some(answer) if found.outcome.is_some_and(|outcome| outcome != answer.outcome) => {
            "The letter gives another outcome: the finding was changed after it was written."
        }
        Some(answer) if answer.finding != found.finding => {
            "The letter says this in other words: one of the two was changed afterwards."
        }
        Some(_) => return None,
    };
    Some(says.to_owned())
}

fn item(file: &CaseFile, kept: &EvidenceItem) -> Ground {
    let day = kept.item.from_on.map(|day| format!(", {}", full_date(day)));
    Ground {
        link: to_item(file, kept),
        tag: match &kept.aside {
            // Whoever approves a letter should notice that its ground is gone.
            Some(_) => Tag::new("Set aside", Tone::Warn),
            None => sight_tag(kept),
        },
        source: format!("{}{}", kept.item.source, day.unwrap_or_default()),
        aside: kept.aside.clone(),
        opens: format!("What evidence {} says", kept.number),
        words: kept.item.words.clone(),
        files: came_with(file, kept.sequence),
    }
}

/// Who may see an item, or that it was set aside.
pub(super) fn sight_tag(kept: &EvidenceItem) -> Tag {
    let seen_by = kept.item.seen_by;
    match &kept.aside {
        Some(_) => Tag::new("Set aside", Tone::Grey),
        None if seen_by == EvidenceSight::Investigation => Tag::new(&capital(seen_by.words()), Tone::Staff),
        None => Tag::new(&capital(seen_by.words()), Tone::Grey),
    }
}

fn interview(wall: &Wall, file: &CaseFile, kept: &Interview) -> Ground {
    let held = &kept.held;
    Ground {
        link: to_interview(file, kept),
        tag: confirmed_tag(kept),
        source: format!("{}, {}", wall.full(held.held_at), through(held.by.words())),
        aside: None,
        opens: format!("Notes of interview {}", kept.number),
        words: notes(kept),
        files: came_with(file, kept.sequence),
    }
}

/// Whether the notes of an interview were confirmed.
pub(super) fn confirmed_tag(kept: &Interview) -> Tag {
    match kept.confirmed_at {
        Some(_) => Tag::new("Notes confirmed", Tone::Good),
        None => Tag::new("Notes not confirmed", Tone::Grey),
    }
}

/// The notes, and what the person said is wrong with them.
fn notes(kept: &Interview) -> String {
    let corrected = kept.corrections.iter().map(|words| format!("They corrected: {words}"));
    let notes = Some(kept.held.notes.clone()).filter(|notes| !notes.is_empty());
    notes.into_iter().chain(corrected).collect::<Vec<_>>().join("\n\n")
}

/// What was collected and counts, and that no finding names.
fn besides(file: &CaseFile, found: &[FindingRecorded]) -> Vec<Link> {
    let here = &file.case.investigation;
    let evidence = here
        .evidence_that_counts()
        .filter(|kept| !found.iter().any(|found| found.evidence.contains(&kept.number)))
        .map(|kept| to_item(file, kept));
    let interviews = here
        .interviews
        .iter()
        .filter(|held| !found.iter().any(|found| found.interviews.contains(&held.number)))
        .map(|held| to_interview(file, held));
    evidence.chain(interviews).collect()
}

fn to_item(file: &CaseFile, kept: &EvidenceItem) -> Link {
    let words = format!("Evidence {}: {}", kept.number, kept.item.title);
    Link::new(&words, &place(file, "evidence", &evidence_place(kept.number)))
}

fn to_interview(file: &CaseFile, kept: &Interview) -> Link {
    let words = format!("Interview {}: {}", kept.number, kept.held.with);
    Link::new(&words, &place(file, "interviews", &interview_place(kept.number)))
}

/// Where an item of evidence stands on the page of its task.
pub(super) fn evidence_place(number: u32) -> String {
    format!("evidence-{number}")
}

/// Where an interview stands on the page of its task.
pub(super) fn interview_place(number: u32) -> String {
    format!("interview-{number}")
}

fn place(file: &CaseFile, task: &str, place: &str) -> String {
    let page = paths::investigation_task(&file.case.reference.to_string(), task);
    format!("{page}#{place}")
}
