//! More time for a decision: asked for, granted at once, granted or refused to somebody else (A10, R64, R76).

use axum::response::Response;
use casework::desk::CaseFile;
use casework::handling::extend;
use rules::case::change::permit;
use rules::case::{Change, Refused};
use rules::clock::full_date;
use rules::handling::extend as rule;
use rules::handling::extend::MoreTime;
use rules::people::{Act, Person, Role};
use rules::procedure::{Expiry, ExtensionReasons, ExtensionRule};

use super::brief::{brief, person};
use super::notice::Notice;
use super::sent::{Again, Sent, date, not_now};
use super::{OnCase, fresh, letter, picks};
use crate::page::words::count;
use crate::staff::desk::{Fault, Seat};
use crate::staff::extend::{Extend, MoreTimeAsked};
use crate::staff::parts::form::FormState;
use crate::staff::parts::letter::Letter;

/// The form; the request of somebody else with the two answers to it; or why there is no more time.
pub async fn show(OnCase { seat, file }: OnCase) -> Response {
    if let Err(refused) = permit(seat.door.person(), Act::AskExtension) {
        return Fault::from(refused)
            .into_response(&seat, &crate::http::Posted::default())
            .await;
    }
    match (may_answer(&seat, &file), possible(&file)) {
        (Some(Ok(())), _) => seat.page(&asked_page(&seat, &file, fresh(&file))).await,
        (Some(Err(refused)), _) => not_now(&seat, &file, "Extend the deadline", refused).await,
        (None, Err(refused)) => {
            let page = Extend {
                refused: Some(refused.to_string()),
                ..page(&seat, &file, fresh(&file))
            };
            seat.page_with(axum::http::StatusCode::CONFLICT, &page).await
        }
        (None, Ok(())) => seat.page(&page(&seat, &file, prefilled(&file))).await,
    }
}

/// Extends, asks, or answers somebody who asked.
pub async fn post(sent: Sent) -> Response {
    match sent.form.get("answer") {
        _ if sent.form.get("step") == "preview" => {
            sent.seat()
                .page(&page(sent.seat(), &sent.file, sent.form.state()))
                .await
        }
        "" if sent.form.posted.get("step").is_empty() => {
            let unanswered = Refused::field("answer", "Choose whether to grant or to refuse");
            sent.answer(
                Err(unanswered.into()),
                Again {
                    first_field: "answer",
                    page: asked_page,
                },
            )
            .await
        }
        "" => {
            sent.answer(
                more(&sent).await,
                Again {
                    first_field: "new_date",
                    page,
                },
            )
            .await
        }
        _ => {
            sent.answer(
                decide(&sent).await,
                Again {
                    first_field: "answer",
                    page: asked_page,
                },
            )
            .await
        }
    }
}

fn possible(file: &CaseFile) -> Result<(), Refused> {
    rule::possible(&file.case, &file.in_force.setting(file.now))
}

/// Whether there is a request that this person may answer; nothing where nobody asked.
fn may_answer(seat: &Seat, file: &CaseFile) -> Option<Result<(), Refused>> {
    file.case.extension_request.as_ref()?;
    let (rule, ..) = rule::latest(&file.case, &file.in_force.setting(file.now))?;
    let approver = rule.approver;
    if rule::may_grant(&file.case, rule, seat.door.person()) {
        return Some(Ok(()));
    }
    let waits = format!(
        "More time was asked for already. {} decides on it.",
        names(seat, approver)
    );
    Some(Err(Refused::NotNow(waits)))
}

async fn more(sent: &Sent) -> Result<Notice, Fault> {
    let more = read(sent)?;
    let once = sent.form.once();
    let case = extend::extend(sent.hand(&once), &more).await?;
    Ok(if case.extension_request.is_some() {
        Notice::MoreTimeAsked
    } else {
        Notice::MoreTime
    })
}

async fn decide(sent: &Sent) -> Result<Notice, Fault> {
    let once = sent.form.once();
    match sent.form.get("answer") {
        "grant" => extend::grant(sent.hand(&once))
            .await
            .map(|_| Notice::MoreTime)
            .map_err(Fault::from),
        _ => extend::deny(sent.hand(&once), sent.form.get("reason"))
            .await
            .map(|_| Notice::MoreTimeRefused)
            .map_err(Fault::from),
    }
}

fn read(sent: &Sent) -> Result<MoreTime, Refused> {
    let new_due_on = date(&sent.form, "new_date")?.ok_or_else(|| Refused::field("new_date", "Choose the new date"))?;
    let reason_code = sent.form.posted.some("reason_code").map(str::to_owned);
    Ok(MoreTime {
        new_due_on,
        reason_code,
        reason: sent.form.get("reason").to_owned(),
    })
}

/// The latest day is what the form suggests: a date is rarely moved twice.
fn prefilled(file: &CaseFile) -> FormState {
    let latest = rule::latest(&file.case, &file.in_force.setting(file.now))
        .map_or_else(String::new, |(.., last)| last.to_string());
    let form = fresh(file);
    FormState {
        answers: form.answers.clone().and("new_date", &latest),
        ..form
    }
}

fn page(seat: &Seat, file: &CaseFile, form: FormState) -> Extend {
    let setting = file.in_force.setting(file.now);
    let found = rule::latest(&file.case, &setting);
    let extension = found.as_ref().map(|(rule, ..)| *rule);
    let alone = extension.is_none_or(|rule| rule::may_grant(&file.case, rule, seat.door.person()));
    let approver = extension.map_or_else(String::new, |rule| names(seat, rule.approver));
    Extend {
        case: brief(seat, file),
        due_now: found
            .as_ref()
            .map_or_else(String::new, |(_, due, _)| full_date(due.due_on)),
        reasons: extension.map_or_else(Vec::new, reasons),
        limits: found
            .as_ref()
            .map_or_else(Vec::new, |(rule, _, last)| limits(rule, *last, &approver)),
        approval: (!alone).then(|| {
            format!(
                "{approver} must approve this. {} is told when that has happened.",
                rules::sentence::capital(&person(file))
            )
        }),
        button: if alone {
            "Extend and tell them".to_owned()
        } else {
            "Ask for approval".to_owned()
        },
        refused: None,
        notice: notice(seat, file, &form, extension),
        form,
    }
}

fn reasons(rule: &ExtensionRule) -> Vec<crate::staff::parts::form::Pick> {
    match &rule.reasons {
        ExtensionReasons::Codes(codes) => {
            picks(codes.iter().map(|reason| (reason.code.as_str(), reason.name.as_str())))
        }
        ExtensionReasons::FreeText => Vec::new(),
    }
}

fn limits(rule: &ExtensionRule, last: jiff::civil::Date, approver: &str) -> Vec<String> {
    let days = |n: u32| count(n.into(), "working day", "working days");
    let most = if rule.max_each_days == rule.max_total_days {
        days(rule.max_each_days)
    } else {
        format!(
            "{} at a time and {} in all",
            days(rule.max_each_days),
            rule.max_total_days
        )
    };
    let mut limits = vec![format!("At most {most}: now until {} at the latest.", full_date(last))];
    limits.extend(rule.max_count.map(|most| {
        format!(
            "It can be extended {}.",
            if most == 1 {
                "once".to_owned()
            } else {
                format!("{most} times")
            }
        )
    }));
    limits.push(format!("{approver} can approve it."));
    if rule.before_expiry == Expiry::MustBeBefore {
        limits.push("It must be approved before the present date has passed.".to_owned());
    }
    limits
}

/// Everyone who holds a role, by name, or the role where nobody does.
fn names(seat: &Seat, role: Role) -> String {
    let names: Vec<String> = seat.holders(&[role]).into_iter().map(|person| person.name).collect();
    match names.split_last() {
        None => format!("A {}", role.words()),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

/// The notice as it would go out, with the words typed so far.
fn notice(seat: &Seat, file: &CaseFile, form: &FormState, extension: Option<&ExtensionRule>) -> Letter {
    let shown = extension
        .and_then(|rule| would_be(seat, file, form, rule))
        .and_then(|change| letter::of_change(seat, file, &change));
    shown.map_or_else(
        || {
            Letter::from_text(
                "Notice",
                Vec::new(),
                "Choose a date and say why. Then you can read the notice here.",
            )
        },
        |shown| shown.letter,
    )
}

/// What would follow if somebody who may approve it did so now.
fn would_be(seat: &Seat, file: &CaseFile, form: &FormState, rule: &ExtensionRule) -> Option<Change> {
    let more = MoreTime {
        new_due_on: form.answers.get("new_date").parse().ok()?,
        reason_code: Some(form.answers.get("reason_code").to_owned()).filter(|code| !code.is_empty()),
        reason: form.answers.get("reason").to_owned(),
    };
    self::rule::extend(
        &file.case,
        &more,
        &approver(seat, rule)?,
        &file.in_force.setting(file.now),
    )
    .ok()
}

/// The person themselves if they may approve, else the first who may.
fn approver(seat: &Seat, rule: &ExtensionRule) -> Option<Person> {
    let me = seat.door.person();
    if me.is(rule.approver) {
        Some(me.clone())
    } else {
        seat.holders(&[rule.approver]).into_iter().next()
    }
}

fn asked_page(seat: &Seat, file: &CaseFile, form: FormState) -> MoreTimeAsked {
    let setting = file.in_force.setting(file.now);
    let request = file.case.extension_request.as_ref();
    let change = rule::grant(&file.case, seat.door.person(), &setting);
    let days = request.map_or(0, |request| request.days);
    let refused = change.as_ref().err().map(ToString::to_string);
    let notice = change
        .ok()
        .and_then(|change| letter::of_change(seat, file, &change))
        .map(|shown| shown.letter);
    MoreTimeAsked {
        case: brief(seat, file),
        asked: format!(
            "{} more than the present date",
            count(days.into(), "working day", "working days")
        ),
        reason: request.map_or_else(String::new, |request| request.reason.clone()),
        refused,
        notice,
        form,
    }
}
