//! What an investigator did, in words; those who do not investigate are shown events without what is not for them.

use rules::case::event::{Event, PointsSent};
use rules::clock::full_date;
use rules::sentence::capital;

use super::{Saying, quiet, through, with};
use crate::page::timeline::TimelineKind;

/// What an event of an investigation says; nothing for any other.
pub(super) fn investigating(who: &str, event: &Event) -> Option<Saying> {
    let staff = |title: String, words: &str| with(TimelineKind::StaffOnly, title, words);
    Some(match event {
        Event::PointReworded(point) => staff(format!("Point {} has other words", point.number), &point.text),
        Event::PointSetAside(aside) => {
            let title = match aside.with {
                Some(with) => format!("Point {} is answered with point {with}", aside.number),
                None => format!("Point {} is not pursued", aside.number),
            };
            staff(title, &aside.because)
        }
        Event::PointsSent(sent) => with(
            TimelineKind::Sent,
            format!(
                "Asked {who} whether the points are right, by {}",
                full_date(sent.answer_by)
            ),
            points(sent),
        ),
        Event::PointsAgreed(agreed) => with(
            TimelineKind::Received,
            format!("{} agreed with the points {}", capital(who), through(agreed.by.words())),
            agreed.words.clone().unwrap_or_default(),
        ),
        Event::PointsCorrected(wrong) => with(
            TimelineKind::Received,
            format!("{} corrected the points {}", capital(who), through(wrong.by.words())),
            wrong.words.clone(),
        ),
        Event::PointsGoneOn(reason) => staff("Gone on with the points as they are".to_owned(), &reason.reason),
        Event::ConflictDeclared(declared) => match &declared.conflict {
            None => quiet("Declared: no conflict of interest"),
            Some(conflict) => staff("Declared a conflict of interest".to_owned(), conflict),
        },
        Event::ConflictOverridden(over) => staff(
            "The conflict of interest does not stand in the way".to_owned(),
            &over.reason,
        ),
        other => return collected(other),
    })
}

fn points(sent: &PointsSent) -> String {
    let lines: Vec<String> = sent
        .points
        .iter()
        .map(|point| format!("{}. {}", point.number, point.text))
        .collect();
    let besides = sent
        .words
        .as_ref()
        .map_or_else(String::new, |words| format!("\n\n{words}"));
    format!("{}{besides}", lines.join("\n"))
}

/// Plan, evidence, interviews and findings.
fn collected(event: &Event) -> Option<Saying> {
    let staff = |title: String, words: &str| with(TimelineKind::StaffOnly, title, words);
    Some(match event {
        Event::PlanLineAdded(line) => staff(format!("Planned, by {}", full_date(line.by_on)), &line.what),
        Event::PlanLineSettled(line) => match &line.dropped {
            None => quiet(format!("Line {} of the plan is done", line.number)),
            Some(why) => staff(format!("Line {} of the plan is not needed", line.number), why),
        },
        Event::EvidenceAdded(item) => staff(format!("Evidence: {}", item.title), &item.words),
        Event::EvidenceSetAside(aside) => staff(format!("Evidence {} was set aside", aside.number), &aside.because),
        Event::EvidenceNotNeeded(reason) => staff("No evidence is needed".to_owned(), &reason.reason),
        Event::InterviewHeld(held) => staff(format!("Interview: {}", held.with), &held.notes),
        Event::NotesConfirmed(confirmed) => match &confirmed.correction {
            None => quiet(format!("The notes of interview {} are confirmed", confirmed.number)),
            Some(wrong) => staff(
                format!("The notes of interview {} were corrected", confirmed.number),
                wrong,
            ),
        },
        Event::InterviewsNotNeeded(reason) => staff("No interviews are needed".to_owned(), &reason.reason),
        Event::FindingRecorded(finding) => {
            let outcome = finding
                .outcome
                .map_or_else(String::new, |outcome| format!(": {}", outcome.words()));
            let title = format!("Finding on point {}{outcome}", finding.point);
            staff(title, &finding.finding)
        }
        _ => return None,
    })
}
