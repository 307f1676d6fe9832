//! Serving and taking the wish to stop a complaint.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use casework::ActError;
use casework::desk::CaseFile;

use super::{StopPage, stop};
use crate::http::{Posted, Site, once};
use crate::page::form::Errors;
use crate::public::answer::{errors, failed, own_case, page, sent_wrong};
use crate::public::kept::kept_act;
use crate::public::message::{MessagePage, Onward, message};
use crate::public::own_form::OwnForm;

/// The page that asks whether to stop.
pub(crate) async fn show(State(site): State<Site>, Path(reference): Path<String>, headers: HeaderMap) -> Response {
    match own_case(&site, &headers, &reference).await {
        Ok((_, file)) => page(stop(&site.institution(), &asked(file, &Posted::default()))),
        Err(fault) => failed(&site, &fault, None),
    }
}

/// They stop it.
pub(crate) async fn send(State(site): State<Site>, form: OwnForm) -> Response {
    let OwnForm { who, file, posted, to } = form;
    let shown = asked(file, &posted);
    match site.public().stop(&who, posted.get("reason"), posted.get("key")).await {
        Ok(()) => {
            let done = MessagePage {
                heading: "Your complaint is stopped".to_owned(),
                reference: Some(shown.reference),
                words: vec!["We do nothing more about it. You can complain again at any time.".to_owned()],
                onward: Onward::Complaint,
            };
            page(message(&site.institution(), &done))
        }
        Err(ActError::Refused(refused)) => sent_wrong(stop(
            &site.institution(),
            &StopPage {
                errors: errors(&refused, "reason"),
                ..shown
            },
        )),
        Err(fault) => failed(&site, &fault, kept_act(&to, &posted)),
    }
}

fn asked(file: CaseFile, posted: &Posted) -> StopPage {
    StopPage {
        reference: file.case.reference.to_string(),
        title: file.case.received.title,
        key: once::key_or_new(posted.get("key")),
        reason: posted.get("reason").to_owned(),
        errors: Errors::none(),
    }
}
