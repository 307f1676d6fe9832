//! Input that no page of ours sends, or sends twice: each is answered in words, nothing is lost, and nothing runs.

mod again;
mod encodings;
mod hostile;
mod tags;
mod too_large;

use axum::body::Body;
use axum::http::{Request, header};

use crate::support::{Answer, OpenSite};

/// Sends these bytes as the body of a form on a page of ours.
pub(super) async fn send_bytes(site: &OpenSite, path: &str, body: Vec<u8>) -> Answer {
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body));
    Answer::of(site.answer(request.unwrap()).await).await
}
