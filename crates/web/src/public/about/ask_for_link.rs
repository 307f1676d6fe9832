//! Taking a request for the link of a complaint, with an answer that tells a stranger nothing (R7, R85).

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;

use super::lost_code::{LostCodePage, Sent, lost_code};
use crate::http::{Asked, Caller, Posted, Site, in_minutes, once};
use crate::page::form::Errors;
use crate::public::answer::{failed, page, see, sent_wrong};
use crate::public::paths;
use crate::public::track_start::Wait;

/// The form, or after it was sent the words that are the same for everybody.
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Response {
    let sent = if asked.get("sent") == "yes" {
        Sent::Yes
    } else {
        Sent::NotYet
    };
    page(lost_code(
        &site.institution(),
        &LostCodePage {
            key: once::key(),
            sent,
            ..LostCodePage::default()
        },
    ))
}

/// Reference and address, counted before anything is looked up.
pub(crate) async fn send(State(site): State<Site>, caller: Caller, posted: Posted) -> Response {
    let shown = LostCodePage {
        key: once::key(),
        reference: posted.get("ref").trim().to_owned(),
        email: posted.get("email").trim().to_owned(),
        ..LostCodePage::default()
    };
    let errors = missing(&shown);
    if !errors.is_empty() {
        return sent_wrong(lost_code(&site.institution(), &LostCodePage { errors, ..shown }));
    }
    match site
        .public()
        .ask_for_link(&shown.reference, &shown.email, &caller.0)
        .await
    {
        Ok(()) => see(&format!("{}?sent=yes", paths::LOST_CODE)),
        Err(ActError::Throttled { tries, minutes }) => {
            let wait = Some(Wait {
                tries: u32::try_from(tries).unwrap_or(u32::MAX),
                how_long: format!("{minutes} minutes"),
            });
            let mut response = page(lost_code(&site.institution(), &LostCodePage { wait, ..shown }));
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            in_minutes(response, minutes)
        }
        Err(fault) => failed(&site, &fault, None),
    }
}

/// What the form lacks by itself, whatever there is to find.
fn missing(page: &LostCodePage) -> Errors {
    let mut errors = Errors::none();
    if page.reference.is_empty() {
        errors.add("ref", "Enter your reference, like FC-10482");
    }
    if !page.email.contains('@') {
        errors.add("email", "Enter the email address that you gave us");
    }
    errors
}
