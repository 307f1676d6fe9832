//! Interviews: with whom, when, how, what was said, and whether they confirmed the notes (R72).

use casework::desk::CaseFile;
use casework::handling::investigate;
use jiff::Timestamp;
use rules::case::Refused;
use rules::case::event::{EvidenceSight, InterviewHeld, NotesConfirmed};
use rules::case::investigation::Interview;
use rules::case::vocabulary::Means;
use rules::clock::{received_locally, typed_time};
use rules::investigation::can_investigate;
use rules::investigation::evidence::With;
use rules::investigation::interview::hold;
use rules::sentence::capital;

use super::rests::{confirmed_tag, interview_place};
use super::{Held, chosen, form, sight_picks, with};
use crate::staff::desk::{Fault, Seat};
use crate::staff::investigate::{Answer, Question, Record, TaskForm};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::Pick;
use crate::staff::serve::file::came_with;
use crate::staff::serve::saying::through;
use crate::staff::serve::sent::{Sent, date};

pub(super) fn held(seat: &Seat, file: &CaseFile) -> Held {
    let setting = file.in_force.setting(file.now);
    let possible = can_investigate(&file.case, seat.door.person(), &setting);
    let here = &file.case.investigation;
    let none = here.no_interviews.as_ref().map(|kept| Record {
        title: "None needed".to_owned(),
        words: kept.what.clone(),
        ..Record::default()
    });
    Held {
        intro: "Write down what was said, and let the person read the notes: what they confirm, nobody disputes later.",
        caution: possible.as_ref().err().map(ToString::to_string),
        records: here
            .interviews
            .iter()
            .map(|held| record(seat, file, held))
            .chain(none)
            .collect(),
        forms: possible.map_or_else(|_| Vec::new(), |()| forms(seat, file)),
        instead: Vec::new(),
    }
}

fn record(seat: &Seat, file: &CaseFile, kept: &Interview) -> Record {
    let held = &kept.held;
    let mut facts = vec![
        Fact::new(
            "When",
            &format!("{}, {}", seat.wall().full(held.held_at), through(held.by.words())),
        ),
        Fact::new("Who sees it", &capital(held.seen_by.words())),
    ];
    facts.extend(kept.corrections.iter().map(|words| Fact::new("They corrected", words)));
    Record {
        title: format!("{}. {}", kept.number, held.with),
        at: Some(interview_place(kept.number)),
        tag: Some(confirmed_tag(kept)),
        facts,
        words: held.notes.clone(),
        files: came_with(file, kept.sequence),
    }
}

fn forms(seat: &Seat, file: &CaseFile) -> Vec<TaskForm> {
    let here = &file.case.investigation;
    let open = here.interviews.iter().filter(|held| held.confirmed_at.is_none());
    let open: Vec<Pick> = open
        .map(|held| {
            Pick::new(
                &held.number.to_string(),
                &format!("{}. {}", held.number, held.held.with),
            )
        })
        .collect();
    let mut forms = vec![holding(seat, file)];
    if !open.is_empty() {
        let said = Pick::list(&[("yes", "They confirm the notes"), ("no", "Something in them is wrong")]);
        forms.push(form(
            "confirm",
            ("What they said to the notes", ""),
            vec![
                Question::new("which", "Which interview?", Answer::List(open)),
                Question::new("confirms", "What did they say?", Answer::One(said)),
                Question::new("correction", "What is wrong?", Answer::Words).hint("Leave empty if they confirm."),
            ],
            ("Record it", with(file, &[])),
        ));
    }
    if here.interviews.is_empty() {
        forms.push(form(
            "none",
            ("No interviews are needed", ""),
            vec![Question::new("reason", "Because", Answer::Line).hint("Staff only. It stays on record.")],
            ("Record that none is needed", with(file, &[])),
        ));
    }
    forms
}

fn holding(seat: &Seat, file: &CaseFile) -> TaskForm {
    let ways = [Means::InPerson, Means::Phone, Means::Chat, Means::Email];
    let ways = ways
        .iter()
        .map(|way| Pick::new(way.code(), &capital(&through(way.words()))))
        .collect();
    let today = seat.wall().today().to_string();
    let limits = seat.door.office().file_limits().words();
    form(
        "hold",
        ("Write down an interview", ""),
        vec![
            Question::new("with", "With whom?", Answer::Line).hint("Name and job."),
            Question::new("held_on", "On which day?", Answer::Day),
            Question::new("held_at", "At what time?", Answer::Time).hint("For example 16:30"),
            Question::new("how", "How?", Answer::One(ways)),
            Question::new("notes", "What was said?", Answer::Words).hint("Or choose a file, such as signed notes."),
            Question::new("files", "Files (optional)", Answer::Files(limits)),
            Question::new("seen_by", "Who may see it?", Answer::One(sight_picks())),
        ],
        (
            "Keep the interview",
            with(
                file,
                &[("held_on", &today), ("seen_by", EvidenceSight::Investigation.code())],
            ),
        ),
    )
}

pub(super) async fn act(sent: &Sent) -> Result<&'static str, Fault> {
    let once = sent.form.once();
    let hand = sent.hand(&once);
    match sent.form.get("step") {
        "none" => {
            investigate::no_interviews(hand, sent.form.get("reason")).await?;
            Ok("none")
        }
        "confirm" => {
            let correction = match sent.form.get("confirms") {
                "yes" => None,
                "no" => Some(sent.form.get("correction").to_owned()),
                _ => return Err(Refused::field("confirms", "Choose what they said to the notes").into()),
            };
            let number = chosen(sent, "which", "Choose which interview")?;
            investigate::confirm_notes(hand, &NotesConfirmed { number, correction }).await?;
            Ok("notes")
        }
        _ => {
            let held = told(sent)?;
            if !sent.form.files.are_fine() {
                let by = sent.seat().door.person();
                return Err(sent
                    .form
                    .held_up(hold(&sent.file.case, &held, With::Files, by, &sent.setting())));
            }
            investigate::interview(hand, &held).await?;
            Ok("interview")
        }
    }
}

/// The interview as the form tells it.
fn told(sent: &Sent) -> Result<InterviewHeld, Refused> {
    let by = Means::from_code(sent.form.get("how"));
    let seen_by = EvidenceSight::from_code(sent.form.get("seen_by"));
    Ok(InterviewHeld {
        with: sent.form.get("with").to_owned(),
        held_at: held_at(sent)?,
        by: by.ok_or_else(|| Refused::field("how", "Choose how you spoke"))?,
        notes: sent.form.get("notes").to_owned(),
        seen_by: seen_by.ok_or_else(|| Refused::field("seen_by", "Choose who may see it"))?,
    })
}

/// The typed local time; one that no clock showed, or showed twice, is asked for again.
fn held_at(sent: &Sent) -> Result<Timestamp, Refused> {
    let on = date(&sent.form, "held_on")?;
    let on = on.ok_or_else(|| Refused::field("held_on", "Choose the day on which you spoke"))?;
    let time = typed_time(sent.form.get("held_at"));
    let time = time.ok_or_else(|| Refused::field("held_at", "Enter the time at which you spoke, like 16:30"))?;
    let held = received_locally(on, time, &sent.seat().wall().zone());
    held.map(|held| held.received_at)
        .map_err(|error| Refused::field("held_at", error.to_string()))
}
