//! Serving who stands in for somebody: named, changed and taken back, for oneself or, as an administrator, for somebody else.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use casework::people::delegates;
use jiff::civil::Date;
use rules::case::Refused;
use rules::case::change::FieldError;
use rules::office::delegation::Delegation;
use rules::office::event::Changed;
use rules::people::StaffId;

use super::Away;
use crate::http::{Asked, Posted};
use crate::staff::desk::{Done, Fault, StaffForm, form};
use crate::staff::me::Me;
use crate::staff::me::handler as own;
use crate::staff::parts::form::FormState;
use crate::staff::paths;
use crate::staff::people::person::PersonPage;
use crate::staff::people::person::handler::{self as person, number};

const REFUSED: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// What the page says after each, by the code in its address.
pub(in crate::staff) fn notice(asked: &Asked) -> Option<&'static str> {
    match asked.get("done") {
        "away" => Some("Saved. They stand in on these days."),
        "back" => Some(
            "Taken back. A letter that was handed to them already goes to the next who stands in, or to everybody who can see to it.",
        ),
        _ => None,
    }
}

/// Names somebody for oneself, or changes who it is.
pub async fn name(form: StaffForm) -> Response {
    let who = form.seat.door.person().id;
    match named(&form, who).await {
        Ok(()) => Done::see(&format!("{}?done=away#away", paths::ME)),
        Err(fault) => on_own_page(&form, fault).await,
    }
}

/// Takes one of one's own back.
pub async fn take_back(form: StaffForm) -> Response {
    let who = form.seat.door.person().id;
    match taken_back(&form, who).await {
        Ok(()) => Done::see(&format!("{}?done=back#away", paths::ME)),
        Err(fault) => fault.into_response(&form.seat, &form.posted).await,
    }
}

/// Names somebody for somebody else, or changes who it is; administrators only.
pub async fn name_for(Path(id): Path<String>, form: StaffForm) -> Response {
    let acted = match number(&id) {
        Ok(who) => named(&form, who).await,
        Err(fault) => Err(fault.into()),
    };
    match acted {
        Ok(()) => Done::see(&format!("{}?done=away#away", paths::person(&id))),
        Err(fault) => on_page_of(&id, &form, fault).await,
    }
}

/// Takes one of somebody else's back; administrators only.
pub async fn take_back_for(Path(id): Path<String>, form: StaffForm) -> Response {
    let acted = match number(&id) {
        Ok(who) => taken_back(&form, who).await,
        Err(fault) => Err(fault.into()),
    };
    match acted {
        Ok(()) => Done::see(&format!("{}?done=back#away", paths::person(&id))),
        Err(fault) => fault.into_response(&form.seat, &form.posted).await,
    }
}

/// The page of somebody, for an address to which forms are sent only.
pub async fn to_person(Path(id): Path<String>) -> Response {
    Done::see(&format!("{}#away", paths::person(&id)))
}

async fn named(form: &StaffForm, who: StaffId) -> Result<(), Fault> {
    let to = read(form, who)?;
    let once = form.once();
    let hand = form.seat.hand(&once);
    match form.get("was") {
        "" => delegates::name(hand, &to).await?,
        was => {
            let from =
                decoded(was, who).ok_or_else(|| Refused::NotNow("Choose again which one to change.".to_owned()))?;
            delegates::change(hand, Changed { from, to }).await?
        }
    };
    Ok(())
}

async fn taken_back(form: &StaffForm, who: StaffId) -> Result<(), Fault> {
    let old = read(form, who)?;
    delegates::take_back(form.seat.hand(&form.once()), &old).await?;
    Ok(())
}

async fn on_own_page(form: &StaffForm, fault: Fault) -> Response {
    let seat = &form.seat;
    let Some(errors) = fault.beside_fields("delegate") else {
        return fault.into_response(seat, &form.posted).await;
    };
    match own::shown(seat, form::fresh(), "").await {
        Ok(page) => {
            let away = typed(page.away, FormState { errors, ..form.state() });
            seat.page_with(REFUSED, &Me { away, ..page }).await
        }
        Err(fault) => Fault::from(fault).into_response(seat, &Posted::default()).await,
    }
}

async fn on_page_of(id: &str, form: &StaffForm, fault: Fault) -> Response {
    let seat = &form.seat;
    let Some(errors) = fault.beside_fields("delegate") else {
        return fault.into_response(seat, &form.posted).await;
    };
    match person::page(seat, id, person::Shown::default()).await {
        Ok(page) => {
            let away = typed(page.away, FormState { errors, ..form.state() });
            seat.page_with(REFUSED, &PersonPage { away, ..page }).await
        }
        Err(fault) => Fault::from(fault).into_response(seat, &form.posted).await,
    }
}

fn typed(away: Option<Away>, form: FormState) -> Option<Away> {
    away.map(|away| Away { form, ..away })
}

fn read(form: &StaffForm, who: StaffId) -> Result<Delegation, Refused> {
    let mut fields = Vec::new();
    let delegate = form.get("delegate").trim().parse().ok().map(StaffId);
    if delegate.is_none() {
        fields.push(FieldError::new("delegate", "Choose who stands in"));
    }
    let mut date = |field: &'static str, message: &str| -> Date {
        form.get(field).trim().parse().unwrap_or_else(|_| {
            fields.push(FieldError::new(field, message));
            Date::MIN
        })
    };
    let from = date("from", "Choose the first day");
    let until = date("until", "Choose the last day");
    match delegate {
        Some(delegate) if fields.is_empty() => Ok(Delegation {
            who,
            delegate,
            from,
            until,
        }),
        _ => Err(Refused::Fields { fields }),
    }
}

/// One on record, from its code.
fn decoded(code: &str, who: StaffId) -> Option<Delegation> {
    let mut parts = code.split('.');
    let delegation = Delegation {
        who,
        delegate: StaffId(parts.next()?.parse().ok()?),
        from: parts.next()?.parse().ok()?,
        until: parts.next()?.parse().ok()?,
    };
    parts.next().is_none().then_some(delegation)
}
