//! An answer that says "come back": with it goes when (RFC 9110, section 10.2.3).

use axum::http::header::{HeaderValue, RETRY_AFTER};
use axum::response::Response;
use casework::Passing;

/// Seconds. A full queue of the store is worked off in one or two; by then others have come.
const FLOOD: HeaderValue = HeaderValue::from_static("5");
/// Seconds. A server that fails over or starts again is back in less; a disk that is full needs somebody, and asking more often makes no room.
const TROUBLE: HeaderValue = HeaderValue::from_static("60");

/// The answer, with the seconds after which to try again.
pub(crate) fn later(answer: Response, why: Passing) -> Response {
    let seconds = match why {
        Passing::Flood => FLOOD,
        Passing::Trouble => TROUBLE,
    };
    with(answer, seconds)
}

/// The answer to who tried too often, with the same wait that the page says in words.
pub(crate) fn in_minutes(answer: Response, minutes: i64) -> Response {
    with(answer, HeaderValue::from(minutes.saturating_mul(60)))
}

fn with(mut answer: Response, seconds: HeaderValue) -> Response {
    answer.headers_mut().insert(RETRY_AFTER, seconds);
    answer
}
