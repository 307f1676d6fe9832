//! A stage 2 investigation: findings, words for the letter, changes, learning; saved as drafts, then sent for sign-off (R72, R77, R78).

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use casework::desk::CaseFile;
use casework::handling::decide::{save_unfinished, submit_draft};
use rules::case::event::Event;
use rules::case::vocabulary::Outcome;
use rules::case::{Decision, State};
use rules::handling::draft::{AskSignOff, sign_off_reason};
use rules::people::Act;

use super::brief::brief;
use super::decision::{Lists, filled, read};
use super::sent::not_now;
use super::{CasePath, OnCase, came_back, fresh, letter};
use crate::staff::decide::PointField;
use crate::staff::desk::{Done, Fault, Seat, StaffForm};
use crate::staff::investigate::{Investigation, Returned, Task};
use crate::staff::parts::form::FormState;
use crate::staff::parts::letter::Letter;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;
use rules::sentence::capital;

/// The page with the latest draft, or the rule's own words why there is none now.
pub async fn show(OnCase { seat, file }: OnCase, query: axum::extract::Query<super::Query>) -> Response {
    if let Err(refused) = possible(&seat, &file) {
        return not_now(&seat, &file, "The decision cannot be written now", refused).await;
    }
    let form = match file.case.draft() {
        Some(draft) => filled(fresh(&file), &draft.decision, &draft.undecided),
        None => fresh(&file),
    };
    let mut page = page(&seat, &file, form);
    page.notice = (query.done == "saved").then(|| "Draft saved. The letter below is made from it.".to_owned());
    seat.page(&page).await
}

/// Saves, or sends.
pub async fn send(Path(path): Path<CasePath>, form: StaffForm) -> Response {
    let seat = &form.seat;
    let file = match super::open(seat, &path.reference).await {
        Ok(file) => file,
        Err(fault) => return fault.into_response(seat, &form.posted).await,
    };
    if form.get("step") == "more-actions" {
        let mut page = page(seat, &file, form.state());
        page.action_lines += 1;
        return seat.page(&page).await;
    }
    match act(&form, &file).await {
        Ok(response) => response,
        Err(fault) => match came_back(&form, &fault, "found") {
            Some(state) => {
                seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page(seat, &file, state))
                    .await
            }
            None => fault.into_response(seat, &form.posted).await,
        },
    }
}

async fn act(form: &StaffForm, file: &CaseFile) -> Result<Response, Fault> {
    let seat = &form.seat;
    let reference = &file.case.reference;
    let once = form.once();
    let hand = seat.door.hand(reference, form.seen(), &once);
    let sent = match form.get("step") {
        "send" => Some(AskSignOff::AsRulesSay),
        "ask" => Some(AskSignOff::Yes),
        _ => None,
    };
    if let Some(ask) = sent {
        let decision = read(file, &form.posted)?;
        submit_draft(hand, &decision, ask).await?;
        return Ok(Done::see(&format!(
            "{}?done=submitted",
            paths::case(&reference.to_string())
        )));
    }
    let (decision, undecided) = unfinished(file, form)?;
    save_unfinished(hand, &decision, &undecided).await?;
    Ok(Done::see(&format!(
        "{}?done=saved",
        paths::case_act(&reference.to_string(), "investigation")
    )))
}

/// A draft need not be complete: points without an outcome are named as undecided. Follow-on actions need their dates even here,
/// because a promise without a day is none.
fn unfinished(file: &CaseFile, form: &StaffForm) -> Result<(Decision, Vec<u32>), Fault> {
    let mut posted = form.posted.clone();
    let mut undecided = Vec::new();
    for point in &file.case.points {
        let field = format!("point-{}", point.number);
        if !posted.has(&field) {
            undecided.push(point.number);
            posted.or_else(&field, Outcome::NotUpheld.code());
        }
    }
    Ok((read(file, &posted)?, undecided))
}

fn possible(seat: &Seat, file: &CaseFile) -> Result<(), rules::case::Refused> {
    rules::case::change::permit(seat.door.person(), Act::Investigate)?;
    let setting = file.in_force.setting(file.now);
    rules::handling::draft::can_draft(&file.case, seat.door.person(), &setting)
}

fn page(seat: &Seat, file: &CaseFile, form: FormState) -> Investigation {
    let posted = crate::http::Posted::from_pairs(form.answers.pairs());
    let decision = read(file, &posted)
        .ok()
        .or_else(|| file.case.draft().map(|draft| draft.decision.clone()));
    let stage = file.in_force.procedure.stage_number(file.case.stage());
    let reason = |asked: AskSignOff| {
        let (decision, stage) = decision.as_ref().zip(stage)?;
        sign_off_reason(&file.case, decision, stage, asked)
    };
    let may_ask = reason(AskSignOff::AsRulesSay).is_none() && reason(AskSignOff::Yes).is_some();
    let reason = reason(AskSignOff::AsRulesSay);
    let shown = decision.as_ref().map(|decision| preview(seat, file, decision));
    let (preview, checks) = match shown {
        Some(shown) => (shown.letter, shown.checks),
        None => (
            Letter::from_text("The letter", Vec::new(), "Save a draft to see the letter here."),
            Vec::new(),
        ),
    };
    let filled_actions = (1..=20)
        .filter(|n| !form.answers.get(&format!("action-{n}-what")).is_empty())
        .count();
    Investigation {
        case: brief(seat, file),
        notice: None,
        tasks: tasks(file, &form),
        returned: returned(seat, file),
        points: file
            .case
            .points
            .iter()
            .map(|point| PointField {
                number: point.number,
                words: point.text.clone(),
            })
            .collect(),
        action_lines: u32::try_from(filled_actions).unwrap_or(1).max(1),
        sign_off: match &reason {
            Some(reason) => format!("A senior manager signs it off: {reason}."),
            None => "No rule asks for a sign-off: it goes straight out.".to_owned(),
        },
        button: if reason.is_some() {
            "Send for sign-off"
        } else {
            "Send decision"
        }
        .to_owned(),
        may_ask,
        lists: Lists::of(file),
        preview,
        checks,
        form,
    }
}

/// The letter as a decision would make it.
fn preview(seat: &Seat, file: &CaseFile, decision: &Decision) -> letter::Shown {
    letter::of_decision(seat, file, decision, Some(seat.door.person().id))
}

fn returned(seat: &Seat, file: &CaseFile) -> Option<Returned> {
    let State::Open(work) = &file.case.state else {
        return None;
    };
    let words = work.returned.clone()?;
    let recorded = file
        .history
        .iter()
        .rev()
        .find(|recorded| matches!(recorded.event, Event::SignOffReturned(_)))?;
    let who = recorded
        .actor
        .staff()
        .map_or_else(|| "A senior manager".to_owned(), |id| seat.door.office().name_of(id));
    Some(Returned {
        by: format!("{who} sent it back {}", seat.wall().when_inside(recorded.at)),
        words,
    })
}

fn tasks(file: &CaseFile, form: &FormState) -> Vec<Task> {
    let reference = file.case.reference.to_string();
    let done = |done: bool| {
        if done {
            Tag::new("Done", Tone::Good)
        } else {
            Tag::new("Not started", Tone::Grey)
        }
    };
    let task = |name: &str, href: String, status: Tag| Task {
        name: name.to_owned(),
        href,
        status,
    };
    let answered = |name: &str| !form.answers.get(name).is_empty();
    let findings = file
        .case
        .points
        .iter()
        .all(|point| answered(&format!("finding-{}", point.number)));
    vec![
        task(
            "Points of complaint",
            paths::case_act(&reference, "details"),
            done(true),
        ),
        task("Findings", "#findings".to_owned(), done(findings)),
        task(
            "Words for the letter",
            "#the-letter".to_owned(),
            done(answered("found") && answered("did")),
        ),
        task(
            "Putting it right",
            "#changes".to_owned(),
            done(answered("remedy") || answered("action-1-what")),
        ),
        task(
            &capital("learning"),
            "#learn".to_owned(),
            done(answered("root_cause") && answered("learning")),
        ),
    ]
}
