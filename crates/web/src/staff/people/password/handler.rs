//! Serving first passwords: for somebody who forgot theirs, and for somebody who comes back; administrators only.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::people::{self, Account};
use rules::case::Refused;
use rules::office::people::{can_come_back, can_set_password};

use super::FirstPassword;
use crate::http::Posted;
use crate::staff::desk::{Done, Fault, Seat, StaffForm, form};
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::paths;
use crate::staff::people::person::handler::{number, roles_had};

/// Why somebody gets a first password.
#[derive(Clone, Copy)]
enum Why {
    Forgotten,
    Back,
}

/// The form for a forgotten password.
pub async fn show(seat: Seat, Path(id): Path<String>) -> Response {
    draw(&seat, &id, Why::Forgotten).await
}

/// The form for somebody who comes back.
pub async fn show_return(seat: Seat, Path(id): Path<String>) -> Response {
    draw(&seat, &id, Why::Back).await
}

/// Sets a new password.
pub async fn set(Path(id): Path<String>, form: StaffForm) -> Response {
    let acted = match number(&id) {
        Ok(who) => people::set_password(form.seat.hand(&form.once()), who, form.get("password")).await,
        Err(fault) => Err(fault),
    };
    answer(&form, &id, acted, Why::Forgotten).await
}

/// Opens an account again.
pub async fn come_back(Path(id): Path<String>, form: StaffForm) -> Response {
    let acted = match number(&id) {
        Ok(who) => people::come_back(form.seat.hand(&form.once()), who, form.get("password")).await,
        Err(fault) => Err(fault),
    };
    answer(&form, &id, acted, Why::Back).await
}

async fn draw(seat: &Seat, id: &str, why: Why) -> Response {
    match page(seat, id, why, form::fresh()).await {
        Ok(page) => seat.page(&page).await,
        Err(fault) => Fault::from(fault).into_response(seat, &Posted::default()).await,
    }
}

async fn answer(form: &StaffForm, id: &str, acted: Result<(), ActError>, why: Why) -> Response {
    let seat = &form.seat;
    let fault = match acted {
        Ok(()) => {
            let done = match why {
                Why::Forgotten => "password",
                Why::Back => "returned",
            };
            return Done::see(&format!("{}?done={done}", paths::person(id)));
        }
        Err(fault) => Fault::from(fault),
    };
    let Some(errors) = fault.beside_fields("password") else {
        return fault.into_response(seat, &Posted::default()).await;
    };
    // What was typed is a password: it does not go back into the page.
    let again = FormState {
        errors,
        ..form::fresh()
    };
    match page(seat, id, why, again).await {
        Ok(page) => seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await,
        Err(fault) => Fault::from(fault).into_response(seat, &Posted::default()).await,
    }
}

async fn page(seat: &Seat, id: &str, why: Why, form: FormState) -> Result<FirstPassword, ActError> {
    let (office, by) = (seat.door.office(), seat.door.person());
    let account = people::read(office, number(id)?, by).await?.account;
    let name = &account.person.name;
    let in_the_way: Option<Refused> = match why {
        Why::Forgotten => can_set_password(&account, by).err(),
        Why::Back => can_come_back(&account, by).err(),
    };
    let (heading, words, act, button) = match why {
        Why::Forgotten => (
            format!("A new password for {name}"),
            "The one that they have stops working, and they are signed out everywhere. \
             Tell them the new one in person or by phone."
                .to_owned(),
            "password",
            "Give them this password",
        ),
        Why::Back => (
            format!("{name} comes back"),
            returning(seat, &account),
            "return",
            "Let them come back",
        ),
    };
    Ok(FirstPassword {
        heading,
        back: Link::new(name, &paths::person(id)),
        words,
        // With nothing in the way there is a form, which has a field for every error; with something there is none.
        form: if in_the_way.is_some() { form::fresh() } else { form },
        in_the_way: in_the_way.map(|refused| refused.to_string()),
        action: paths::person_act(id, act),
        button: button.to_owned(),
        password_rule: "At least 12 characters. They change it on their own page.".to_owned(),
    })
}

fn returning(seat: &Seat, account: &Account) -> String {
    let roles = roles_had(seat.door.office(), account)
        .replace('\n', ", ")
        .to_lowercase();
    format!(
        "They can sign in again and may do what they could before: {roles}. \
         Tell them the first password in person or by phone."
    )
}
