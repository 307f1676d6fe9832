//! Serving how the directory stands, for those who look after it.

use axum::response::Response;
use casework::directory::{self, Standing};
use jiff::SignedDuration;
use rules::directory::Finding;
use rules::sentence::grouped;

use super::{CopyShown, Directory, Odd};
use crate::http::{Asked, Posted};
use crate::staff::desk::{Done, Fault, Seat, StaffForm, Wall, form};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::notice::Alert;
use crate::staff::paths;

/// How it stands.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    match directory::for_settings(seat.door.office(), seat.door.person()).await {
        Ok(standing) => {
            let page = Directory {
                notice: (asked.get("done") == "asked").then(|| "It is read within a minute.".to_owned()),
                copy: standing.map(|standing| shown(&standing, &seat.wall())),
                form: form::fresh(),
            };
            seat.page(&page).await
        }
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

/// Has it read before its time.
pub async fn read(form: StaffForm) -> Response {
    match directory::read_now(form.seat.hand(&form.once())).await {
        Ok(()) => Done::see(&format!("{}?done=asked", paths::DIRECTORY)),
        Err(fault) => Fault::from(fault).into_response(&form.seat, &form.posted).await,
    }
}

fn shown(standing: &Standing, wall: &Wall) -> CopyShown {
    let (to_mend, to_know): (Vec<&Finding>, Vec<&Finding>) =
        standing.findings.iter().partition(|finding| finding.wants_mending());
    let is_asked = "Somebody asked for it to be read; that begins within a minute.";
    CopyShown {
        alerts: alerts(standing),
        caution: standing.is_asked.then(|| is_asked.to_owned()),
        facts: facts(standing, wall),
        to_mend: to_mend.into_iter().map(odd).collect(),
        to_know: to_know.into_iter().map(odd).collect(),
    }
}

fn alerts(standing: &Standing) -> Vec<Alert> {
    let old = match standing.age {
        Some(age) if standing.is_old => Some(format!(
            "The copy is {} old. Whoever left or changed since is not known here.",
            how_long(age)
        )),
        None if standing.is_old => Some("There is no copy yet, so nobody can be looked up.".to_owned()),
        _ => None,
    };
    let failed = standing.failed.as_ref().map(|(times, why)| match times {
        1 => format!("The last reading failed: {why}"),
        times => format!("The last {times} readings failed: {why}"),
    });
    old.into_iter().chain(failed).map(|words| Alert::new(&words)).collect()
}

fn facts(standing: &Standing, wall: &Wall) -> Vec<Fact> {
    let mut facts = vec![Fact::new("Source", &standing.place)];
    let mut add = |key: &str, value: Option<String>| facts.extend(value.map(|value| Fact::new(key, &value)));
    add("Copy from", standing.came_from.clone());
    add("People", standing.read_at.map(|_| grouped(u64::from(standing.people))));
    let read = standing.read_at.zip(standing.age);
    add(
        "Read",
        Some(read.map_or("Not yet".to_owned(), |(at, age)| {
            format!("{} ({} ago)", wall.when(at), how_long(age))
        })),
    );
    add("Says the same since", standing.changed_at.map(|at| wall.when(at)));
    let tried = standing.failed.as_ref().and(standing.tried_at);
    add("Tried last", tried.map(|at| wall.when(at)));
    facts
}

/// "2 hours", "3 days": the largest unit that fits.
pub(in crate::staff) fn how_long(age: SignedDuration) -> String {
    let (count, unit) = match age {
        age if age.as_hours() >= 48 => (age.as_hours() / 24, "day"),
        age if age.as_hours() >= 1 => (age.as_hours(), "hour"),
        age => (age.as_mins(), "minute"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

fn odd(finding: &Finding) -> Odd {
    let more = (finding.count as usize).saturating_sub(finding.some.len());
    let more = if more == 0 {
        String::new()
    } else {
        format!(" and {more} more")
    };
    Odd {
        what: finding.kind.words().to_owned(),
        count: finding.count,
        who: format!("{}{more}", finding.some.join(", ")),
    }
}
