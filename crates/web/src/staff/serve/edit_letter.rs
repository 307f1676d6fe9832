//! Words of a letter that waits, changed by whoever may sign it off (flow G).

use axum::http::StatusCode;
use axum::response::Response;
use casework::desk::CaseFile;
use casework::handling::Seen;
use casework::handling::approve::edit;
use rules::case::state::Draft;
use rules::case::{PointDecision, Refused};
use rules::handling::sign_off::{Edit, Read, can_edit};

use super::brief::brief;
use super::sent::Sent;
use super::sign_off::{author, changed, lock, read, waiting};
use super::{OnCase, came_back, fresh};
use crate::staff::decide::PointField;
use crate::staff::desk::{Done, Fault, Seat, StaffForm};
use crate::staff::parts::answers::Answers;
use crate::staff::parts::form::FormState;
use crate::staff::paths;
use crate::staff::sign_off::EditLetter;

/// The words of the letter, to be changed.
pub async fn show(OnCase { seat, file }: OnCase) -> Response {
    match editable(&seat, &file).and_then(|()| edit_page(&seat, &file, fresh(&file))) {
        Ok(page) => seat.page(&page).await,
        Err(fault) => fault.into_response(&seat, &crate::http::Posted::default()).await,
    }
}

/// The words changed.
pub async fn send(Sent { form, file }: Sent) -> Response {
    let seat = &form.seat;
    let once = form.once();
    let hand = seat.door.hand(&file.case.reference, Seen::Whatever, &once);
    let fault = match edit(hand, &read(&form), &words(&file, &form)).await {
        Ok(_) => {
            let letter = paths::sign_off(&file.case.reference.to_string());
            return Done::see(&format!("{letter}?done=edited"));
        }
        Err(fault) => Fault::from(fault),
    };
    let again = came_back(&form, &fault, "found").and_then(|state| edit_page(seat, &file, state).ok());
    match again {
        Some(page) => seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await,
        None => fault.into_response(seat, &form.posted).await,
    }
}

/// Whether this person may change words of it now.
fn editable(seat: &Seat, file: &CaseFile) -> Result<(), Fault> {
    if let Some(lock) = lock(seat, file) {
        return Err(Refused::Conflict(lock.reason).into());
    }
    Ok(can_edit(&file.case, &file.in_force.setting(file.now))?)
}

fn words(file: &CaseFile, form: &StaffForm) -> Edit {
    let points = file.case.points.iter();
    let finding = |number: u32| {
        let field = format!("finding-{number}");
        form.posted.has(&field).then(|| (number, form.get(&field).to_owned()))
    };
    Edit {
        reasons: form.get("found").to_owned(),
        what_we_did: form.get("did").to_owned(),
        findings: points.filter_map(|point| finding(point.number)).collect(),
        why: form.get("why").to_owned(),
    }
}

fn edit_page(seat: &Seat, file: &CaseFile, form: FormState) -> Result<EditLetter, Fault> {
    let draft = waiting(file)?;
    let changed = changed(draft, &form);
    let form = match form.answers.get("version") {
        "" => as_written(draft, form),
        _ => form,
    };
    let read = Read::of(draft);
    let answered = draft.decision.points.iter();
    Ok(EditLetter {
        case: brief(seat, file),
        author: author(seat, file).0,
        read: (read.version, read.sha256),
        changed,
        points: answered
            .filter_map(|answer| file.case.points.iter().find(|point| point.number == answer.number))
            .map(|point| PointField {
                number: point.number,
                words: point.text.clone(),
            })
            .collect(),
        form,
    })
}

/// The form with the words as they are.
fn as_written(draft: &Draft, form: FormState) -> FormState {
    let decision = &draft.decision;
    let words = Answers::of(&[
        ("seen", form.answers.get("seen")),
        ("found", &decision.reasons),
        ("did", &decision.what_we_did),
    ]);
    let finding =
        |answers: Answers, point: &PointDecision| answers.and(&format!("finding-{}", point.number), &point.finding);
    FormState {
        answers: decision.points.iter().fold(words, finding),
        ..form
    }
}
