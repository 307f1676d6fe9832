//! A request for stage 2: written down for the person, accepted or refused (R67, R68, A19, A20).

use axum::response::Response;
use casework::desk::CaseFile;
use casework::handling::escalate;
use rules::case::change::permit;
use rules::case::vocabulary::Channel;
use rules::case::{Refused, State};
use rules::clock::full_date;
use rules::handling::escalate as rule;
use rules::people::Act;

use super::brief::{brief, person};
use super::notice::Notice;
use super::sent::{Again, Sent, in_the_way, not_now};
use super::stage_2::{date_after, first_free};
use super::{OnCase, candidates, fresh, named};
use crate::staff::desk::{Fault, Seat};
use crate::staff::escalation::{AskForStage2, Escalation};
use crate::staff::parts::checks::Check;
use crate::staff::parts::form::{FormState, Pick};

/// The request with the form, or why there is nothing to decide.
pub async fn show(OnCase { seat, file }: OnCase) -> Response {
    match possible(&seat, &file) {
        Err(refused) => not_now(&seat, &file, "Decide on the request for stage 2", refused).await,
        Ok(()) => seat.page(&page(&seat, &file, fresh(&file))).await,
    }
}

/// Accepts or refuses it.
pub async fn post(sent: Sent) -> Response {
    let acted = decide(&sent).await;
    sent.answer(
        acted,
        Again {
            first_field: "answer",
            page,
        },
    )
    .await
}

fn possible(seat: &Seat, file: &CaseFile) -> Result<(), Refused> {
    rule::asked(&file.case, seat.door.person(), &file.in_force.setting(file.now)).map(|_| ())
}

async fn decide(sent: &Sent) -> Result<Notice, Fault> {
    possible(sent.seat(), &sent.file)?;
    let once = sent.form.once();
    match sent.form.get("answer") {
        "accept" => {
            let investigator = named(
                sent.seat(),
                sent.form.get("investigator"),
                "investigator",
                "Choose who investigates",
            )?;
            escalate::accept(sent.hand(&once), &investigator, None).await?;
            Ok(Notice::Stage2Accepted)
        }
        "refuse" => {
            escalate::refuse(sent.hand(&once), sent.form.get("reason")).await?;
            Ok(Notice::Stage2Refused)
        }
        _ => Err(Refused::field("answer", "Choose whether to accept or to refuse").into()),
    }
}

fn page(seat: &Seat, file: &CaseFile, form: FormState) -> Escalation {
    let setting = file.in_force.setting(file.now);
    let next = rule::asked(&file.case, seat.door.person(), &setting).ok();
    let investigators = next.map_or_else(Vec::new, |stage| candidates(seat, file, stage));
    let change = first_free(seat, &investigators)
        .and_then(|one| rule::accept(&file.case, &one, None, seat.door.person(), &setting).ok());
    let new_clock = match change.as_ref().and_then(|change| date_after(seat, file, change)) {
        Some(on) => format!("A new clock, counted from the day of the request: decision due by the end of {on}."),
        None => "A new clock, counted from the day of the request.".to_owned(),
    };
    let (asked, words) = match &file.case.state {
        State::EscalationPending(_, asked) => (
            format!(
                "Asked on {}, by {}",
                seat.wall().full(asked.requested_at),
                asked.request.channel.words()
            ),
            asked.request.words.clone(),
        ),
        _ => ("Nobody has asked for stage 2".to_owned(), None),
    };
    Escalation {
        case: brief(seat, file),
        asked,
        words,
        gate: gate(file),
        new_clock,
        investigators,
        form,
    }
}

fn gate(file: &CaseFile) -> Vec<Check> {
    let setting = file.in_force.setting(file.now);
    let mut checks = Vec::new();
    if let Some(told) = file.case.stages.last().and_then(|stage| stage.communicated.as_ref()) {
        let on = full_date(setting.local_date(told.at));
        checks.push(Check::passed(&format!(
            "The decision of stage {} was given on {on}",
            file.case.stage()
        )));
    }
    let State::EscalationPending(_, asked) = &file.case.state else {
        return checks;
    };
    checks.push(match (asked.request.late, rule::ask_by(&file.case, &setting)) {
        (true, Some(by)) => Check::look(&format!(
            "Asked for after {}. Being late is no reason to refuse",
            full_date(by)
        )),
        (true, None) => Check::look("Asked for late. Being late is no reason to refuse"),
        (false, Some(by)) => Check::passed(&format!("Asked for in time: by {}", full_date(by))),
        (false, None) => Check::passed("Asked for in time"),
    });
    checks
}

/// The form on which somebody writes down that the person asked for stage 2, or why they cannot ask.
pub async fn show_ask(OnCase { seat, file }: OnCase) -> Response {
    match may_ask(&seat, &file) {
        Some(refused) => {
            not_now(
                &seat,
                &file,
                &format!("{} asks for stage 2", rules::sentence::capital(&person(&file))),
                refused,
            )
            .await
        }
        None => seat.page(&ask_page(&seat, &file, fresh(&file))).await,
    }
}

/// Keeps the request.
pub async fn ask(sent: Sent) -> Response {
    let acted = keep(&sent).await;
    sent.answer(
        acted,
        Again {
            first_field: "channel",
            page: ask_page,
        },
    )
    .await
}

/// The rule for a request, asked before a word is written.
fn may_ask(seat: &Seat, file: &CaseFile) -> Option<Refused> {
    let setting = file.in_force.setting(file.now);
    let request = || rule::request(&file.case, Channel::Phone, Some("-".to_owned()), &setting);
    in_the_way(permit(seat.door.person(), Act::Write).and_then(|()| request()))
}

async fn keep(sent: &Sent) -> Result<Notice, Fault> {
    permit(sent.seat().door.person(), Act::Write)?;
    let channel = Channel::from_code(sent.form.get("channel"))
        .ok_or_else(|| Refused::field("channel", "Choose how they asked"))?;
    let words = sent.form.posted.some("words").map(str::to_owned);
    let once = sent.form.once();
    escalate::request(sent.hand(&once), channel, words).await?;
    Ok(Notice::Stage2Asked)
}

fn ask_page(seat: &Seat, file: &CaseFile, form: FormState) -> AskForStage2 {
    let by_hand = Channel::ALL.iter().filter(|channel| **channel != Channel::Web);
    let ways = by_hand
        .map(|channel| Pick::new(channel.code(), &rules::sentence::capital(channel.words())))
        .collect();
    let last = rule::ask_by(&file.case, &file.in_force.setting(file.now));
    let until = match last {
        Some(last) => format!(
            "They can ask until {}. A later request is kept too, and marked as late.",
            full_date(last)
        ),
        None => "They can ask at any time.".to_owned(),
    };
    AskForStage2 {
        case: brief(seat, file),
        until,
        ways,
        form,
    }
}
