//! Serving the monthly review and the acts of whoever holds it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::review::ReviewFile;
use rules::case::Reference;
use rules::follow_on::act::Charge;
use rules::people::{Act, Role, StaffId};
use rules::review::hold::{Meeting, Recommendation, can_hold};
use rules::review::{Month, Reader};

use super::super::finish::Finish;
use super::super::recommend::Recommend;
use super::cases::link;
use super::names::Names;
use super::numbers::cell_of;
use super::page::{self, Asked, Whole};
use crate::http::{Asked as Address, Posted};
use crate::page::form::Errors;
use crate::staff::desk::{Done, Fault, Seat, StaffForm, form};
use crate::staff::parts::checks::Check;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::paths;

/// The list of months.
pub async fn list(seat: Seat) -> Response {
    match seat.door.months().await {
        Ok(months) => {
            let reader = Reader::of(seat.door.person());
            seat.page(&page::list(&seat, &months, reader)).await
        }
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

/// One month.
pub async fn show(Path(code): Path<String>, seat: Seat, address: Address) -> Response {
    match find(&seat, &code).await {
        Ok(file) => {
            let on_case = address
                .some("note")
                .and_then(|reference| reference.parse::<Reference>().ok());
            let asked = Asked {
                notice: notice(address.get("done")),
                behind: cell_of(address.get("behind")),
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

async fn find(seat: &Seat, code: &str) -> Result<ReviewFile, Fault> {
    let month: Month = code.parse().map_err(|_| ActError::NotFound)?;
    Ok(seat.door.review(month).await?)
}

fn month_of(code: &str) -> Result<Month, Fault> {
    Ok(code.parse().map_err(|_| ActError::NotFound)?)
}

/// A note on a case, or for the minutes.
pub async fn note(Path(code): Path<String>, form: StaffForm) -> Response {
    let about = form
        .posted
        .some("about")
        .and_then(|about| about.parse::<Reference>().ok());
    let words = form.get(if about.is_some() { "case_words" } else { "words" });
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
    let Some(errors) = fault.beside_fields("words") else {
        return fault.into_response(&form.seat, &form.posted).await;
    };
    let mut asked = Asked::default();
    match about {
        Some(about) => asked.on_case = Some((link(&about), came_back(&form, renamed(&errors, "words", "case_words")))),
        None => asked.minutes = Some(came_back(&form, errors)),
    }
    again(&form, &code, asked).await
}

fn came_back(form: &StaffForm, errors: Errors) -> FormState {
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
    match find(&form.seat, code).await {
        Ok(file) => {
            let page = page::month(&form.seat, &file, asked);
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
async fn held(seat: &Seat, code: &str) -> Result<ReviewFile, Fault> {
    seat.require(Act::HoldReviews)?;
    let file = find(seat, code).await?;
    let review = file.review.as_ref().ok_or(ActError::NotFound)?;
    can_hold(review, seat.door.person())?;
    Ok(file)
}

/// The form of a recommendation.
pub async fn recommend(Path(code): Path<String>, seat: Seat) -> Response {
    match held(&seat, &code).await {
        Ok(file) => seat.page(&recommend_page(&file, form::fresh())).await,
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

fn recommend_page(file: &ReviewFile, form: FormState) -> Recommend {
    let names = Names(&file.in_force.procedure);
    let case = |pick: &rules::review::Pick| {
        let reference = pick.reference.to_string();
        let title = file.titles.get(&pick.reference).map_or("", String::as_str);
        let why: Vec<&str> = pick.reasons.iter().map(|why| why.words()).collect();
        Pick::with_hint(&reference, &format!("{reference} {title}"), &why.join("; "))
    };
    Recommend {
        code: file.month.to_string(),
        month: file.month.words(),
        services: service_picks(&names),
        cases: file.pack.discuss.iter().map(case).collect(),
        form,
    }
}

/// The services as answers.
pub(in crate::staff) fn service_picks(names: &Names<'_>) -> Vec<Pick> {
    let axis = names.0.categories.iter().find(|axis| axis.code == "service");
    let services = axis.into_iter().flat_map(|axis| &axis.categories);
    services
        .map(|service| Pick::new(&service.code, &service.name))
        .collect()
}

/// Recommends a change.
pub async fn recommended(Path(code): Path<String>, form: StaffForm) -> Response {
    let once = form.once();
    let posted = &form.posted;
    let recommendation = Recommendation {
        text: posted.get("text").to_owned(),
        cases: posted
            .all("cases")
            .into_iter()
            .filter_map(|case| case.parse().ok())
            .collect(),
        service: posted.some("service").map(str::to_owned),
        charge: charge(posted),
    };
    let done = match month_of(&code) {
        Ok(month) => {
            let desk = form.seat.door.review_desk(month, &once);
            desk.recommend(recommendation).await.map_err(Fault::from)
        }
        Err(fault) => Err(fault),
    };
    let Err(fault) = done else {
        return Done::see(&format!("{}?done=recommended", paths::review(&code)));
    };
    let Some(errors) = fault.beside_fields("text") else {
        return fault.into_response(&form.seat, &form.posted).await;
    };
    match held(&form.seat, &code).await {
        Ok(file) => {
            let page = recommend_page(&file, came_back(&form, errors));
            form.seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        Err(fault) => fault.into_response(&form.seat, &form.posted).await,
    }
}

/// Owner and date as a form sends them. What is no day counts as none, and the rule asks for one.
pub(in crate::staff) fn charge(posted: &Posted) -> Charge {
    Charge {
        owner: posted.get("owner").to_owned(),
        due_on: posted.some("due_on").and_then(|day| day.parse().ok()),
    }
}

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
    let proposals = file.register.actions.iter();
    let proposals = proposals
        .filter(|action| action.status == rules::follow_on::Status::Proposed)
        .count();
    let late = file
        .register
        .actions
        .iter()
        .filter(|action| action.is_overdue(file.today))
        .count();
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
        words: posted.get("words").to_owned(),
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

/// The way back from the address of a form that is only sent.
pub async fn to_month(Path(code): Path<String>) -> Response {
    Done::see(&paths::review(&code))
}
