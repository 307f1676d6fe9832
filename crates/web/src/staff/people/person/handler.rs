//! Serving one member of staff, and changing them; administrators only.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use casework::people::{self, Account, Details, PersonFile};
use casework::{ActError, Office};
use rules::office::OfficeEvent;
use rules::people::{Act, Role, StaffId, permission};

use super::{Happened, PersonPage};
use crate::http::{Asked, Posted};
use crate::page::words::date_long;
use crate::staff::away;
use crate::staff::desk::{Done, Fault, Seat, StaffForm, form};
use crate::staff::office_log::saying::{Said, said};
use crate::staff::parts::answers::Answers;
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::paths;
use crate::staff::people::handler::role_picks;
use crate::staff::people::leave::handler::at_stages;
use rules::sentence::capital;

/// The page.
pub async fn show(seat: Seat, Path(id): Path<String>, asked: Asked) -> Response {
    let notice = match asked.get("done") {
        "changed" => Some("Saved. What they may do changes with the next page that they open."),
        "password" => Some("They have a new password and are signed out everywhere."),
        "returned" => Some("They can sign in again."),
        _ => away::handler::notice(&asked),
    };
    let shown = Shown {
        came_back: None,
        change: asked.get("change").to_owned(),
    };
    match page(&seat, &id, shown).await {
        Ok(page) => {
            let notice = notice.map(str::to_owned);
            seat.page(&PersonPage { notice, ..page }).await
        }
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

/// Changes them.
pub async fn change(Path(id): Path<String>, form: StaffForm) -> Response {
    let seat = &form.seat;
    let fault = match changed(&id, &form).await {
        Ok(()) => return Done::see(&after_change(seat, &id)),
        Err(fault) => Fault::from(fault),
    };
    let Some(errors) = fault.beside_fields("name") else {
        return fault.into_response(seat, &form.posted).await;
    };
    let shown = Shown {
        came_back: Some(FormState { errors, ..form.state() }),
        ..Shown::default()
    };
    match page(seat, &id, shown).await {
        Ok(page) => seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await,
        Err(fault) => Fault::from(fault).into_response(seat, &form.posted).await,
    }
}

async fn changed(id: &str, form: &StaffForm) -> Result<(), ActError> {
    let posted = &form.posted;
    let to = Details {
        email: posted.get("email").to_owned(),
        name: posted.get("name").to_owned(),
        job_title: posted.get("job_title").to_owned(),
        roles: posted.all("roles").into_iter().filter_map(Role::from_code).collect(),
    };
    people::change(form.seat.hand(&form.once()), number(id)?, &to).await
}

/// Their page; for an administrator who gave their own role away, what is still theirs.
fn after_change(seat: &Seat, id: &str) -> String {
    let me = seat.door.office().person(seat.door.person().id);
    if me.is_some_and(|me| permission::may(&me, Act::ManagePeople)) {
        format!("{}?done=changed", paths::person(id))
    } else {
        paths::ME.to_owned()
    }
}

/// The number in the address.
pub(crate) fn number(id: &str) -> Result<StaffId, ActError> {
    id.parse().map(StaffId).map_err(|_| ActError::NotFound)
}

/// What of the page is not as it is on record.
#[derive(Debug, Default)]
pub(in crate::staff) struct Shown {
    /// Their details as they were typed.
    came_back: Option<FormState>,
    /// The code of who stands in for them and is to be changed.
    change: String,
}

/// The page of somebody.
pub(in crate::staff) async fn page(seat: &Seat, id: &str, shown: Shown) -> Result<PersonPage, ActError> {
    let office = seat.door.office();
    let file = people::read(office, number(id)?, seat.door.person()).await?;
    let account = &file.account;
    Ok(PersonPage {
        name: account.person.name.clone(),
        job: account.person.job_title.clone(),
        notice: None,
        facts: facts(seat, &file),
        acts: acts(seat, account),
        action: paths::person(id),
        roles: if account.is_here() {
            role_picks(office)
        } else {
            Vec::new()
        },
        form: shown.came_back.unwrap_or_else(|| untouched(account)),
        away: account
            .is_here()
            .then(|| away::of(seat, &account.person, &shown.change))
            .flatten(),
        history: history(seat, &file),
    })
}

fn untouched(account: &Account) -> FormState {
    let person = &account.person;
    let mut answers = Answers::of(&[
        ("name", &person.name),
        ("email", &account.email),
        ("job_title", &person.job_title),
    ]);
    for role in &person.roles {
        answers = answers.and("roles", role.code());
    }
    FormState {
        answers,
        ..form::fresh()
    }
}

fn facts(seat: &Seat, file: &PersonFile) -> Vec<Fact> {
    let account = &file.account;
    let mut facts = vec![Fact::new("Username", &account.username)];
    if account.is_here() {
        facts.push(Fact::new("State", "Works here"));
        facts.push(Fact::new("Open cases", &capital(&at_stages(&file.cases))));
    } else {
        facts.push(Fact::new("Email", &account.email));
        facts.push(Fact::new("State", &left(seat, file)));
        facts.push(Fact::new("Roles they had", &roles_had(seat.door.office(), account)));
    }
    facts
}

/// "Left on Tuesday 13 October 2026".
fn left(seat: &Seat, file: &PersonFile) -> String {
    let mut history = file.history.iter();
    let left = history.find(|line| matches!(line.event, OfficeEvent::PersonLeft(_)));
    left.map_or_else(
        || "Left".to_owned(),
        |line| format!("Left on {}", date_long(seat.wall().local(line.at).date())),
    )
}

/// Their roles, a line each.
pub(crate) fn roles_had(office: &Office, account: &Account) -> String {
    let in_force = office.active();
    let words = |role: &Role| capital(in_force.procedure.role_words(*role));
    let roles: Vec<String> = account.person.roles.iter().map(words).collect();
    roles.join("\n")
}

fn acts(seat: &Seat, account: &Account) -> Vec<Link> {
    let id = account.id().0.to_string();
    let act = |words: &str, act: &str| Link::new(words, &paths::person_act(&id, act));
    if !account.is_here() {
        return vec![act("They come back", "return")];
    }
    let password = if account.id() == seat.door.person().id {
        Link::new("Change your own password", paths::ME)
    } else {
        act("Give them a new password", "password")
    };
    vec![password, act("They leave", "leave")]
}

fn history(seat: &Seat, file: &PersonFile) -> Vec<Happened> {
    let wall = seat.wall();
    let lines = file.history.iter();
    lines
        .map(|line| {
            let Said { who, what, detail } = said(seat.door.office(), line);
            Happened {
                when: wall.when(line.at),
                who,
                what,
                detail,
            }
        })
        .collect()
}
