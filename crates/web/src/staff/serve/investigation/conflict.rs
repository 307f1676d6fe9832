//! The conflict check: what the investigator declares, and what somebody else says to it (R28, P26).

use casework::desk::CaseFile;
use casework::handling::investigate;
use rules::case::Refused;
use rules::investigation::can_declare;
use rules::investigation::conflict::can_override;

use super::{Held, form, with};
use crate::staff::desk::{Fault, Seat};
use crate::staff::investigate::{Answer, Question, Record, TaskForm};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::Pick;
use crate::staff::parts::link::Link;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;
use crate::staff::serve::sent::Sent;

pub(super) fn held(seat: &Seat, file: &CaseFile) -> Held {
    let setting = file.in_force.setting(file.now);
    let person = seat.door.person();
    let mut forms = Vec::new();
    let mut instead = Vec::new();
    if can_override(&file.case, person, &setting).is_ok() {
        forms.push(overriding(file));
        let assign = paths::case_act(&file.case.reference.to_string(), "assign");
        instead.push(Link::new(
            "Pass the case to somebody without a conflict instead",
            &assign,
        ));
    }
    if can_declare(&file.case, person, &setting).is_ok() {
        forms.push(declaring(file));
    }
    let waits = file.case.conflict_of_owner().is_some();
    Held {
        intro: "Nobody investigates a complaint about themselves, about people close to them or about their own work. Say so before you begin.",
        caution: waits
            .then(|| "A conflict was declared. The investigation waits until a coordinator has decided.".to_owned()),
        records: records(seat, file),
        forms,
        instead,
    }
}

fn records(seat: &Seat, file: &CaseFile) -> Vec<Record> {
    let office = seat.door.office();
    let declared = file.case.investigation.declarations.iter().rev();
    declared
        .map(|declared| {
            let tag = match (&declared.conflict, &declared.overridden) {
                (None, _) => Tag::new("No conflict", Tone::Good),
                (Some(_), Some(_)) => Tag::new("Does not stand in the way", Tone::Good),
                (Some(_), None) => Tag::new("Conflict", Tone::Warn),
            };
            let over = declared.overridden.as_ref().map(|over| {
                let by = over.done.by.staff().map_or_else(String::new, |id| office.name_of(id));
                Fact::new(&format!("{by} decided"), &over.what)
            });
            Record {
                title: format!("{}, {}", office.name_of(declared.who), seat.wall().full(declared.at)),
                tag: Some(tag),
                words: declared.conflict.clone().unwrap_or_default(),
                facts: over.into_iter().collect(),
                ..Record::default()
            }
        })
        .collect()
}

fn declaring(file: &CaseFile) -> TaskForm {
    let answers = Pick::list(&[
        ("yes", "I have no conflict with the people or the service"),
        ("no", "Something connects me with them"),
    ]);
    form(
        "declare",
        ("Your declaration", ""),
        vec![
            Question::new("none", "Are you free of conflicts of interest?", Answer::One(answers)),
            Question::new("conflict", "What connects you with them?", Answer::Words)
                .hint("Leave empty if nothing does. Those who investigate see this, and the coordinator who decides."),
        ],
        ("Declare", with(file, &[])),
    )
}

fn overriding(file: &CaseFile) -> TaskForm {
    form(
        "override",
        ("Your decision", "Pass the case on, or say why it can stay where it is."),
        vec![
            Question::new("override", "Why can they investigate all the same?", Answer::Words)
                .hint("It stays on record."),
        ],
        ("Let them investigate", with(file, &[])),
    )
}

pub(super) async fn act(sent: &Sent) -> Result<&'static str, Fault> {
    let once = sent.form.once();
    let hand = sent.hand(&once);
    if sent.form.get("step") == "override" {
        investigate::override_conflict(hand, sent.form.get("override")).await?;
        return Ok("overridden");
    }
    let conflict = match sent.form.get("none") {
        "yes" => None,
        "no" => Some(sent.form.get("conflict")),
        _ => return Err(Refused::field("none", "Choose whether you are free of conflicts").into()),
    };
    investigate::declare(hand, conflict).await?;
    Ok("declared")
}
