//! Serving the monthly review and the acts of whoever holds it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::review::ReviewFile;
use casework::review::file::Look;
use rules::case::Reference;
use rules::people::Act;
use rules::review::hold::can_hold;
use rules::review::{Month, Reader};

use super::super::list::Shown;
use super::cases::{Pages, link};
use super::numbers::cell_of;
use super::page::{self, Asked, Whole};

use crate::http::{Asked as Address, Posted};
use crate::page::form::Errors;
use crate::staff::desk::{Done, Fault, Seat, StaffForm, form};
use crate::staff::parts::form::FormState;
use crate::staff::paths;

/// The list of months.
pub async fn list(seat: Seat, address: Address) -> Response {
    let page = address.page("page");
    let shown = match page {
        1 => Shown::Latest,
        _ => Shown::Earlier,
    };
    match seat.door.months(page).await {
        Ok(months) => {
            let reader = Reader::of(seat.door.person());
            seat.page(&page::list(&seat, &months, reader, shown)).await
        }
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

/// One month.
pub async fn show(Path(code): Path<String>, seat: Seat, address: Address) -> Response {
    let pages = Pages {
        discuss: address.page("discuss") as usize,
        listed: address.page("listed") as usize,
    };
    let behind = cell_of(address.get("behind"));
    let look = match behind {
        Some(_) => Look::PageAndFacts(pages.discuss),
        None => Look::Page(pages.discuss),
    };
    match find(&seat, &code, look).await {
        Ok(file) => {
            let on_case = address
                .some("note")
                .and_then(|reference| reference.parse::<Reference>().ok());
            let asked = Asked {
                notice: notice(address.get("done")),
                behind,
                pages,
                on_case: on_case.map(|reference| (link(&reference), form::fresh())),
                whole: whole(&address),
                ..Asked::default()
            };
            seat.page(&page::month(&seat, &file, asked)).await
        }
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

fn whole(address: &Address) -> Whole {
    match address.get("show") {
        "whole" => Whole::Unfolded,
        _ => Whole::Folded,
    }
}

fn notice(code: &str) -> Option<String> {
    let words = match code {
        "noted" => "Your note is kept.",
        "recommended" => "It stands in the register of follow-on actions.",
        "frozen" => "The figures are frozen. Everybody looks at the same numbers now.",
        "finished" => "The review is finished. Its figures are frozen.",
        "restated" => "The correction is on record, beside what was frozen.",
        _ => return None,
    };
    Some(words.to_owned())
}

async fn find(seat: &Seat, code: &str, look: Look) -> Result<ReviewFile, Fault> {
    let month: Month = code.parse().map_err(|_| ActError::NotFound)?;
    Ok(seat.door.review_page(month, look).await?)
}

pub(super) fn month_of(code: &str) -> Result<Month, Fault> {
    Ok(code.parse().map_err(|_| ActError::NotFound)?)
}

/// A note on a case, or for the minutes.
pub async fn note(Path(code): Path<String>, form: StaffForm) -> Response {
    let about = form
        .posted
        .some("about")
        .and_then(|about| about.parse::<Reference>().ok());
    let words = form.get(if about.is_some() { "case_words" } else { "minutes" });
    let noted = match month_of(&code) {
        Ok(month) => {
            let once = form.once();
            let noted = form
                .seat
                .door
                .review_desk(month, &once)
                .note(about.clone(), words)
                .await;
            noted.map_err(Fault::from)
        }
        Err(fault) => Err(fault),
    };
    let Err(fault) = noted else {
        return Done::see(&format!("{}?done=noted", paths::review(&code)));
    };
    let Some(errors) = fault.beside_fields("minutes") else {
        return fault.into_response(&form.seat, &form.posted).await;
    };
    let mut asked = Asked::default();
    match about {
        Some(about) => {
            asked.on_case = Some((
                link(&about),
                came_back(&form, renamed(&errors, "minutes", "case_words")),
            ))
        }
        None => asked.minutes = Some(came_back(&form, errors)),
    }
    again(&form, &code, asked).await
}

pub(super) fn came_back(form: &StaffForm, errors: Errors) -> FormState {
    FormState { errors, ..form.state() }
}

fn renamed(errors: &Errors, from: &str, to: &str) -> Errors {
    let mut renamed = Errors::none();
    for error in errors.iter() {
        let field = if error.field == from { to } else { error.field.as_str() };
        renamed.add(field.to_owned(), error.message.clone());
    }
    renamed
}

/// The page of the month with a form that came back.
async fn again(form: &StaffForm, code: &str, asked: Asked) -> Response {
    match find(&form.seat, code, Look::Page(1)).await {
        Ok(file) => {
            let forms = [
                asked.minutes.as_ref(),
                asked.on_case.as_ref().map(|(_, form)| form),
                asked.restate.as_ref(),
            ];
            let said = forms.into_iter().flatten().flat_map(|form| form.errors.iter());
            let said: Vec<String> = said.map(|error| error.message.clone()).collect();
            let mut page = page::month(&form.seat, &file, asked);
            if page.hold.is_none() && page.record.restate.is_none() {
                // Its forms are gone: what was refused is said above everything.
                page.cautions.splice(..0, said);
            }
            form.seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(fault) => fault.into_response(&form.seat, &form.posted).await,
    }
}

/// Keeps the figures as they are.
pub async fn freeze(Path(code): Path<String>, form: StaffForm) -> Response {
    let once = form.once();
    let frozen = match month_of(&code) {
        Ok(month) => form
            .seat
            .door
            .review_desk(month, &once)
            .freeze()
            .await
            .map_err(Fault::from),
        Err(fault) => Err(fault),
    };
    match frozen {
        Ok(()) => Done::see(&format!("{}?done=frozen", paths::review(&code))),
        Err(fault) => fault.into_response(&form.seat, &form.posted).await,
    }
}

/// Records that frozen figures are others now.
pub async fn restate(Path(code): Path<String>, form: StaffForm) -> Response {
    let once = form.once();
    let restated = match month_of(&code) {
        Ok(month) => {
            let desk = form.seat.door.review_desk(month, &once);
            desk.restate(form.get("reason")).await.map_err(Fault::from)
        }
        Err(fault) => Err(fault),
    };
    let Err(fault) = restated else {
        return Done::see(&format!("{}?done=restated", paths::review(&code)));
    };
    match fault.beside_fields("reason") {
        Some(errors) => {
            let asked = Asked {
                restate: Some(came_back(&form, errors)),
                ..Asked::default()
            };
            again(&form, &code, asked).await
        }
        None => fault.into_response(&form.seat, &form.posted).await,
    }
}

/// The month of a form that only whoever holds the review may see.
pub(super) async fn held(seat: &Seat, code: &str) -> Result<ReviewFile, Fault> {
    seat.require(Act::HoldReviews)?;
    let file = find(seat, code, Look::Page(1)).await?;
    let review = file.review.as_ref().ok_or(ActError::NotFound)?;
    can_hold(review, seat.door.person())?;
    Ok(file)
}

/// The way back from the address of a form that is only sent.
pub async fn to_month(Path(code): Path<String>) -> Response {
    Done::see(&paths::review(&code))
}
