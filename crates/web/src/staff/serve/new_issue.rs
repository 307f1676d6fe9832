//! Serving what can be made of a message about something else (A26).

use axum::extract::Query as Asked;
use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::desk::CaseFile;
use casework::handling::{escalate, write};
use casework::intake::set_apart::{SettingApart, set_apart};
use rules::case::{Case, Refused, State};
use rules::deadlines::would_be_due;
use rules::handling::contact;
use rules::handling::new_issue::{Message, can_set_apart};
use rules::intake::feedback::title_of;
use rules::people::{Act, Person};
use serde::Deserialize;

use super::brief::brief;
use super::file::came_with;
use super::notice::Notice;
use super::sent::Sent;
use super::{OnCase, came_back, fresh};
use crate::http::Posted;
use crate::page::timeline::Offer;
use crate::staff::desk::{Done, Fault, Seat};
use crate::staff::new_issue::{AfterDecision, NewIssuePage};
use crate::staff::parts::form::FormState;
use crate::staff::paths;

/// Which message.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wrote {
    wrote: String,
}

/// The message and what can be made of it.
pub async fn show(OnCase { seat, file }: OnCase, Asked(asked): Asked<Wrote>) -> Response {
    match message(&file, &asked.wrote) {
        Ok(message) => {
            let page = page(&seat, &file, message, (point_form(&file, message), fresh(&file)));
            seat.page(&page).await
        }
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

fn message<'a>(file: &'a CaseFile, number: &str) -> Result<Message<'a>, Fault> {
    let found = number
        .parse()
        .ok()
        .and_then(|number| Message::find(&file.history, number));
    found.ok_or_else(|| Fault::from(ActError::NotFound))
}

fn point_form(file: &CaseFile, message: Message<'_>) -> FormState {
    let form = fresh(file);
    FormState {
        answers: form.answers.clone().and("point", &title_of(&message.said.words)),
        ..form
    }
}

/// Makes it a point, or a complaint of its own.
pub async fn post(sent: Sent) -> Response {
    let message = match message(&sent.file, sent.form.get("wrote")) {
        Ok(message) => message,
        Err(fault) => return sent.fault(fault).await,
    };
    match sent.form.get("step") {
        "apart" => {
            return match make_case(&sent, message).await {
                Ok(path) => Done::see(&path),
                Err(fault) => sent.fault(fault).await,
            };
        }
        "content" => {
            return match write::content(sent.hand(&sent.form.once())).await {
                Ok(_) => sent.done(Notice::NoteSaved).await,
                Err(fault) => sent.fault(fault.into()).await,
            };
        }
        "unhappy" => {
            let (channel, words) = (message.said.channel, message.said.words.clone());
            return match escalate::request(sent.hand(&sent.form.once()), channel, Some(words)).await {
                Ok(_) => sent.done(Notice::Stage2Asked).await,
                Err(fault) => sent.fault(fault.into()).await,
            };
        }
        _ => {}
    }
    let once = sent.form.once();
    let acted = write::point(sent.hand(&once), sent.form.get("point")).await;
    let fault = match acted {
        Ok(_) => return sent.done(Notice::PointAdded).await,
        Err(fault) => Fault::from(fault),
    };
    match came_back(&sent.form, &fault, "point") {
        Some(form) => {
            let page = page(sent.seat(), &sent.file, message, (form, fresh(&sent.file)));
            sent.seat().page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        None => sent.fault(fault).await,
    }
}

/// Answers where to go on: the new case, or the first where the new one is not theirs to see.
async fn make_case(sent: &Sent, message: Message<'_>) -> Result<String, Fault> {
    let once = sent.form.once();
    let made = set_apart(SettingApart {
        office: sent.seat().door.office(),
        by: sent.seat().door.person(),
        reference: &sent.file.case.reference,
        message: message.sequence,
        seen: sent.form.seen(),
        once: &once,
    })
    .await?;
    let sees = sent.seat().door.sight_of(&made).await?.is_some();
    let reference = if sees { &made } else { &sent.file.case.reference };
    Ok(Notice::SetApart.path(&reference.to_string()))
}

fn page(seat: &Seat, file: &CaseFile, message: Message<'_>, (point, apart): (FormState, FormState)) -> NewIssuePage {
    let person = seat.door.person();
    let setting = file.in_force.setting(file.now);
    let due = would_be_due(1, message.at, &setting).ok().flatten();
    NewIssuePage {
        case: brief(seat, file),
        wrote: message.sequence.to_string(),
        words: message.said.words.clone(),
        files: came_with(file, message.sequence),
        when: seat.wall().full(message.at),
        point: can_be_a_point(&file.case, person).map(|()| point),
        apart: can_set_apart(&file.case, &message, person)
            .map(|()| apart)
            .map_err(|refused| refused.to_string()),
        due: due.map_or_else(
            || "as soon as the calendar reaches that far".to_owned(),
            |due| rules::clock::full_date(due.due_on),
        ),
        after: after(seat, file, message),
    }
}

/// What else it may be, where it was written after the decision.
fn after(seat: &Seat, file: &CaseFile, message: Message<'_>) -> Option<AfterDecision> {
    let person = seat.door.person();
    contact::content(&file.case, person).ok()?;
    let setting = file.in_force.setting(file.now);
    let words = Some(message.said.words.clone());
    let asked = rules::handling::escalate::request_heard(&file.case, message.said.channel, words, person, &setting);
    Some(AfterDecision {
        content: fresh(file),
        unhappy: asked.map(|_| fresh(file)).map_err(|refused| refused.to_string()),
    })
}

fn can_be_a_point(case: &Case, by: &Person) -> Result<(), String> {
    match contact::point(case, "-", by) {
        Ok(_) | Err(Refused::Fields { .. }) => Ok(()),
        Err(refused) => Err(refused.to_string()),
    }
}

/// The offer beside a message: what it became, or that it may be a new issue.
pub(crate) fn beside(seat: &Seat, file: &CaseFile, message: u32) -> Option<Offer> {
    let reference = file.case.reference.to_string();
    let made = file.case.set_apart.iter().find(|issue| issue.message == message);
    match made {
        Some(issue) if file.hides(&issue.to) => None,
        Some(issue) => Some(Offer {
            words: format!("Dealt with as {}", issue.to),
            href: paths::case(&issue.to.to_string()),
        }),
        None => (seat.may(Act::Write) && seat.may(Act::LogFeedback)).then(|| Offer {
            words: match is_answered(&file.case) {
                true => "What did they mean?".to_owned(),
                false => "Is this a new issue?".to_owned(),
            },
            href: format!("{}?wrote={message}", paths::case_act(&reference, "issue")),
        }),
    }
}

/// Whether they have the decision: what they write then is thanks, something new, or the wish for the next stage.
fn is_answered(case: &Case) -> bool {
    matches!(case.state, State::Answered(..) | State::Closed(..))
}
