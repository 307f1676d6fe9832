//! Serving one action and the steps on its way.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::review::follow::Step;
use casework::review::register::FollowOnFile;
use rules::case::Refused;
use rules::case::change::FieldError;
use rules::follow_on::{FollowOnId, Status};
use rules::people::Act;
use rules::review::Month;

use crate::http::{Asked, Posted};
use crate::page::words::{count, date_in_year, date_long};
use crate::staff::actions::one::{ActionPage, AsksCharge, NextStep};
use crate::staff::actions::shown::{history, status, text};
use crate::staff::desk::{Done, Fault, Seat, StaffForm, form};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::Link;
use crate::staff::paths;
use crate::staff::review::serve::names::Names;
use crate::staff::review::serve::recommend::charge;

/// One action.
pub async fn one(Path(id): Path<String>, seat: Seat, asked: Asked) -> Response {
    match find(&seat, &id).await {
        Ok(file) => {
            let form = untouched(&file, asked.get("review"));
            let notice = notice(asked.get("done"));
            seat.page(&ActionPage {
                notice,
                ..page(&seat, &file, form)
            })
            .await
        }
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

fn notice(code: &str) -> Option<String> {
    let words = match code {
        "saved" => "It is on record.",
        "published" => "Everybody can read it now.",
        "unpublished" => "It is taken back.",
        _ => return None,
    };
    Some(words.to_owned())
}

pub(super) async fn find(seat: &Seat, id: &str) -> Result<FollowOnFile, Fault> {
    let id: FollowOnId = id.parse().map_err(|_| ActError::NotFound)?;
    Ok(seat.door.follow_on(&id).await?)
}

/// A form that suggests owner and date as they are.
fn untouched(file: &FollowOnFile, review: &str) -> FormState {
    let action = &file.action;
    let due_on = action.due_on.map_or_else(String::new, |due_on| due_on.to_string());
    let review: Option<Month> = review.parse().ok();
    let review = review.map_or_else(String::new, |month| month.to_string());
    form::fresh().answered(&[
        ("owner", action.owner.as_deref().unwrap_or("")),
        ("due_on", &due_on),
        ("review", &review),
    ])
}

fn page(seat: &Seat, file: &FollowOnFile, form: FormState) -> ActionPage {
    let (action, registered) = (&file.action, &file.registered);
    let names = Names(&file.in_force);
    let overdue = registered.is_overdue(file.today);
    let mut facts = vec![
        Fact::new("Owner", action.owner.as_deref().unwrap_or("Nobody yet")),
        Fact::new("By", &action.due_on.map_or_else(|| "No date yet".to_owned(), date_long)),
    ];
    if let Some(service) = &action.service {
        facts.push(Fact::new("Service", &names.service(Some(service))));
    }
    if action.moved > 0 {
        facts.push(Fact::new(
            "Date moved",
            &count(u64::from(action.moved), "time", "times"),
        ));
    }
    let publishes = seat.may(Act::PublishChanges) && matches!(action.status, Status::Done | Status::Verified);
    let words = if action.published.is_some() {
        "Change the words"
    } else {
        "Write the words for everybody"
    };
    ActionPage {
        id: action.id.to_string(),
        text: text(registered),
        sub: match &action.id {
            FollowOnId::Case(..) => "Promised in a decision".to_owned(),
            FollowOnId::Review(month, _) => format!("Recommended by the review of {}", month.words()),
        },
        status: status(registered, file.today),
        notice: None,
        caution: action
            .due_on
            .filter(|_| overdue)
            .map(|due_on| format!("This was to be done by {}.", date_in_year(due_on))),
        facts,
        cases: registered
            .card
            .cases
            .iter()
            .map(|case| Link::new(&case.to_string(), &paths::case(&case.to_string())))
            .collect(),
        published: action
            .published
            .as_ref()
            .map(|(wording, _)| (wording.you_said.clone(), wording.we_did.clone())),
        history: history(seat, file),
        next: next(seat, file, form),
        publish: publishes.then(|| Link::new(words, &paths::publish_action(&action.id.to_string()))),
    }
}

/// What this reader may do next, asked of the rules with the answers that would be needed.
fn next(seat: &Seat, file: &FollowOnFile, form: FormState) -> Option<NextStep> {
    let open = STEPS.iter().filter(|(_, _, _, offered)| offered(seat, file));
    let steps: Vec<&StepShown> = open.collect();
    let picks = steps.iter().map(|(code, words, hint, _)| match hint {
        Some(hint) => Pick::with_hint(code, words, hint),
        None => Pick::new(code, words),
    });
    let asks = steps.iter().any(|(code, ..)| matches!(*code, "accept" | "change"));
    (!steps.is_empty()).then(|| NextStep {
        steps: picks.collect(),
        asks_charge: if asks { AsksCharge::Yes } else { AsksCharge::No },
        form,
    })
}

/// A step: its code, its words, a hint, and whether it is open to a reader.
type StepShown = (
    &'static str,
    &'static str,
    Option<&'static str>,
    fn(&Seat, &FollowOnFile) -> bool,
);

const STEPS: [StepShown; 7] = [
    ("accept", "Accept it", Some("Say who does it by when."), |seat, file| {
        seat.may(Act::AgreeActions) && file.action.status == Status::Proposed
    }),
    ("start", "Work on it has begun", None, |seat, file| {
        seat.may(Act::CarryOutActions) && file.action.status == Status::Accepted
    }),
    ("done", "It is done", None, |seat, file| {
        seat.may(Act::CarryOutActions) && under_way(file)
    }),
    ("verify", "I have seen that it is done", Some("Say how."), judges),
    ("send_back", "It is not done yet", Some("Say what is missing."), judges),
    ("change", "Owner or date change", Some("Say why."), |seat, file| {
        may_change(seat, file) && under_way(file)
    }),
    (
        "drop",
        "It will not be done",
        Some("Say why. What was promised to a complainant: also how they were told."),
        |seat, file| may_change(seat, file) && file.action.status.is_open(),
    ),
];

fn under_way(file: &FollowOnFile) -> bool {
    matches!(file.action.status, Status::Accepted | Status::InProgress)
}

fn judges(seat: &Seat, file: &FollowOnFile) -> bool {
    let reporter = file.action.done.as_ref().and_then(|(_, by, _)| *by);
    seat.may(Act::VerifyActions) && file.action.status == Status::Done && reporter != Some(seat.door.person().id)
}

/// What was promised in a case is changed only by somebody who may see the case.
fn may_change(seat: &Seat, file: &FollowOnFile) -> bool {
    let from_case = matches!(file.action.id, FollowOnId::Case(..));
    seat.may(Act::AgreeActions) && (!from_case || seat.may(Act::SeeCases))
}

/// Takes a step.
pub async fn take(Path(id): Path<String>, form: StaffForm) -> Response {
    let taken = match id.parse::<FollowOnId>() {
        Ok(id) => step(&form, &id).await,
        Err(_) => Err(Fault::from(ActError::NotFound)),
    };
    let Err(fault) = taken else {
        return Done::see(
            &match form.posted.some("review").and_then(|month| month.parse::<Month>().ok()) {
                Some(month) => paths::review(&month.to_string()),
                None => format!("{}?done=saved", paths::action(&id)),
            },
        );
    };
    let Some(errors) = fault.beside_fields("step") else {
        return fault.into_response(&form.seat, &form.posted).await;
    };
    match find(&form.seat, &id).await {
        Ok(file) => {
            let page = page(&form.seat, &file, FormState { errors, ..form.state() });
            form.seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(fault) => fault.into_response(&form.seat, &form.posted).await,
    }
}

async fn step(form: &StaffForm, id: &FollowOnId) -> Result<(), Fault> {
    let (posted, once, door) = (&form.posted, form.once(), &form.seat.door);
    let words = posted.get("remark").to_owned();
    let step = match posted.get("step") {
        // At a review, accepting is agreeing: it stands in the record of the meeting too.
        "accept" => match posted.some("review").and_then(|month| month.parse::<Month>().ok()) {
            Some(month) => return Ok(door.review_desk(month, &once).agree(id, charge(posted)).await?),
            None => Step::Accept(charge(posted)),
        },
        "start" => Step::Start(words),
        "done" => Step::Done(words),
        "verify" => Step::Verify(words),
        "send_back" => Step::SendBack(words),
        "change" => Step::Change(charge(posted), words),
        "drop" => Step::Drop(words),
        _ => {
            let missing = FieldError::new("step", "Choose what happens next");
            return Err(Refused::Fields { fields: vec![missing] }.into());
        }
    };
    Ok(door.follow_up(id, &once).take(step).await?)
}
