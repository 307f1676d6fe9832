//! Recording a stage 1 decision: fill in, read the letter, send (R57, R59, R63, R65, A36).

use axum::http::StatusCode;
use axum::response::Response;
use casework::desk::CaseFile;
use casework::drafts::Draft;
use casework::handling::decide::decide;
use casework::handling::judge::categorise;
use rules::case::event::{CategorySet, UrgencySet};
use rules::case::vocabulary::Means;
use rules::case::{Decision, Refused};
use rules::deadlines::decision_due;
use rules::handling::decide as rule;
use rules::handling::decide::{Spoken, Telling};
use rules::handling::unsent::DraftOf;
use rules::people::Act;

use super::brief::{brief, person};
use super::decision::{Lists, filled, read};
use super::sent::{Sent, interrupted, not_now};
use super::{OnCase, axis, came_back, fresh, letter};
use crate::page::words::count;
use crate::staff::decide::{Decide, DecidePreview, PointField};
use crate::staff::desk::{Done, Fault, Seat, StaffForm};
use crate::staff::meanwhile::Meanwhile;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::letter::Letter;
use crate::staff::{paths, unsent};

/// The form, or the rule's own words why there is none now.
pub async fn show(OnCase { seat, file }: OnCase, query: axum::extract::Query<super::Query>) -> Response {
    if let Err(refused) = possible(&seat, &file) {
        return not_now(&seat, &file, "A decision cannot be recorded now", refused).await;
    }
    let found = super::group::findings(&seat, &file, &query.from).await;
    let drafts = unsent::drafts_of(&seat, Some(&file.case.reference)).await;
    let drafts: Vec<Draft> = drafts
        .into_iter()
        .filter(|draft| draft.of == DraftOf::Decision)
        .collect();
    let gone_on = unsent::gone_on_with(&seat, &drafts, DraftOf::Decision, &query.draft).await;
    let form = match file.case.draft() {
        _ if gone_on.is_some() => gone_on.unwrap_or_default(),
        Some(draft) => filled(fresh(&file), &draft.decision, &draft.undecided),
        None => match &found {
            Some((_, decision)) => super::group::taken_over(prefilled(&file), decision),
            None => prefilled(&file),
        },
    };
    let mut page = page(&file, &seat, form).await;
    page.drafts = unsent::shown(&seat, Some(&file.case.reference), &drafts, &query.draft);
    page.taken_over = found.map(|(leading, _)| super::group::taken_from(&leading));
    seat.page(&page).await
}

/// The form: shown as a letter first, then sent.
pub async fn send(Sent { form, file }: Sent) -> Response {
    let seat = &form.seat;
    match form.get("step") {
        "change" => seat.page(&page(&file, seat, form.state()).await).await,
        step => match act(&form, &file, step).await {
            Ok(response) => response,
            Err(fault) => match again(&form, &file, fault).await {
                Ok(response) => response,
                Err(fault) => fault.into_response(seat, &form.posted).await,
            },
        },
    }
}

/// The form again: with what somebody else did meanwhile above it, or with what to do beside its fields.
async fn again(form: &StaffForm, file: &CaseFile, fault: Fault) -> Result<Response, Fault> {
    let seat = &form.seat;
    if let Some((came, file, state)) = interrupted(form, file, &fault).await {
        let page = Meanwhile {
            came,
            page: page(&file, seat, state).await,
        };
        return Ok(seat.page_with(StatusCode::CONFLICT, &page).await);
    }
    match came_back(form, &fault, "outcome") {
        Some(state) => Ok(seat
            .page_with(StatusCode::UNPROCESSABLE_ENTITY, &page(file, seat, state).await)
            .await),
        None => Err(fault),
    }
}

async fn act(form: &StaffForm, file: &CaseFile, step: &str) -> Result<Response, Fault> {
    let seat = &form.seat;
    let decision = read(file, &form.posted)?;
    let telling = telling(seat, form)?;
    let setting = file.in_force.setting(file.now);
    let change = rule::decide(&file.case, decision.clone(), &telling, seat.door.person(), &setting)?;
    if step != "send" {
        return Ok(seat.page(&preview(seat, file, form, &change, &decision)).await);
    }
    let reference = &file.case.reference;
    set_category(form, file).await?;
    let once = form.once();
    decide(seat.door.hand(reference, form.seen(), &once), &decision, &telling).await?;
    Ok(Done::see(&format!(
        "{}?done=decided",
        paths::case(&reference.to_string())
    )))
}

/// The category check of the form: a corrected category is an event of its own.
async fn set_category(form: &StaffForm, file: &CaseFile) -> Result<(), Fault> {
    let chosen = CategorySet {
        service: form.get("service").to_owned(),
        problem: form.get("problem").to_owned(),
    };
    if file.case.category.as_ref() == Some(&chosen) || chosen.service.is_empty() {
        return Ok(());
    }
    let once = format!("{}c", form.once());
    let hand = form.seat.door.hand(&file.case.reference, form.seen(), &once);
    categorise(
        hand,
        &chosen,
        &UrgencySet {
            urgency: file.case.urgency,
            reason: None,
        },
    )
    .await?;
    Ok(())
}

fn possible(seat: &Seat, file: &CaseFile) -> Result<(), Refused> {
    rules::case::change::permit(seat.door.person(), Act::DecideFrontline)?;
    rule::can_decide(&file.case, &file.in_force.setting(file.now))
}

/// By letter, or as it was said: on which day, at what time.
fn telling(seat: &Seat, form: &StaffForm) -> Result<Telling, Refused> {
    let by = match form.get("reply") {
        "phone" => Means::Phone,
        "in_person" => Means::InPerson,
        "chat" => Means::Chat,
        "" => return Err(Refused::field("reply", "Choose how the person hears of it")),
        _ => return Ok(Telling::InWriting),
    };
    let on = form
        .get("spoken_on")
        .parse()
        .map_err(|_| Refused::field("spoken_on", "Choose the day on which you told them"))?;
    let time = form
        .get("spoken_at")
        .trim()
        .parse()
        .map_err(|_| Refused::field("spoken_at", "Enter the time, like 16:30"))?;
    let at = rules::clock::received_locally(on, time, &seat.wall().zone())
        .map_err(|error| Refused::field("spoken_at", error.to_string()))?;
    Ok(Telling::Spoken(Spoken { by, at: at.received_at }))
}

fn prefilled(file: &CaseFile) -> FormState {
    let category = file.case.category.clone().unwrap_or(CategorySet {
        service: String::new(),
        problem: String::new(),
    });
    let form = fresh(file);
    let answers = form
        .answers
        .clone()
        .and("service", &category.service)
        .and("problem", &category.problem)
        .and("reply", "letter")
        .and("satisfied", "not_known");
    FormState { answers, ..form }
}

async fn page(file: &CaseFile, seat: &Seat, form: FormState) -> Decide {
    let setting = file.in_force.setting(file.now);
    let late = decision_due(&file.case, &setting)
        .filter(|due| file.now > due.due_at)
        .map(|due| {
            let days = file.days(&due).left.unsigned_abs();
            format!(
                "This decision is {} late. Say why: the monthly review reads it.",
                count(days.into(), "working day", "working days")
            )
        });
    let who = person(file);
    let points = &file.case.points;
    let mut replies = vec![Pick::with_hint("letter", "In writing", &letter::goes(file))];
    replies.extend(
        [
            ("phone", "on the phone"),
            ("in_person", "in person"),
            ("chat", "in the chat"),
        ]
        .map(|(code, how)| Pick::with_hint(code, &format!("I have told {who} {how}"), "It is logged with the time.")),
    );
    Decide {
        case: brief(seat, file),
        told: file.case.received.words.clone(),
        points: if points.len() > 1 {
            points
                .iter()
                .map(|point| PointField {
                    number: point.number,
                    words: point.text.clone(),
                })
                .collect()
        } else {
            Vec::new()
        },
        services: axis(file, "service"),
        problems: axis(file, "problem"),
        lists: Lists::of(file),
        replies,
        late,
        group: super::group::panel_deciding(seat, file, "decide").await,
        taken_over: None,
        drafts: Vec::new(),
        form,
    }
}

fn preview(
    seat: &Seat,
    file: &CaseFile,
    form: &StaffForm,
    change: &rules::case::Change,
    decision: &Decision,
) -> DecidePreview {
    let shown = letter::of_change(seat, file, change);
    let spoken = shown.is_none();
    let job = file
        .case
        .job
        .as_ref()
        .map(|job| format!("Job {} is updated and closed.", job.number));
    let goes = if spoken {
        "This is kept as what you said. No letter goes out.".to_owned()
    } else {
        letter::goes(file)
    };
    let ready = shown.as_ref().is_none_or(letter::Shown::ready);
    let (letter, checks) = match shown {
        Some(shown) => (shown.letter, shown.checks),
        None => (
            Letter::from_text(
                "What you said",
                Vec::new(),
                &format!("{}\n\n{}", decision.reasons, decision.what_we_did),
            ),
            Vec::new(),
        ),
    };
    let mut then =
        vec!["The case closes when the decision has reached them. They can still ask for stage 2.".to_owned()];
    then.extend(job);
    DecidePreview {
        case: brief(seat, file),
        goes,
        letter,
        checks,
        then,
        ready,
        form: form.state(),
    }
}
