//! Serving the job register and one job with everything that was written to it (R20, R21, R43, R44).

use axum::extract::Path;
use axum::response::Response;
use casework::ActError;
use casework::desk::jobs::{self, JobFile, JobRow};
use rules::people::Act;

use super::{JobLine, JobPage, JobRegister, JobUpdate};
use crate::http::asked::address;
use crate::http::{Asked, Posted};
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::filters::Filter;
use crate::staff::parts::link::Link;
use crate::staff::parts::panel::Empty;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;

/// What the links of the register show: the word in the address, the status that is stored, the label.
const SHOWN: [(&str, Option<&str>, &str); 3] = [
    ("", Some("open"), "Open"),
    ("closed", Some("closed"), "Closed"),
    ("all", None, "Everything"),
];

/// A page of the register.
pub async fn register(seat: Seat, asked: Asked) -> Response {
    let (word, status, label) = *SHOWN
        .iter()
        .find(|(word, ..)| *word == asked.get("show"))
        .unwrap_or(&SHOWN[0]);
    let after = asked.some("after").map(str::to_owned);
    let listed = jobs::list(seat.door.office(), status.map(str::to_owned), after, seat.door.person()).await;
    let (jobs, next) = match listed {
        Ok(page) => page,
        Err(fault) => return Fault::from(fault).into_response(&seat, &Posted::default()).await,
    };
    let what = if status.is_some() {
        format!("{label} jobs")
    } else {
        "All jobs".to_owned()
    };
    let filter = |(known, _, label): &(&str, Option<&str>, &str)| {
        let filter = Filter::new(label, &address(paths::JOBS, &[("show", known)]));
        if *known == word { filter.in_force() } else { filter }
    };
    let page = JobRegister {
        summary: if jobs.is_empty() {
            "No jobs match.".to_owned()
        } else {
            format!("{what}, newest first.")
        },
        filters: SHOWN.iter().map(filter).collect(),
        lines: jobs.iter().map(|job| line(&seat, job)).collect(),
        empty: Empty::new("No jobs match."),
        next: next.map(|next| address(paths::JOBS, &[("show", word), ("after", &next)])),
    };
    seat.page(&page).await
}

/// One job.
pub async fn one(seat: Seat, Path(number): Path<String>) -> Response {
    match opened(&seat, &number).await {
        Ok((number, file)) => seat.page(&shown(&seat, number, &file)).await,
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

/// A job whose page somebody opens: that they did is on record.
async fn opened(seat: &Seat, typed: &str) -> Result<(String, JobFile), ActError> {
    let (number, _) = find(seat, typed).await?;
    let file = jobs::open(seat.door.office(), &number, seat.door.person()).await?;
    Ok((number, file))
}

/// A job by its number as typed, or in capitals.
pub(crate) async fn find(seat: &Seat, typed: &str) -> Result<(String, JobFile), ActError> {
    let (office, by) = (seat.door.office(), seat.door.person());
    let capitals = typed.to_ascii_uppercase();
    match jobs::get(office, typed, by).await {
        Err(ActError::NotFound) if capitals != typed => {
            jobs::get(office, &capitals, by).await.map(|file| (capitals, file))
        }
        found => found.map(|file| (typed.to_owned(), file)),
    }
}

fn line(seat: &Seat, job: &JobRow) -> JobLine {
    let wall = seat.wall();
    JobLine {
        job: Link::new(&job.number, &paths::job(&job.number)),
        profile: job.profile.clone(),
        relation: job
            .parent
            .as_ref()
            .map_or_else(|| "Stand-alone".to_owned(), |parent| format!("Child of {parent}")),
        case: case(seat, job),
        status: status(job),
        opened: wall.when(job.opened_at),
        last_update: wall.when(job.updated_at),
    }
}

fn case(seat: &Seat, job: &JobRow) -> Option<Link> {
    seat.may(Act::SeeCases)
        .then(|| Link::new(&job.reference, &paths::case(&job.reference)))
}

fn status(job: &JobRow) -> Tag {
    if job.status == "closed" {
        Tag::new("Closed", Tone::Grey)
    } else {
        Tag::new("Open", Tone::Brand)
    }
}

fn shown(seat: &Seat, number: String, file: &JobFile) -> JobPage {
    let wall = seat.wall();
    let update = |update: &jobs::JobUpdate| JobUpdate {
        when: wall.when(update.at),
        words: update.text.clone(),
    };
    JobPage {
        about: match &file.job {
            Some(job) => format!("{}, opened {}", job.profile, wall.full(job.opened_at)),
            None => "This job is kept in another system. These feedback jobs are its children.".to_owned(),
        },
        facts: file.job.as_ref().map(|job| facts(seat, job)).unwrap_or_default(),
        updates: file.updates.iter().rev().map(update).collect(),
        children: file
            .children
            .iter()
            .map(|child| Link::new(&child.number, &paths::job(&child.number)))
            .collect(),
        number,
    }
}

fn facts(seat: &Seat, job: &JobRow) -> Vec<Fact> {
    let mut facts = vec![Fact::new("Profile", &job.profile)];
    facts.push(match &job.parent {
        Some(parent) => Fact::linked("Child of", Link::new(parent, &paths::job(parent))),
        None => Fact::new("Relation", "Stand-alone"),
    });
    facts.extend(case(seat, job).map(|case| Fact::linked("Case", case)));
    facts.push(Fact::new("Status", &status(job).label));
    facts
}
