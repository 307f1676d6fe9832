//! A posted staff form: its forgery token checked, its answers as typed, its key against double presses. Who is not signed in is asked
//! to, and takes the form along.

use axum::extract::{FromRequest, Request};
use axum::response::Response;
use casework::handling::Seen;
use rules::case::Refused;

use super::answer::Fault;
use super::labels::LABELS;
use super::seat::Seat;
use super::way_in::{address, carried_from, landing, to_sign_in};
use crate::http::carried::is_secret;
use crate::http::posted::Unread;
use crate::http::sent_form::{self, FILES, SentFiles, Whose};
use crate::http::{Posted, Sender, Site, once};
use crate::public::answer::failed;
use crate::public::kept::kept;
use crate::public::too_large;
use crate::staff::go_on::{Why, go_on};
use crate::staff::parts::answers::Answers;
use crate::staff::parts::form::FormState;
use crate::staff::{paths, sign_in::handler as sign_in};

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
        let (parts, body) = request.into_parts();
        let seat = Seat::of_browser(site, &parts.headers).await;
        let sender = Sender::of(&parts, site.transport());
        let to = address(&parts.uri).to_owned();
        let ours = |seat: &Seat, posted: &Posted| posted.get("csrf") == seat.csrf;
        let whose = Whose {
            key: "once",
            // Who is not signed in, or sends another token, leaves nothing here.
            tray: |posted: &Posted| {
                let seat = seat.as_ref().ok()?.as_ref()?;
                ours(seat, posted).then(|| seat.door.tray(posted.get("once"))).flatten()
            },
        };
        let sent = match sent_form::read(Request::from_parts(parts, body), site, whose).await {
            Ok(sent) => sent,
            Err(unread) => return Err(not_taken(site, seat.ok().flatten(), unread).await),
        };
        let (mut posted, files) = (sent.posted, sent.files);
        let carried = carried_from(sender, &to, &posted).map(|form| form.without(&files.left_behind));
        let names = files.names();
        if !names.is_empty() {
            // A page that shows what was typed, instead of the form, says which files came with it.
            posted.set(FILES, &names);
        }
        match (seat, carried) {
            (Ok(Some(seat)), _) if ours(&seat, &posted) => Ok(StaffForm { seat, posted, files }),
            (Ok(Some(seat)), Some(carried)) => Err(go_on(&seat, &carried, Why::OtherSession)
                .await
                .unwrap_or_else(|_| sign_in::cannot_tell(site, &carried))),
            (Ok(Some(seat)), None) => Err(Fault::Expired { path: to }.into_response(&seat, &posted).await),
            (Ok(None), Some(carried)) => Err(sign_in::signed_out(site, &carried)),
            (Ok(None), None) if sender == Sender::OurPage => Err(to_sign_in(landing(&to))),
            (Ok(None), None) => Err(to_sign_in(paths::MY_WORK)),
            (Err(_), Some(carried)) => Err(sign_in::cannot_tell(site, &carried)),
            (Err(fault), None) => Err(failed(site, &fault, None)),
        }
    }
}

/// The answer to a form that was not taken at all: in the frame of the office where it is this session's.
async fn not_taken(site: &Site, seat: Option<Seat>, unread: Unread) -> Response {
    match (seat, unread) {
        (Some(seat), Unread::TooLarge(form)) if form.posted.get("csrf") == seat.csrf => {
            Fault::TooLarge { path: form.to }
                .into_response(&seat, &form.posted)
                .await
        }
        // Who is signed out meanwhile shortens their words first, and then says who they are.
        (_, Unread::TooLarge(form)) => {
            let mut kept = kept(&form.to, "Send again", &form.posted, LABELS);
            kept.fields.retain(|field| !is_secret(&field.name));
            too_large::to_be_shortened(site, &form, Some(kept))
        }
        (_, unread) => too_large::not_taken(site, unread),
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
