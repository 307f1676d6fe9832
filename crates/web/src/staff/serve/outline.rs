//! The outline of a restricted case in place of its pages, for an auditor (R89).

use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::desk::Outline;
use casework::desk::outline::OutlineDate;
use rules::case::Reference;
use rules::clock::full_date;
use rules::people::{Act, Actor, StaffId};

use crate::http::Posted;
use crate::staff::case::{CaseOutline, OutlineStep};
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::link::Link;
use crate::staff::paths;
use rules::sentence::capital;

/// The outline, where somebody may see that much of a case that is not there for them; else the page that says that there is none.
pub(super) async fn instead(seat: &Seat, reference: &str, fault: Fault) -> Response {
    if let Fault::Act(ActError::NotFound) = &fault
        && let Ok(reference) = reference.parse::<Reference>()
    {
        match seat.door.outline(&reference).await {
            Ok(outline) => return seat.page(&shown(seat, &outline)).await,
            Err(ActError::NotFound) => match super::keeping::gone(seat, &reference).await {
                Ok(Some(gone)) => return seat.page_with(StatusCode::GONE, &gone).await,
                Ok(None) => {}
                Err(broken) => return broken.into_response(seat, &Posted::default()).await,
            },
            Err(broken) => return Fault::from(broken).into_response(seat, &Posted::default()).await,
        }
    }
    fault.into_response(seat, &Posted::default()).await
}

fn shown(seat: &Seat, outline: &Outline) -> CaseOutline {
    let wall = seat.wall();
    let stands = match (outline.state, outline.stage) {
        ("closed", _) => "Closed".to_owned(),
        (_, 0) => "Waiting for triage".to_owned(),
        (_, stage) => format!("Open at stage {stage}"),
    };
    let mut facts = vec![
        Fact::new("Received", &wall.full(outline.received_at)),
        Fact::new("Stands", &stands),
    ];
    facts.extend(outline.dates.iter().map(|date| fact(seat, date)));
    let step = |step: &casework::desk::outline::OutlineStep| OutlineStep {
        number: step.sequence,
        when: wall.second(step.at),
        who: who(step.actor),
        what: step.kind.to_owned(),
    };
    let reference = outline.reference.to_string();
    CaseOutline {
        is_sealed: outline.is_sealed,
        ways: match outline.is_sealed {
            true => ways(seat, &reference),
            false => Vec::new(),
        },
        seen_by: super::case::seen_by(seat, &reference),
        reference,
        facts,
        steps: outline.steps.iter().rev().map(step).collect(),
    }
}

/// What this person can do about a sealed case.
fn ways(seat: &Seat, reference: &str) -> Vec<Link> {
    let handover = paths::case_act(reference, "handover");
    let opening = paths::case_act(reference, "opening");
    let chase = seat
        .may(Act::Seal)
        .then(|| Link::new("Where it stands, and handing it on", &handover));
    let open = seat
        .may(Act::OpenSealed)
        .then(|| Link::new("Open it all the same", &opening));
    chase.into_iter().chain(open).collect()
}

fn fact(seat: &Seat, date: &OutlineDate) -> Fact {
    let what = match date.stage {
        0 => capital(date.duty.words()),
        stage => format!("{}, stage {stage}", capital(date.duty.words())),
    };
    let met = date
        .met_at
        .map_or_else(|| "not yet".to_owned(), |at| format!("met {}", seat.wall().full(at)));
    Fact::new(&what, &format!("Due by the end of {}, {met}", full_date(date.due_on)))
}

/// Who did it: a part or a number, never a name.
fn who(actor: Actor) -> String {
    match actor {
        Actor::Complainant => "The complainant".to_owned(),
        Actor::System => "The system".to_owned(),
        Actor::Holder => "The line manager who has it".to_owned(),
        Actor::Staff(StaffId(id)) => format!("Staff number {id}"),
    }
}
