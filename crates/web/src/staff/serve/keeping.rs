//! How long a case is kept: holding it, lifting the hold, and deciding on a request to erase it (P40).

use axum::http::StatusCode;
use axum::response::Response;
use casework::desk::CaseFile;
use casework::handling::keep;
use casework::retention::{self, About, Gone};
use rules::case::Refused;
use rules::case::event::Exemption;
use rules::clock::full_date;
use rules::people::{Act, Role, permission};
use rules::retention::KeptBy;

use super::brief::brief;
use super::notice::Notice;
use super::sent::Sent;
use super::{OnCase, came_back, fresh};
use crate::http::Posted;
use crate::staff::case::{CaseAction, Weight};
use crate::staff::desk::{Done, Fault, Seat};
use crate::staff::keeping::handler::by;
use crate::staff::kept::{HoldForm, KeptPage, RequestForm};
use crate::staff::message::Message;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::Link;
use crate::staff::paths;

/// What the way to the page is called.
const LABEL: &str = "How long it is kept";

/// Who may open the page: whoever may do something there, or sees all keeping periods.
fn may_open(seat: &Seat) -> Result<(), Refused> {
    let acts = [Act::SeeKeeping, Act::HoldCase, Act::LiftHold, Act::EraseCase];
    match acts.into_iter().any(|act| seat.may(act)) {
        true => Ok(()),
        false => Err(Refused::NotAllowed { act: Act::SeeKeeping }),
    }
}

/// The way to the page, for those who may open it.
pub(super) fn action(seat: &Seat, file: &CaseFile) -> Option<CaseAction> {
    let page = paths::case_act(&file.case.reference.to_string(), "keeping");
    may_open(seat)
        .is_ok()
        .then(|| CaseAction::open(LABEL, &page, Weight::Link))
}

/// Its period, and the forms.
pub async fn show(OnCase { seat, file }: OnCase) -> Response {
    if let Err(refused) = may_open(&seat) {
        return Fault::from(refused).into_response(&seat, &Posted::default()).await;
    }
    let forms = (fresh(&file), fresh(&file));
    match page(&seat, &file, forms).await {
        Ok(page) => seat.page(&page).await,
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

/// Holds, lifts, refuses or erases, as the form says.
pub async fn post(sent: Sent) -> Response {
    let step = sent.form.get("step").to_owned();
    let acted = match step.as_str() {
        "lift" => lift(&sent).await,
        "ask" => match ask(&sent).await {
            Ok(None) => return Done::see(&format!("{}?done=erased", paths::KEEPING)),
            Ok(Some(notice)) => Ok(notice),
            Err(fault) => Err(fault),
        },
        _ => hold(&sent).await,
    };
    let fault = match acted {
        Ok(notice) => return sent.done(notice).await,
        Err(fault) => fault,
    };
    let is_request = step == "ask";
    let first_field = if is_request { "asked" } else { "reason" };
    let Some(form) = came_back(&sent.form, &fault, first_field) else {
        return sent.fault(fault).await;
    };
    let forms = match is_request {
        true => (fresh(&sent.file), form),
        false => (form, fresh(&sent.file)),
    };
    match page(sent.seat(), &sent.file, forms).await {
        Ok(page) => sent.seat().page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await,
        Err(fault) => sent.fault(fault).await,
    }
}

async fn hold(sent: &Sent) -> Result<Notice, Fault> {
    let once = sent.form.once();
    keep::hold(sent.hand(&once), sent.form.get("reason")).await?;
    Ok(Notice::Held)
}

async fn lift(sent: &Sent) -> Result<Notice, Fault> {
    let once = sent.form.once();
    keep::lift(sent.hand(&once), sent.form.get("reason")).await?;
    Ok(Notice::HoldLifted)
}

/// Nothing where the case is gone.
async fn ask(sent: &Sent) -> Result<Option<Notice>, Fault> {
    let once = sent.form.once();
    match sent.form.get("asked") {
        "erase" => {
            retention::erase_as_asked(sent.hand(&once)).await?;
            Ok(None)
        }
        "refuse" => {
            let exemption = Exemption::from_code(sent.form.get("exemption"))
                .ok_or_else(|| Refused::field("exemption", "Choose the ground on which it is refused"))?;
            let why = sent.form.get("refuse_why");
            if why.trim().is_empty() {
                return Err(Refused::field("refuse_why", "Say in a sentence why it is not erased").into());
            }
            keep::refuse_to_erase(sent.hand(&once), exemption, why).await?;
            Ok(Some(Notice::ErasureRefused))
        }
        _ => Err(Refused::field("asked", "Choose whether it is refused or erased").into()),
    }
}

async fn page(seat: &Seat, file: &CaseFile, (hold, request): (FormState, FormState)) -> Result<KeptPage, Fault> {
    let about = retention::about_case(seat.door.office(), &file.case).await?;
    let by_person = seat.door.person();
    let held = file.case.hold.as_ref().map(|hold| {
        let since = full_date(seat.wall().local(hold.at).date());
        match hold.by {
            Some(id) => format!("{} ({}, {since})", hold.reason, seat.door.office().name_of(id)),
            None => format!("{} ({since})", hold.reason),
        }
    });
    let needed = if held.is_some() { Act::LiftHold } else { Act::HoldCase };
    let not_now = rules::retention::erase_as_asked(&file.case, &rules::retention::Beside::default(), by_person);
    Ok(KeptPage {
        case: brief(seat, file),
        period: match &about.keeping {
            Ok(kept) => kept.explained(),
            Err(not_yet) => not_yet.words(),
        },
        standing: standing(&about),
        hold: permission::may(by_person, needed).then_some(HoldForm { held, form: hold }),
        request: seat.may(Act::EraseCase).then(|| RequestForm {
            not_now: not_now.err().map(|refused| refused.to_string()),
            exemptions: Exemption::ALL
                .iter()
                .map(|one| Pick::new(one.code(), &rules::sentence::capital(one.words())))
                .collect(),
            form: request,
        }),
    })
}

/// Since when it is announced, and what keeps it.
fn standing(about: &About) -> Vec<String> {
    let announced = about
        .announced_on
        .map(|since| format!("Announced since {}.", full_date(since)));
    let kept = about.kept_by.iter().map(|one| match one {
        KeptBy::Hold { .. } => format!("{}.", one.words().trim_end_matches('.')),
        other => format!("Until then it stays: {}.", other.words()),
    });
    announced.into_iter().chain(kept).collect()
}

/// What is told of a case that is gone, to those who may see keeping periods; of a restricted one to those alone who read every one.
pub(super) async fn gone(seat: &Seat, reference: &rules::case::Reference) -> Result<Option<Message>, Fault> {
    if !seat.may(Act::SeeKeeping) {
        return Ok(None);
    }
    let Some(gone) = retention::erased(seat.door.office(), reference).await? else {
        return Ok(None);
    };
    let person = seat.door.person();
    let reads_all = person.is(Role::DataProtectionOfficer) || person.is(Role::Auditor);
    let is_restricted = gone.erased.facts.as_ref().is_none_or(|facts| facts.restricted);
    Ok((reads_all || !is_restricted).then(|| told(seat, &gone)))
}

fn told(seat: &Seat, gone: &Gone) -> Message {
    let class = match &gone.erased.class_name {
        Some(name) => format!(" Its class: {name}."),
        None => String::new(),
    };
    Message {
        heading: format!("{} was erased", gone.erased.reference),
        words: format!(
            "This was erased on {}, because {}. By: {}.{class} Nothing of it can be read any more; what the figures count of it stays.",
            seat.wall().full(gone.at),
            gone.erased.why.words(),
            by(seat, gone.actor)
        ),
        links: vec![Link::new("Keeping periods", paths::KEEPING)],
    }
}
