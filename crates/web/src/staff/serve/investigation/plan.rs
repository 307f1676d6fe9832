//! The plan: what is to be found out, from whom, by when.

use casework::desk::CaseFile;
use casework::handling::investigate;
use rules::case::Refused;
use rules::case::event::{PlanLineAdded, PlanLineSettled};
use rules::case::investigation::PlanLine;
use rules::clock::full_date;
use rules::investigation::can_investigate;

use super::{Held, chosen, form, with};
use crate::staff::desk::{Fault, Seat};
use crate::staff::investigate::{Answer, Question, Record, TaskForm};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::Pick;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::serve::sent::{Sent, date};

pub(super) fn held(seat: &Seat, file: &CaseFile) -> Held {
    let setting = file.in_force.setting(file.now);
    let possible = can_investigate(&file.case, seat.door.person(), &setting);
    Held {
        intro: "What do you need to find out, who or what can tell you, and by when? You are reminded of each day. Those who investigate see it.",
        caution: possible.as_ref().err().map(ToString::to_string),
        records: file
            .case
            .investigation
            .plan
            .iter()
            .map(|line| record(seat, line))
            .collect(),
        forms: possible.map_or_else(|_| Vec::new(), |()| forms(file)),
        instead: Vec::new(),
    }
}

fn record(seat: &Seat, line: &PlanLine) -> Record {
    let (tag, why) = match &line.settled {
        None if line.line.by_on < seat.wall().today() => (Tag::new("Overdue", Tone::Bad), None),
        None => (Tag::new("Open", Tone::Brand), None),
        Some(settled) => match &settled.what.dropped {
            None => (Tag::new("Done", Tone::Good), None),
            Some(why) => (Tag::new("Not needed", Tone::Grey), Some(why)),
        },
    };
    let mut facts = vec![
        Fact::new("From", &line.line.from_whom),
        Fact::new("By", &full_date(line.line.by_on)),
    ];
    facts.extend(why.map(|why| Fact::new("Why not", why)));
    Record {
        title: format!("{}. {}", line.number, line.line.what),
        tag: Some(tag),
        facts,
        ..Record::default()
    }
}

fn forms(file: &CaseFile) -> Vec<TaskForm> {
    let open = file.case.investigation.open_lines();
    let lines: Vec<Pick> = open
        .iter()
        .map(|line| {
            Pick::new(
                &line.number.to_string(),
                &format!("{}. {}", line.number, line.line.what),
            )
        })
        .collect();
    let mut forms = vec![form(
        "add",
        ("Add to the plan", ""),
        vec![
            Question::new("what", "What do you need to find out?", Answer::Line),
            Question::new("from_whom", "From whom or what?", Answer::Line),
            Question::new("by_on", "By when?", Answer::Day).hint("Not after the day of the decision."),
        ],
        ("Add to the plan", with(file, &[])),
    )];
    if !lines.is_empty() {
        forms.push(form(
            "tick",
            ("Tick a line", ""),
            vec![Question::new("which", "Which is done?", Answer::One(lines.clone()))],
            ("It is done", with(file, &[])),
        ));
        forms.push(form(
            "drop",
            ("A line is not needed any more", ""),
            vec![
                Question::new("drop_which", "Which line?", Answer::List(lines)),
                Question::new("dropped", "Why not?", Answer::Line),
            ],
            ("Drop it", with(file, &[])),
        ));
    }
    forms
}

pub(super) async fn act(sent: &Sent) -> Result<&'static str, Fault> {
    let once = sent.form.once();
    let hand = sent.hand(&once);
    let settled = match sent.form.get("step") {
        "add" => {
            let by_on = date(&sent.form, "by_on")?;
            let line = PlanLineAdded {
                what: sent.form.get("what").to_owned(),
                from_whom: sent.form.get("from_whom").to_owned(),
                by_on: by_on.ok_or_else(|| Refused::field("by_on", "Choose the day by which you need it"))?,
            };
            investigate::plan(hand, &line).await?;
            return Ok("line");
        }
        "drop" => PlanLineSettled {
            number: chosen(sent, "drop_which", "Choose which line is not needed")?,
            dropped: Some(sent.form.get("dropped").to_owned()),
        },
        _ => PlanLineSettled {
            number: chosen(sent, "which", "Choose which line is done")?,
            dropped: None,
        },
    };
    investigate::settle_line(hand, &settled).await?;
    Ok("line-settled")
}
