//! Serving the list of sealed cases to those who chase them.

use axum::response::Response;
use casework::ActError;
use casework::sealing::register::{GlassAt, SealedLine};
use jiff::Timestamp;
use rules::clock::full_date;
use rules::people::Act;

use super::{SealedCases, SealedRow};
use crate::http::{Asked, Posted};
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::link::Link;
use crate::staff::parts::panel::Empty;
use crate::staff::paths;

/// The page.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    if !seat.may(Act::SeeSealed) {
        return Fault::from(ActError::from(rules::case::Refused::NotAllowed { act: Act::SeeSealed }))
            .into_response(&seat, &Posted::default())
            .await;
    }
    let after = Some(asked.get("after")).filter(|after| !after.is_empty());
    let page = match seat.door.sealed_cases(after).await {
        Ok(page) => page,
        Err(fault) => return Fault::from(fault).into_response(&seat, &Posted::default()).await,
    };
    let rows: Vec<SealedRow> = page.lines.iter().map(|line| row(&seat, line)).collect();
    let summary = match rows.len() {
        1 => "1 case".to_owned(),
        many => format!("{many} cases"),
    };
    seat.page(&SealedCases {
        summary,
        empty: rows.is_empty().then(|| Empty::new("No case is with a line manager.")),
        rows,
        next: page
            .next
            .map(|next| Link::new("The next cases", &format!("{}?after={next}", paths::SEALED))),
    })
    .await
}

fn row(seat: &Seat, line: &SealedLine) -> SealedRow {
    let reference = line.reference.to_string();
    let to = if seat.may(Act::Seal) {
        paths::case_act(&reference, "handover")
    } else {
        paths::case(&reference)
    };
    SealedRow {
        case: Link::new(&reference, &to),
        received: day(seat, line.received_at),
        stage: line.stage.to_string(),
        due: match (line.due_on, line.is_late) {
            (Some(due), true) => format!("Late: it was due on {}", full_date(due)),
            (Some(due), false) => full_date(due),
            (None, _) => "Nothing is due".to_owned(),
        },
        holder: holder(seat, line),
        waits: waits(line, &reference),
    }
}

fn holder(seat: &Seat, line: &SealedLine) -> String {
    if line.wants_another {
        return "Somebody else has to have it: they asked for the next stage".to_owned();
    }
    match (line.taken_at, line.since) {
        (Some(at), _) => format!("Said on {} that they have it", day(seat, at)),
        (None, Some(since)) => format!("Has it since {}, and did not say so yet", day(seat, since)),
        (None, None) => "Nobody has it".to_owned(),
    }
}

fn day(seat: &Seat, at: Timestamp) -> String {
    let full = seat.wall().full(at);
    full.rsplit_once(", ").map_or(full.clone(), |(day, _)| day.to_owned())
}

fn waits(line: &SealedLine, reference: &str) -> Option<Link> {
    let words = match line.glass {
        GlassAt::Nobody => return None,
        GlassAt::Waits => "Somebody asks to open it",
        GlassAt::Open => "It is open to somebody now",
    };
    Some(Link::new(words, &paths::case_act(reference, "opening")))
}
