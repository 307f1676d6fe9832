//! Serving an e-mail as it looked: the page around the frame, and the document inside it under a policy of its own.

use axum::extract::{FromRequestParts, Path};
use axum::http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_FRAME_OPTIONS};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue};
use axum::response::{Html, IntoResponse, Response};
use casework::ActError;
use rules::case::event::MailKept;
use rules::case::{Event, Recorded};
use serde::Deserialize;

use super::OnCase;
use super::file::came_with;
use super::saying::mail_sender;
use crate::http::{Posted, Site, headers, once};
use crate::staff::desk::Fault;
use crate::staff::looked::{Inside, LookedPage};
use crate::staff::parts::facts::Fact;
use crate::staff::paths;

/// An e-mail of a case that has a page, for somebody who may see the case. That they look is on record, as for the case itself.
pub struct OnMail {
    on: OnCase,
    at: Recorded,
    kept: MailKept,
    page: String,
}

/// The part of an address that names an e-mail of a case.
#[derive(Debug, Deserialize)]
struct MailPath {
    /// The number of the event that tells of it.
    number: u32,
}

impl FromRequestParts<Site> for OnMail {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<OnMail, Response> {
        let on = OnCase::from_request_parts(parts, site).await?;
        let number = Path::<MailPath>::from_request_parts(parts, site)
            .await
            .ok()
            .map(|path| path.number);
        let found = on
            .file
            .history
            .iter()
            .find(|recorded| Some(recorded.sequence) == number);
        let found = found.and_then(|recorded| match &recorded.event {
            Event::MailKept(kept) => Some((recorded.clone(), kept.clone(), kept.html.clone()?)),
            _ => None,
        });
        match found {
            Some((at, kept, page)) => Ok(OnMail { on, at, kept, page }),
            None => Err(Fault::from(ActError::NotFound)
                .into_response(&on.seat, &Posted::default())
                .await),
        }
    }
}

/// The page with the frame.
pub async fn show(mail: OnMail) -> Response {
    let OnMail { on, at, kept, page } = mail;
    let Inside { links, more, .. } = Inside::of(&page);
    let reference = on.file.case.reference.to_string();
    let mut about = vec![
        Fact::new("From", &mail_sender(&kept)),
        Fact::new("Came", &on.seat.wall().full(at.at)),
    ];
    if !kept.subject.is_empty() {
        about.push(Fact::new("Subject", &kept.subject));
    }
    let shown = LookedPage {
        document: paths::mail_page(&reference, at.sequence),
        reference,
        about,
        links,
        more,
        files: came_with(&on.file, kept.came_with),
    };
    let mut response = on.seat.page(&shown).await;
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(headers::FRAMING));
    response
}

/// The document in the frame: it runs nothing, loads nothing, sends nothing and leads nowhere, and no other site may have it in a frame.
pub async fn document(mail: OnMail) -> Response {
    let nonce = once::key();
    let html = Inside::of(&mail.page).document(mail.on.seat.preferences.theme, &nonce);
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    );
    let Ok(policy) = HeaderValue::from_str(&policy) else {
        return Fault::from(ActError::NotFound)
            .into_response(&mail.on.seat, &Posted::default())
            .await;
    };
    let headers = [
        (CONTENT_SECURITY_POLICY, policy),
        (X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-origin"),
        ),
    ];
    (headers, Html(html)).into_response()
}
