//! How the counter answers: a page with its status, and every fault as a page that loses no word.

use axum::http::header::{HeaderValue, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use casework::desk::CaseFile;
use casework::intake::track::Complainant;
use casework::{ActError, Passing};
use hypertext::Rendered;
use rules::case::Refused;
use tracing::{error, warn};

use super::trouble::{KeptForm, Trouble, TroublePage, trouble};
use crate::http::cookie::Cookie;
use crate::http::sent_form::SentFiles;
use crate::http::{Site, in_minutes, later, once};
use crate::page::form::Errors;

/// A page as an answer.
pub(crate) fn page(rendered: Rendered<String>) -> Response {
    Html(rendered.into_inner()).into_response()
}

/// A form that came back with errors: 422, with everything as typed.
pub(crate) fn sent_wrong(rendered: Rendered<String>) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Html(rendered.into_inner())).into_response()
}

/// A form some of whose files were not taken: everything as typed, and what arrived is kept.
pub(crate) fn sent_without_files(files: &SentFiles, rendered: Rendered<String>) -> Response {
    files.answer(page(rendered))
}

/// After a change: go and look.
pub(crate) fn see(path: &str) -> Response {
    let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
}

/// The same, with the cookie that lets this browser come back to its case.
pub(crate) fn see_with_case(path: &str, reference: &str, token: &str, site: &Site) -> Response {
    with_case(see(path), reference, token, site)
}

/// An answer with that cookie.
pub(crate) fn with_case(mut response: Response, reference: &str, token: &str, site: &Site) -> Response {
    if let Some(cookie) = Cookie::Case.set(&format!("{reference}.{token}"), site.transport()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// What went wrong, as a page.
pub(crate) fn troubled(site: &Site, what: Trouble, kept: Option<KeptForm>) -> Response {
    let status = StatusCode::from_u16(what.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let rendered = trouble(&site.institution(), &TroublePage { what, kept });
    (status, Html(rendered.into_inner())).into_response()
}

/// An act that did not happen, where no form can show it.
pub(crate) fn failed(site: &Site, fault: &ActError, kept: Option<KeptForm>) -> Response {
    match fault {
        ActError::NotFound => troubled(site, Trouble::NotFound, None),
        ActError::Throttled { minutes, .. } => {
            let wait = format!("{minutes} minutes");
            in_minutes(troubled(site, Trouble::TooMany { wait }, kept), *minutes)
        }
        other => other_fault(site, other, kept),
    }
}

/// What no rule said: it may go well later, or something is broken.
fn other_fault(site: &Site, fault: &ActError, kept: Option<KeptForm>) -> Response {
    let (what, why) = match fault.passing() {
        Some(Passing::Flood) => (Trouble::Busy, Passing::Flood),
        Some(Passing::Trouble) => {
            warn!(%fault, "somebody was told to come back later");
            (Trouble::NotNow, Passing::Trouble)
        }
        None => {
            let number = once::key()[..8].to_uppercase();
            error!(incident = %number, %fault, "a public page could not be served");
            return troubled(site, Trouble::Broken { number: Some(number) }, kept);
        }
    };
    later(troubled(site, what, kept), why)
}

/// A refusal beside the fields of a form. The rules' field names and the form's are the same unless listed.
pub(crate) fn errors(refused: &Refused, first_field: &str) -> Errors {
    let mut errors = Errors::none();
    match refused {
        Refused::Fields { fields } => fields
            .iter()
            .for_each(|field| errors.add(field.field, field.message.clone())),
        other => errors.add(first_field, other.to_string()),
    }
    errors
}

/// The complainant whom this browser's cookie lets in to a case.
pub(crate) async fn complainant(site: &Site, headers: &HeaderMap, reference: &str) -> Result<Complainant, ActError> {
    let cookie = Cookie::Case.read(headers).ok_or(ActError::NotFound)?;
    let (known, token) = cookie.split_once('.').ok_or(ActError::NotFound)?;
    if !known.eq_ignore_ascii_case(reference) {
        return Err(ActError::NotFound);
    }
    site.public().follow(known, token).await
}

/// The same with the case.
pub(crate) async fn own_case(
    site: &Site,
    headers: &HeaderMap,
    reference: &str,
) -> Result<(Complainant, CaseFile), ActError> {
    let who = complainant(site, headers, reference).await?;
    let file = site.public().case(&who).await?;
    Ok((who, file))
}

/// The case that this browser's cookie names, if any.
pub(crate) fn case_of_cookie(headers: &HeaderMap) -> Option<String> {
    Cookie::Case
        .read(headers)?
        .split_once('.')
        .map(|(reference, _)| reference.to_owned())
}
