//! Serving the form that ends a review.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use casework::review::ReviewFile;
use rules::people::{Role, StaffId};
use rules::review::hold::Meeting;

use super::super::finish::Finish;
use super::handler::{came_back, held, month_of};
use crate::http::Posted;
use crate::staff::desk::{Done, Fault, Seat, StaffForm, form};
use crate::staff::parts::checks::Check;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::paths;

/// The form that ends a review.
pub async fn finish(Path(code): Path<String>, seat: Seat) -> Response {
    match held(&seat, &code).await {
        Ok(file) => {
            let today = file.today.to_string();
            let me = seat.door.person().id.0.to_string();
            let form = form::fresh().answered(&[("held_on", &today), ("present", &me)]);
            seat.page(&finish_page(&seat, &file, form)).await
        }
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

fn finish_page(seat: &Seat, file: &ReviewFile, form: FormState) -> Finish {
    let roles = [
        Role::Reviewer,
        Role::SignOffAuthority,
        Role::SeniorReader,
        Role::ComplaintsCoordinator,
    ];
    let people = seat.holders(&roles);
    let person = |person: &rules::people::Person| {
        Pick::new(
            &person.id.0.to_string(),
            &format!("{}, {}", person.name, person.job_title),
        )
    };
    Finish {
        code: file.month.to_string(),
        month: file.month.words(),
        checks: checks(file),
        people: people.iter().map(person).collect(),
        form,
    }
}

/// What was looked at, and what was not yet: nothing here keeps a review from being finished.
fn checks(file: &ReviewFile) -> Vec<Check> {
    let (pack, review) = (&file.pack, file.review.as_ref());
    let noted = |pick: &&rules::review::Pick| {
        let mut notes = review.into_iter().flat_map(|review| &review.notes);
        notes.any(|note| note.about.as_ref() == Some(&pick.reference))
    };
    let without = pack.discuss.iter().filter(|pick| !noted(pick)).count();
    let of = pack.discuss.len();
    let (proposals, late) = (file.actions.proposals, file.actions.late);
    let mut checks = vec![match (without, of) {
        (_, 0) => Check::passed("There was no case to discuss"),
        (0, of) => Check::passed(&format!("Each of the {of} cases to discuss has a note")),
        (without, of) => Check::look(&format!("No note on {without} of the {of} cases to discuss")),
    }];
    if proposals > 0 {
        checks.push(Check::look(&match proposals {
            1 => "1 recommendation waits to be accepted".to_owned(),
            n => format!("{n} recommendations wait to be accepted"),
        }));
    }
    if late > 0 {
        checks.push(Check::look(&match late {
            1 => "1 follow-on action is late".to_owned(),
            n => format!("{n} follow-on actions are late"),
        }));
    }
    checks
}

/// Ends the review.
pub async fn finished(Path(code): Path<String>, form: StaffForm) -> Response {
    let once = form.once();
    let posted = &form.posted;
    let meeting = Meeting {
        on: posted.some("held_on").and_then(|day| day.parse().ok()),
        present: posted
            .all("present")
            .into_iter()
            .filter_map(|who| who.parse().ok().map(StaffId))
            .collect(),
        others: posted.get("others").to_owned(),
        words: posted.get("next_review").to_owned(),
    };
    let done = match month_of(&code) {
        Ok(month) => form
            .seat
            .door
            .review_desk(month, &once)
            .finish(meeting)
            .await
            .map_err(Fault::from),
        Err(fault) => Err(fault),
    };
    let Err(fault) = done else {
        return Done::see(&format!("{}?done=finished", paths::review(&code)));
    };
    let Some(errors) = fault.beside_fields("held_on") else {
        return fault.into_response(&form.seat, &form.posted).await;
    };
    match held(&form.seat, &code).await {
        Ok(file) => {
            let page = finish_page(&form.seat, &file, came_back(&form, errors));
            form.seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(fault) => fault.into_response(&form.seat, &form.posted).await,
    }
}
