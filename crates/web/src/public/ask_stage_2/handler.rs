//! Serving and taking the request for stage 2.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use casework::ActError;
use casework::desk::CaseFile;
use rules::deadlines::would_be_due;
use rules::handling::escalate;

use super::{AskStage2Page, Reach, ask_stage_2};
use crate::http::{Posted, Site, once};
use crate::page::form::Errors;
use crate::page::words::date_long;
use crate::public::answer::{errors, failed, own_case, page, see, sent_wrong};
use crate::public::kept::kept_act;
use crate::public::message::{MessagePage, Onward, message};
use crate::public::own_form::OwnForm;
use crate::public::paths;
use crate::public::track::message_instead;

/// The page that asks what we got wrong, if stage 2 can be asked for.
pub(crate) async fn show(State(site): State<Site>, Path(reference): Path<String>, headers: HeaderMap) -> Response {
    match own_case(&site, &headers, &reference).await {
        Ok((_, file)) if can_ask(&file) => page(ask_stage_2(&site.institution(), &shown(&file, &Posted::default()))),
        Ok(_) => see(&paths::complaint(&reference)),
        Err(fault) => failed(&site, &fault, None),
    }
}

/// The request.
pub(crate) async fn send(State(site): State<Site>, form: OwnForm) -> Response {
    let OwnForm { who, file, posted, to } = form;
    match site
        .public()
        .ask_stage_2(&who, posted.get("words"), posted.get("key"))
        .await
    {
        Ok(()) => page(message(&site.institution(), &done(&file))),
        Err(ActError::Refused(refused)) if can_ask(&file) => {
            let again = AskStage2Page {
                errors: errors(&refused, "words"),
                ..shown(&file, &posted)
            };
            sent_wrong(ask_stage_2(&site.institution(), &again))
        }
        Err(ActError::Refused(_)) if !posted.has("words") => see(&paths::complaint(&file.case.reference.to_string())),
        // It cannot be asked for any more: what they wrote can still be sent as a message.
        Err(ActError::Refused(refused)) => message_instead(&site, &file, &posted, &refused),
        Err(fault) => failed(&site, &fault, kept_act(&to, &posted)),
    }
}

/// Whether the next stage can be asked for now.
pub(crate) fn can_ask(file: &CaseFile) -> bool {
    let setting = file.in_force.setting(file.now);
    let answered = matches!(
        file.case.state,
        rules::case::State::Answered(..) | rules::case::State::Closed(_, Some(_))
    );
    answered && escalate::gate(&file.case, &setting).is_ok()
}

fn shown(file: &CaseFile, posted: &Posted) -> AskStage2Page {
    let setting = file.in_force.setting(file.now);
    let complainant = &file.case.complainant;
    let late_after = escalate::ask_by(&file.case, &setting)
        .filter(|last| setting.today() > *last)
        .map(date_long);
    let next = escalate::gate(&file.case, &setting)
        .ok()
        .and_then(|gate| setting.procedure.stage(&gate.to));
    let limit = next
        .and_then(|stage| setting.procedure.clock(&stage.decision_clock))
        .map(|clock| clock.rule.unit.with_amount(clock.rule.amount));
    AskStage2Page {
        reference: file.case.reference.to_string(),
        key: once::key_or_new(posted.get("key")),
        words: posted.get("words").to_owned(),
        limit: limit.unwrap_or_default(),
        reach: match (&complainant.phone, &complainant.email) {
            (Some(phone), _) => Reach::Phone(phone.clone()),
            (None, Some(email)) => Reach::Email(email.clone()),
            (None, None) => Reach::Site,
        },
        late_after,
        errors: Errors::none(),
    }
}

fn done(file: &CaseFile) -> MessagePage {
    let setting = file.in_force.setting(file.now);
    let due = would_be_due(file.case.stage() + 1, file.now, &setting).ok().flatten();
    let mut words = vec![
        "We look at your request first. If we agree, a manager who was not involved investigates your complaint."
            .to_owned(),
    ];
    if let Some(due) = due {
        words.push(format!(
            "You will then have their written decision by the end of {}.",
            date_long(due.due_on)
        ));
    }
    MessagePage {
        heading: "We have your request".to_owned(),
        reference: Some(file.case.reference.to_string()),
        words,
        onward: Onward::Complaint,
    }
}
