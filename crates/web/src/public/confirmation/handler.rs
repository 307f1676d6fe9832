//! Serving the confirmation: the acknowledgement on the page itself, for a day in this browser (R18, R25).

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use casework::desk::CaseFile;
use rules::case::vocabulary::ReplyBy;
use rules::case::{Alert, Case};
use rules::clock::clock_time;
use rules::letters::LetterKind;

use super::{ConfirmationPage, EmailState, Step, StepState, confirmation};
use crate::http::Site;
use crate::page::words::date_long;
use crate::public::answer::{case_of_cookie, complainant, failed, page};
use crate::public::paths;

/// The confirmation of the case that this browser just sent.
pub(crate) async fn show(State(site): State<Site>, headers: HeaderMap) -> Response {
    match file(&site, &headers).await {
        Ok(file) => page(confirmation(&site.institution(), &shown(&file))),
        Err(fault) => failed(&site, &fault, None),
    }
}

/// The receipt as a text file.
pub(crate) async fn receipt(State(site): State<Site>, headers: HeaderMap) -> Response {
    let made = async {
        let file = file(&site, &headers).await?;
        let text = site.public().receipt(&file).await?;
        Ok::<_, casework::ActError>((
            format!("attachment; filename=\"receipt-{}.txt\"", file.case.reference),
            text,
        ))
    };
    match made.await {
        Ok((disposition, text)) => (
            [
                (CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
                (CONTENT_DISPOSITION, disposition),
            ],
            text,
        )
            .into_response(),
        Err(fault) => failed(&site, &fault, None),
    }
}

async fn file(site: &Site, headers: &HeaderMap) -> Result<CaseFile, casework::ActError> {
    let reference = case_of_cookie(headers).ok_or(casework::ActError::NotFound)?;
    let who = complainant(site, headers, &reference).await?;
    site.public().case(&who).await
}

fn shown(file: &CaseFile) -> ConfirmationPage {
    let case = &file.case;
    let reference = case.reference.to_string();
    ConfirmationPage {
        code: case.received.receipt_code.clone(),
        email: email(case),
        notice: (case.is_restricted() && case.received.about_staff).then(|| RESTRICTED.to_owned()),
        steps: steps(file),
        told: told(case),
        receipt_path: "/complain/sent/receipt.txt".to_owned(),
        track_path: paths::complaint(&reference),
        reference,
    }
}

/// What happens with a complaint about a member of staff: no more than is done (R33, R34, R36).
const RESTRICTED: &str = "You told us that this is about a member of staff. The complaints coordinator or a senior manager reads it first and gives it to a manager, \
    who deals with it. The person it is about has no part in it and cannot read it, and the Helpline cannot either.";

fn email(case: &Case) -> EmailState {
    let complainant = &case.complainant;
    let failed = case.alerts.iter().any(|alert| {
        matches!(
            alert,
            Alert::Undelivered {
                letter: LetterKind::Acknowledgement,
                ..
            }
        )
    });
    match &complainant.email {
        Some(to) if failed => EmailState::Failed { to: to.clone() },
        Some(to) if complainant.reply_by != ReplyBy::TrackingPage => EmailState::Sent { to: to.clone() },
        _ => EmailState::NotGiven,
    }
}

fn steps(file: &CaseFile) -> Vec<Step> {
    let zone = file.in_force.calendar.time_zone();
    let received = zone.to_datetime(file.case.received.received_at);
    let mut steps = vec![Step {
        state: StepState::Done,
        when: date_long(received.date()),
        what: format!("We received your complaint at {}.", clock_time(received.time())),
    }];
    if let Some(update) = file.update_date() {
        steps.push(Step {
            state: StepState::Next,
            when: format!("By {}", date_long(update.due_on)),
            what: "Somebody reads it and tells you who deals with it.".to_owned(),
        });
    }
    if let Some(decision) = file.decision_date() {
        steps.push(Step {
            state: StepState::Later,
            when: format!("By {}", date_long(decision.due_on)),
            what: "We give you our decision. If it needs an investigation, we tell you why and give you a new date."
                .to_owned(),
        });
    }
    steps
}

fn told(case: &Case) -> Vec<(String, String)> {
    let received = &case.received;
    let complainant = &received.complainant;
    let mut told = vec![("What went wrong".to_owned(), received.words.clone())];
    let mut add = |question: &str, answer: &Option<String>| {
        if let Some(answer) = answer {
            told.push((question.to_owned(), answer.clone()));
        }
    };
    add("What would put it right", &received.wanted);
    add("Name", &complainant.name);
    add("Acting for", &complainant.acting_for);
    add("Job number", &received.existing_job);
    add("When we contact you", &complainant.needs);
    let files: Vec<String> = case
        .files
        .iter()
        .filter(|kept| kept.file.came_with == 1)
        .map(|kept| format!("{} ({})", kept.file.name, kept.file.about()))
        .collect();
    if !files.is_empty() {
        told.push(("Files".to_owned(), files.join("\n")));
    }
    told.push((
        "About a member of staff".to_owned(),
        if received.about_staff { "Yes" } else { "No" }.to_owned(),
    ));
    let reply = match complainant.reply_by {
        ReplyBy::Email => complainant
            .email
            .clone()
            .map_or_else(|| "Email".to_owned(), |to| format!("Email, {to}")),
        ReplyBy::Phone => complainant
            .phone
            .clone()
            .map_or_else(|| "Phone".to_owned(), |to| format!("Phone, {to}")),
        ReplyBy::TrackingPage => "On this website, with your reference and code".to_owned(),
    };
    told.push(("How we will reply".to_owned(), reply));
    told
}
