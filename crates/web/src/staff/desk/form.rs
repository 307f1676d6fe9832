//! A posted staff form: its forgery token checked, its answers as typed, its key against double presses.

use axum::extract::{FromRequest, Request};
use axum::response::Response;
use casework::handling::Seen;

use super::answer::Fault;
use super::seat::Seat;
use crate::http::{Posted, Site, once};
use crate::staff::parts::answers::Answers;
use crate::staff::parts::form::FormState;

/// A form that somebody at their seat sent.
pub struct StaffForm {
    /// Who.
    pub seat: Seat,
    /// What.
    pub posted: Posted,
}

impl FromRequest<Site> for StaffForm {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Site) -> Result<StaffForm, Response> {
        use axum::extract::FromRequestParts;
        use axum::response::IntoResponse;
        let (mut parts, body) = request.into_parts();
        let seat = Seat::from_request_parts(&mut parts, site).await?;
        let path = parts.uri.path().to_owned();
        let posted = Posted::from_request(Request::from_parts(parts, body), site)
            .await
            .map_err(IntoResponse::into_response)?;
        if posted.get("csrf") != seat.csrf {
            return Err(Fault::Expired { path }.into_response(&seat, &posted).await);
        }
        Ok(StaffForm { seat, posted })
    }
}

impl StaffForm {
    /// A field as typed.
    pub fn get(&self, name: &str) -> &str {
        self.posted.get(name)
    }

    /// What the person had read of the case when they wrote: field `seen`.
    pub fn seen(&self) -> Seen {
        self.get("seen").parse().map_or(Seen::Whatever, Seen::UpTo)
    }

    /// The key against double presses.
    pub fn once(&self) -> String {
        once::key_or_new(self.get("once"))
    }

    /// The form as it came, to be shown again.
    pub fn state(&self) -> FormState {
        FormState {
            answers: Answers::from(self.posted.fields()),
            once: self.once(),
            ..FormState::default()
        }
    }
}

/// An untouched form.
pub(crate) fn fresh() -> FormState {
    FormState::fresh(&once::key())
}
