//! An answer that says "come back": with it goes when (RFC 9110, section 10.2.3).

use axum::http::header::{HeaderValue, RETRY_AFTER};
use axum::response::Response;

/// Seconds. A full queue of the store is worked off in one or two; by then others have come.
const SECONDS: HeaderValue = HeaderValue::from_static("5");

/// The answer, with the seconds after which to try again.
pub(crate) fn later(mut answer: Response) -> Response {
    answer.headers_mut().insert(RETRY_AFTER, SECONDS);
    answer
}
