//! A form of which more came than is taken: a page that says so, with everything that was written, to be shortened.

use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::answer::troubled;
use super::kept::kept_at;
use super::trouble::{KeptForm, Trouble};
use crate::http::posted::{Size, TooLarge, Unread};
use crate::http::{Posted, Sender, Site};

/// The longest field that goes along unseen, in bytes: whatever is longer and no question of ours is what made the form too large.
const LONGEST_UNSEEN: usize = 2_000;

/// The answer to a form that was not taken at all.
pub(crate) fn not_taken(site: &Site, unread: Unread) -> Response {
    match unread {
        // Nobody is there any more to read it.
        Unread::CutShort => StatusCode::BAD_REQUEST.into_response(),
        Unread::TooLarge(form) => to_be_shortened(site, &form, kept_at(&form.to, &form.posted)),
    }
}

/// The page with a form to be shortened, if a page of ours sent it.
pub(crate) fn to_be_shortened(site: &Site, form: &TooLarge, kept: Option<KeptForm>) -> Response {
    let mut kept = kept.filter(|_| form.from == Sender::OurPage);
    if let Some(kept) = &mut kept {
        kept.fields
            .retain(|field| field.label.is_some() || field.value.len() <= LONGEST_UNSEEN);
    }
    troubled(site, Trouble::TooLarge, kept)
}

impl FromRequest<Site> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Site) -> Result<Posted, Response> {
        let (parts, body) = request.into_parts();
        let read = match Posted::read(body).await {
            Ok((posted, Size::Taken)) => return Ok(posted),
            Ok((posted, Size::TooLarge)) => Unread::TooLarge(TooLarge {
                to: parts.uri.path().to_owned(),
                from: Sender::of(&parts, site.transport()),
                posted,
            }),
            Err(unread) => unread,
        };
        Err(not_taken(site, read))
    }
}
