//! Evidence: what shows it, from whom, and who may see it (R72).

use casework::desk::CaseFile;
use casework::handling::investigate;
use rules::case::Refused;
use rules::case::event::{EvidenceAdded, EvidenceSight};
use rules::case::investigation::EvidenceItem;
use rules::clock::full_date;
use rules::investigation::can_investigate;
use rules::investigation::evidence::{With, add};

use super::rests::{evidence_place, sight_tag};
use super::{Held, chosen, form, point_picks, sight_picks, with};
use crate::staff::desk::{Fault, Seat};
use crate::staff::investigate::{Answer, Question, Record, TaskForm};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::Pick;
use crate::staff::serve::file::came_with;
use crate::staff::serve::saying::actor;
use crate::staff::serve::sent::{Sent, date};

pub(super) fn held(seat: &Seat, file: &CaseFile) -> Held {
    let setting = file.in_force.setting(file.now);
    let possible = can_investigate(&file.case, seat.door.person(), &setting);
    let here = &file.case.investigation;
    let none = here.no_evidence.as_ref().map(|kept| Record {
        title: "None needed".to_owned(),
        words: kept.what.clone(),
        ..Record::default()
    });
    Held {
        intro: "Logs, records, pictures, what somebody wrote. The person who complained never sees it here; what may be quoted, you write into the \
                letter yourself.",
        caution: possible.as_ref().err().map(ToString::to_string),
        records: here
            .evidence
            .iter()
            .map(|item| record(seat, file, item))
            .chain(none)
            .collect(),
        forms: possible.map_or_else(|_| Vec::new(), |()| forms(seat, file)),
        instead: Vec::new(),
    }
}

fn record(seat: &Seat, file: &CaseFile, kept: &EvidenceItem) -> Record {
    let item = &kept.item;
    let points: Vec<String> = item.points.iter().map(u32::to_string).collect();
    let mut facts = vec![Fact::new("Source", &item.source)];
    facts.extend(item.from_on.map(|day| Fact::new("From", &full_date(day))));
    facts.push(Fact::new(
        "Point",
        &if points.is_empty() {
            "All".to_owned()
        } else {
            points.join(", ")
        },
    ));
    let added = actor(seat, file, kept.done.by).unwrap_or_default();
    facts.push(Fact::new(
        "Added",
        &format!("{}, {added}", seat.wall().full(kept.done.at)),
    ));
    facts.extend(kept.aside.as_ref().map(|why| Fact::new("Set aside", why)));
    Record {
        title: format!("{}. {}", kept.number, item.title),
        at: Some(evidence_place(kept.number)),
        tag: Some(sight_tag(kept)),
        facts,
        words: item.words.clone(),
        files: came_with(file, kept.sequence),
    }
}

fn forms(seat: &Seat, file: &CaseFile) -> Vec<TaskForm> {
    let counting: Vec<Pick> = file
        .case
        .investigation
        .evidence_that_counts()
        .map(|kept| {
            Pick::new(
                &kept.number.to_string(),
                &format!("{}. {}", kept.number, kept.item.title),
            )
        })
        .collect();
    let mut forms = vec![adding(seat, file)];
    forms.push(match counting.is_empty() {
        true => form(
            "none",
            ("No evidence is needed", ""),
            vec![Question::new("reason", "Because", Answer::Line).hint("Staff only. It stays on record.")],
            ("Record that none is needed", with(file, &[])),
        ),
        false => form(
            "aside",
            (
                "An item does not count",
                "It stays on record. Only those who investigate see it from then on.",
            ),
            vec![
                Question::new("which", "Which?", Answer::List(counting)),
                Question::new("because", "Why?", Answer::Line),
            ],
            ("Set it aside", with(file, &[])),
        ),
    });
    forms
}

fn adding(seat: &Seat, file: &CaseFile) -> TaskForm {
    let limits = seat.door.office().file_limits().words();
    form(
        "add",
        ("Add evidence", ""),
        vec![
            Question::new("title", "What is it?", Answer::Line)
                .hint("For example: Record of the calls on 12 September"),
            Question::new("source", "Who or what does it come from?", Answer::Line),
            Question::new("from_on", "From which day? (optional)", Answer::Day),
            Question::new("words", "What does it say?", Answer::Words).hint("Or choose a file."),
            Question::new("files", "Files (optional)", Answer::Files(limits)),
            Question::new("seen_by", "Who may see it?", Answer::One(sight_picks())),
            Question::new(
                "points",
                "Which points does it belong to?",
                Answer::Several(point_picks(file)),
            )
            .hint("None ticked means all."),
        ],
        (
            "Add evidence",
            with(file, &[("seen_by", EvidenceSight::Investigation.code())]),
        ),
    )
}

pub(super) async fn act(sent: &Sent) -> Result<&'static str, Fault> {
    let once = sent.form.once();
    let hand = sent.hand(&once);
    match sent.form.get("step") {
        "none" => {
            investigate::no_evidence(hand, sent.form.get("reason")).await?;
            Ok("none")
        }
        "aside" => {
            let which = chosen(sent, "which", "Choose which item does not count")?;
            investigate::set_evidence_aside(hand, which, sent.form.get("because")).await?;
            Ok("evidence-aside")
        }
        _ => {
            let item = item(sent)?;
            if !sent.form.files.are_fine() {
                let rest = add(
                    &sent.file.case,
                    &item,
                    With::Files,
                    sent.seat().door.person(),
                    &sent.setting(),
                );
                return Err(sent.form.held_up(rest));
            }
            investigate::add_evidence(hand, &item).await?;
            Ok("evidence")
        }
    }
}

fn item(sent: &Sent) -> Result<EvidenceAdded, Refused> {
    let seen_by = EvidenceSight::from_code(sent.form.get("seen_by"));
    let points = sent
        .form
        .posted
        .all("points")
        .into_iter()
        .filter_map(|point| point.parse().ok());
    Ok(EvidenceAdded {
        title: sent.form.get("title").to_owned(),
        source: sent.form.get("source").to_owned(),
        from_on: date(&sent.form, "from_on")?,
        seen_by: seen_by.ok_or_else(|| Refused::field("seen_by", "Choose who may see it"))?,
        words: sent.form.get("words").to_owned(),
        points: points.collect(),
    })
}
