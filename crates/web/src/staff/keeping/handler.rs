//! Serving keeping periods to those who may see them.

use axum::response::Response;
use casework::retention::{self, Going, Gone, Held, Line, Overview};
use jiff::civil::Date;
use rules::clock::{full_date, short_date};
use rules::people::{Act, Actor};
use rules::sentence::{capital, listed};

use super::{GoingCase, HeldCase, Keeping};
use crate::http::{Asked, Posted};
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::link::Link;
use crate::staff::paths;

/// The page.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    let overview = match retention::overview(seat.door.office(), Some(seat.door.person())).await {
        Ok(overview) => overview,
        Err(fault) => return Fault::from(fault).into_response(&seat, &Posted::default()).await,
    };
    let notice =
        (asked.get("done") == "erased").then(|| "The case is erased. What the figures count of it stays.".to_owned());
    seat.page(&page(&seat, overview, notice)).await
}

fn page(seat: &Seat, overview: Overview, notice: Option<String>) -> Keeping {
    let today = overview.today;
    let sees_cases = seat.may(Act::SeeCases);
    Keeping {
        notice,
        schedule: overview
            .schedule
            .into_iter()
            .map(|class| [class.name, class.words])
            .collect(),
        notice_days: overview.notice_days,
        until: full_date(overview.until),
        days: overview.by_day.into_iter().map(day).collect(),
        cases: sees_cases.then(|| overview.lines.into_iter().map(|line| going(line, today)).collect()),
        more: overview.more,
        held: overview.held.into_iter().map(held).collect(),
        gone: overview.gone.iter().map(|gone| erased(seat, gone)).collect(),
    }
}

fn day(day: Going) -> [String; 4] {
    [
        short_date(day.goes_on),
        day.class_name,
        day.going.to_string(),
        day.held.to_string(),
    ]
}

fn link(reference: &str) -> Link {
    Link::new(reference, &paths::case_act(reference, "keeping"))
}

fn going(line: Line, today: Date) -> GoingCase {
    let when = match line.goes_on <= today {
        true => format!("over since {}", full_date(line.goes_on)),
        false => format!("goes on {}", full_date(line.goes_on)),
    };
    let standing = match (&line.kept_by[..], line.announced_on) {
        ([], Some(since)) => format!("Announced since {}", full_date(since)),
        ([], None) => String::new(),
        (kept, _) => format!("Kept: {}", listed(kept)),
    };
    GoingCase {
        case: link(&line.reference),
        class: line.class,
        when,
        standing,
    }
}

fn held(held: Held) -> HeldCase {
    let since = format!("since {}", full_date(held.since));
    HeldCase {
        case: link(&held.reference),
        why: held.reason,
        by: match held.by {
            Some(by) => format!("{by}, {since}"),
            None => capital(&since),
        },
        would_go: held
            .goes_on
            .map(|on| format!("It would go on {}", full_date(on)))
            .unwrap_or_default(),
    }
}

fn erased(seat: &Seat, gone: &Gone) -> [String; 5] {
    [
        gone.erased.reference.to_string(),
        gone.erased.class_name.clone().unwrap_or_default(),
        seat.wall().full(gone.at),
        gone.erased.why.words().to_owned(),
        by(seat, gone.actor),
    ]
}

/// Who erased a case.
pub(crate) fn by(seat: &Seat, actor: Actor) -> String {
    match actor.staff() {
        Some(id) => seat.door.office().name_of(id),
        None => "The system".to_owned(),
    }
}
