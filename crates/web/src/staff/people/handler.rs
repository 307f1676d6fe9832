//! Serving the people who work here, and adding one; administrators only.

use axum::http::StatusCode;
use axum::response::Response;
use casework::people::{self, Listed, NewPerson};
use casework::{ActError, Office};
use rules::people::{Act, Role, permission};

use super::{People, Person};
use crate::http::{Asked, Posted};
use crate::page::words::{count, date_long};
use crate::staff::desk::{Done, Fault, Seat, StaffForm, form};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;
use rules::sentence::capital;

/// Everybody, and an empty form.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    let notice = notice(&seat, &asked);
    match shown(&seat, form::fresh()).await {
        Ok(page) => seat.page(&People { notice, ..page }).await,
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

/// What was just done, by the code in the address.
fn notice(seat: &Seat, asked: &Asked) -> Option<String> {
    let who = || asked.get("who").parse().ok().map(rules::people::StaffId);
    match asked.get("done") {
        "added" => Some("They are added and can sign in now.".to_owned()),
        "left" => who()
            .and_then(|who| seat.door.office().person_ever(who))
            .map(|person| format!("{} has left. Their account is closed.", person.name)),
        _ => None,
    }
}

/// Somebody new.
pub async fn add(form: StaffForm) -> Response {
    let seat = &form.seat;
    let fault = match people::add(form.seat.hand(&form.once()), &read(&form.posted)).await {
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
    let office = seat.door.office();
    let people = people::list(office, seat.door.person()).await?;
    Ok(People {
        summary: summary(&people),
        notice: None,
        rows: people.iter().map(|listed| row(seat, listed)).collect(),
        roles: role_picks(office),
        password_rule: "At least 12 characters. They change it on their own page.".to_owned(),
        form,
    })
}

/// "14 people, 3 of whom may sign letters off; 2 have left."
fn summary(people: &[Listed]) -> String {
    let here: Vec<&Listed> = people.iter().filter(|listed| listed.account.is_here()).collect();
    let may_sign = here
        .iter()
        .filter(|listed| permission::may(&listed.account.person, Act::SignOff))
        .count();
    let left = match people.len() - here.len() {
        0 => String::new(),
        1 => "; 1 has left".to_owned(),
        left => format!("; {left} have left"),
    };
    let may_sign = if may_sign == 0 {
        "none".to_owned()
    } else {
        may_sign.to_string()
    };
    format!(
        "{}, {may_sign} of whom may sign letters off{left}.",
        count(here.len() as u64, "person", "people")
    )
}

fn row(seat: &Seat, listed: &Listed) -> Person {
    let (account, in_force) = (&listed.account, seat.door.office().active());
    let tag = |role: &Role| Tag::new(&capital(in_force.procedure.role_words(*role)), Tone::Grey);
    Person {
        name: account.person.name.clone(),
        href: paths::person(&account.id().0.to_string()),
        contact: format!("{}, {}", account.username, account.email),
        job: account.person.job_title.clone(),
        roles: if account.is_here() {
            account.person.roles.iter().map(tag).collect()
        } else {
            Vec::new()
        },
        state: match listed.left_at {
            _ if account.is_here() => "Works here".to_owned(),
            Some(at) => format!("Left on {}", date_long(seat.wall().local(at).date())),
            None => "Left".to_owned(),
        },
    }
}

/// Every role with everything that it allows, from the table that decides.
pub(crate) fn role_picks(office: &Office) -> Vec<Pick> {
    let in_force = office.active();
    let pick = |role: &Role| pick(*role, in_force.procedure.role_words(*role));
    Role::ALL.iter().map(pick).collect()
}

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
