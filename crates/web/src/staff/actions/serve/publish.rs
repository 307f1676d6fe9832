//! Serving the words that everybody reads of an action that is done.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::review::follow::Step;
use casework::review::register::FollowOnFile;
use rules::follow_on::{FollowOnId, Wording};
use rules::people::Act;

use super::one::find;
use crate::http::Posted;
use crate::staff::actions::publish::PublishChange;
use crate::staff::actions::shown::text;
use crate::staff::desk::{Done, Fault, Seat, StaffForm, form};
use crate::staff::parts::form::FormState;
use crate::staff::paths;
use crate::staff::review::serve::names::Names;
use crate::staff::review::serve::recommend::service_picks;

/// The form of the words for everybody.
pub async fn publish(Path(id): Path<String>, seat: Seat) -> Response {
    match publishable(&seat, &id).await {
        Ok(file) => {
            let wording = file.action.published.as_ref().map(|(wording, _)| wording);
            let service = wording
                .and_then(|wording| wording.service.clone())
                .or_else(|| file.action.service.clone());
            let form = form::fresh().answered(&[
                ("you_said", wording.map_or("", |wording| &wording.you_said)),
                ("we_did", wording.map_or("", |wording| &wording.we_did)),
                ("service", service.as_deref().unwrap_or("")),
            ]);
            seat.page(&publish_page(&file, form, form::fresh())).await
        }
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

async fn publishable(seat: &Seat, id: &str) -> Result<FollowOnFile, Fault> {
    seat.require(Act::PublishChanges)?;
    find(seat, id).await
}

fn publish_page(file: &FollowOnFile, form: FormState, back: FormState) -> PublishChange {
    let names = Names(&file.in_force);
    PublishChange {
        id: file.action.id.to_string(),
        text: text(&file.registered),
        reported: file
            .action
            .done
            .as_ref()
            .map_or_else(String::new, |(.., words)| words.clone()),
        services: service_picks(&names),
        form,
        take_back: file.action.published.is_some().then_some(back),
    }
}

/// Publishes a change.
pub async fn published(Path(id): Path<String>, form: StaffForm) -> Response {
    let posted = &form.posted;
    let wording = Wording {
        you_said: posted.get("you_said").to_owned(),
        we_did: posted.get("we_did").to_owned(),
        service: posted.some("service").map(str::to_owned),
    };
    let done = follow(&form, &id, Step::Publish(wording)).await;
    let Err(fault) = done else {
        return Done::see(&format!("{}?done=published", paths::action(&id)));
    };
    let Some(errors) = fault.beside_fields("you_said") else {
        return fault.into_response(&form.seat, &form.posted).await;
    };
    match publishable(&form.seat, &id).await {
        Ok(file) => {
            let page = publish_page(&file, FormState { errors, ..form.state() }, form::fresh());
            form.seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(fault) => fault.into_response(&form.seat, &form.posted).await,
    }
}

/// Takes a published change back.
pub async fn unpublished(Path(id): Path<String>, form: StaffForm) -> Response {
    let words = form.get("remark").to_owned();
    let Err(fault) = follow(&form, &id, Step::Unpublish(words)).await else {
        return Done::see(&format!("{}?done=unpublished", paths::action(&id)));
    };
    let Some(errors) = fault.beside_fields("remark") else {
        return fault.into_response(&form.seat, &form.posted).await;
    };
    match publishable(&form.seat, &id).await {
        Ok(file) => {
            let page = publish_page(&file, form::fresh(), FormState { errors, ..form.state() });
            form.seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(fault) => fault.into_response(&form.seat, &form.posted).await,
    }
}

async fn follow(form: &StaffForm, id: &str, step: Step) -> Result<(), Fault> {
    let id: FollowOnId = id.parse().map_err(|_| ActError::NotFound)?;
    let once = form.once();
    Ok(form.seat.door.follow_up(&id, &once).take(step).await?)
}

/// The way back from the address of a form that is only sent.
pub async fn to_publish(Path(id): Path<String>) -> Response {
    Done::see(&paths::publish_action(&id))
}
