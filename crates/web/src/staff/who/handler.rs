//! Serving look-ups in the directory, for whoever may triage.

use axum::response::Response;
use casework::directory::{Line, LookedUp, MOST, look_up};
use rules::directory::Away;
use rules::sentence::grouped;

use super::{Found, Who};
use crate::http::{Asked, Posted};
use crate::staff::desk::{Fault, Seat};
use crate::staff::directory::handler::how_long;
use crate::staff::parts::form::FormState;
use crate::staff::parts::panel::Empty;

/// The longest words that are looked for, in characters: longer than any name.
const LONGEST: usize = 200;

/// Whoever is found.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    let typed: String = asked.get("name").trim().chars().take(LONGEST).collect();
    match look_up(seat.door.office(), seat.door.person(), &typed).await {
        Ok(found) => seat.page(&shown(&seat, &typed, found)).await,
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

fn shown(seat: &Seat, typed: &str, found: Option<LookedUp>) -> Who {
    let form = FormState::default().answered(&[("name", typed)]);
    let page = Who {
        summary: String::new(),
        caution: None,
        rows: Vec::new(),
        empty: None,
        form,
    };
    let Some(found) = found else {
        let words = "No directory is configured, so nobody can be looked up here.";
        return Who {
            empty: Some(Empty::new(words)),
            ..page
        };
    };
    let nobody = "Nobody in the directory is called that. Try the family name alone, or a username.";
    Who {
        summary: summary(found.lines.len(), found.count),
        caution: caution(seat, &found),
        empty: (found.count == 0 && !typed.is_empty()).then(|| Empty::new(nobody)),
        rows: found.lines.into_iter().map(row).collect(),
        ..page
    }
}

fn summary(shown: usize, count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "1 person.".to_owned(),
        count if shown < count => {
            let count = grouped(count as u64);
            format!("The first {MOST} of {count} people. Type more of the name.")
        }
        count => format!("{count} people. Ask which of them is meant."),
    }
}

fn caution(seat: &Seat, found: &LookedUp) -> Option<String> {
    let age = found.read_at.map(|at| seat.door.office().now().duration_since(at));
    match age {
        None => Some("The directory was not read yet, so nobody is found here.".to_owned()),
        Some(age) if found.is_old => Some(format!(
            "The directory was last read {} ago. Whoever came or changed since is not known here.",
            how_long(age)
        )),
        Some(_) => None,
    }
}

fn row(line: Line) -> Found {
    let contact = [line.email, line.username].into_iter().flatten().collect::<Vec<_>>();
    // The last sentence says the answer, which stands above it.
    let because = line.because.split_last().map(|(_, before)| before.to_vec());
    Found {
        name: line.name,
        contact: contact.join(", "),
        unit: line.unit,
        away: line.away.map(|away| match away {
            Away::Closed => "Account closed",
            Away::Absent => "Away",
        }),
        line_manager: line
            .line_manager
            .unwrap_or_else(|| "Somebody whom a person chooses".to_owned()),
        because: because.unwrap_or_default(),
    }
}
