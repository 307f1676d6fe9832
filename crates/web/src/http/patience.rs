//! How long a request may take: a page half a minute; a form with files as long as bytes keep coming, within reason.

use std::time::Duration;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use casework::Passing;

use super::later;
use super::multipart::boundary;

/// A page that takes longer has met a fault; the person is told so instead of waiting.
const PAGE: Duration = Duration::from_secs(30);
/// A hundred megabytes over a slow line. A sender that falls silent is let go long before (see the reading of the form).
const FILES: Duration = Duration::from_secs(30 * 60);

/// Answers with 503 when a request takes too long.
pub(crate) async fn wait(request: Request, next: Next) -> Response {
    let limit = if boundary(request.headers()).is_some() {
        FILES
    } else {
        PAGE
    };
    let answered = tokio::time::timeout(limit, next.run(request)).await;
    answered.unwrap_or_else(|_| later(StatusCode::SERVICE_UNAVAILABLE.into_response(), Passing::Trouble))
}
