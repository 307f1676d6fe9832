//! Serving the page of the person who is signed in: who they are here, their password, how they like their pages.

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use casework::{ActError, account};
use rules::case::Refused;
use rules::people::Act;

use super::Me;
use crate::http::cookie::Cookie;
use crate::http::{Asked, Posted, Site};
use crate::staff::away;
use crate::staff::desk::{Done, Fault, Preferences, Seat, StaffForm, form};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::paths;
use crate::staff::sign_in::handler::with_session;
use rules::sentence::capital;

/// The page.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    let notice = match asked.get("done") {
        "password" => Some("Your password is changed. Every other browser is signed out."),
        "preferences" => Some("Saved in this browser."),
        _ => away::handler::notice(&asked),
    };
    match shown(&seat, form::fresh(), asked.get("change")).await {
        Ok(page) => {
            seat.page(&Me {
                notice: notice.map(str::to_owned),
                ..page
            })
            .await
        }
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

/// A new password.
pub async fn change_password(State(site): State<Site>, form: StaffForm) -> Response {
    let seat = &form.seat;
    let fault = match changed(&form).await {
        Ok(session) => return with_session(Done::see(&format!("{}?done=password", paths::ME)), &session, &site),
        Err(fault) => fault,
    };
    let Some(errors) = fault.beside_fields("present_password") else {
        return fault.into_response(seat, &Posted::default()).await;
    };
    // What was typed are passwords: none of it goes back into the page.
    match shown(
        seat,
        FormState {
            errors,
            ..form::fresh()
        },
        "",
    )
    .await
    {
        Ok(page) => seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await,
        Err(fault) => Fault::from(fault).into_response(seat, &Posted::default()).await,
    }
}

async fn changed(form: &StaffForm) -> Result<account::Session, Fault> {
    if form.get("new_password") != form.get("again_password") {
        return Err(Refused::field("again_password", "Type the same new password twice").into());
    }
    let (office, who) = (form.seat.door.office(), form.seat.door.person());
    Ok(account::change_password(office, who, form.get("present_password"), form.get("new_password")).await?)
}

/// Colours and keys, kept by the browser.
pub async fn prefer(State(site): State<Site>, form: StaffForm) -> Response {
    let preferences = Preferences::of(form.get("theme"), form.get("keys"));
    let mut response = Done::see(&format!("{}?done=preferences", paths::ME));
    if let Some(cookie) = Cookie::Preferences.set(&preferences.to_text(), site.transport()) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// The page; `change` is the code of who stands in and is to be changed.
pub(in crate::staff) async fn shown(seat: &Seat, form: FormState, change: &str) -> Result<Me, ActError> {
    let person = seat.door.person();
    let login = account::login_of(seat.door.office(), person).await?;
    let in_force = seat.door.office().active();
    let roles: Vec<String> = person
        .roles
        .iter()
        .map(|role| capital(in_force.procedure.role_words(*role)))
        .collect();
    let preferred = [
        ("theme", seat.preferences.theme_word()),
        ("keys", seat.preferences.keys_word()),
    ];
    Ok(Me {
        name: person.name.clone(),
        facts: vec![
            Fact::new("Username", &login.username),
            Fact::new("Email", &login.email),
            Fact::new("Job", &person.job_title),
            Fact::new("Roles", &roles.join("\n")),
        ],
        opened: seat
            .may(Act::SeeCases)
            .then(|| Link::new("What you opened", paths::ACCESS_LOG)),
        notice: None,
        password_rule: "At least 12 characters. Three or four words are easy to remember.".to_owned(),
        form,
        preferences: form::fresh().answered(&preferred),
        away: away::of(seat, person, change),
    })
}
