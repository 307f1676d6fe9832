//! How it stands now, for a page that is open: the numbers of the navigation, and what happened on the case on which somebody writes.
//!
//! Read by script, with an entity tag (RFC 9110, 13.1.2): what has not changed is answered in no words. Nobody is at work for such a question,
//! so it does not keep a session alive, and it is no look at a case. See docs/decisions.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use casework::handling::Seen;
use casework::{ActError, Passing};
use form_urlencoded::Serializer;
use rules::case::Reference;

use super::desk::Seat;
use super::serve::sent::newer;
use crate::http::{Asked, Site, later};
use crate::page::navigation::Badge;

/// The answer, as a form would send it: `my-work=9&my-work.said=...`. 401 where nobody is signed in any more.
pub(super) async fn show(State(site): State<Site>, headers: HeaderMap, asked: Asked) -> Response {
    let answered = match Seat::glancing(&site, &headers).await {
        Ok(Some(seat)) => answer(&seat, &headers, &asked).await,
        Ok(None) => return StatusCode::UNAUTHORIZED.into_response(),
        Err(fault) => Err(fault),
    };
    answered.unwrap_or_else(|fault| {
        tracing::warn!(%fault, "an open page could not be told how it stands");
        let words = "How it stands cannot be told just now. Ask again in a minute.";
        later(
            (StatusCode::SERVICE_UNAVAILABLE, words).into_response(),
            Passing::Trouble,
        )
    })
}

async fn answer(seat: &Seat, headers: &HeaderMap, asked: &Asked) -> Result<Response, ActError> {
    let badges = seat.numbers().await?.badges(&seat.places());
    let meanwhile = meanwhile(seat, asked).await?;
    let tag = tag(&badges, meanwhile.as_ref().map_or(0, |(sequence, _)| *sequence));
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| *known == tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let words = words(&badges, seat, meanwhile.map(|(_, words)| words));
    let form = HeaderValue::from_static("application/x-www-form-urlencoded");
    Ok(([(header::ETAG, tag), (header::CONTENT_TYPE, form)], words).into_response())
}

/// The numbers themselves: the same numbers, the same tag.
fn tag(badges: &[Badge], sequence: u32) -> HeaderValue {
    let numbers: Vec<String> = badges
        .iter()
        .map(|badge| format!("{}-{}-{}", badge.key, badge.n, badge.late))
        .collect();
    HeaderValue::from_str(&format!("\"{}.{sequence}\"", numbers.join("."))).unwrap_or(HeaderValue::from_static("\"\""))
}

fn words(badges: &[Badge], seat: &Seat, meanwhile: Option<String>) -> String {
    let mut form = Serializer::new(String::new());
    for badge in badges {
        form.append_pair(badge.key, &badge.n.to_string());
        form.append_pair(&format!("{}.said", badge.key), &badge.said());
        form.append_pair(&format!("{}.late", badge.key), &badge.late.to_string());
    }
    form.append_pair("at", &seat.wall().time());
    if let Some(words) = meanwhile {
        form.append_pair("meanwhile", &words);
    }
    form.finish()
}

/// What somebody else did on the case of the page since it was read, and the number of its last event. Nothing of a case that is not there for
/// them.
async fn meanwhile(seat: &Seat, asked: &Asked) -> Result<Option<(u32, String)>, ActError> {
    let (Ok(case), Ok(seen)) = (asked.get("case").parse::<Reference>(), asked.get("seen").parse()) else {
        return Ok(None);
    };
    let file = match seat.door.case_for_a_line(&case).await {
        Ok(file) => file,
        Err(ActError::NotFound | ActError::Refused(_)) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    let newer = newer(seat, &file, Seen::UpTo(seen));
    Ok(newer.map(|newer| {
        let words = format!("While you write: {} Read it before you send.", newer.line);
        (file.case.sequence, words)
    }))
}
