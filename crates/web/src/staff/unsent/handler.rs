//! Keeping what is written so far, and throwing it away. Script asks for a sentence; everybody else comes back to the form.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::ActError;
use casework::drafts::Written;
use rules::case::{Reference, Refused};
use rules::handling::unsent::DraftOf;
use serde::Deserialize;

use super::kept::place;
use crate::http::carried::is_secret;
use crate::http::sent_form::{FILES, LEAVE_OUT};
use crate::staff::desk::labels::label;
use crate::staff::desk::{Done, Fault, StaffForm};
use crate::staff::paths;

/// The part of an address that names a draft on a case.
#[derive(Debug, Deserialize)]
pub struct DraftPath {
    reference: String,
    form: String,
}

/// Which draft.
struct Which {
    case: Option<Reference>,
    of: DraftOf,
}

impl DraftPath {
    fn which(&self) -> Result<Which, Fault> {
        let case = self.reference.parse().map_err(|_| ActError::NotFound)?;
        let of = DraftOf::from_code(&self.form).filter(|of| *of != DraftOf::Log);
        Ok(Which {
            case: Some(case),
            of: of.ok_or(ActError::NotFound)?,
        })
    }
}

/// Logging is of no case yet.
const LOG: Which = Which {
    case: None,
    of: DraftOf::Log,
};

/// Keeps what is written on a form about a case.
pub async fn keep(Path(path): Path<DraftPath>, headers: HeaderMap, form: StaffForm) -> Response {
    match path.which() {
        Ok(which) => kept(&which, &headers, &form).await,
        Err(fault) => said(fault, &headers, &form).await,
    }
}

/// Keeps what is written while a call is logged.
pub async fn keep_log(headers: HeaderMap, form: StaffForm) -> Response {
    kept(&LOG, &headers, &form).await
}

/// Throws away a draft on a case.
pub async fn discard(Path(path): Path<DraftPath>, form: StaffForm) -> Response {
    match path.which() {
        Ok(which) => discarded(&which, &form).await,
        Err(fault) => fault.into_response(&form.seat, &form.posted).await,
    }
}

/// Throws away the draft of a call.
pub async fn discard_log(form: StaffForm) -> Response {
    discarded(&LOG, &form).await
}

/// The address of a draft on a case, when it is read instead: the case.
pub async fn to_case(Path(path): Path<DraftPath>) -> Response {
    Done::see(&paths::case(&path.reference))
}

/// The address of the draft of a call, when it is read instead.
pub async fn to_log() -> Response {
    Done::see(paths::LOG)
}

async fn kept(which: &Which, headers: &HeaderMap, form: &StaffForm) -> Response {
    let desk = form.seat.door.drafts(which.case.as_ref());
    let answers: Vec<(String, String)> = form
        .posted
        .fields()
        .iter()
        .filter(|(name, _)| is_kept(name))
        .cloned()
        .collect();
    let is_empty = !answers
        .iter()
        .any(|(name, value)| label(name).is_some() && !value.trim().is_empty());
    if is_empty {
        let words = "Nothing is written yet, so no draft is kept.";
        return said(Refused::NotNow(words.to_owned()).into(), headers, form).await;
    }
    let written = Written {
        once: form.once(),
        answers,
    };
    match desk.keep(which.of, written).await {
        Ok(_) if !wants_a_sentence(headers) => Done::see(&place(which.case.as_ref(), which.of)),
        Ok(at) => sentence(
            StatusCode::OK,
            &format!("Draft saved {}. Only you can see it.", form.seat.wall().when_inside(at)),
        ),
        Err(fault) => said(fault.into(), headers, form).await,
    }
}

async fn discarded(which: &Which, form: &StaffForm) -> Response {
    match form.seat.door.drafts(which.case.as_ref()).discard(which.of).await {
        Ok(()) => Done::see(&match (&which.case, which.of) {
            (Some(case), DraftOf::Decision) => paths::case_act(&case.to_string(), "decide"),
            (Some(case), DraftOf::Note) => format!("{}?write=note#write", paths::case(&case.to_string())),
            (Some(case), _) => format!("{}#write", paths::case(&case.to_string())),
            (None, _) => paths::LOG.to_owned(),
        }),
        Err(fault) => Fault::from(fault).into_response(&form.seat, &form.posted).await,
    }
}

/// Everything but what belongs to one sending: the token, the key, files (which wait in their tray), and secrets.
fn is_kept(name: &str) -> bool {
    !matches!(name, "csrf" | "once" | "step" | FILES | LEAVE_OUT) && !is_secret(name)
}

/// Script says that it reads plain words.
fn wants_a_sentence(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).is_some_and(|value| value == "text/plain")
}

/// Why no draft was kept. A refusal is a sentence for whoever writes; nothing of what they wrote goes away.
async fn said(fault: Fault, headers: &HeaderMap, form: &StaffForm) -> Response {
    match &fault {
        Fault::Act(ActError::Refused(refused)) if wants_a_sentence(headers) => {
            sentence(StatusCode::CONFLICT, &refused.to_string())
        }
        _ => fault.into_response(&form.seat, &form.posted).await,
    }
}

fn sentence(status: StatusCode, words: &str) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        words.to_owned(),
    )
        .into_response()
}
