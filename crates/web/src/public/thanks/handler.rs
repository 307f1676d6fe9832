//! Serving and taking thanks, suggestions and comments.

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use casework::ActError;
use rules::case::Refused;
use rules::intake::{RawFeedback, read};

use super::{ThanksPage, thanks};
use crate::http::sent_form::{self, SentForm, Whose};
use crate::http::{Posted, Site, once};
use crate::page::form::Errors;
use crate::public::answer::{case_of_cookie, errors, failed, page, see_with_case, sent_without_files, sent_wrong};
use crate::public::kept::{THANKS, kept_with_files};
use crate::public::message::{MessagePage, Onward, message};
use crate::public::paths;
use crate::public::too_large::not_taken;

/// The empty form.
pub(crate) async fn show(State(site): State<Site>) -> Response {
    page(thanks(
        &site.institution(),
        &ThanksPage {
            key: once::key(),
            kind: "compliment".to_owned(),
            file_limits: site.public().file_limits().words(),
            ..ThanksPage::default()
        },
    ))
}

/// A filled form.
pub(crate) async fn send(State(site): State<Site>, request: Request) -> Response {
    let whose = Whose {
        key: "key",
        tray: |posted: &Posted| site.public().tray(posted.get("key")),
    };
    let sent = match sent_form::read(request, &site, whose).await {
        Ok(sent) => sent,
        Err(unread) => return not_taken(&site, unread),
    };
    let shown = typed(&site, &sent);
    if !sent.files.are_fine() {
        let also = read(&raw(&shown)).err().map(|refused| named(&refused));
        let errors = also.unwrap_or_default().and(&sent.files.errors());
        let again = thanks(&site.institution(), &ThanksPage { errors, ..shown });
        return sent_without_files(&sent.files, again);
    }
    let files = sent.files.waiting.clone();
    match site.public().complain_with(&raw(&shown), &shown.key, files).await {
        Ok(receipt) => see_with_case(
            "/thanks/sent",
            &receipt.reference.to_string(),
            &receipt.link_token,
            &site,
        ),
        Err(ActError::Refused(refused)) => {
            let errors = named(&refused);
            sent_wrong(thanks(&site.institution(), &ThanksPage { errors, ..shown }))
        }
        Err(fault) => {
            let kept = kept_with_files(paths::THANKS, "Send", &sent, THANKS);
            failed(&site, &fault, Some(kept))
        }
    }
}

fn named(refused: &Refused) -> Errors {
    let mut named = Errors::none();
    for error in errors(refused, "words").iter() {
        let field = if error.field == "what" { "words" } else { &error.field };
        named.add(field, error.message.clone());
    }
    named
}

fn typed(site: &Site, sent: &SentForm) -> ThanksPage {
    let posted = &sent.posted;
    ThanksPage {
        key: once::key_or_new(posted.get("key")),
        kind: posted.get("kind").to_owned(),
        words: posted.get("words").to_owned(),
        about: posted.get("about").to_owned(),
        name: posted.get("name").to_owned(),
        email: posted.get("email").to_owned(),
        file_limits: site.public().file_limits().words(),
        received: sent.files.received(),
        errors: Errors::none(),
    }
}

/// It arrived.
pub(crate) async fn sent(State(site): State<Site>, headers: HeaderMap) -> Response {
    let shown = MessagePage {
        heading: "Thank you. We have it".to_owned(),
        reference: case_of_cookie(&headers),
        words: vec![
            "We read everything and pass it to the people it is about. You need not do anything else.".to_owned(),
        ],
        onward: Onward::Home,
    };
    page(message(&site.institution(), &shown))
}

fn raw(page: &ThanksPage) -> RawFeedback {
    let about = page.about.trim();
    let words = if about.is_empty() {
        page.words.clone()
    } else {
        format!("{}\n\nAbout: {about}", page.words.trim())
    };
    RawFeedback {
        kind: if page.kind.is_empty() {
            "comment".to_owned()
        } else {
            page.kind.clone()
        },
        words: if page.words.trim().is_empty() {
            String::new()
        } else {
            words
        },
        name: page.name.clone(),
        email: page.email.clone(),
        ..RawFeedback::default()
    }
}
