//! The points of complaint: writing them to the person, recording what they said, changing one, setting one aside (R72, A25, A26, A41).

use casework::desk::CaseFile;
use casework::handling::{investigate, write};
use rules::case::Refused;
use rules::case::event::PointSetAside;
use rules::case::investigation::{Agreed, Answer as Came};
use rules::case::vocabulary::Means;
use rules::clock::full_date;
use rules::investigation::can_investigate;
use rules::investigation::points::{Heard, Saying, can_go_on, usual_answer_by};
use rules::sentence::capital;

use super::{Held, chosen, form, point_picks, with};
use crate::staff::desk::{Fault, Seat};
use crate::staff::investigate::{Answer, Question, Record, TaskForm};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::Pick;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::serve::brief::person;
use crate::staff::serve::saying::through;
use crate::staff::serve::sent::{Sent, date};

pub(super) fn held(seat: &Seat, file: &CaseFile) -> Held {
    let setting = file.in_force.setting(file.now);
    let possible = can_investigate(&file.case, seat.door.person(), &setting);
    Held {
        intro: "Write down what you will look into as you understand it, and ask whether that is right. Nobody waits for ever: after the day \
                that you give, you can go on without an answer.",
        caution: possible.as_ref().err().map(ToString::to_string),
        records: records(file),
        forms: possible.map_or_else(|_| Vec::new(), |()| forms(file)),
        instead: Vec::new(),
    }
}

fn records(file: &CaseFile) -> Vec<Record> {
    let point = |point: &rules::case::Point| Record {
        title: format!("{}. {}", point.number, point.text),
        tag: point.aside.as_ref().map(|aside| {
            let words = match aside.with {
                Some(with) => format!("Answered with point {with}"),
                None => "Not pursued".to_owned(),
            };
            Tag::new(&words, Tone::Grey)
        }),
        words: point
            .aside
            .as_ref()
            .map_or_else(String::new, |aside| aside.because.clone()),
        ..Record::default()
    };
    let agreement = Record {
        title: "What was agreed".to_owned(),
        facts: agreement(file),
        ..Record::default()
    };
    file.case.points.iter().map(point).chain([agreement]).collect()
}

fn agreement(file: &CaseFile) -> Vec<Fact> {
    let setting = file.in_force.setting(file.now);
    let agreement = &file.case.investigation.agreement;
    let mut facts = Vec::new();
    if let Some(sent) = &agreement.sent {
        let on = full_date(setting.local_date(sent.done.at));
        facts.push(Fact::new(
            "Written to them",
            &format!("{on}, to be answered by {}", full_date(sent.what.answer_by)),
        ));
    }
    if let Some(answer) = &agreement.answer {
        let (key, value) = match &answer.what {
            Came::Agreed(agreed) => {
                let besides = agreed
                    .words
                    .as_ref()
                    .map_or_else(String::new, |words| format!("\n{words}"));
                (
                    "They agreed",
                    format!("{}, {}{besides}", full_date(agreed.on), through(agreed.by.words())),
                )
            }
            Came::Corrected(wrong) => (
                "They corrected",
                format!(
                    "{}, {}\n{}",
                    full_date(wrong.on),
                    through(wrong.by.words()),
                    wrong.words
                ),
            ),
            Came::GoneOn(why) => ("Gone on without", why.clone()),
        };
        facts.push(Fact::new(key, &value));
    }
    let standing = match agreement.standing() {
        Agreed::NotAsked => "They were not asked yet",
        Agreed::Waiting(_) => "We wait for an answer",
        Agreed::ToTakeIn(_) => "Change the point that they corrected, or say why it stays",
        Agreed::Changed => "The points changed since. Ask again, or record what they said",
        Agreed::Settled(_) => "Settled",
    };
    facts.push(Fact::new("Standing", standing));
    facts
}

fn forms(file: &CaseFile) -> Vec<TaskForm> {
    let setting = file.in_force.setting(file.now);
    let standing = file.case.investigation.agreement.standing();
    let settled = matches!(standing, Agreed::Settled(_));
    let mut forms = Vec::new();
    let reword = reword(file);
    let corrected = matches!(standing, Agreed::ToTakeIn(_));
    if corrected {
        forms.push(reword.clone());
    }
    if !settled && !corrected {
        forms.push(send(file, &usual_answer_by(&file.case, &setting).to_string()));
    }
    if !settled {
        forms.push(heard(file, &setting.today().to_string()));
    }
    if can_go_on(&file.case, &setting).is_ok() {
        forms.push(go_on(file));
    }
    if !corrected {
        forms.push(reword);
    }
    forms.push(add(file));
    if file.case.points_to_answer().count() > 1 {
        forms.push(aside(file));
    }
    forms
}

fn send(file: &CaseFile, answer_by: &str) -> TaskForm {
    let who = person(file);
    let by = Question::new("answer_by", "By when should they answer?", Answer::Day);
    let besides = Question::new("message", "Anything else? (optional)", Answer::Words);
    form(
        "send",
        (
            "Ask them in writing",
            "The letter states the points above and asks whether they are right and whether anything is missing.",
        ),
        vec![
            by.hint("Five working days are usual. It never moves the decision date."),
            besides.hint(&format!("{} reads this in the letter.", capital(&who))),
        ],
        ("Send the points", with(file, &[("answer_by", answer_by)])),
    )
}

fn heard(file: &CaseFile, today: &str) -> TaskForm {
    let said = Pick::list(&[("agree", "They agree"), ("correct", "Something is wrong or missing")]);
    let ways = [Means::Phone, Means::InPerson, Means::Email, Means::Chat, Means::Post];
    let ways = ways
        .iter()
        .map(|way| Pick::new(way.code(), &capital(through(way.words()).as_str())))
        .collect();
    form(
        "heard",
        ("They told us another way", ""),
        vec![
            Question::new("said", "What did they say?", Answer::One(said)),
            Question::new("how_heard", "How?", Answer::List(ways)),
            Question::new("heard_on", "On which day?", Answer::Day),
            Question::new("points_words", "Their words", Answer::Words)
                .hint("Staff only. What is wrong or missing, if anything."),
        ],
        ("Record it", with(file, &[("heard_on", today)])),
    )
}

fn go_on(file: &CaseFile) -> TaskForm {
    form(
        "go_on",
        ("Go on with the points as they are", ""),
        vec![Question::new("go_on", "Why?", Answer::Words).hint("Staff only. It stays on record.")],
        ("Go on", with(file, &[])),
    )
}

fn reword(file: &CaseFile) -> TaskForm {
    form(
        "reword",
        (
            "Change the words of a point",
            "What they agreed to is another point then: ask again.",
        ),
        vec![
            Question::new("which", "Which point?", Answer::List(point_picks(file))),
            Question::new("point_text", "Its words from now on", Answer::Words)
                .hint("The person reads them. The old words stay on record."),
        ],
        ("Change the point", with(file, &[])),
    )
}

fn add(file: &CaseFile) -> TaskForm {
    form(
        "add",
        (
            "Add a point",
            "A new issue that belongs to this complaint. Anything else is a new complaint.",
        ),
        vec![Question::new("point", "What else do they complain of?", Answer::Words).hint("The person reads it.")],
        ("Add the point", with(file, &[])),
    )
}

fn aside(file: &CaseFile) -> TaskForm {
    let together = Question::new("with", "Answered together with", Answer::List(point_picks(file)));
    form(
        "aside",
        (
            "Give a point no answer of its own",
            "It stays on record with the reason.",
        ),
        vec![
            Question::new("aside_which", "Which point?", Answer::List(point_picks(file))),
            together.hint("Leave empty where it is not pursued at all."),
            Question::new("because", "Why?", Answer::Words).hint("Staff only. The person may ask."),
        ],
        ("Set the point aside", with(file, &[])),
    )
}

pub(super) async fn act(sent: &Sent) -> Result<&'static str, Fault> {
    let once = sent.form.once();
    let hand = sent.hand(&once);
    match sent.form.get("step") {
        "send" => {
            let by = date(&sent.form, "answer_by")?;
            let by = by.ok_or_else(|| Refused::field("answer_by", "Choose the day by which they should answer"))?;
            investigate::send_points(hand, by, sent.form.posted.some("message")).await?;
            Ok("points-sent")
        }
        "heard" => {
            investigate::hear_points(hand, &said(sent)?).await?;
            Ok("points-heard")
        }
        "go_on" => {
            investigate::go_on(hand, sent.form.get("go_on")).await?;
            Ok("points-gone-on")
        }
        "reword" => {
            let which = chosen(sent, "which", "Choose which point gets other words")?;
            investigate::reword_point(hand, which, sent.form.get("point_text")).await?;
            Ok("point-changed")
        }
        "aside" => {
            let with = sent
                .form
                .posted
                .some("with")
                .map(|_| chosen(sent, "with", "Choose another point"));
            let aside = PointSetAside {
                number: chosen(sent, "aside_which", "Choose the point that gets no answer of its own")?,
                with: with.transpose()?,
                because: sent.form.get("because").to_owned(),
            };
            investigate::set_point_aside(hand, &aside).await?;
            Ok("point-aside")
        }
        _ => {
            write::point(hand, sent.form.get("point")).await?;
            Ok("point")
        }
    }
}

fn said(sent: &Sent) -> Result<Heard, Refused> {
    let words = sent.form.get("points_words").to_owned();
    let saying = match sent.form.get("said") {
        "agree" => Saying::Agree,
        "correct" => Saying::Correct(words.clone()),
        _ => return Err(Refused::field("said", "Choose what they said")),
    };
    let by = Means::from_code(sent.form.get("how_heard"));
    let by = by.ok_or_else(|| Refused::field("how_heard", "Choose how they said it"))?;
    let on = date(&sent.form, "heard_on")?;
    let on = on.ok_or_else(|| Refused::field("heard_on", "Choose the day on which they said it"))?;
    Ok(Heard {
        saying,
        by,
        on,
        words: Some(words).filter(|words| !words.trim().is_empty()),
    })
}
