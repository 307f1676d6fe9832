//! Serving and taking the form for a call, and the page with the reference to read out (R14, R48, R61).

use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::intake::log;
use rules::case::Reference;
use rules::handling::unsent::DraftOf;
use rules::people::Act;

use super::Logged;
use super::done::logged;
use super::read::{read, refused};
use super::shown::shown;
use crate::http::asked::address;
use crate::http::{Asked, Posted};
use crate::page::form::Errors;
use crate::staff::desk::{Done, Fault, Seat, StaffForm, form};
use crate::staff::parts::form::FormState;
use crate::staff::{paths, unsent};

/// The empty form. What is likely is chosen, so that the words alone are enough.
const USUAL: [(&str, &str); 3] = [("via", "phone"), ("feedback", "complaint"), ("outcome", "triage")];

/// The form, for those who may log.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    if let Err(fault) = seat.require(Act::LogFeedback) {
        return fault.into_response(&seat, &Posted::default()).await;
    }
    let office = seat.door.office();
    let in_force = office.active();
    let drafts = unsent::drafts_of(&seat, None).await;
    let gone_on = unsent::gone_on_with(&seat, &drafts, DraftOf::Log, asked.get("draft")).await;
    let mut page = shown(
        &in_force.setting(office.now()),
        &Posted::default(),
        gone_on.unwrap_or_else(|| form::fresh().answered(&USUAL)),
        office.file_limits().words(),
    );
    page.drafts = unsent::shown(&seat, None, &drafts, asked.get("draft"));
    seat.page(&page).await
}

/// What a clerk wrote down.
pub async fn save(form: StaffForm) -> Response {
    let office = form.seat.door.office();
    let in_force = office.active();
    let read = read(&form.posted, form.once(), &in_force.setting(office.now()));
    let call = match read {
        Ok(call) if form.files.are_fine() => call,
        Ok(_) => return again(&form, Errors::none()).await,
        Err(errors) => return again(&form, errors).await,
    };
    match log::log(office, call.call, form.seat.door.person()).await {
        Ok(receipt) => {
            let note = if call.receipt.is_some_and(|receipt| receipt.note.is_some()) {
                "twice"
            } else {
                ""
            };
            Done::see(&address(
                paths::LOGGED,
                &[("ref", &receipt.reference.to_string()), ("note", note)],
            ))
        }
        Err(fault) => {
            let fault = Fault::from(fault);
            match refused(&fault) {
                Some(errors) => again(&form, errors).await,
                None => fault.into_response(&form.seat, &form.posted).await,
            }
        }
    }
}

async fn again(form: &StaffForm, errors: Errors) -> Response {
    let office = form.seat.door.office();
    let in_force = office.active();
    let page = shown(
        &in_force.setting(office.now()),
        &form.posted,
        FormState {
            errors: errors.and(&form.files.errors()),
            ..form.state()
        },
        office.file_limits().words(),
    );
    form.seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

/// The reference and the code to read out, for whoever logged it.
pub async fn done(seat: Seat, asked: Asked) -> Response {
    let twice = "The time that you entered happened twice, because the clocks went back. We took the first.";
    let notice = (asked.get("note") == "twice").then(|| twice.to_owned());
    match receipt(&seat, asked.get("ref")).await {
        Ok(page) => seat.page(&Logged { notice, ..page }).await,
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

async fn receipt(seat: &Seat, reference: &str) -> Result<Logged, ActError> {
    let reference: Reference = reference.parse().map_err(|_| ActError::NotFound)?;
    let file = seat.door.just_logged(&reference).await?;
    let may_open = seat.door.sight_of(&reference).await?.is_some();
    Ok(logged(&file, may_open.then(|| paths::case(&reference.to_string()))))
}
