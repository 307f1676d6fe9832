//! Serving and taking the wish to stop a complaint.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use casework::ActError;

use super::{StopPage, stop};
use crate::http::{Carried, Posted, Sender, Site, once};
use crate::page::form::Errors;
use crate::public::answer::{errors, failed, own_case, page, sent_wrong};
use crate::public::kept::kept_act;
use crate::public::message::{MessagePage, Onward, message};
use crate::public::paths;
use crate::public::track_start::locked_out;

/// The page that asks whether to stop.
pub(crate) async fn show(State(site): State<Site>, Path(reference): Path<String>, headers: HeaderMap) -> Response {
    match asked(&site, &headers, &reference, &Posted::default()).await {
        Ok((_, shown)) => page(stop(&site.institution(), &shown)),
        Err(fault) => failed(&site, &fault, None),
    }
}

/// They stop it.
pub(crate) async fn send(
    State(site): State<Site>,
    Path(reference): Path<String>,
    headers: HeaderMap,
    sender: Sender,
    posted: Posted,
) -> Response {
    let to = paths::stop(&reference);
    let (who, shown) = match asked(&site, &headers, &reference, &posted).await {
        Ok(found) => found,
        Err(fault) => return locked_out(&site, sender, &fault, Carried::of(&to, &posted)),
    };
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

type Asked = (casework::intake::track::Complainant, StopPage);

async fn asked(site: &Site, headers: &HeaderMap, reference: &str, posted: &Posted) -> Result<Asked, ActError> {
    let (who, file) = own_case(site, headers, reference).await?;
    let shown = StopPage {
        reference: file.case.reference.to_string(),
        title: file.case.received.title,
        key: once::key_or_new(posted.get("key")),
        reason: posted.get("reason").to_owned(),
        errors: Errors::none(),
    };
    Ok((who, shown))
}
