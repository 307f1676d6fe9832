//! Serving the calendars, what a change of them would move, and the change itself.

use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::calendars::{self, DayListed, Edition, InUse, Moves};
use jiff::civil::Date;
use rules::case::Refused;
use rules::clock::NonWorkingKind;
use rules::office::day_off::{DayChange, DayOff};
use rules::people::Act;
use rules::sentence::capital;

use super::what_moves::{MoveShown, WhatMoves};
use super::{CalendarShown, Calendars, Counting, DayShown, kinds, take_back};
use crate::http::{Asked, Posted};
use crate::page::words::{count, date_long};
use crate::staff::desk::{Done, Fault, Seat, StaffForm, form};
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::paths;

/// The calendars in force.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    let notice = (asked.get("done") == "changed").then(|| {
        "The calendar is changed. Open dates were counted again, and whoever has a later one is told.".to_owned()
    });
    match page(&seat, form::fresh()).await {
        Ok(page) => seat.page(&Calendars { notice, ..page }).await,
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

/// What a change would move.
pub async fn preview(seat: Seat, asked: Asked) -> Response {
    let posted = asked.fields();
    let previewed = match proposal(&seat, posted).await {
        Ok(proposal) => would_move(&seat, proposal).await,
        Err(fault) => Err(fault),
    };
    match previewed {
        Ok(page) => seat.page(&page).await,
        Err(fault) => came_back(&seat, fault, posted).await,
    }
}

/// The change itself.
pub async fn publish(form: StaffForm) -> Response {
    let seat = &form.seat;
    let published = match proposal(seat, &form.posted).await {
        Ok(Proposal { edition, change }) => calendars::publish(form.seat.hand(&form.once()), &edition, &change)
            .await
            .map_err(Fault::from),
        Err(fault) => Err(fault),
    };
    match published {
        Ok(_) => Done::see(&format!("{}?done=changed", paths::CALENDARS)),
        Err(fault) => came_back(seat, fault, &form.posted).await,
    }
}

/// A change and the calendar that it is made to.
struct Proposal {
    edition: Edition,
    change: DayChange,
}

async fn would_move(seat: &Seat, Proposal { edition, change }: Proposal) -> Result<WhatMoves, Fault> {
    let moves = calendars::preview(seat.door.office(), &edition, &change, seat.door.person()).await?;
    Ok(what_moves(&edition, &change, &moves))
}

async fn came_back(seat: &Seat, fault: Fault, posted: &Posted) -> Response {
    let Some(errors) = fault.beside_fields("on") else {
        return fault.into_response(seat, posted).await;
    };
    let form = FormState {
        errors,
        ..form::fresh().answered(&[
            ("on", posted.get("on")),
            ("name", posted.get("name")),
            ("kind", posted.get("kind")),
        ])
    };
    match page(seat, form).await {
        Ok(page) => seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await,
        Err(fault) => Fault::from(fault).into_response(seat, posted).await,
    }
}

/// Reads what is asked: a day to take back, or one to add. What was looked at is the version that the form names, or the one in force.
async fn proposal(seat: &Seat, posted: &Posted) -> Result<Proposal, Fault> {
    let in_use = calendars::list(seat.door.office(), seat.door.person()).await?;
    let (id, change) = match posted.some("take_back") {
        Some(on) => (posted.get("calendar").to_owned(), DayChange::TakeBack { on: day(on)? }),
        None => added(seat, posted)?,
    };
    let calendar = in_use.iter().find(|calendar| calendar.id == id);
    let in_force = calendar.ok_or(ActError::NotFound)?.version.clone();
    Ok(Proposal {
        edition: Edition {
            version: posted.some("version").map_or(in_force, str::to_owned),
            id,
        },
        change,
    })
}

/// A closure belongs to the last layer of the calendar that counts, a holiday to the first.
fn added(seat: &Seat, posted: &Posted) -> Result<(String, DayChange), Fault> {
    let on = day(posted.get("on"));
    let kind = DayOff::from_code(posted.get("kind"))
        .ok_or_else(|| ActError::from(Refused::field("kind", "Choose what kind of day it is")));
    let layers = seat.door.office().active().procedure.calendar.clone();
    let (on, kind) = (on?, kind?);
    let layer = match kind {
        DayOff::Closure => layers.last(),
        DayOff::Holiday => layers.first(),
    };
    let change = DayChange::Add {
        on,
        name: posted.get("name").trim().to_owned(),
        kind,
    };
    Ok((layer.cloned().unwrap_or_default(), change))
}

fn day(typed: &str) -> Result<Date, ActError> {
    let asked = |_| Refused::field("on", "Choose the day");
    Ok(typed.trim().parse().map_err(asked)?)
}

async fn page(seat: &Seat, form: FormState) -> Result<Calendars, ActError> {
    let in_use = calendars::list(seat.door.office(), seat.door.person()).await?;
    Ok(Calendars {
        notice: None,
        calendars: in_use.iter().map(shown).collect(),
        kinds: if seat.may(Act::PublishProcedure) {
            kinds()
        } else {
            Vec::new()
        },
        form,
    })
}

fn shown(calendar: &InUse) -> CalendarShown {
    let counts = match calendar.counts {
        true => "",
        false => " No date under the present procedure is counted with it.",
    };
    CalendarShown {
        name: calendar.name.clone(),
        about: format!(
            "{}. It knows every day until {}.{counts}",
            version_words(calendar),
            date_long(calendar.covers_to)
        ),
        counting: match calendar.counts {
            true => Counting::Counts,
            false => Counting::Shelved,
        },
        days: calendar.days.iter().map(|day| listed(&calendar.id, day)).collect(),
    }
}

/// "Version of Tuesday 24 November 2026", in place of the code by which computed dates name it; those that people made on one day are counted.
fn version_words(calendar: &InUse) -> String {
    let read = calendar
        .version
        .strip_prefix(&calendar.id)
        .unwrap_or(&calendar.version)
        .trim();
    let (day, edition) = read.split_once(' ').unwrap_or((read, ""));
    match day.parse::<Date>() {
        Ok(day) => format!("Version of {} {edition}", date_long(day)).trim_end().to_owned(),
        Err(_) => format!("Version {read}"),
    }
}

fn listed(calendar: &str, day: &DayListed) -> DayShown {
    let kind = match day.kind {
        _ if day.half_day => "half day: it stays a working day",
        NonWorkingKind::Bank => NonWorkingKind::Bank.words(),
        NonWorkingKind::Closure => NonWorkingKind::Closure.words(),
        NonWorkingKind::Extra => NonWorkingKind::Extra.words(),
    };
    DayShown {
        take_back: take_back(calendar, &day.on.to_string()),
        day: date_long(day.on),
        name: day.name.clone(),
        kind: capital(kind),
    }
}

fn what_moves(edition: &Edition, change: &DayChange, moves: &Moves) -> WhatMoves {
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut fields = vec![field("calendar", &edition.id), field("version", &edition.version)];
    let (heading, button) = match change {
        DayChange::Add { on, name, kind } => {
            fields.extend([
                field("on", &on.to_string()),
                field("name", name),
                field("kind", kind.code()),
            ]);
            (format!("Add {}, {name}", date_long(*on)), "Add the day off")
        }
        DayChange::TakeBack { on } => {
            fields.push(field("take_back", &on.to_string()));
            (format!("Take back {}", date_long(*on)), "Take the day back")
        }
    };
    WhatMoves {
        heading,
        moves: moved_words(moves),
        rows: moves.moved.iter().map(row).collect(),
        more: more(moves),
        change: fields,
        button: button.to_owned(),
        form: form::fresh(),
    }
}

fn moved_words(moves: &Moves) -> String {
    match moves.moved.len() + moves.moved_unseen {
        0 => "No open decision date moves.".to_owned(),
        1 => "1 open decision date moves to a later day. The person who complained is told.".to_owned(),
        n => format!("{n} open decision dates move to a later day. The people who complained are told."),
    }
}

fn more(moves: &Moves) -> Vec<String> {
    let mut more = Vec::new();
    if moves.moved_unseen > 0 {
        let cases = count(moves.moved_unseen as u64, "is of a case", "are of cases");
        more.push(format!("{cases} that you may not see."));
    }
    if moves.kept > 0 {
        let dates = count(
            moves.kept as u64,
            "date would come earlier and stays",
            "dates would come earlier and stay",
        );
        more.push(format!("{dates} where promised."));
    }
    more
}

fn row(at: &calendars::Move) -> MoveShown {
    let reference = at.reference.to_string();
    MoveShown {
        case: Link::new(&reference, &paths::case(&reference)),
        from: date_long(at.from),
        to: date_long(at.to),
    }
}
