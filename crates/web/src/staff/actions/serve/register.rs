//! Serving the register.

use axum::response::Response;
use casework::review::Register;
use casework::review::register::{Part, Sizes};
use rules::people::Act;

use crate::http::asked::address;
use crate::http::{Asked, Posted};
use crate::staff::actions::register::ActionRegister;
use crate::staff::actions::shown::line;
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::filters::Filter;
use crate::staff::parts::link::Link;
use crate::staff::parts::panel::Empty;
use crate::staff::parts::tag::Tone;
use crate::staff::paths;

/// What a filter shows: its code, its words, the part of the register, and how large that is.
type Kind = (&'static str, &'static str, Part, fn(&Sizes) -> u32);

const KINDS: [Kind; 4] = [
    ("", "To do", Part::ToDo, |sizes| sizes.to_do),
    ("late", "Late", Part::Late, |sizes| sizes.late),
    ("done", "Done", Part::Done, |sizes| sizes.done),
    ("dropped", "Dropped", Part::Dropped, |sizes| sizes.dropped),
];

/// A page of the register.
pub async fn register(seat: Seat, asked: Asked) -> Response {
    let shown = KINDS
        .iter()
        .find(|kind| kind.0 == asked.get("show"))
        .unwrap_or(&KINDS[0]);
    match seat.door.register(shown.2, asked.page("page")).await {
        Ok(register) => {
            let page = register_page(&seat, &register, shown).await;
            seat.page(&page).await
        }
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

async fn register_page(seat: &Seat, register: &Register, shown: &Kind) -> ActionRegister {
    let filter = |kind: &Kind| {
        let filter =
            Filter::new(kind.1, &address(paths::ACTIONS, &[("show", kind.0)])).counting((kind.3)(&register.sizes));
        let filter = match kind.2 {
            Part::Late => filter.toned(Tone::Bad),
            _ => filter,
        };
        if kind.0 == shown.0 { filter.in_force() } else { filter }
    };
    let summary = match (register.sizes.to_do, register.sizes.late) {
        (0, _) => "Nothing to do.".to_owned(),
        (open, 0) => format!("{open} to do. Each stands in every monthly review until it is done."),
        (open, late) => {
            format!("{open} to do, {late} of them late. Each stands in every monthly review until it is done.")
        }
    };
    let next = register.next.map(|page| page.to_string());
    ActionRegister {
        summary,
        filters: KINDS.iter().map(filter).collect(),
        lines: register
            .actions
            .iter()
            .map(|action| line(seat, action, register.today))
            .collect(),
        next: next.map(|page| address(paths::ACTIONS, &[("show", shown.0), ("page", &page)])),
        empty: Empty::new(match shown.2 {
            Part::ToDo => "Nothing is to be done. Actions come from decisions and from the monthly review.",
            Part::Late | Part::Done | Part::Dropped => "None.",
        }),
        add: add(seat).await,
    }
}

/// To recommend a change in the review that waits.
async fn add(seat: &Seat) -> Option<Link> {
    if !(seat.may(Act::HoldReviews)) {
        return None;
    }
    // The one that waits longest.
    let month = seat.door.reviews_waiting().await.ok()?.last()?.month;
    let words = format!("Recommend a change in the review of {}", month.words());
    Some(Link::new(&words, &paths::review_act(&month.to_string(), "recommend")))
}
