//! Triage: the list of what nobody has looked at, the page on which somebody does, and turning a complaint into something else.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::desk::{CaseFile, Shown};
use casework::handling::{confidential, judge};
use rules::case::vocabulary::FeedbackKind;
use rules::case::{Case, Refused};
use rules::handling::triage::gate;

use super::read::{Chosen, Route, read, refused};
use super::shown::{Forms, line, linked, one, related, related_job, untouched};
use super::{RelatedCase, TriageCase, TriageList};
use crate::http::asked::address;
use crate::http::{Asked, Posted};
use crate::page::form::Errors;
use crate::page::words::count;
use crate::staff::desk::answer::kept;
use crate::staff::desk::{Done, Fault, Seat};
use crate::staff::meanwhile::Meanwhile;
use crate::staff::message::{Message, Trouble};
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::parts::panel::Empty;
use crate::staff::paths;
use crate::staff::serve::notice::Notice;
use crate::staff::serve::sent::{Sent, newer};
use crate::staff::serve::{CasePath, OnCase};

/// What was just done, by the code that a redirect carries.
const NOTICES: [(&str, &str); 4] = [
    ("given", "It has an owner now."),
    (
        "stage-2",
        "Stage 2 began. We tell the person who investigates and by when.",
    ),
    (
        "stage-2-by-rule",
        "It started at stage 2, because of what you found: the procedure decides that, whatever was chosen.",
    ),
    ("noted", "Read and passed on. It is closed."),
];

/// What waits, the oldest first.
pub async fn list(seat: Seat, asked: Asked) -> Response {
    let page = match listed(&seat, asked.some("after")).await {
        Ok(page) => page,
        Err(fault) => return Fault::from(fault).into_response(&seat, &Posted::default()).await,
    };
    let notice = NOTICES
        .iter()
        .find(|(code, _)| *code == asked.get("done"))
        .map(|(_, words)| (*words).to_owned());
    seat.page(&TriageList { notice, ..page }).await
}

async fn listed(seat: &Seat, after: Option<&str>) -> Result<TriageList, ActError> {
    let page = seat.door.list(&Shown::Triage, after).await?;
    let waiting = seat.door.counts().await?.triage.unsigned_abs();
    let oldest = page
        .lines
        .first()
        .filter(|_| after.is_none())
        .map(|line| seat.wall().when_inside(line.received_at));
    let verb = if waiting == 1 { "is" } else { "are" };
    let summary = match oldest {
        _ if page.lines.is_empty() => String::new(),
        Some(oldest) => format!(
            "{} {verb} waiting. The oldest has waited since {oldest}.",
            count(waiting, "case", "cases")
        ),
        None => format!("{} {verb} waiting.", count(waiting, "case", "cases")),
    };
    Ok(TriageList {
        summary,
        notice: None,
        lines: page.lines.iter().map(|one| line(seat, one)).collect(),
        empty: Empty::new("All new complaints have an owner."),
        next: page.next.map(|next| address(paths::TRIAGE, &[("after", &next)])),
    })
}

/// One case, with a form if it can be triaged now.
pub async fn show(OnCase { seat, file }: OnCase, asked: Asked) -> Response {
    if let Err(refused) = gate(&file.case, seat.door.person()) {
        return not_waiting(&seat, &file, refused).await;
    }
    let notice = match asked.get("done") {
        "kind" => Some(format!("It is a {} now.", file.case.kind.words())),
        "linked" => Some("The two are linked. Each is still answered by itself.".to_owned()),
        _ => None,
    };
    let page = page(&seat, &file, untouched(&file)).await;
    seat.page(&TriageCase { notice, ..page }).await
}

/// The judgement.
pub async fn save(sent: Sent) -> Response {
    let chosen = match read(&sent) {
        Ok(chosen) => chosen,
        Err(errors) => {
            return match gate(&sent.file.case, sent.seat().door.person()) {
                Ok(()) => again(&sent, errors).await,
                Err(refused) => sent.fault(refused.into()).await,
            };
        }
    };
    let once = sent.form.once();
    let hand = sent.hand(&once);
    let judged = if sent.file.case.is_restricted() {
        confidential::named_and_triaged(hand, &chosen.named, &chosen.judgement).await
    } else {
        judge::triage(hand, &chosen.judgement).await
    };
    let fault = match judged {
        Ok(case) => return Done::see(&after(&sent, &chosen, &case)),
        Err(fault) => Fault::from(fault),
    };
    match refused(&sent, &chosen, &fault) {
        Some(errors) => again(&sent, errors).await,
        None => {
            quicker(&sent, fault, |triage, file| Forms {
                triage,
                ..untouched(file)
            })
            .await
        }
    }
}

/// Whoever takes a case goes on with it; whoever gave it away goes on with the next. Where a rule decided the stage, they are told.
fn after(sent: &Sent, chosen: &Chosen, case: &Case) -> String {
    let reference = case.reference.to_string();
    let by_rule = case.stage() > 1 && chosen.route != Route::Stage2;
    if case.kind != FeedbackKind::Complaint {
        return format!("{}?done=noted", paths::TRIAGE);
    }
    match (case.owner == Some(sent.seat().door.person().id), by_rule) {
        (true, true) => Notice::TakenAtStage2.path(&reference),
        (true, false) => Notice::Taken.path(&reference),
        (false, true) => format!("{}?done=stage-2-by-rule", paths::TRIAGE),
        (false, false) if case.stage() > 1 => format!("{}?done=stage-2", paths::TRIAGE),
        (false, false) => format!("{}?done=given", paths::TRIAGE),
    }
}

/// Something else than it was thought to be.
pub async fn reclassify(sent: Sent) -> Response {
    let once = sent.form.once();
    let fault = match changed(&sent, &once).await {
        Ok(()) => {
            return Done::see(&format!(
                "{}?done=kind",
                paths::triage(&sent.file.case.reference.to_string())
            ));
        }
        Err(fault) => fault,
    };
    let errors = fault
        .beside_fields("reason")
        .filter(|_| gate(&sent.file.case, sent.seat().door.person()).is_ok());
    let Some(errors) = errors else {
        return quicker(&sent, fault, |reclassify, file| Forms {
            reclassify,
            ..untouched(file)
        })
        .await;
    };
    let forms = Forms {
        reclassify: FormState {
            errors,
            ..sent.form.state()
        },
        ..untouched(&sent.file)
    };
    let page = page(sent.seat(), &sent.file, forms).await;
    sent.seat().page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

async fn changed(sent: &Sent, once: &str) -> Result<(), Fault> {
    let to = FeedbackKind::from_code(sent.form.get("to")).filter(|to| *to != sent.file.case.kind);
    let to = to.ok_or_else(|| Refused::field("to", "Choose what it is"))?;
    judge::reclassify(sent.hand(once), to, sent.form.get("reason")).await?;
    Ok(())
}

/// The address to which the form of reclassifying is sent, when it is read instead.
pub async fn to_triage(Path(path): Path<CasePath>) -> Response {
    Done::see(&paths::triage(&path.reference))
}

async fn again(sent: &Sent, errors: Errors) -> Response {
    let forms = Forms {
        triage: FormState {
            errors,
            ..sent.form.state()
        },
        ..untouched(&sent.file)
    };
    let page = page(sent.seat(), &sent.file, forms).await;
    sent.seat().page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

/// Somebody else was quicker. Where it still waits, the form comes back with what they did above it; where they took it, the next is offered.
async fn quicker(sent: &Sent, fault: Fault, forms: fn(FormState, &CaseFile) -> Forms) -> Response {
    let seat = sent.seat();
    let Some((came, file, form)) = sent.interrupted(&fault).await else {
        return sent.fault(fault).await;
    };
    if gate(&file.case, seat.door.person()).is_ok() {
        let page = page(seat, &file, forms(form, &file)).await;
        return seat.page_with(StatusCode::CONFLICT, &Meanwhile { came, page }).await;
    }
    let trouble = Trouble::Conflict {
        what_they_did: newer(seat, &file, sent.form.seen()).map_or_else(|| who_has(seat, &file), |newer| newer.line),
        kept: kept(&sent.form.seat, &sent.form.posted),
        now: now(&file),
        next: next(seat).await,
    };
    seat.page_with(StatusCode::CONFLICT, &trouble).await
}

/// It was triaged already: who has it, and what waits next.
async fn not_waiting(seat: &Seat, file: &CaseFile, refused: Refused) -> Response {
    if matches!(refused, Refused::NotAllowed { .. }) {
        return Fault::from(refused).into_response(seat, &Posted::default()).await;
    }
    let page = Message {
        heading: "This is not waiting for triage".to_owned(),
        words: format!("{refused} {}", who_has(seat, file)),
        links: next(seat).await.into_iter().chain([now(file)]).collect(),
    };
    seat.page_with(StatusCode::CONFLICT, &page).await
}

fn who_has(seat: &Seat, file: &CaseFile) -> String {
    let reference = &file.case.reference;
    match file.case.owner {
        Some(owner) => format!("{reference} is with {}.", seat.door.office().name_in_list(owner)),
        None => String::new(),
    }
}

fn now(file: &CaseFile) -> Link {
    let reference = file.case.reference.to_string();
    Link::new(&format!("See {reference} as it is now"), &paths::case(&reference))
}

/// The case that has waited longest. A help, so a fault leaves it out.
async fn next(seat: &Seat) -> Option<Link> {
    let page = seat.door.list(&Shown::Triage, None).await.ok()?;
    let first = &page.lines.first()?.reference;
    Some(Link::new(
        &format!("Go on with {first}, the next in triage"),
        &paths::triage(first),
    ))
}

async fn page(seat: &Seat, file: &CaseFile, forms: Forms) -> TriageCase {
    one(seat, file, alike(seat, file).await, forms)
}

/// Cases that may be about the same matter, those of its group, and the job that they named. A help, so a fault leaves it out.
async fn alike(seat: &Seat, file: &CaseFile) -> Vec<RelatedCase> {
    let group = seat.door.group(&file.case).await.unwrap_or_default();
    let found = seat.door.alike(&file.case).await.unwrap_or_default();
    let job = file.case.job.as_ref().and_then(|job| job.parent.as_deref());
    let mut all: Vec<RelatedCase> = job.map(related_job).into_iter().collect();
    all.extend(group.others.iter().map(linked));
    all.extend(found.iter().map(|(why, line)| related(seat, file, *why, line)));
    all
}
