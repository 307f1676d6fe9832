//! Signing in and out. A session is a cookie out of reach of scripts; what comes next is a page of ours or none, or the form that waited.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use casework::account::Session;
use casework::{ActError, Passing, account};
use tracing::error;

use super::SignIn;
use crate::http::cookie::Cookie;
use crate::http::{Asked, Caller, Carried, Posted, Sender, Site, in_minutes, later};
use crate::staff::desk::way_in::{carried, landing};
use crate::staff::desk::{Done, Fault, Seat, StaffForm};
use crate::staff::go_on::{Why, go_on};
use crate::staff::parts::answers::Answers;
use crate::staff::parts::form::FormState;
use crate::staff::paths;

/// One message for any mismatch: it never says which part was wrong.
const MISMATCH: &str = "That username and password do not match. Check both and try again";

/// The page; somebody who is signed in goes on at once.
pub async fn show(State(site): State<Site>, headers: HeaderMap, asked: Asked) -> Response {
    let next = landing(asked.get("next"));
    let token = Cookie::Staff.read(&headers).unwrap_or_default();
    if matches!(account::signed_in(site.office(), &token).await, Ok(Some(_))) {
        return Done::see(next);
    }
    let notice = (asked.get("done") == "signed-out").then(|| "You have signed out.".to_owned());
    page(
        StatusCode::OK,
        &SignIn {
            notice,
            ..blank(&site, next)
        },
    )
}

/// Somebody sent a form and is not signed in: the page, which carries the form.
pub(crate) fn signed_out(site: &Site, form: &Carried) -> Response {
    page(
        StatusCode::FORBIDDEN,
        &carrying(blank(site, paths::MY_WORK), Some(form)),
    )
}

/// Somebody sent a form, and whether they are signed in cannot be found out: the page, which carries the form.
pub(crate) fn cannot_tell(site: &Site, form: &Carried) -> Response {
    let shown = carrying(blank(site, paths::MY_WORK), Some(form));
    not_now(shown)
}

/// A name and a password, and perhaps a form that waits for them.
pub async fn enter(
    State(site): State<Site>,
    caller: Caller,
    sender: Sender,
    headers: HeaderMap,
    posted: Posted,
) -> Response {
    let (who, next) = (posted.get("who"), landing(posted.get("next")));
    let form = Carried::through(&posted).and_then(|form| carried(sender, form));
    let again = SignIn {
        form: FormState::default().answered(&[("who", who)]),
        ..carrying(blank(&site, next), form.as_ref())
    };
    let signed_in = account::sign_in(site.office(), who, posted.get("password"), &caller.0).await;
    let answer = match (signed_in, form) {
        (Ok(session), None) => Ok(with_session(Done::see(next), &session, &site)),
        (Ok(session), Some(form)) => waited(&site, &session, &headers, &form).await,
        (Err(fault), _) => Err(fault),
    };
    answer.unwrap_or_else(|fault| refused(&site, again, fault))
}

/// The form that waited, for whoever just signed in.
async fn waited(site: &Site, session: &Session, headers: &HeaderMap, form: &Carried) -> Result<Response, ActError> {
    let seat = Seat::of_session(site, &session.token, headers).await?;
    let seat = seat.ok_or(ActError::NotFound)?;
    let page = go_on(&seat, form, Why::SignedInAgain).await?;
    Ok(with_session(page, session, site))
}

/// The page again, with what is in the way.
fn refused(site: &Site, again: SignIn, fault: ActError) -> Response {
    match fault {
        ActError::NotFound => {
            let form = again.form.wrong("who", MISMATCH);
            page(StatusCode::UNPROCESSABLE_ENTITY, &SignIn { form, ..again })
        }
        ActError::Throttled { tries, minutes } => {
            let phone = &site.institution().phone;
            let words = format!("You have tried {tries} times. Wait {minutes} minutes, or call {phone}.");
            let throttled = Some(words);
            in_minutes(
                page(StatusCode::TOO_MANY_REQUESTS, &SignIn { throttled, ..again }),
                minutes,
            )
        }
        fault => {
            error!(%fault, "nobody can sign in");
            not_now(again)
        }
    }
}

fn not_now(again: SignIn) -> Response {
    let form = again
        .form
        .wrong("who", "We could not sign you in just now. Try again in a minute");
    let shown = page(StatusCode::SERVICE_UNAVAILABLE, &SignIn { form, ..again });
    later(shown, Passing::Trouble)
}

fn carrying(page: SignIn, form: Option<&Carried>) -> SignIn {
    let carried = form.map_or_else(Answers::default, |form| Answers::from(form.along().as_slice()));
    let without = form.map(|form| form.files.clone()).unwrap_or_default();
    SignIn {
        carried,
        without,
        ..page
    }
}

/// Ends the session, here and in the store.
pub async fn leave(State(site): State<Site>, headers: HeaderMap, form: StaffForm) -> Response {
    let token = Cookie::Staff.read(&headers).unwrap_or_default();
    if let Err(fault) = account::sign_out(site.office(), &token).await {
        return Fault::from(fault).into_response(&form.seat, &Posted::default()).await;
    }
    let mut response = Done::see(&format!("{}?done=signed-out", paths::SIGN_IN));
    if let Some(cookie) = Cookie::Staff.clear() {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// An answer with the cookie of a session.
pub(crate) fn with_session(mut response: Response, session: &Session, site: &Site) -> Response {
    if let Some(cookie) = Cookie::Staff.set(&session.token, site.transport()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

fn blank(site: &Site, next: &str) -> SignIn {
    let institution = site.institution();
    SignIn {
        service: institution.service.clone(),
        sheet: institution.sheet.clone(),
        next: next.to_owned(),
        throttled: None,
        notice: None,
        carried: Answers::default(),
        without: Vec::new(),
        help: format!(
            "No account, or a lost password? Call the {} on {}.",
            institution.front_line,
            // The number stays on one line.
            institution.phone.replace(' ', "\u{a0}")
        ),
        form: FormState::default(),
    }
}

fn page(status: StatusCode, sign_in: &SignIn) -> Response {
    (status, Html(sign_in.draw().into_inner())).into_response()
}
