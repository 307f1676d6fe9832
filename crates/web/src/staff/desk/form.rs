//! A posted staff form: its forgery token checked, its answers as typed, its key against double presses.

use axum::extract::{FromRequest, Request};
use axum::response::Response;
use casework::handling::Seen;
use rules::case::Refused;

use super::answer::Fault;
use super::seat::Seat;
use crate::http::sent_form::{self, SentFiles, Whose};
use crate::http::{Posted, Site, once};
use crate::staff::parts::answers::Answers;
use crate::staff::parts::form::FormState;

/// A form that somebody at their seat sent.
pub struct StaffForm {
    /// Who.
    pub seat: Seat,
    /// What.
    pub posted: Posted,
    /// What became of its files.
    pub(crate) files: SentFiles,
}

impl FromRequest<Site> for StaffForm {
    type Rejection = Response;

    async fn from_request(request: Request, site: &Site) -> Result<StaffForm, Response> {
        use axum::extract::FromRequestParts;
        use axum::response::IntoResponse;
        let (mut parts, body) = request.into_parts();
        let seat = match Seat::from_request_parts(&mut parts, site).await {
            Ok(seat) => seat,
            Err(answer) => {
                sent_form::pass_over(Request::from_parts(parts, body)).await;
                return Err(answer);
            }
        };
        let path = parts.uri.path().to_owned();
        let ours = |posted: &Posted| posted.get("csrf") == seat.csrf;
        let whose = Whose {
            key: "once",
            // A form with another token leaves nothing here.
            tray: |posted: &Posted| ours(posted).then(|| seat.door.tray(posted.get("once"))).flatten(),
        };
        let sent = sent_form::read(Request::from_parts(parts, body), whose)
            .await
            .map_err(IntoResponse::into_response)?;
        if !ours(&sent.posted) {
            return Err(Fault::Expired { path }.into_response(&seat, &sent.posted).await);
        }
        Ok(StaffForm {
            seat,
            posted: sent.posted,
            files: sent.files,
        })
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

    /// What a rule said about the rest of a form whose files were not all taken, so that everything is said at once.
    pub(crate) fn held_up<T>(&self, rest: Result<T, Refused>) -> Fault {
        let nothing_else = Refused::Fields { fields: Vec::new() };
        rest.err().unwrap_or(nothing_else).into()
    }

    /// The form as it came, to be shown again.
    pub fn state(&self) -> FormState {
        FormState {
            answers: Answers::from(self.posted.fields()),
            once: self.once(),
            received: self.files.received(),
            ..FormState::default()
        }
    }
}

/// An untouched form.
pub(crate) fn fresh() -> FormState {
    FormState::fresh(&once::key())
}
