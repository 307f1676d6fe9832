//! Serving the page that takes words or a file out of a case: find, look, take out.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use axum::response::Response;
use casework::desk::CaseFile;
use casework::handling::redact;
use rules::case::event::Place;
use rules::case::{Event, Recorded, Refused};
use rules::people::Act;
use rules::redaction::{Asked, Found, What, can_take_out};

use super::brief::brief;
use super::notice::Notice;
use super::saying::{actor, saying};
use super::sent::Sent;
use super::{OnCase, came_back, fresh};
use crate::http::Posted;
use crate::staff::case::{CaseAction, Weight};
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::paths;
use crate::staff::redact::{FoundPassage, RedactPage};

/// What the way to the page is called.
const LABEL: &str = "Take something out";

/// The way to the page, for those who may.
pub(super) fn action(seat: &Seat, file: &CaseFile) -> Option<CaseAction> {
    let page = paths::case_act(&file.case.reference.to_string(), "redact");
    seat.may(Act::Redact)
        .then(|| CaseAction::open(LABEL, &page, Weight::Link))
}

/// The forms.
pub async fn show(OnCase { seat, file }: OnCase) -> Response {
    if let Err(fault) = seat.require(Act::Redact) {
        return fault.into_response(&seat, &Posted::default()).await;
    }
    let page = page(&seat, &file, fresh(&file));
    seat.page(&page).await
}

/// Finds, or takes out, as the form says.
pub async fn post(sent: Sent) -> Response {
    if let Err(fault) = sent.seat().require(Act::Redact) {
        return sent.fault(fault).await;
    }
    let (passage, step) = (sent.form.get("passage").to_owned(), sent.form.get("step").to_owned());
    let acted = match step.as_str() {
        "take" => take(&sent, What::Passage(passage.clone())).await,
        "file" => file(&sent).await,
        _ => {
            return match found(&sent, &passage).await {
                Ok(found) => {
                    let page = with_places(&sent, found, &passage, every_place);
                    sent.seat().page(&page).await
                }
                Err(fault) => again(&sent, fault, None).await,
            };
        }
    };
    let fault = match acted {
        Ok(notice) => return sent.done(notice).await,
        Err(fault) => fault,
    };
    let places = match step.as_str() {
        "take" => found(&sent, &passage).await.ok(),
        _ => None,
    };
    again(&sent, fault, places).await
}

async fn take(sent: &Sent, what: What) -> Result<Notice, Fault> {
    let once = sent.form.once();
    let places = sent.form.posted.all("place").into_iter().filter_map(place_of);
    let asked = Asked {
        what,
        places: places.collect(),
        reason: sent.form.get("redact_why").to_owned(),
    };
    redact::take_out(sent.hand(&once), &asked).await.map_err(in_field)?;
    Ok(Notice::TakenOut)
}

async fn file(sent: &Sent) -> Result<Notice, Fault> {
    let number = sent.form.get("file").parse();
    let number = number.map_err(|_| Refused::field("file", "Choose the file"))?;
    take(sent, What::File(number)).await
}

/// The names of the fields of this page.
fn in_field(fault: casework::ActError) -> Fault {
    let casework::ActError::Refused(Refused::Fields { mut fields }) = fault else {
        return fault.into();
    };
    for field in &mut fields {
        field.field = match field.field {
            "reason" => "redact_why",
            "places" => "place",
            "what" => "file",
            other => other,
        };
    }
    Refused::Fields { fields }.into()
}

async fn found(sent: &Sent, passage: &str) -> Result<Vec<Found>, Fault> {
    let found = redact::places(sent.hand(""), passage).await?;
    match found.is_empty() {
        true => {
            let words = "These words stand nowhere in this case. Copy them as they stand there";
            Err(Refused::field("passage", words).into())
        }
        false => Ok(found),
    }
}

async fn again(sent: &Sent, fault: Fault, places: Option<Vec<Found>>) -> Response {
    let first_field = if places.is_some() { "place" } else { "passage" };
    let Some(form) = came_back(&sent.form, &fault, first_field) else {
        return sent.fault(fault).await;
    };
    let page = match places {
        Some(found) => RedactPage {
            form,
            ..with_places(sent, found, sent.form.get("passage"), as_typed)
        },
        None => page(sent.seat(), &sent.file, form),
    };
    sent.seat().page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

/// What is ticked: everything when the places are first shown, what was ticked when they come back.
type Ticked = fn(&Sent, &[Pick]) -> FormState;

fn every_place(sent: &Sent, places: &[Pick]) -> FormState {
    let seen = sent.form.get("seen");
    let ticked = places.iter().map(|place| ("place", place.value.as_str()));
    let answers: Vec<(&str, &str)> = std::iter::once(("seen", seen)).chain(ticked).collect();
    FormState::fresh(&sent.form.once()).answered(&answers)
}

fn as_typed(sent: &Sent, _: &[Pick]) -> FormState {
    sent.form.state()
}

fn with_places(sent: &Sent, found: Vec<Found>, passage: &str, ticked: Ticked) -> RedactPage {
    let (seat, file) = (sent.seat(), &sent.file);
    let events: BTreeMap<u32, &Recorded> = file.history.iter().map(|one| (one.sequence, one)).collect();
    let called = |found: &Found| match events.get(&found.place.event) {
        Some(recorded) => where_it_is(seat, file, recorded, &found.place),
        None => "An entry".to_owned(),
    };
    let (mut places, mut stays) = (Vec::new(), Vec::new());
    for one in &found {
        match &one.stays {
            Some(why) => stays.push(format!("{}: {why}.", called(one))),
            None => places.push(Pick::with_hint(&value_of(&one.place), &called(one), &one.around)),
        }
    }
    RedactPage {
        form: ticked(sent, &places),
        found: Some(FoundPassage {
            passage: passage.trim().to_owned(),
            places,
            stays,
        }),
        ..page(seat, file, fresh(file))
    }
}

fn where_it_is(seat: &Seat, file: &CaseFile, recorded: &Recorded, place: &Place) -> String {
    let what = match (&recorded.event, place.field.as_str()) {
        (Event::Received(_), "title") => "The title".to_owned(),
        (Event::Received(_), "words") => "The complaint".to_owned(),
        (Event::Received(_), "wanted") => "What would put it right".to_owned(),
        _ => saying(seat, file, recorded).title,
    };
    let by = actor(seat, file, recorded.actor)
        .map(|by| format!(" {by}"))
        .unwrap_or_default();
    format!("{what}{by}, {}", seat.wall().full(recorded.at))
}

fn value_of(place: &Place) -> String {
    format!("{}:{}", place.event, place.field)
}

fn place_of(value: &str) -> Option<Place> {
    let (event, field) = value.split_once(':')?;
    Some(Place {
        event: event.parse().ok()?,
        field: field.to_owned(),
    })
}

fn page(seat: &Seat, file: &CaseFile, form: FormState) -> RedactPage {
    let case = &file.case;
    let numbered = file.history.iter().filter_map(|recorded| match &recorded.event {
        Event::FileAttached(attached) => Some((recorded.sequence, attached)),
        _ => None,
    });
    let is_there = |number: u32| !case.tombstones.iter().any(|tombstone| tombstone.took_file(number));
    let files = numbered.filter(|(number, _)| is_there(*number));
    let before = case.tombstones.iter().map(|tombstone| {
        let by = tombstone
            .by
            .staff()
            .map_or_else(|| "the system".to_owned(), |id| seat.door.office().name_of(id));
        let places = match tombstone.places.len() {
            1 => "one place".to_owned(),
            many => format!("{many} places"),
        };
        let on = seat.wall().full(tombstone.at);
        format!("No. {}, {by}, {on}, {places}: {}", tombstone.number, tombstone.reason)
    });
    RedactPage {
        case: brief(seat, file),
        not_now: can_take_out(case, seat.door.person())
            .err()
            .map(|refused| refused.to_string()),
        found: None,
        files: files
            .map(|(number, file)| Pick::new(&number.to_string(), &format!("{}, {}", file.name, file.about())))
            .collect(),
        before: before.collect(),
        form,
    }
}
