//! Serving all cases, narrowed by what the address asks, a page at a time.

use axum::response::Response;
use casework::ActError;
use casework::desk::{Counts, DeskLine, OwnedBy, Page, Shown, Standing, Wanted};
use rules::case::vocabulary::FeedbackKind;
use rules::people::{Act, permission};

use super::AllCases;
use super::asked::{STANDINGS, Sought};
use super::finder::Finder;
use super::views::handler::sharing;
use super::views::{self, SaveView};
use crate::http::{Asked, Posted};
use crate::page::words::count;
use crate::staff::desk::{Done, Fault, Seat, form, rows};
use crate::staff::parts::filters::Filter;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::Link;
use crate::staff::parts::panel::Empty;
use crate::staff::parts::queue::QueueTable;
use crate::staff::parts::tag::Tone;
use crate::staff::paths;

/// The page.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    match page(&seat, &asked).await {
        Ok(response) => response,
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

async fn page(seat: &Seat, asked: &Asked) -> Result<Response, ActError> {
    let kept = seat.door.views().await?;
    if let Some((_, start)) = views::start(&kept).filter(|_| asked.is_empty()) {
        return Ok(Done::see(&start));
    }
    let sought = Sought::of(asked);
    let list = Shown::Cases(sought.wanted.clone());
    let page = seat.door.list(&list, asked.some("after")).await?;
    let counts = seat.door.counts().await?;
    let above = views::above(seat, &kept, &sought).await?;
    let is_a_view = above.iter().any(|view| view.current);
    let page = AllCases {
        notice: (asked.get("done") == "view").then(|| "The view is saved.".to_owned()),
        views: above,
        gone: views::gone(seat, &sought),
        save: (sought.is_narrow() && !is_a_view).then(|| SaveView {
            query: sought.query(),
            sharing: sharing(seat),
            form: form::fresh(),
        }),
        ..shown(seat, &sought, &page, &counts)
    };
    Ok(seat.page(&page).await)
}

fn shown(seat: &Seat, sought: &Sought, page: &Page, counts: &Counts) -> AllCases {
    AllCases {
        heading: sought.heading().to_owned(),
        summary: summary(sought, page, counts),
        notice: None,
        views: Vec::new(),
        gone: Vec::new(),
        save: None,
        standings: standings(sought, counts),
        finder: finder(seat, sought),
        links: if page.lines.is_empty() {
            Vec::new()
        } else {
            links(seat, sought)
        },
        table: table(seat, sought, &page.lines),
        empty: match sought.is_narrow() {
            true => Empty::with_link("No cases match.", Link::new("Clear the filters", paths::CASES_OPEN)),
            false => Empty::new("No case is open."),
        },
        next: page.next.as_deref().map(|next| sought.page(next)),
    }
}

fn links(seat: &Seat, sought: &Sought) -> Vec<Link> {
    let several = Link::new("Pass several on", &sought.several());
    let file = Link::new("Save this list as a table (CSV)", &sought.file());
    let may_pass = seat.may(Act::Assign).then_some(several);
    may_pass.into_iter().chain([file]).collect()
}

fn table(seat: &Seat, sought: &Sought, lines: &[DeskLine]) -> QueueTable {
    let table = rows::flat(seat, &format!("{}, {}", sought.heading(), sought.order()), lines);
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
fn summary(sought: &Sought, page: &Page, counts: &Counts) -> String {
    let here = page.lines.len() as u64;
    if here == 0 {
        return "No cases match.".to_owned();
    }
    let is_late = |line: &&DeskLine| rows::soon(line) == rows::Soon::Late;
    let late = match page.lines.iter().filter(is_late).count() as u64 {
        0 => String::new(),
        n => format!(" On this page {}.", count(n, "is late", "are late")),
    };
    let order = sought.order();
    match sought.is_narrow() {
        true => format!("{} on this page, {order}.{late}", count(here, "case", "cases")),
        false => format!(
            "{}, {order}.{late}",
            count(counts.open.unsigned_abs(), "open case", "open cases")
        ),
    }
}

/// Where the cases stand; another standing keeps the other choices.
fn standings(sought: &Sought, counts: &Counts) -> Vec<Filter> {
    let filter = |(standing, _, label): &(Standing, &str, &str)| {
        let to = Sought {
            wanted: Wanted {
                standing: *standing,
                ..sought.wanted.clone()
            },
        };
        let filter = Filter::new(label, &to.page(""));
        let filter = match (to.is_narrow_otherwise(), standing) {
            (false, Standing::Open) => filter.counting(small(counts.open)),
            (false, Standing::Escalation) if counts.escalations > 0 => {
                filter.counting(small(counts.escalations)).toned(Tone::Warn)
            }
            (false, Standing::SignOff) => filter.counting(small(counts.awaiting_sign_off)),
            _ => filter,
        };
        if to == *sought { filter.in_force() } else { filter }
    };
    STANDINGS.iter().map(filter).collect()
}

fn small(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(0)
}

fn finder(seat: &Seat, sought: &Sought) -> Finder {
    let in_force = seat.door.office().active();
    let procedure = &in_force.procedure;
    let service = |category: &rules::procedure::Category| Pick::new(&category.code, &category.name);
    let answers = sought.answers();
    let pairs: Vec<(&str, &str)> = answers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Finder {
        state: sought.state().to_owned(),
        stages: procedure
            .stages
            .iter()
            .map(|stage| Pick::new(&stage.number.to_string(), &format!("Stage {}", stage.number)))
            .collect(),
        kinds: FeedbackKind::ALL
            .iter()
            .map(|kind| Pick::new(kind.code(), plural(*kind)))
            .collect(),
        services: with_the_one_asked(
            in_force.catalogue.all("service").map(service).collect(),
            sought.wanted.service.as_deref(),
        ),
        owners: owners(seat, sought),
        form: FormState::default().answered(&pairs),
        is_narrow: sought.is_narrow_otherwise(),
    }
}

/// A service that left the procedure stays chosen while the list asks for it.
fn with_the_one_asked(mut picks: Vec<Pick>, asked: Option<&str>) -> Vec<Pick> {
    if let Some(code) = asked.filter(|code| picks.iter().all(|pick| pick.value != *code)) {
        picks.push(Pick::new(code, &format!("{code} (no longer used)")));
    }
    picks
}

/// Nobody, and whoever may be given cases, by name; somebody who left only while the list shows theirs.
fn owners(seat: &Seat, sought: &Sought) -> Vec<Pick> {
    let office = seat.door.office();
    let mut here: Vec<_> = office
        .people()
        .values()
        .filter(|person| permission::may(person, Act::Write))
        .map(|person| (person.name.clone(), person.id))
        .collect();
    here.sort();
    let mut picks = vec![Pick::new("nobody", "Nobody yet")];
    picks.extend(here.iter().map(|(name, id)| Pick::new(&id.0.to_string(), name)));
    if let Some(OwnedBy::Person(id)) = sought.wanted.owner
        && here.iter().all(|(_, known)| *known != id)
    {
        picks.push(Pick::new(&id.0.to_string(), &office.name_in_list(id)));
    }
    picks
}

fn plural(kind: FeedbackKind) -> &'static str {
    match kind {
        FeedbackKind::Complaint => "Complaints",
        FeedbackKind::Compliment => "Compliments",
        FeedbackKind::Suggestion => "Suggestions",
        FeedbackKind::Comment => "Comments",
    }
}
