//! Serving and taking how a person wants to be reached.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use casework::ActError;
use casework::desk::CaseFile;
use rules::case::vocabulary::ReplyBy;
use rules::case::{ContactData, Refused};
use rules::intake::RawContact;

use super::{ContactPage, contact};
use crate::http::{Posted, Site, once};
use crate::page::form::Errors;
use crate::public::answer::{errors, failed, own_case, page, sent_wrong};
use crate::public::kept::kept_act;
use crate::public::message::{MessagePage, Onward, message};
use crate::public::own_form::OwnForm;

/// The page, filled in with what we have.
pub(crate) async fn show(State(site): State<Site>, Path(reference): Path<String>, headers: HeaderMap) -> Response {
    match own_case(&site, &headers, &reference).await {
        Ok((_, file)) => page(contact(&site.institution(), &known(&file))),
        Err(fault) => failed(&site, &fault, None),
    }
}

/// What they changed.
pub(crate) async fn send(State(site): State<Site>, form: OwnForm) -> Response {
    let OwnForm {
        who,
        file: before,
        posted,
        to,
    } = form;
    let corrected = async {
        site.public()
            .correct_contact(&who, &raw(&posted), posted.get("key"))
            .await?;
        site.public().case(&who).await
    };
    match corrected.await {
        Ok(file) => page(message(&site.institution(), &done(&file))),
        Err(ActError::Refused(refused)) => sent_wrong(contact(&site.institution(), &typed(&before, &posted, &refused))),
        Err(fault) => failed(&site, &fault, kept_act(&to, &posted)),
    }
}

/// "We could not deliver our letter to x. Check the address, and we send it again."
pub(crate) fn undelivered(file: &CaseFile) -> Option<String> {
    file.case.given_up().next()?;
    Some(match file.case.complainant.writes_to() {
        Some(address) => {
            format!("We could not deliver our letter to {address}. Check the address, and we send it again.")
        }
        None => "We could not deliver our letter to you. Tell us how to reach you, and we send it again.".to_owned(),
    })
}

fn known(file: &CaseFile) -> ContactPage {
    let ContactData {
        name,
        email,
        phone,
        reply_by,
    } = file.case.complainant.contact_data();
    ContactPage {
        reference: file.case.reference.to_string(),
        key: once::key(),
        undelivered: undelivered(file),
        name: name.unwrap_or_default(),
        email: email.unwrap_or_default(),
        phone: phone.unwrap_or_default(),
        reply: match reply_by {
            ReplyBy::TrackingPage => SITE.to_owned(),
            other => other.code().to_owned(),
        },
        errors: Errors::none(),
    }
}

/// What the form says for "only on this website".
const SITE: &str = "site";

fn raw(posted: &Posted) -> RawContact {
    RawContact {
        name: posted.get("name").to_owned(),
        email: posted.get("email").to_owned(),
        phone: posted.get("phone").to_owned(),
        reply_by: match posted.get("reply") {
            SITE => ReplyBy::TrackingPage.code().to_owned(),
            other => other.to_owned(),
        },
    }
}

fn typed(file: &CaseFile, posted: &Posted, refused: &Refused) -> ContactPage {
    ContactPage {
        key: once::key_or_new(posted.get("key")),
        name: posted.get("name").to_owned(),
        email: posted.get("email").to_owned(),
        phone: posted.get("phone").to_owned(),
        reply: posted.get("reply").to_owned(),
        errors: errors(refused, "email"),
        ..known(file)
    }
}

fn done(file: &CaseFile) -> MessagePage {
    let case = &file.case;
    let next = match (case.complainant.writes_to(), case.complainant.reply_by) {
        (Some(address), _) => format!("Our next letters go to {address}. You can read them on this website too."),
        (None, ReplyBy::Phone) => "We call you. Our letters are on this website.".to_owned(),
        (None, _) => "Our next letters are on this website. Look here again, with your reference and code.".to_owned(),
    };
    let mut words = vec![next];
    if case
        .alerts
        .iter()
        .any(|alert| matches!(alert, rules::case::Alert::Undelivered { again_at: Some(_), .. }))
    {
        words.push("The letter that did not reach you is on its way again.".to_owned());
    }
    MessagePage {
        heading: "We have changed how we reach you".to_owned(),
        reference: Some(case.reference.to_string()),
        words,
        onward: Onward::Complaint,
    }
}
