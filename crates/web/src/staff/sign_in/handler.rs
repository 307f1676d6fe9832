//! Signing in and out. A session is a cookie out of reach of scripts; what comes next is a page of ours or none.

use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use casework::account::Session;
use casework::{ActError, account};
use tracing::error;

use super::SignIn;
use crate::http::cookie::Cookie;
use crate::http::{Asked, Caller, Posted, Site};
use crate::staff::desk::{Done, Fault, StaffForm};
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

/// A name and a password.
pub async fn enter(State(site): State<Site>, caller: Caller, posted: Posted) -> Response {
    let (who, next) = (posted.get("who"), landing(posted.get("next")));
    let again = SignIn {
        form: FormState::default().answered(&[("who", who)]),
        ..blank(&site, next)
    };
    match account::sign_in(site.office(), who, posted.get("password"), &caller.0).await {
        Ok(session) => with_session(Done::see(next), &session, &site),
        Err(ActError::NotFound) => {
            let form = again.form.wrong("who", MISMATCH);
            page(StatusCode::UNPROCESSABLE_ENTITY, &SignIn { form, ..again })
        }
        Err(ActError::Throttled { tries, minutes }) => {
            let phone = &site.institution().phone;
            let words = format!("You have tried {tries} times. Wait {minutes} minutes, or call {phone}.");
            page(
                StatusCode::TOO_MANY_REQUESTS,
                &SignIn {
                    throttled: Some(words),
                    ..again
                },
            )
        }
        Err(fault) => {
            error!(%fault, "nobody can sign in");
            let form = again
                .form
                .wrong("who", "We could not sign you in just now. Try again in a minute");
            page(StatusCode::SERVICE_UNAVAILABLE, &SignIn { form, ..again })
        }
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

/// Only staff pages may follow, so that no link can lead from our sign-in page to another site.
fn landing(next: &str) -> &str {
    let door = next.starts_with(paths::SIGN_IN) || next.starts_with(paths::SIGN_OUT);
    let ours = next == paths::MY_WORK || next.starts_with("/staff/") || next.starts_with("/staff?");
    let plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if ours && plain && !door { next } else { paths::MY_WORK }
}

fn blank(site: &Site, next: &str) -> SignIn {
    let institution = site.institution();
    SignIn {
        service: institution.service.clone(),
        next: next.to_owned(),
        throttled: None,
        notice: None,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_staff_page_may_follow() {
        for fine in [
            "/staff",
            "/staff/c/FC-10482",
            "/staff?show=late",
            "/staff/jobs/F1000001",
        ] {
            assert_eq!(landing(fine), fine);
        }
        for wrong in [
            "",
            "/",
            "//evil.example",
            "https://evil.example",
            "/staffing",
            "/staff.evil.example",
            "/staff/\r\nx",
            "/staff/sign-in",
            "/staff/sign-out",
            "/staff\\x",
        ] {
            assert_eq!(landing(wrong), paths::MY_WORK, "{wrong:?}");
        }
    }
}
