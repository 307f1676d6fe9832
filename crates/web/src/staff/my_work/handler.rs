//! Serving my work: every open case of one person, grouped by how soon, narrowed by links that count what they would leave.

use axum::response::Response;
use casework::ActError;
use casework::desk::{DeskLine, Shown};
use rules::people::Act;

use super::MyWork;
use crate::http::{Asked, Posted};
use crate::page::words::count;
use crate::staff::desk::rows::{self, Soon, soon, update_owed};
use crate::staff::desk::{Fault, Seat, Wall};
use crate::staff::parts::filters::Filter;
use crate::staff::parts::link::Link;
use crate::staff::parts::panel::Empty;
use crate::staff::parts::tag::Tone;
use crate::staff::paths;

/// The page, as wide or as narrow as `?show=` says.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    let lines = match everything(&seat).await {
        Ok(lines) => lines,
        Err(fault) => return Fault::from(fault).into_response(&seat, &Posted::default()).await,
    };
    let narrowed = Narrowed::of(asked.get("show"));
    let wall = seat.wall();
    let left: Vec<DeskLine> = lines
        .iter()
        .filter(|line| narrowed.holds(&wall, line))
        .cloned()
        .collect();
    let page = MyWork {
        summary: summary(&wall, &lines),
        notice: None,
        filters: filters(&wall, &lines, narrowed),
        table: rows::by_date(&seat, "Your open cases, soonest deadline first", &left),
        empty: empty(&seat, &lines).await,
    };
    seat.page(&page).await
}

/// More open cases than anybody works on; beyond it the list of all cases serves better.
const MOST_PAGES: usize = 20;

/// All pages of the list together, so that groups and figures are whole. Somebody who sees no cases has none.
async fn everything(seat: &Seat) -> Result<Vec<DeskLine>, ActError> {
    if !seat.may(Act::SeeCases) {
        return Ok(Vec::new());
    }
    let mine = Shown::Mine(seat.door.person().id);
    let (mut lines, mut after) = (Vec::new(), None);
    for _ in 0..MOST_PAGES {
        let page = seat.door.list(&mine, after.as_deref()).await?;
        lines.extend(page.lines);
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    Ok(lines)
}

/// What the links narrow to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Narrowed {
    Everything,
    Late,
    Today,
    Promised,
    Stage2,
    Waiting,
}

const LINKS: [(Narrowed, &str, &str, Tone); 6] = [
    (Narrowed::Everything, "", "Everything", Tone::Grey),
    (Narrowed::Late, "late", "Late", Tone::Bad),
    (Narrowed::Today, "today", "Due today", Tone::Warn),
    (Narrowed::Promised, "promised", "Update promised", Tone::Warn),
    (Narrowed::Stage2, "stage-2", "Stage 2", Tone::Grey),
    (Narrowed::Waiting, "waiting", "Waiting for someone else", Tone::Grey),
];

impl Narrowed {
    fn of(word: &str) -> Narrowed {
        LINKS
            .iter()
            .find(|(_, known, ..)| *known == word)
            .map_or(Narrowed::Everything, |(narrowed, ..)| *narrowed)
    }

    fn holds(self, wall: &Wall, line: &DeskLine) -> bool {
        match self {
            Narrowed::Everything => true,
            Narrowed::Late => soon(line) == Soon::Late,
            Narrowed::Today => soon(line) == Soon::Today,
            Narrowed::Promised => update_owed(wall, line).is_some(),
            Narrowed::Stage2 => line.stage == 2,
            // Senior management, the post, or whoever answers a request for stage 2.
            Narrowed::Waiting => match line.state.as_str() {
                "sign_off" | "escalation_pending" => true,
                // A decision that does not arrive waits for its owner.
                "decided" => !line.card.undelivered,
                _ => false,
            },
        }
    }
}

fn filters(wall: &Wall, lines: &[DeskLine], now: Narrowed) -> Vec<Filter> {
    if lines.is_empty() {
        return Vec::new();
    }
    let filter = |(narrowed, word, label, tone): &(Narrowed, &str, &str, Tone)| {
        let href = if word.is_empty() {
            paths::MY_WORK.to_owned()
        } else {
            format!("{}?show={word}", paths::MY_WORK)
        };
        let left = lines.iter().filter(|line| narrowed.holds(wall, line)).count();
        let filter = Filter::new(label, &href).counting(u32::try_from(left).unwrap_or(u32::MAX));
        let filter = if left > 0 { filter.toned(*tone) } else { filter };
        if *narrowed == now { filter.in_force() } else { filter }
    };
    LINKS.iter().map(filter).collect()
}

/// "9 open cases. 1 is late, 2 are due today and 2 people are waiting for an update."
fn summary(wall: &Wall, lines: &[DeskLine]) -> String {
    let how_many = |narrowed: Narrowed| lines.iter().filter(|line| narrowed.holds(wall, line)).count() as u64;
    let said = [
        (how_many(Narrowed::Late), "is late", "are late"),
        (how_many(Narrowed::Today), "is due today", "are due today"),
        (
            how_many(Narrowed::Promised),
            "person is waiting for an update",
            "people are waiting for an update",
        ),
    ];
    let parts: Vec<String> = said
        .into_iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, one, many)| count(n, one, many))
        .collect();
    let cases = match lines.len() as u64 {
        0 => return "No open cases.".to_owned(),
        n => count(n, "open case", "open cases"),
    };
    match parts.split_last() {
        None => format!("{cases}. Nothing is late or due today."),
        Some((last, [])) => format!("{cases}. {last}."),
        Some((last, rest)) => format!("{cases}. {} and {last}.", rest.join(", ")),
    }
}

/// What stands where no case does: nothing to do, nothing of this sort, or no business with cases at all.
async fn empty(seat: &Seat, lines: &[DeskLine]) -> Empty {
    if !lines.is_empty() {
        return Empty::with_link(
            "None of your cases is of this sort.",
            Link::new("Show everything", paths::MY_WORK),
        );
    }
    if !seat.may(Act::SeeCases) {
        let words = "Your roles do not include cases, so none are listed here.";
        return match seat.may(Act::ManagePeople) {
            true => Empty::with_link(words, Link::new("Go to people", paths::PEOPLE)),
            false => Empty::with_link(words, Link::new("Read the procedure", paths::PROCEDURE)),
        };
    }
    let waiting = seat
        .door
        .counts()
        .await
        .map_or(0, |counts| counts.triage)
        .unsigned_abs();
    match waiting {
        0 => Empty::new("Nothing is waiting for you."),
        n => {
            let verb = if n == 1 { "is" } else { "are" };
            let words = format!(
                "Nothing is waiting for you. {} {verb} in triage.",
                count(n, "case", "cases")
            );
            Empty::with_link(&words, Link::new("Go to triage", paths::TRIAGE))
        }
    }
}
