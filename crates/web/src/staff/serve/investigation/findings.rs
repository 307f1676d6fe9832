//! Findings: words and outcome for each point, and what they rest on (R72, P38).

use casework::desk::CaseFile;
use casework::handling::investigate;
use rules::case::event::FindingRecorded;
use rules::case::vocabulary::Outcome;
use rules::investigation::can_investigate;
use rules::investigation::findings::standing;
use rules::investigation::task::{Task, tasks};
use rules::procedure::list::PointRule;

use super::shown::{next_link, standing_tag};
use crate::staff::desk::{Fault, Seat};
use crate::staff::investigate::{FindingField, FindingsPage};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::serve::brief::brief;
use crate::staff::serve::decision::Lists;
use crate::staff::serve::fresh;
use crate::staff::serve::sent::Sent;

pub(super) fn page(seat: &Seat, file: &CaseFile, again: Option<FormState>, notice: Option<String>) -> FindingsPage {
    let setting = file.in_force.setting(file.now);
    let all = tasks(&file.case, &setting);
    let refused = can_investigate(&file.case, seat.door.person(), &setting).err();
    FindingsPage {
        case: brief(seat, file),
        notice,
        refused: refused.map(|refused| refused.to_string()),
        standing: standing_tag(all.iter().find(|now| now.task == Task::Findings)),
        points: file.case.points_to_answer().map(|point| field(file, point)).collect(),
        outcomes: Lists::of(file).outcomes,
        rule: match file.in_force.procedure.points {
            PointRule::AllSomeNone => {
                "The complaint is upheld if all points are, partly upheld if some are, and not upheld if none is."
            }
            PointRule::AnyUpheld => "The complaint is upheld if any point is.",
            PointRule::Separate => "Each point has its own outcome.",
        }
        .to_owned(),
        next: next_link(file, &all, Task::Findings),
        form: again.unwrap_or_else(|| filled(file)),
    }
}

fn field(file: &CaseFile, point: &rules::case::Point) -> FindingField {
    let here = &file.case.investigation;
    let belongs = |points: &[u32]| points.is_empty() || points.contains(&point.number);
    let evidence = here.evidence_that_counts().filter(|kept| belongs(&kept.item.points));
    let evidence = evidence.map(|kept| {
        Pick::new(
            &format!("e{}", kept.number),
            &format!("Evidence {}: {}", kept.number, kept.item.title),
        )
    });
    let interviews = here.interviews.iter();
    let interviews = interviews.map(|held| {
        Pick::new(
            &format!("i{}", held.number),
            &format!("Interview {}: {}", held.number, held.held.with),
        )
    });
    FindingField {
        number: point.number,
        words: point.text.clone(),
        rests: evidence.chain(interviews).collect(),
    }
}

/// What was found so far.
fn filled(file: &CaseFile) -> FormState {
    let form = fresh(file);
    let mut answers = form.answers.clone();
    for point in file.case.points_to_answer() {
        let n = point.number;
        let found = standing(&file.case, n);
        answers = answers.and(&format!("finding-{n}"), &found.finding);
        answers = answers.and(&format!("point-{n}"), found.outcome.map_or("", Outcome::code));
        for number in &found.evidence {
            answers = answers.and(&format!("rests-{n}"), &format!("e{number}"));
        }
        for number in &found.interviews {
            answers = answers.and(&format!("rests-{n}"), &format!("i{number}"));
        }
    }
    FormState { answers, ..form }
}

pub(super) async fn act(sent: &Sent) -> Result<&'static str, Fault> {
    let found: Vec<FindingRecorded> = sent
        .file
        .case
        .points_to_answer()
        .map(|point| read(sent, point.number))
        .collect();
    let once = sent.form.once();
    investigate::save_findings(sent.hand(&once), &found).await?;
    Ok("findings")
}

fn read(sent: &Sent, point: u32) -> FindingRecorded {
    let rests = sent.form.posted.all(&format!("rests-{point}"));
    let of = |kind: char| -> Vec<u32> {
        rests
            .iter()
            .filter_map(|rest| rest.strip_prefix(kind)?.parse().ok())
            .collect()
    };
    FindingRecorded {
        point,
        finding: sent.form.get(&format!("finding-{point}")).to_owned(),
        outcome: Outcome::from_code(sent.form.get(&format!("point-{point}"))),
        evidence: of('e'),
        interviews: of('i'),
    }
}
