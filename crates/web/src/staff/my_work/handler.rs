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
use crate::staff::parts::queue::QueueTable;
use crate::staff::parts::tag::Tone;
use crate::staff::paths;
use crate::staff::serve::notice::Notice;

/// The page, as wide or as narrow as `?show=` says.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    let desk = match Desk::of(&seat).await {
        Ok(desk) => desk,
        Err(fault) => return Fault::from(fault).into_response(&seat, &Posted::default()).await,
    };
    let narrowed = Narrowed::of(asked.get("show"));
    let page = MyWork {
        summary: desk.summary(),
        notice: Notice::without_case(asked.get("done")),
        filters: desk.filters(narrowed),
        table: desk.table(&seat, narrowed),
        empty: empty(&seat, &desk).await,
    };
    seat.page(&page).await
}

/// More open cases than anybody works on; beyond it the list of all cases serves better.
const MOST_PAGES: usize = 20;

/// Everything that waits for one person, as the clock on the wall stands.
struct Desk {
    /// Their own open cases.
    mine: Vec<DeskLine>,
    /// Cases of others that ask something of them.
    asked: Vec<DeskLine>,
    wall: Wall,
}

/// All pages of a list together, so that groups and figures are whole.
async fn whole(seat: &Seat, list: &Shown) -> Result<Vec<DeskLine>, ActError> {
    let (mut lines, mut after) = (Vec::new(), None);
    for _ in 0..MOST_PAGES {
        let page = seat.door.list(list, after.as_deref()).await?;
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
    Asked,
    Late,
    Today,
    Messages,
    Promised,
    Stage2,
    Regimes,
    Waiting,
}

const LINKS: [(Narrowed, &str, &str, Tone); 9] = [
    (Narrowed::Everything, "", "Everything", Tone::Grey),
    (Narrowed::Asked, "asked", "Asked of you", Tone::Grey),
    (Narrowed::Late, "late", "Late", Tone::Bad),
    (Narrowed::Today, "today", "Due today", Tone::Warn),
    (Narrowed::Messages, "messages", "New message", Tone::Warn),
    (Narrowed::Promised, "promised", "Update promised", Tone::Warn),
    (Narrowed::Stage2, "stage-2", "Stage 2", Tone::Grey),
    (Narrowed::Regimes, "regimes", "Other regimes", Tone::Grey),
    (Narrowed::Waiting, "waiting", "Waiting for someone else", Tone::Grey),
];

impl Narrowed {
    fn of(word: &str) -> Narrowed {
        LINKS
            .iter()
            .find(|(_, known, ..)| *known == word)
            .map_or(Narrowed::Everything, |(narrowed, ..)| *narrowed)
    }

    /// Whether one of their own cases is of this sort.
    fn holds(self, wall: &Wall, line: &DeskLine) -> bool {
        match self {
            Narrowed::Everything => true,
            Narrowed::Asked => false,
            Narrowed::Late => soon(line) == Soon::Late,
            Narrowed::Today => soon(line) == Soon::Today,
            Narrowed::Messages => line.card.message_waits,
            Narrowed::Promised => update_owed(wall, line).is_some(),
            Narrowed::Stage2 => line.stage == 2,
            Narrowed::Regimes => line.card.regime.is_some(),
            // Senior management, the post, or whoever answers a request.
            Narrowed::Waiting => match line.state.as_str() {
                // A decision that does not arrive waits for its owner.
                "decided" => !line.card.undelivered,
                _ => line.card.asked.is_some() && !line.card.asked_beside,
            },
        }
    }
}

impl Desk {
    /// Somebody who sees no cases has none.
    async fn of(seat: &Seat) -> Result<Desk, ActError> {
        let wall = seat.wall();
        let (mut mine, mut asked) = (Vec::new(), Vec::new());
        if seat.may(Act::SeeCases) {
            mine = whole(seat, &Shown::Mine(seat.door.person().id)).await?;
            asked = whole(seat, &Shown::AskedOfMe).await?;
        }
        Ok(Desk { mine, asked, wall })
    }

    fn is_empty(&self) -> bool {
        self.mine.is_empty() && self.asked.is_empty()
    }

    /// How many lines a link leaves.
    fn left(&self, narrowed: Narrowed) -> usize {
        let mine = self.mine.iter().filter(|line| narrowed.holds(&self.wall, line)).count();
        match narrowed {
            Narrowed::Everything | Narrowed::Asked => mine + self.asked.len(),
            _ => mine,
        }
    }

    fn table(&self, seat: &Seat, narrowed: Narrowed) -> QueueTable {
        let of_this_sort = |line: &&DeskLine| narrowed.holds(&self.wall, line);
        let mine: Vec<DeskLine> = self.mine.iter().filter(of_this_sort).cloned().collect();
        let mut table = rows::by_date(seat, "Your open cases, soonest deadline first", &mine);
        if matches!(narrowed, Narrowed::Everything | Narrowed::Asked) {
            table.groups.insert(0, rows::asked(seat, &self.asked));
        }
        table
    }

    /// The links that leave something, and the one that is in force.
    fn filters(&self, now: Narrowed) -> Vec<Filter> {
        if self.is_empty() {
            return Vec::new();
        }
        let filter = |(narrowed, word, label, tone): &(Narrowed, &str, &str, Tone)| {
            let href = if word.is_empty() {
                paths::MY_WORK.to_owned()
            } else {
                format!("{}?show={word}", paths::MY_WORK)
            };
            let left = self.left(*narrowed);
            let filter = Filter::new(label, &href).counting(u32::try_from(left).unwrap_or(u32::MAX));
            let filter = if left > 0 { filter.toned(*tone) } else { filter };
            if *narrowed == now { filter.in_force() } else { filter }
        };
        let worth_a_look =
            |(narrowed, ..): &&(Narrowed, &str, &str, Tone)| *narrowed == now || self.left(*narrowed) > 0;
        LINKS.iter().filter(worth_a_look).map(filter).collect()
    }

    /// "9 open cases, and 2 of others that ask something of you. 1 is late and 2 people are waiting for an update."
    fn summary(&self) -> String {
        let said = [
            (Narrowed::Late, "is late", "are late"),
            (Narrowed::Today, "is due today", "are due today"),
            (
                Narrowed::Promised,
                "person is waiting for an update",
                "people are waiting for an update",
            ),
        ];
        let parts: Vec<String> = said
            .into_iter()
            .map(|(narrowed, one, many)| (self.left(narrowed) as u64, one, many))
            .filter(|(n, ..)| *n > 0)
            .map(|(n, one, many)| count(n, one, many))
            .collect();
        let cases = match self.mine.len() as u64 {
            0 => "No open cases".to_owned(),
            n => count(n, "open case", "open cases"),
        };
        let asked = match self.asked.len() as u64 {
            0 => String::new(),
            n => format!(
                ", and {} something of you",
                count(n, "of somebody else that asks", "of others that ask")
            ),
        };
        match parts.split_last() {
            None if self.mine.is_empty() => format!("{cases}{asked}."),
            None => format!("{cases}{asked}. Nothing is late or due today."),
            Some((last, [])) => format!("{cases}{asked}. {last}."),
            Some((last, rest)) => format!("{cases}{asked}. {} and {last}.", rest.join(", ")),
        }
    }
}

/// What stands where no case does: nothing to do, nothing of this sort, or no business with cases at all.
async fn empty(seat: &Seat, desk: &Desk) -> Empty {
    if !desk.is_empty() {
        return Empty::with_link(
            "None of your cases is of this sort.",
            Link::new("Show everything", paths::MY_WORK),
        );
    }
    if !seat.may(Act::SeeCases) {
        let words = "Your roles do not include cases, so none are listed here.";
        let link = if seat.may(Act::ManagePeople) {
            Link::new("Go to people", paths::PEOPLE)
        } else if seat.may(Act::SeeReviews) {
            Link::new("Read the monthly reviews", paths::REVIEW)
        } else {
            Link::new("Read the procedure", paths::PROCEDURE)
        };
        return Empty::with_link(words, link);
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
