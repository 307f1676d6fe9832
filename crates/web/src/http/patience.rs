//! How long a request may take: a page half a minute; a form with files as long as bytes keep coming, within reason.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use casework::Passing;
use tracing::warn;

use super::multipart::boundary;
use super::{Site, later};
use crate::public::answer::troubled;
use crate::public::trouble::Trouble;

/// How long requests may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// A page that takes longer has met a fault; the person is told so instead of waiting.
    pub(crate) page: Duration,
    /// A hundred megabytes over a slow line. A sender that falls silent is let go long before (see the reading of the form).
    pub(crate) files: Duration,
}

/// What people wait for.
pub(crate) const USUAL: Patience = Patience {
    page: Duration::from_secs(30),
    files: Duration::from_secs(30 * 60),
};

/// Answers with 503 when a request takes too long. What was sent cannot be shown again: whoever reads it had the form in hand. So the page says
/// how the browser sends it once more.
pub(crate) async fn wait(State((site, patience)): State<(Site, Patience)>, request: Request, next: Next) -> Response {
    let limit = if boundary(request.headers()).is_some() {
        patience.files
    } else {
        patience.page
    };
    let what = match *request.method() {
        Method::POST => Trouble::TooSlowToSave,
        _ => Trouble::TooSlow,
    };
    let path = request.uri().path().to_owned();
    let answered = tokio::time::timeout(limit, next.run(request)).await;
    answered.unwrap_or_else(|_| {
        warn!(
            place = place(&path),
            seconds = limit.as_secs(),
            "a request took too long"
        );
        later(troubled(&site, what, None), Passing::Trouble)
    })
}

/// The beginning of an address, which names no case and holds no secret.
fn place(path: &str) -> &str {
    let second = path.match_indices('/').nth(1);
    second.map_or(path, |(end, _)| &path[..end])
}
