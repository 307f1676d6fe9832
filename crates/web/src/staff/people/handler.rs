//! Serving the people who work here, and adding one; administrators only.

use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::account::{self, NewPerson};
use rules::people::{Act, Role, permission};

use super::{People, Person};
use crate::http::{Asked, Posted};
use crate::page::explained::capital;
use crate::page::words::count;
use crate::staff::desk::{Done, Fault, Seat, StaffForm, form};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;

/// Everybody, and an empty form.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    let notice = (asked.get("done") == "added").then(|| "They are added and can sign in now.".to_owned());
    match shown(&seat, form::fresh()).await {
        Ok(page) => seat.page(&People { notice, ..page }).await,
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

/// Somebody new.
pub async fn add(form: StaffForm) -> Response {
    let seat = &form.seat;
    let fault = match account::add(seat.door.office(), &read(&form.posted), seat.door.person()).await {
        Ok(_) => return Done::see(&format!("{}?done=added", paths::PEOPLE)),
        Err(fault) => Fault::from(fault),
    };
    let Some(errors) = fault.beside_fields("name") else {
        return fault.into_response(seat, &form.posted).await;
    };
    match shown(seat, FormState { errors, ..form.state() }).await {
        Ok(page) => seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await,
        Err(fault) => Fault::from(fault).into_response(seat, &form.posted).await,
    }
}

fn read(posted: &Posted) -> NewPerson {
    NewPerson {
        username: posted.get("username").to_owned(),
        email: posted.get("email").to_owned(),
        name: posted.get("name").to_owned(),
        job_title: posted.get("job_title").to_owned(),
        roles: posted.all("roles").into_iter().filter_map(Role::from_code).collect(),
        password: posted.get("password").to_owned(),
    }
}

async fn shown(seat: &Seat, form: FormState) -> Result<People, ActError> {
    let people = account::list(seat.door.office(), seat.door.person()).await?;
    let in_force = seat.door.office().active();
    let tag = |role: &Role| Tag::new(&capital(in_force.procedure.role_words(*role)), Tone::Grey);
    let may_sign = people
        .iter()
        .filter(|(person, ..)| permission::may(person, Act::SignOff))
        .count();
    let row = |(person, username, email): &(rules::people::Person, String, String)| Person {
        name: person.name.clone(),
        contact: format!("{username}, {email}"),
        job: person.job_title.clone(),
        roles: person.roles.iter().map(tag).collect(),
        state: "Active".to_owned(),
    };
    Ok(People {
        summary: format!(
            "{}, {may_sign} of whom may sign letters off.",
            count(people.len() as u64, "person", "people")
        ),
        notice: None,
        rows: people.iter().map(row).collect(),
        roles: Role::ALL
            .iter()
            .map(|role| pick(*role, in_force.procedure.role_words(*role)))
            .collect(),
        password_rule: "At least 12 characters. They change it on their own page.".to_owned(),
        form,
    })
}

/// A role with everything that it allows, from the table that decides.
fn pick(role: Role, called: &str) -> Pick {
    let acts: Vec<&str> = Act::ALL
        .iter()
        .filter(|act| permission::allowed(**act).contains(&role))
        .map(|act| act.words())
        .collect();
    match acts.is_empty() {
        true => Pick::new(role.code(), &capital(called)),
        false => Pick::with_hint(role.code(), &capital(called), &format!("May {}.", acts.join(", "))),
    }
}
