//! Serving an investigation: the list of its tasks, the page of each, and what their forms do (R71 to R79).

mod conflict;
mod evidence;
mod findings;
mod interviews;
mod plan;
mod points;
mod rests;
mod shown;

use axum::extract::{Path, Query as Asked};
use axum::http::StatusCode;
use axum::response::Response;
use casework::desk::CaseFile;
use rules::case::Refused;
use rules::case::event::EvidenceSight;
use rules::investigation::sight::investigates;
use rules::investigation::task::{Task, tasks};
use rules::sentence::capital;
use serde::Deserialize;

use super::brief::brief;
use super::sent::{Sent, not_now};
use super::{OnCase, Query, came_back};
use crate::staff::desk::{Done, Fault, Seat};
use crate::staff::investigate::{Question, Record, TaskForm, TaskPage};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::Link;
use crate::staff::paths;

pub(crate) use rests::{findings_behind, outcome_tag};
pub(crate) use shown::{before_sending, returned};

/// The part of an address that names a task.
#[derive(Debug, Deserialize)]
pub struct TaskPath {
    /// Its code.
    pub task: String,
}

/// The list of tasks.
pub async fn list(OnCase { seat, file }: OnCase, Asked(query): Asked<Query>) -> Response {
    match reader(&seat, &file) {
        Err(refused) => not_now(&seat, &file, "Investigation", refused).await,
        Ok(()) => seat.page(&shown::list(&seat, &file, said(&query.done)).await).await,
    }
}

/// The page of a task.
pub async fn show(OnCase { seat, file }: OnCase, Path(path): Path<TaskPath>, Asked(query): Asked<Query>) -> Response {
    let Some(task) = page_of(&path.task) else {
        return Fault::from(casework::ActError::NotFound)
            .into_response(&seat, &crate::http::Posted::default())
            .await;
    };
    if let Err(refused) = reader(&seat, &file) {
        return not_now(&seat, &file, "Investigation", refused).await;
    }
    let notice = said(&query.done);
    match task {
        Task::Findings => seat.page(&findings::page(&seat, &file, None, notice)).await,
        task => seat.page(&page(&seat, &file, (task, None), notice)).await,
    }
}

/// What a form of a task does.
pub async fn send(Path(path): Path<TaskPath>, sent: Sent) -> Response {
    let Some(task) = page_of(&path.task) else {
        return sent.fault(casework::ActError::NotFound.into()).await;
    };
    if let Err(refused) = reader(sent.seat(), &sent.file) {
        return sent.fault(refused.into()).await;
    }
    let acted = match task {
        Task::Points => points::act(&sent).await,
        Task::Conflict => conflict::act(&sent).await,
        Task::Plan => plan::act(&sent).await,
        Task::Evidence => evidence::act(&sent).await,
        Task::Interviews => interviews::act(&sent).await,
        _ => findings::act(&sent).await,
    };
    let fault = match acted {
        Ok(done) => {
            let page = paths::investigation_task(&sent.file.case.reference.to_string(), task.code());
            return Done::see(&format!("{page}?done={done}"));
        }
        Err(fault) => fault,
    };
    let first_field = first_field(&sent, task);
    let Some(form) = came_back(&sent.form, &fault, first_field) else {
        return sent.fault(fault).await;
    };
    let (seat, file) = (sent.seat(), &sent.file);
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    match task {
        Task::Findings => {
            seat.page_with(wrong, &findings::page(seat, file, Some(form), None))
                .await
        }
        task => {
            let again = Some((sent.form.get("step"), form));
            let page = page(seat, file, (task, again), None);
            // A form that is not offered any more has nowhere to be shown again.
            match page.forms.iter().any(|form| form.step == sent.form.get("step")) {
                true => seat.page_with(wrong, &page).await,
                false => sent.fault(fault).await,
            }
        }
    }
}

/// The task that has a page of its own here; the letter has another.
fn page_of(code: &str) -> Option<Task> {
    Task::from_code(code).filter(|task| !matches!(task, Task::Letter | Task::Send))
}

/// The field that takes a refusal which names none: the first of the form.
fn first_field(sent: &Sent, task: Task) -> &'static str {
    match (task, sent.form.get("step")) {
        (Task::Points, "send") => "answer_by",
        (Task::Points, "heard") => "said",
        (Task::Points, "go_on") => "go_on",
        (Task::Points, "reword") => "which",
        (Task::Points, "aside") => "aside_which",
        (Task::Points, _) => "point",
        (Task::Conflict, "override") => "override",
        (Task::Conflict, _) => "none",
        (Task::Plan, "add") => "what",
        (Task::Plan, "drop") => "drop_which",
        (Task::Evidence, "add") => "title",
        (Task::Evidence | Task::Interviews, "none") => "reason",
        (Task::Interviews, "hold") => "with",
        (Task::Findings, _) => "finding-1",
        _ => "which",
    }
}

/// Whoever does not investigate has the case page.
fn reader(seat: &Seat, file: &CaseFile) -> Result<(), Refused> {
    match investigates(&file.case, seat.door.person()) {
        true => Ok(()),
        false => Err(Refused::Rule(
            "Those who investigate this complaint see this page: its investigator, a complaints coordinator, and senior management while a letter waits."
                .to_owned(),
        )),
    }
}

/// What the page of a task holds besides its frame.
struct Held {
    intro: &'static str,
    caution: Option<String>,
    records: Vec<Record>,
    forms: Vec<TaskForm>,
    instead: Vec<Link>,
}

/// The page of a task, one of its forms as it came back.
fn page(
    seat: &Seat,
    file: &CaseFile,
    (task, again): (Task, Option<(&str, FormState)>),
    notice: Option<String>,
) -> TaskPage {
    let mut held = match task {
        Task::Points => points::held(seat, file),
        Task::Conflict => conflict::held(seat, file),
        Task::Plan => plan::held(seat, file),
        Task::Evidence => evidence::held(seat, file),
        _ => interviews::held(seat, file),
    };
    if let Some((step, state)) = again
        && let Some(form) = held.forms.iter_mut().find(|form| form.step == step)
    {
        form.state = state;
    }
    let all = tasks(&file.case, &file.in_force.setting(file.now));
    let now = all.iter().find(|now| now.task == task);
    TaskPage {
        case: brief(seat, file),
        task: task.code().to_owned(),
        name: shown::name(task).to_owned(),
        intro: held.intro.to_owned(),
        standing: shown::standing_tag(now),
        notice,
        caution: held.caution,
        records: held.records,
        forms: held.forms,
        instead: held.instead,
        next: shown::next_link(file, &all, task),
    }
}

/// A form with its questions.
fn form(
    step: &str,
    (heading, intro): (&str, &str),
    questions: Vec<Question>,
    (button, state): (&str, FormState),
) -> TaskForm {
    TaskForm {
        step: step.to_owned(),
        heading: heading.to_owned(),
        intro: intro.to_owned(),
        questions,
        button: button.to_owned(),
        state,
    }
}

/// An untouched form with answers in it.
fn with(file: &CaseFile, answers: &[(&str, &str)]) -> FormState {
    let form = super::fresh(file);
    let filled = answers
        .iter()
        .fold(form.answers.clone(), |answers, (name, value)| answers.and(name, value));
    FormState {
        answers: filled,
        ..form
    }
}

/// The points that are to be answered, as a list to choose from.
fn point_picks(file: &CaseFile) -> Vec<Pick> {
    let points = file.case.points_to_answer();
    points
        .map(|point| Pick::new(&point.number.to_string(), &format!("{}. {}", point.number, point.text)))
        .collect()
}

/// Who may see something.
fn sight_picks() -> Vec<Pick> {
    EvidenceSight::ALL
        .iter()
        .map(|sight| Pick::new(sight.code(), &capital(sight.words())))
        .collect()
}

/// A number that a form chose.
fn chosen(sent: &Sent, field: &'static str, message: &str) -> Result<u32, Refused> {
    sent.form
        .get(field)
        .trim()
        .parse()
        .map_err(|_| Refused::field(field, message))
}

/// What was just done, by the code that a redirect carries; nothing for any other text, which is never shown.
fn said(code: &str) -> Option<String> {
    let words = match code {
        "points-sent" => "The points are on their way. The task is done once there is an answer.",
        "points-heard" => "What they said about the points is on record.",
        "points-gone-on" => "On record. The investigation goes on with the points as they are.",
        "point" => "Point of complaint added.",
        "point-changed" => "The point is changed.",
        "point-aside" => "On record. The point gets no answer of its own.",
        "declared" => "Your declaration is on record.",
        "overridden" => "On record. The investigation goes on.",
        "line" => "Added to the plan.",
        "line-settled" => "The plan is up to date.",
        "evidence" => "Evidence kept.",
        "evidence-aside" => "On record. Only those who investigate see it from now on.",
        "none" => "On record: none is needed.",
        "interview" => "Interview kept.",
        "notes" => "What they said about the notes is on record.",
        "findings" => "Findings saved.",
        "saved" => "Draft saved.",
        _ => return None,
    };
    Some(words.to_owned())
}
