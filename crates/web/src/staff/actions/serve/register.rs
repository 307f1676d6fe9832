//! Serving the register.

use axum::response::Response;
use casework::review::{Register, Registered};
use rules::follow_on::Status;
use rules::people::Act;

use crate::http::{Asked, Posted};
use crate::staff::actions::register::ActionRegister;
use crate::staff::actions::shown::lines;
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::filters::Filter;
use crate::staff::parts::link::Link;
use crate::staff::parts::panel::Empty;
use crate::staff::parts::tag::Tone;
use crate::staff::paths;
use crate::staff::review::serve::page::waiting;

/// The register.
pub async fn register(seat: Seat, asked: Asked) -> Response {
    match seat.door.register().await {
        Ok(register) => {
            let page = register_page(&seat, &register, asked.get("show")).await;
            seat.page(&page).await
        }
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

/// What a filter shows: its code, its words, and which actions.
type Kind = (&'static str, &'static str, fn(&Registered, jiff::civil::Date) -> bool);

const KINDS: [Kind; 4] = [
    ("", "To do", |action, _| action.status.is_open()),
    ("late", "Late", Registered::is_overdue),
    ("done", "Done", |action, _| {
        matches!(action.status, Status::Done | Status::Verified)
    }),
    ("dropped", "Dropped", |action, _| action.status == Status::Dropped),
];

async fn register_page(seat: &Seat, register: &Register, show: &str) -> ActionRegister {
    let today = register.today;
    let n = |kind: &Kind| register.actions.iter().filter(|action| (kind.2)(action, today)).count();
    let shown = KINDS.iter().find(|kind| kind.0 == show).unwrap_or(&KINDS[0]);
    let filter = |kind: &Kind| {
        let href = if kind.0.is_empty() {
            paths::ACTIONS.to_owned()
        } else {
            format!("{}?show={}", paths::ACTIONS, kind.0)
        };
        let filter = Filter::new(kind.1, &href).counting(u32::try_from(n(kind)).unwrap_or(u32::MAX));
        let filter = if kind.0 == "late" {
            filter.toned(Tone::Bad)
        } else {
            filter
        };
        if kind.0 == shown.0 { filter.in_force() } else { filter }
    };
    let (open, late) = (n(&KINDS[0]), n(&KINDS[1]));
    let summary = match (open, late) {
        (0, _) => "Nothing to do.".to_owned(),
        (open, 0) => format!("{open} to do. Each stands in every monthly review until it is done."),
        (open, late) => {
            format!("{open} to do, {late} of them late. Each stands in every monthly review until it is done.")
        }
    };
    ActionRegister {
        summary,
        filters: KINDS.iter().map(filter).collect(),
        lines: lines(seat, register, |action| (shown.2)(action, today)),
        empty: Empty::new(match shown.0 {
            "" => "Nothing is to be done. Actions come from decisions and from the monthly review.",
            _ => "None.",
        }),
        add: add(seat).await,
    }
}

/// To recommend a change in the review that waits.
async fn add(seat: &Seat) -> Option<Link> {
    if !(seat.may(Act::HoldReviews)) {
        return None;
    }
    let month = waiting(&seat.door.months().await.ok()?)?;
    let words = format!("Recommend a change in the review of {}", month.words());
    Some(Link::new(&words, &paths::review_act(&month.to_string(), "recommend")))
}
