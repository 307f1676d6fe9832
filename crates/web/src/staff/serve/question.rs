//! Serving a question to the person who complained (A41).

use axum::http::StatusCode;
use axum::response::Response;
use casework::desk::CaseFile;
use casework::handling::ask as acts;
use rules::case::change::permit;
use rules::case::event::{AnsweredBy, InfoReceived, InfoRequested};
use rules::case::question::OpenQuestion;
use rules::case::vocabulary::Means;
use rules::case::{Case, Refused};
use rules::clock::full_date;
use rules::handling::ask as rule;
use rules::people::{Act, Person};

use super::brief::{brief, person};
use super::notice::Notice;
use super::saying::through;
use super::sent::{Sent, date, in_the_way, not_now};
use super::{OnCase, came_back, fresh, letter};
use crate::staff::case::{CaseAction, Weight};
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::Link;
use crate::staff::parts::notice::Alert;
use crate::staff::paths;
use crate::staff::question::{QuestionNow, QuestionPage};

/// The question that waits, or the form that asks one; or why nothing can be asked now.
pub async fn show(OnCase { seat, file }: OnCase) -> Response {
    match in_the_way(possible(&file.case, seat.door.person())) {
        Some(refused) => not_now(&seat, &file, "Ask something", refused).await,
        None => seat.page(&page(&seat, &file, untouched(&seat, &file))).await,
    }
}

/// A question that waits can be recorded as answered; where none waits, one can be asked.
fn possible(case: &Case, by: &Person) -> Result<(), Refused> {
    match case.waits_for_answer() {
        true => permit(by, Act::Write),
        false => rule::can_ask(case, by),
    }
}

/// Asks, or records what became of it.
pub async fn post(sent: Sent) -> Response {
    let (acted, first_field) = match sent.form.get("step") {
        "answer" => (answer(&sent).await, "answered_by"),
        _ => (ask(&sent).await, "question"),
    };
    let fault = match acted {
        Ok(notice) => return sent.done(notice).await,
        Err(fault) => fault,
    };
    let possible = possible(&sent.file.case, sent.seat().door.person()).is_ok();
    let Some(form) = came_back(&sent.form, &fault, first_field).filter(|_| possible) else {
        return sent.fault(fault).await;
    };
    let page = page(sent.seat(), &sent.file, form);
    sent.seat().page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

async fn ask(sent: &Sent) -> Result<Notice, Fault> {
    let by = match sent.form.get("ask_by") {
        "letter" => Means::of_letter(sent.file.case.complainant.writes_to()),
        spoken => Means::from_code(spoken)
            .filter(|means| means.is_spoken())
            .ok_or_else(|| Refused::field("ask_by", "Choose how you ask"))?,
    };
    let hoped_by = date(&sent.form, "hoped_by")?;
    let asked = InfoRequested {
        question: sent.form.get("question").to_owned(),
        by,
        hoped_by: hoped_by
            .ok_or_else(|| Refused::field("hoped_by", "Choose the day by which you hope for an answer"))?,
    };
    let once = sent.form.once();
    acts::ask(sent.hand(&once), &asked).await?;
    Ok(Notice::Asked)
}

async fn answer(sent: &Sent) -> Result<Notice, Fault> {
    let by = AnsweredBy::from_code(sent.form.get("answered_by"));
    let answer = InfoReceived {
        by: by.ok_or_else(|| Refused::field("answered_by", "Choose how it ended"))?,
        words: Some(sent.form.get("answer").to_owned()),
    };
    let once = sent.form.once();
    acts::answered(sent.hand(&once), &answer).await?;
    Ok(Notice::Answered)
}

fn untouched(seat: &Seat, file: &CaseFile) -> FormState {
    let form = fresh(file);
    let answers = form.answers.clone();
    FormState {
        answers: answers
            .and("ask_by", "letter")
            .and("hoped_by", &hoped_by(seat, file).to_string()),
        ..form
    }
}

/// Two working days from now, or the day of the decision where that comes sooner.
fn hoped_by(seat: &Seat, file: &CaseFile) -> jiff::civil::Date {
    let today = seat.wall().today();
    let soon = file.in_force.calendar.add_working_days(today, 2).unwrap_or(today);
    let due = file.open_date().map(|due| due.due_on).filter(|due| *due >= today);
    due.map_or(soon, |due| soon.min(due))
}

fn page(seat: &Seat, file: &CaseFile, form: FormState) -> QuestionPage {
    QuestionPage {
        case: brief(seat, file),
        now: match &file.case.question {
            Some(question) => QuestionNow::Waits {
                on_record: on_record(seat, file, question),
                endings: vec![
                    Pick::new(AnsweredBy::Told.code(), "They answered in another way"),
                    Pick::new(AnsweredBy::NotNeeded.code(), "The answer is not needed any more"),
                ],
                form,
            },
            None => QuestionNow::Ask {
                ways: ways(file),
                then: then(file),
                form,
            },
        },
    }
}

fn ways(file: &CaseFile) -> Vec<Pick> {
    let who = person(file);
    let letter = match letter::goes_by_email(file) {
        Some(_) => "Send the question by email",
        None => "Show the question on the tracking page",
    };
    vec![
        Pick::new("letter", letter),
        Pick::new("phone", &format!("I asked {who} by phone")),
        Pick::new("in_person", &format!("I asked {who} in person")),
        Pick::new("chat", &format!("I asked {who} in the chat")),
    ]
}

fn then(file: &CaseFile) -> Vec<String> {
    let due = file.open_date().map(|due| full_date(due.due_on));
    let mut then: Vec<String> = due
        .map(|due| format!("The decision stays due by the end of {due}: no date waits for an answer."))
        .into_iter()
        .collect();
    let rule = file.in_force.procedure.no_answer.as_ref();
    let days = rule.map_or(&[][..], |rule| &rule.reminders_after_working_days);
    if let Some((first, rest)) = days.split_first().filter(|_| !file.case.complainant.is_anonymous()) {
        let again: String = rest.iter().map(|days| format!(", and again after {days}")).collect();
        then.push(format!(
            "We remind {} after {}{again}.",
            person(file),
            crate::page::words::count(u64::from(*first), "working day", "working days")
        ));
    }
    then
}

fn on_record(seat: &Seat, file: &CaseFile, question: &OpenQuestion) -> Vec<Fact> {
    let (wall, setting) = (seat.wall(), file.in_force.setting(file.now));
    let asked = &question.asked;
    let mut facts = vec![
        Fact::new("Question", &asked.question),
        Fact::new(
            "Asked",
            &format!("{}, {}", wall.full(question.asked_at), through(asked.by.words())),
        ),
        Fact::new("Answer hoped for by", &full_date(asked.hoped_by)),
    ];
    let reminded: Vec<String> = question.reminded_at.iter().map(|at| wall.full(*at)).collect();
    if !reminded.is_empty() {
        facts.push(Fact::new("Reminded", &reminded.join("\n")));
    }
    if let Some((_, at)) = rule::next_reminder(&file.case, &setting) {
        facts.push(Fact::new("Next reminder", &full_date(setting.local_date(at))));
    }
    if let Some(from) = rule::closable_from(&file.case, &setting) {
        let words = format!(
            "You may close the complaint from {}. Until then, decide on what you know.",
            full_date(from)
        );
        facts.push(Fact::new("If no answer comes", &words));
    }
    facts
}

/// That a question waits, above everything else on the case.
pub(crate) fn alert(seat: &Seat, file: &CaseFile) -> Option<Alert> {
    let question = file.case.question.as_ref()?;
    let wall = seat.wall();
    let reminded = match question.reminded_at.len() {
        0 => String::new(),
        1 => " We reminded them once.".to_owned(),
        times => format!(" We reminded them {times} times."),
    };
    let words = format!(
        "Waiting for an answer: we asked {} something {}, and hope for it by {}.{reminded} The date does not wait: decide on what is known.",
        person(file),
        wall.when_inside(question.asked_at),
        wall.day_inside(question.asked.hoped_by)
    );
    Some(match seat.may(Act::Write) {
        true => Alert::with_link(&words, Link::new("See it, or record the answer", &path(file))),
        false => Alert::new(&words),
    })
}

/// The way to the page, where something can be asked.
pub(crate) fn action(seat: &Seat, file: &CaseFile) -> Option<CaseAction> {
    rule::can_ask(&file.case, seat.door.person()).ok()?;
    let label = format!("Ask {} something", person(file));
    Some(CaseAction::open(&label, &path(file), Weight::Link))
}

fn path(file: &CaseFile) -> String {
    paths::case_act(&file.case.reference.to_string(), "question")
}
