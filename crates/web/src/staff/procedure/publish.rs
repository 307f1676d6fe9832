//! Serving a new version of the procedure: read, checked as a whole, shown as what it changes, published.

use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::procedures::{self, LARGEST_BYTES, Looked};
use jiff::civil::Date;
use rules::case::Refused;
use rules::people::Act;
use rules::procedure::Invalid;
use rules::procedure::difference::Difference;
use rules::sentence::capital;

use super::new::{Finding, NewProcedure};
use super::what_changes::{ChangeShown, DateShown, PartShown, WhatChanges};
use crate::http::Posted;
use crate::http::asked::address;
use crate::page::words::date_long;
use crate::staff::desk::{Done, Fault, Seat, StaffForm, Unsaved, form};
use crate::staff::parts::form::FormState;
use crate::staff::parts::line_diff::LineDiff;
use crate::staff::parts::link::Link;
use crate::staff::paths;

/// The form, with the procedure in force.
pub async fn show(seat: Seat) -> Response {
    if let Err(fault) = seat.require(Act::PublishProcedure) {
        return fault.into_response(&seat, &Posted::default()).await;
    }
    let text = seat.door.office().active().text.clone();
    let form = form::fresh().answered(&[("procedure_text", &text)]);
    seat.page(&NewProcedure {
        findings: Vec::new(),
        form,
    })
    .await
}

/// What would change.
pub async fn look(form: StaffForm) -> Response {
    let seat = &form.seat;
    let looked = match text_of(&form) {
        Ok(text) => procedures::look(seat.door.office(), &text, None, seat.door.person()).await,
        Err(refused) => Err(refused.into()),
    };
    match looked {
        Ok(looked) => {
            let back = Link::new("Change the text", paths::PROCEDURE_NEW);
            seat.page(&what_changes(seat, &looked, (back, form::fresh())).await)
                .await
        }
        Err(fault) => came_back(&form, fault).await,
    }
}

/// The publication.
pub async fn publish(form: StaffForm) -> Response {
    let published = match day(&form) {
        Ok(from) => {
            let seen = form.get("made_from").parse().unwrap_or_default();
            procedures::publish(
                form.seat.hand(&form.once()),
                form.get("procedure_text"),
                Some(from),
                seen,
            )
            .await
        }
        Err(refused) => Err(refused.into()),
    };
    let fault = match published {
        Ok(version) => return Done::see(&address(paths::PROCEDURE, &[("published", &version.version)])),
        Err(fault) => fault,
    };
    look_again(&form, fault).await
}

/// The text that was chosen or typed; a file goes before what stands in the box.
fn text_of(form: &StaffForm) -> Result<String, Refused> {
    let Some(held) = form.files.in_field("text_file") else {
        return Ok(form.get("procedure_text").to_owned());
    };
    let wrong = |words: String| Refused::field("text_file", words);
    let bytes = held
        .bytes
        .as_ref()
        .filter(|bytes| bytes.len() <= LARGEST_BYTES)
        .ok_or_else(|| {
            wrong("This file is larger than 1 MB, and no procedure is. Check that it is the right file".to_owned())
        })?;
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        wrong(format!(
            "Save the file as UTF-8 and choose it again: a character in line {line} is stored in another way"
        ))
    })?;
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n"))
}

fn day(form: &StaffForm) -> Result<Date, Refused> {
    let typed = form.get("valid_from").trim();
    typed
        .parse()
        .map_err(|_| Refused::field("valid_from", "Choose the day from which it holds"))
}

/// The form again, with what to put right; what was pasted or read from the file stands in it.
async fn came_back(form: &StaffForm, fault: ActError) -> Response {
    let seat = &form.seat;
    let mut state = form.state();
    if let Ok(text) = text_of(form) {
        state = state.answered(&[("procedure_text", &text)]);
    }
    let (errors, findings) = match fault {
        ActError::Invalid(faults) => {
            let mut errors = crate::page::form::Errors::none();
            let count = match faults.len() {
                1 => "Put right the one thing that is listed below, then look again".to_owned(),
                many => format!("Put right the {many} things that are listed below, then look again"),
            };
            errors.add("procedure_text", count);
            (errors, faults.iter().map(finding).collect())
        }
        other => {
            let fault = Fault::from(other);
            match fault.beside_fields("procedure_text") {
                Some(errors) => (errors, Vec::new()),
                None => return fault.into_response(seat, &form.posted).await,
            }
        }
    };
    let page = NewProcedure {
        findings,
        form: FormState { errors, ..state },
    };
    seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

fn finding(fault: &Invalid) -> Finding {
    Finding {
        line: (fault.line > 0).then(|| format!("Line {}", fault.line)),
        place: fault.path.clone(),
        words: fault.reason.clone(),
    }
}

/// What changes once more, with why it was not published: a day that has passed, or somebody who published meanwhile.
async fn look_again(form: &StaffForm, fault: ActError) -> Response {
    let seat = &form.seat;
    let unsaved = Unsaved::because(&fault);
    let text = form.get("procedure_text");
    let looked = procedures::look(seat.door.office(), text, None, seat.door.person()).await;
    let (looked, fault) = match (looked, fault) {
        (Ok(looked), fault) => (looked, Fault::from(fault)),
        // The text itself cannot be published any more: it is shown with what is wrong.
        (Err(worse), _) => return came_back(form, worse).await,
    };
    let Some(errors) = fault.beside_fields("valid_from") else {
        return fault.into_response(seat, &form.posted).await;
    };
    let back = Link::new("Change the text", paths::PROCEDURE_NEW);
    let state = FormState { errors, ..form.state() };
    let page = what_changes(seat, &looked, (back, state)).await;
    seat.page_with(unsaved.status(), &page).await
}

/// The page that says what a version would change.
pub(in crate::staff) async fn what_changes(
    seat: &Seat,
    looked: &Looked,
    (back, form): (Link, FormState),
) -> WhatChanges {
    let Looked {
        next,
        before,
        differences,
        tried,
        instead_of,
        seen,
    } = looked;
    let from = next.procedure.valid_from;
    let form = match form.answers.get("valid_from") {
        "" => form.answered(&[("valid_from", &from.to_string())]),
        _ => form,
    };
    let day = |day: &Option<Date>| day.map_or_else(|| "No such date".to_owned(), date_long);
    let date = |tried: &procedures::TriedOut| DateShown {
        what: tried.what.clone(),
        before: day(&tried.before),
        after: day(&tried.after),
    };
    WhatChanges {
        heading: format!(
            "Version {} would replace version {}",
            next.procedure.version, before.procedure.version
        ),
        parts: parts(differences),
        means: means(seat, instead_of.as_deref()).await,
        tried: tried.iter().map(date).collect(),
        tried_when: format!("A complaint that arrives online on {} at 10am", date_long(from)),
        warnings: next
            .procedure
            .warnings
            .iter()
            .map(|warning| capital(&warning.reason))
            .collect(),
        lines: LineDiff::between(&before.text, &next.text),
        text: next.text.clone(),
        seen: seen.to_string(),
        back,
        form,
    }
}

async fn means(seat: &Seat, instead_of: Option<&str>) -> Vec<String> {
    // Whoever sees cases reads how many; for others the sentence says enough.
    let open = match seat.may(Act::SeeCases) {
        true => seat.door.counts().await.map_or(0, |counts| counts.open),
        false => 0,
    };
    let touched = match open {
        0 => "No open case is touched: each keeps the version under which it was received, with its dates, letters and roles.".to_owned(),
        open => format!(
            "No open case is touched: the {open} that you see keep the version under which they were received, with their dates, letters and \
             roles."
        ),
    };
    let mut means = vec![
        touched,
        "Categories are chosen from the version in force on the day, in every case; what a case carries already keeps its name.".to_owned(),
    ];
    if let Some(version) = instead_of {
        means.push(format!(
            "Version {version} was to come into force on the same day. This one takes its place."
        ));
    }
    means
}

fn parts(differences: &[Difference]) -> Vec<PartShown> {
    let mut parts: Vec<PartShown> = Vec::new();
    for difference in differences {
        let change = ChangeShown {
            about: difference.about.clone(),
            before: difference.before.clone().unwrap_or_else(|| "Not there".to_owned()),
            after: difference.after.clone().unwrap_or_else(|| "Taken out".to_owned()),
        };
        let name = difference.part.words();
        match parts.iter_mut().find(|part| part.name == name) {
            Some(part) => part.changes.push(change),
            None => parts.push(PartShown {
                name: name.to_owned(),
                changes: vec![change],
            }),
        }
    }
    parts
}
