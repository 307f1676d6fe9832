//! Serving the saved views: save, rename, delete, choose the one with which the list opens.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::desk::COUNTED;
use casework::views::{self, ViewId};
use rules::office::views::{Whose, may_keep};
use rules::people::Act;
use rules::sentence::capital;

use super::super::asked::Sought;
use super::shelf::{counted, gone, sought};
use super::{SaveView, Sharing, ViewShown, Views};
use crate::http::{Asked, Posted};
use crate::page::form::Errors;
use crate::page::words::count;
use crate::staff::desk::{Done, Fault, Seat, StaffForm, form};
use crate::staff::parts::form::FormState;
use crate::staff::paths;

/// What was just done, by the code that a redirect carries.
const NOTICES: [(&str, &str); 3] = [
    ("renamed", "The view has its new name."),
    ("deleted", "The view is deleted."),
    ("start", "Saved. All cases opens so from now on."),
];

/// The views.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    let notice = NOTICES.iter().find(|(code, _)| *code == asked.get("done"));
    match page(&seat).await {
        Ok(page) => {
            let notice = notice.map(|(_, words)| (*words).to_owned());
            seat.page(&Views { notice, ..page }).await
        }
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

/// The address of a form about a view, when it is read instead.
pub async fn to_views() -> Response {
    Done::see(paths::VIEWS)
}

/// Saves what a list is narrowed by.
pub async fn save(form: StaffForm) -> Response {
    let (seat, name) = (&form.seat, form.get("name"));
    let whose = match form.get("share") {
        "yes" => Whose::Office,
        _ => Whose::Own,
    };
    // Only what the list knows is kept, in its own order: a view is never longer or other than its filters.
    let asked = Sought::of(&Asked::of(form.get("query")));
    let saved = views::save(seat.door.office(), seat.door.person(), whose, name, &asked.query()).await;
    match saved {
        Ok(()) => Done::see(&format!("{}&done=view", asked.page(""))),
        Err(fault) => wrong(&form, fault, Wrong::Save(asked)).await,
    }
}

/// Gives a view another name.
pub async fn rename(Path(id): Path<String>, form: StaffForm) -> Response {
    let seat = &form.seat;
    let renamed = match id.parse::<ViewId>() {
        Ok(view) => views::rename(seat.door.office(), seat.door.person(), view, form.get("name")).await,
        Err(fault) => Err(fault),
    };
    match renamed {
        Ok(()) => Done::see(&format!("{}?done=renamed", paths::VIEWS)),
        Err(fault) => wrong(&form, fault, Wrong::Name(id)).await,
    }
}

/// Deletes a view.
pub async fn delete(Path(id): Path<String>, form: StaffForm) -> Response {
    let seat = &form.seat;
    let deleted = match id.parse::<ViewId>() {
        Ok(view) => views::delete(seat.door.office(), seat.door.person(), view).await,
        Err(fault) => Err(fault),
    };
    match deleted {
        Ok(()) => Done::see(&format!("{}?done=deleted", paths::VIEWS)),
        Err(fault) => Fault::from(fault).into_response(seat, &form.posted).await,
    }
}

/// Chooses the view with which the list opens.
pub async fn start(form: StaffForm) -> Response {
    let seat = &form.seat;
    let chosen = form.get("start").parse().ok();
    match views::start_with(seat.door.office(), seat.door.person(), chosen).await {
        Ok(()) => Done::see(&format!("{}?done=start", paths::VIEWS)),
        Err(fault) => Fault::from(fault).into_response(seat, &form.posted).await,
    }
}

/// Which form is shown again.
enum Wrong {
    Save(Sought),
    Name(String),
}

async fn wrong(form: &StaffForm, fault: ActError, wrong: Wrong) -> Response {
    let (seat, fault) = (&form.seat, Fault::from(fault));
    let Some(errors) = fault.beside_fields("name") else {
        return fault.into_response(seat, &form.posted).await;
    };
    let mut page = match page(seat).await {
        Ok(page) => page,
        Err(fault) => return fault.into_response(seat, &form.posted).await,
    };
    match wrong {
        Wrong::Save(asked) => {
            page.save = Some(SaveView {
                query: asked.query(),
                sharing: sharing(seat),
                form: FormState {
                    errors: errors.clone(),
                    ..form.state()
                },
            });
            page.errors = errors;
        }
        Wrong::Name(id) => {
            let typed = form.get("name").to_owned();
            page.views
                .iter_mut()
                .filter(|view| view.id == id)
                .for_each(|view| view.typed = Some(typed.clone()));
            page.errors = at_the_view(&errors, &id);
        }
    }
    seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

fn at_the_view(errors: &Errors, id: &str) -> Errors {
    let mut there = Errors::none();
    errors
        .iter()
        .for_each(|error| there.add(format!("name-{id}"), error.message.clone()));
    there
}

/// Whether this person may save views for everybody.
pub(crate) fn sharing(seat: &Seat) -> Sharing {
    match seat.may(Act::ShareViews) {
        true => Sharing::Offered,
        false => Sharing::OwnOnly,
    }
}

fn how_many(cases: i64) -> String {
    match cases {
        more if more > COUNTED => format!("More than {COUNTED} cases"),
        few => capital(&count(few.unsigned_abs(), "case", "cases")),
    }
}

async fn page(seat: &Seat) -> Result<Views, Fault> {
    seat.require(Act::SeeCases)?;
    let kept = seat.door.views().await?;
    let counts = counted(seat, &kept).await?;
    let views = kept.all().zip(counts).map(|((id, view), n)| {
        let asked = sought(view);
        let who = match id.whose {
            Whose::Own => "Only you see this view.",
            Whose::Office => "Everybody in the office sees this view.",
        };
        ViewShown {
            id: id.to_string(),
            name: view.name.clone(),
            typed: None,
            href: asked.page(""),
            about: format!("{}. {who}", how_many(n)),
            gone: gone(seat, &asked),
            form: may_keep(id.whose, seat.door.person()).is_ok().then(form::fresh),
        }
    });
    let start = kept.start().map_or_else(|| "none".to_owned(), |(id, _)| id.to_string());
    Ok(Views {
        notice: None,
        errors: Errors::none(),
        save: None,
        views: views.collect(),
        start: form::fresh().answered(&[("start", &start)]),
    })
}
