//! Serving a complaint to the person who made it.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use casework::ActError;
use casework::desk::CaseFile;
use rules::case::Refused;

use super::shown::shown;
use super::{Reply, track};
use crate::http::{Posted, Sender, Site, once};
use crate::public::answer::{complainant, errors, failed, own_case, page, see, see_with_case, sent_wrong};
use crate::public::kept::kept_act;
use crate::public::message::{MessagePage, Onward, message};
use crate::public::paths;
use crate::public::track_start::locked_out;

/// Their complaint; without the right cookie, the page that asks for the code.
pub(crate) async fn show(State(site): State<Site>, Path(reference): Path<String>, headers: HeaderMap) -> Response {
    match open(&site, &headers, &reference).await {
        Ok(file) => page(track(
            site.institution(),
            &shown(&site, &file, fresh_reply(&site, &file)),
        )),
        // A bookmark after a day: ask for the code instead of saying that there is nothing.
        Err(ActError::NotFound) => see(paths::TRACK),
        Err(fault) => failed(&site, &fault, None),
    }
}

/// The link of a letter: sets the cookie and goes to the complaint, so that the secret leaves the address line.
pub(crate) async fn follow(State(site): State<Site>, Path((reference, token)): Path<(String, String)>) -> Response {
    match site.public().follow(&reference, &token).await {
        Ok(who) => {
            let reference = who.reference().to_string();
            see_with_case(&paths::complaint(&reference), &reference, &token, &site)
        }
        Err(fault) => failed(&site, &fault, None),
    }
}

/// A reply.
pub(crate) async fn reply(
    State(site): State<Site>,
    Path(reference): Path<String>,
    headers: HeaderMap,
    sender: Sender,
    posted: Posted,
) -> Response {
    let to = paths::reply(&reference);
    let who = match complainant(&site, &headers, &reference).await {
        Ok(who) => who,
        Err(fault) => return locked_out(&site, sender, &fault, (&to, &posted)),
    };
    let sent = async {
        site.public()
            .reply(&who, posted.get("words"), posted.get("key"))
            .await?;
        site.public().case(&who).await
    };
    match sent.await {
        Ok(file) => page(message(site.institution(), &done(&site, &file))),
        Err(ActError::Refused(refused)) => match open(&site, &headers, &reference).await {
            Ok(file) => message_instead(&site, &file, &posted, &refused),
            Err(fault) => failed(&site, &fault, kept_act(&to, &posted)),
        },
        Err(fault) => failed(&site, &fault, kept_act(&to, &posted)),
    }
}

/// Their complaint with what they wrote in the box for a message, and why it could not be taken.
pub(crate) fn message_instead(site: &Site, file: &CaseFile, posted: &Posted, refused: &Refused) -> Response {
    let again = Reply {
        words: posted.get("words").to_owned(),
        errors: errors(refused, "words"),
        ..fresh_reply(site, file)
    };
    sent_wrong(track(site.institution(), &shown(site, file, again)))
}

async fn open(site: &Site, headers: &HeaderMap, reference: &str) -> Result<CaseFile, ActError> {
    own_case(site, headers, reference).await.map(|(_, file)| file)
}

fn fresh_reply(site: &Site, file: &CaseFile) -> Reply {
    Reply {
        key: once::key(),
        to: site.public().handler_name(file),
        ..Reply::default()
    }
}

fn done(site: &Site, file: &CaseFile) -> MessagePage {
    let reader = site
        .public()
        .handler_name(file)
        .unwrap_or_else(|| "The team".to_owned());
    let next = file.update_date().map(|update| {
        format!(
            " You will hear from us by {}.",
            crate::page::words::date_long(update.due_on)
        )
    });
    MessagePage {
        heading: "We have your message".to_owned(),
        reference: Some(file.case.reference.to_string()),
        words: vec![format!("{reader} has it.{}", next.unwrap_or_default())],
        onward: Onward::Complaint,
    }
}
