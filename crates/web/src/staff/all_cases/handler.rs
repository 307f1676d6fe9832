//! Serving all cases: open ones by stage and kind, those that wait for somebody, and closed ones, a page at a time.

use axum::response::Response;
use casework::desk::{Counts, DeskLine, Shown};
use casework::{ActError, desk};
use rules::case::vocabulary::FeedbackKind;

use super::AllCases;
use crate::http::asked::address;
use crate::http::{Asked, Posted};
use crate::page::words::count;
use crate::staff::desk::{Fault, Seat, rows};
use crate::staff::parts::filters::{Filter, FilterGroup};
use crate::staff::parts::link::Link;
use crate::staff::parts::panel::Empty;
use crate::staff::parts::queue::QueueTable;
use crate::staff::parts::tag::Tone;
use crate::staff::paths;

/// The page.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    let narrowed = Narrowed::of(&asked);
    match read(&seat, &narrowed, asked.some("after")).await {
        Ok((page, counts)) => seat.page(&shown(&seat, &narrowed, &page, &counts)).await,
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

async fn read(seat: &Seat, narrowed: &Narrowed, after: Option<&str>) -> Result<(desk::Page, Counts), ActError> {
    let page = seat.door.list(&narrowed.list(), after).await?;
    Ok((page, seat.door.counts().await?))
}

/// What the address narrows the list to. Stage and kind narrow open cases only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Narrowed {
    state: &'static str,
    stage: Option<u8>,
    kind: Option<FeedbackKind>,
}

/// The states that have a list of their own; the first is every open case.
const STATES: [(&str, &str); 4] = [
    ("", "Open"),
    ("escalation", "Stage 2 asked for"),
    ("sign-off", "Waiting for sign-off"),
    ("closed", "Closed"),
];

impl Narrowed {
    fn of(asked: &Asked) -> Narrowed {
        let state = STATES
            .iter()
            .find(|(word, _)| *word == asked.get("state"))
            .map_or("", |(word, _)| *word);
        if !state.is_empty() {
            return Narrowed {
                state,
                ..Narrowed::default()
            };
        }
        let stage = asked.get("stage").parse().ok().filter(|stage| (1..=9).contains(stage));
        Narrowed {
            state,
            stage,
            kind: FeedbackKind::from_code(asked.get("kind")),
        }
    }

    fn list(&self) -> Shown {
        match self.state {
            "closed" => Shown::Closed,
            "escalation" => Shown::Escalations,
            "sign-off" => Shown::SignOff,
            _ => Shown::Open {
                stage: self.stage,
                kind: self.kind,
            },
        }
    }

    fn is_narrow(&self) -> bool {
        self != &Narrowed::default()
    }

    /// The address of this list, from a place on.
    fn address(&self, after: &str) -> String {
        let stage = self.stage.map_or_else(String::new, |stage| stage.to_string());
        let kind = self.kind.map_or("", FeedbackKind::code);
        address(
            paths::CASES,
            &[
                ("state", self.state),
                ("stage", &stage),
                ("kind", kind),
                ("after", after),
            ],
        )
    }
}

fn shown(seat: &Seat, narrowed: &Narrowed, page: &desk::Page, counts: &Counts) -> AllCases {
    AllCases {
        heading: heading(narrowed).to_owned(),
        summary: summary(narrowed, page, counts),
        filters: filters(seat, narrowed, counts),
        table: table(seat, narrowed, &page.lines),
        empty: match narrowed.is_narrow() {
            true => Empty::with_link("No cases match.", Link::new("Clear the filters", paths::CASES)),
            false => Empty::new("No case is open."),
        },
        next: page.next.as_deref().map(|next| narrowed.address(next)),
    }
}

fn heading(narrowed: &Narrowed) -> &'static str {
    if narrowed.state == "closed" {
        "Closed cases"
    } else {
        "All open cases"
    }
}

fn table(seat: &Seat, narrowed: &Narrowed, lines: &[DeskLine]) -> QueueTable {
    let order = if narrowed.state == "closed" {
        "latest received first"
    } else {
        "soonest deadline first"
    };
    let table = rows::flat(seat, &format!("{}, {order}", heading(narrowed)), lines);
    if lines.is_empty() {
        QueueTable {
            groups: Vec::new(),
            ..table
        }
    } else {
        table
    }
}

/// The number of all open cases is known; of a narrowed list only what this page shows.
fn summary(narrowed: &Narrowed, page: &desk::Page, counts: &Counts) -> String {
    let here = page.lines.len() as u64;
    if here == 0 {
        return "No cases match.".to_owned();
    }
    let late = page
        .lines
        .iter()
        .filter(|line| rows::soon(line) == rows::Soon::Late)
        .count() as u64;
    let late = match late {
        0 => String::new(),
        n => format!(" On this page {}.", count(n, "is late", "are late")),
    };
    match (narrowed.state, narrowed.is_narrow()) {
        ("closed", _) => format!("{} on this page, latest received first.", count(here, "case", "cases")),
        (_, true) => format!(
            "{} on this page, soonest deadline first.{late}",
            count(here, "case", "cases")
        ),
        (_, false) => format!(
            "{}, soonest deadline first.{late}",
            count(counts.open.unsigned_abs(), "open case", "open cases")
        ),
    }
}

fn filters(seat: &Seat, narrowed: &Narrowed, counts: &Counts) -> Vec<FilterGroup> {
    let mut groups = Vec::new();
    if narrowed.state.is_empty() {
        let in_force = seat.door.office().active();
        let stages = in_force
            .procedure
            .stages
            .iter()
            .map(|stage| (Some(stage.number), format!("Stage {}", stage.number)));
        let stages = std::iter::once((None, "Any".to_owned())).chain(stages);
        let stage = |(stage, label): (Option<u8>, String)| {
            link(
                &label,
                narrowed,
                Narrowed {
                    stage,
                    ..narrowed.clone()
                },
            )
        };
        groups.push(FilterGroup::new("Stage", stages.map(stage).collect()));
        let kinds = FeedbackKind::ALL.iter().map(|kind| (Some(*kind), plural(*kind)));
        let kinds = std::iter::once((None, "Everything")).chain(kinds);
        let kind = |(kind, label): (Option<FeedbackKind>, &str)| {
            link(
                label,
                narrowed,
                Narrowed {
                    kind,
                    ..narrowed.clone()
                },
            )
        };
        groups.push(FilterGroup::new("Kind", kinds.map(kind).collect()));
    }
    let state = |(state, label): &(&'static str, &str)| {
        let to = if *state == narrowed.state {
            narrowed.clone()
        } else {
            Narrowed {
                state,
                ..Narrowed::default()
            }
        };
        counted(link(label, narrowed, to), state, counts)
    };
    groups.push(FilterGroup::new("State", STATES.iter().map(state).collect()));
    groups
}

fn link(label: &str, here: &Narrowed, to: Narrowed) -> Filter {
    let filter = Filter::new(label, &to.address(""));
    if to == *here { filter.in_force() } else { filter }
}

fn counted(filter: Filter, state: &str, counts: &Counts) -> Filter {
    let n = match state {
        "" => counts.open,
        "escalation" => counts.escalations,
        "sign-off" => counts.awaiting_sign_off,
        _ => return filter,
    };
    let filter = filter.counting(u32::try_from(n).unwrap_or(0));
    if state == "escalation" && n > 0 {
        filter.toned(Tone::Warn)
    } else {
        filter
    }
}

fn plural(kind: FeedbackKind) -> &'static str {
    match kind {
        FeedbackKind::Complaint => "Complaints",
        FeedbackKind::Compliment => "Compliments",
        FeedbackKind::Suggestion => "Suggestions",
        FeedbackKind::Comment => "Comments",
    }
}
