//! The letter of an investigation: its words, made from the findings; changes, learning; saved as drafts, then sent for sign-off (R72, R77, R78).

use axum::http::StatusCode;
use axum::response::Response;
use casework::desk::CaseFile;
use casework::handling::decide::{save_unfinished, submit_draft};
use rules::case::{Decision, Refused};
use rules::handling::draft::{AskSignOff, sign_off_reason};
use rules::investigation::findings::{answers, unfinished};
use rules::investigation::letter as words;
use rules::investigation::task::Task;
use rules::people::Act;

use super::brief::brief;
use super::decision::{Lists, filled, read};
use super::investigation::{before_sending, outcome_tag, returned};
use super::sent::{Sent, not_now};
use super::{OnCase, came_back, fresh, letter};
use crate::http::Posted;
use crate::staff::desk::{Done, Fault, Seat, StaffForm};
use crate::staff::investigate::{LetterPage, Record};
use crate::staff::parts::form::FormState;
use crate::staff::parts::letter::Letter;
use crate::staff::paths;

/// The page with the latest draft, or the rule's own words why there is none now.
pub async fn show(OnCase { seat, file }: OnCase, query: axum::extract::Query<super::Query>) -> Response {
    if let Err(refused) = possible(&seat, &file) {
        return not_now(&seat, &file, "The decision cannot be written now", refused).await;
    }
    let found = super::group::findings(&seat, &file, &query.from).await;
    let form = match file.case.draft() {
        Some(draft) => started(filled(fresh(&file), &draft.decision, &draft.undecided), &file),
        None => match &found {
            Some((_, decision)) => super::group::taken_over(fresh(&file), decision),
            None => started(fresh(&file), &file),
        },
    };
    let mut page = page(&seat, &file, form).await;
    page.taken_over = found.map(|(leading, _)| super::group::taken_from(&leading));
    page.notice = (query.done == "saved").then(|| "Draft saved. The letter below is made from it.".to_owned());
    seat.page(&page).await
}

/// Saves, or sends.
pub async fn send(Sent { form, file }: Sent) -> Response {
    let seat = &form.seat;
    if form.get("step") == "more-actions" {
        let mut page = page(seat, &file, form.state()).await;
        page.action_lines += 1;
        return seat.page(&page).await;
    }
    match act(&form, &file).await {
        Ok(response) => response,
        Err(fault) => match came_back(&form, &fault, "found") {
            Some(state) => {
                seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page(seat, &file, state).await)
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
        if !unfinished(&file.case).is_empty() {
            let first = format!("Before this can be sent: {}.", Task::Findings.words());
            return Err(Refused::Rule(first).into());
        }
        let decision = read(file, &answered(file, &form.posted))?;
        submit_draft(hand, &decision, ask).await?;
        return Ok(Done::see(&format!(
            "{}?done=submitted",
            paths::case(&reference.to_string())
        )));
    }
    // A draft need not be complete: points without an outcome are named as undecided. Follow-on actions need their dates even here, because
    // a promise without a day is none.
    let decision = read(file, &answered(file, &form.posted))?;
    save_unfinished(hand, &decision, &answers(&file.case).undecided).await?;
    Ok(Done::see(&format!(
        "{}?done=saved",
        paths::investigation_task(&reference.to_string(), "letter")
    )))
}

/// The letter's own fields with the findings as answers to the points.
fn answered(file: &CaseFile, posted: &Posted) -> Posted {
    let mut posted = posted.clone();
    for answer in answers(&file.case).points {
        posted.set(&format!("point-{}", answer.number), answer.outcome.code());
        posted.set(&format!("finding-{}", answer.number), &answer.finding);
    }
    posted
}

/// Empty boxes start with words made from what was found and what is offered.
fn started(form: FormState, file: &CaseFile) -> FormState {
    let mut answers = form.answers.clone();
    if answers.get("found").is_empty() {
        answers = answers.and("found", &words::found(&file.case));
    }
    let offered = file
        .case
        .draft()
        .map(|draft| words::did(&draft.decision, &file.in_force.procedure));
    if let Some(offered) = offered.filter(|_| form.answers.get("did").is_empty()) {
        answers = answers.and("did", &offered);
    }
    FormState { answers, ..form }
}

pub(super) fn possible(seat: &Seat, file: &CaseFile) -> Result<(), rules::case::Refused> {
    rules::case::change::permit(seat.door.person(), Act::Investigate)?;
    let setting = file.in_force.setting(file.now);
    rules::handling::draft::can_draft(&file.case, seat.door.person(), &setting)
}

async fn page(seat: &Seat, file: &CaseFile, form: FormState) -> LetterPage {
    let posted = answered(file, &Posted::from_pairs(form.answers.pairs()));
    // A point without an outcome makes no letter that anybody should read.
    let whole = answers(&file.case).undecided.is_empty();
    let decision = read(file, &posted)
        .ok()
        .filter(|_| whole)
        .or_else(|| file.case.draft().map(|draft| draft.decision.clone()));
    let stage = file.in_force.procedure.stage_number(file.case.stage());
    let reason = |asked: AskSignOff| {
        let (decision, stage) = decision.as_ref().zip(stage)?;
        sign_off_reason(&file.case, decision, stage, asked, &file.in_force.procedure)
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
    LetterPage {
        case: brief(seat, file),
        notice: None,
        returned: returned(seat, file),
        findings: findings(file),
        before_sending: before_sending(file),
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
        group: super::group::panel_deciding(seat, file, "investigation/letter").await,
        taken_over: None,
        form,
    }
}

/// The letter as a decision would make it.
fn preview(seat: &Seat, file: &CaseFile, decision: &Decision) -> letter::Shown {
    letter::of_decision(seat, file, decision, Some(seat.door.person().id))
}

/// What was found on each point, as the letter answers it.
fn findings(file: &CaseFile) -> Vec<Record> {
    let answers = answers(&file.case);
    let text = |number: u32| {
        let point = file.case.points.iter().find(|point| point.number == number);
        point.map_or_else(String::new, |point| format!("{number}. {}", point.text))
    };
    let found = answers.points.into_iter().map(|answer| {
        let chosen = !answers.undecided.contains(&answer.number);
        Record {
            title: text(answer.number),
            tag: Some(outcome_tag(chosen.then_some(answer.outcome))),
            words: answer.finding,
            ..Record::default()
        }
    });
    found.collect()
}
