//! Kept tallies: what all cases together add on a day, in a month, and stand at now, so that a period is summed without reading its cases.
//!
//! A tally is a number beside a name; a name is a place and what is counted there. The names are made and read here alone: the store keeps
//! them as texts. What depends on how far the days are over (a date that has passed) is counted under a name that says so, and is told apart
//! when it is read; nothing has to be written because a day ends.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::facts::CaseFacts;
use super::figure::{self, Figure, Reckoning, Standing};
use super::ledger::{Cell, Code, Dated, Entry, Holds, Ledger};
use super::period::{Month, Period};

/// Where a number is kept, and of what it is the number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// A day, a month, the end of a month, the balance of months, or now: see [`day`], [`month`], [`end`], [`BALANCE`], [`NOW`].
    pub place: String,
    /// What is counted.
    pub what: String,
}

/// The place of the balance of each month: complaints that began in it, less those that ended. What is counted is the month.
pub const BALANCE: &str = "balance";
/// The place of complaints that are open now, by how they stand and the month since which they do.
pub const NOW: &str = "now";

/// The place of a day.
pub fn day(on: Date) -> String {
    format!("day {on}")
}

/// The place of a month.
pub fn month(month: Month) -> String {
    format!("month {month}")
}

/// The place of complaints that were open at the end of a month and have stood otherwise since, by how they stood then. With those that are open
/// [now](NOW) and stood so by then they are all that were open at that end: nothing is written because a month ends.
pub fn end(month: Month) -> String {
    format!("end {month}")
}

/// Everything that one case adds to the kept tallies.
pub fn tallies(facts: &CaseFacts) -> BTreeMap<Name, i64> {
    let mut all = BTreeMap::new();
    for dated in figure::dated(facts) {
        let (what, n) = written(&dated);
        let of = Month::of(dated.on);
        for place in [day(dated.on), month(of)] {
            add(&mut all, place, what.clone(), n);
        }
    }
    if facts.is_counted_complaint() {
        for spell in &facts.spells {
            add(&mut all, BALANCE.to_owned(), Month::of(spell.opened_on).to_string(), 1);
            if let Some(closed_on) = spell.closed_on {
                add(&mut all, BALANCE.to_owned(), Month::of(closed_on).to_string(), -1);
            }
        }
        stands(facts, &mut all);
    }
    all.retain(|_, n| *n != 0);
    all
}

/// How a counted complaint stood at the ends of months, and stands now.
fn stands(facts: &CaseFacts, all: &mut BTreeMap<Name, i64>) {
    let turns = facts.turns();
    let (Some(first), Some(last)) = (turns.first(), turns.last()) else {
        return;
    };
    let since = Month::of(*last);
    let months = std::iter::successors(Some(Month::of(*first)), |month| Some(month.later(1)));
    for month in months.take_while(|month| *month < since) {
        if let Some(standing) = Standing::after(facts, month.period().last) {
            add(all, end(month), standing_written(&standing), 1);
        }
    }
    if let Some(standing) = Standing::after(facts, *last) {
        add(
            all,
            NOW.to_owned(),
            format!("{}{BETWEEN}{since}", standing_written(&standing)),
            1,
        );
    }
}

fn add(all: &mut BTreeMap<Name, i64>, place: String, what: String, n: i64) {
    *all.entry(Name { place, what }).or_default() += n;
}

/// A text that names no tally: the table is not one that this product wrote.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} names no tally")]
pub struct NotATally(String);

/// Parts of a name; no code holds it.
const BETWEEN: char = '\t';

/// An entry as it is named, and how much it adds.
fn written(dated: &Dated) -> (String, i64) {
    let (shape, cell, n) = match &dated.entry {
        Entry::Count(cell, n) => ("count".to_owned(), cell, i64::from(*n)),
        Entry::Part(cell) => ("part".to_owned(), cell, 1),
        Entry::Value(cell, value) => (format!("value {value}"), cell, 1),
    };
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
    let Holds { once, until } = dated.holds;
    let parts = [
        &shape,
        cell.figure.code(),
        &cell.group,
        &cell.item,
        &day(once),
        &day(until),
    ];
    (parts.join(&BETWEEN.to_string()).trim_end_matches(BETWEEN).to_owned(), n)
}

/// Adds a kept number of a day or a month of the period to the ledger, if it holds.
///
/// # Errors
/// [`NotATally`] for what was never written here.
pub fn count(ledger: &mut Ledger, (what, n): (&str, i64), at: &Reckoning<'_>) -> Result<(), NotATally> {
    let wrong = || NotATally(what.to_owned());
    let mut parts = what.split(BETWEEN);
    let mut next = || parts.next().unwrap_or_default();
    let (shape, figure, group, item) = (next(), next(), next(), next());
    let holds = Holds {
        once: read_day(next()).map_err(|()| wrong())?,
        until: read_day(next()).map_err(|()| wrong())?,
    };
    let times = u32::try_from(n).map_err(|_| wrong())?;
    if times == 0 || !holds.on(at.settled_on) {
        return Ok(());
    }
    let figure = Figure::from_code(figure).ok_or_else(wrong)?;
    let cell = Cell::new(figure, Code::from(group.to_owned()), Code::from(item.to_owned()));
    match shape.strip_prefix("value ") {
        Some(value) => ledger.add_times(Entry::Value(cell, value.parse().map_err(|_| wrong())?), times),
        None if shape == "part" => ledger.add_times(Entry::Part(cell), times),
        None if shape == "count" => ledger.add_times(Entry::Count(cell, 1), times),
        None => return Err(wrong()),
    }
    Ok(())
}

/// The name of one more in a cell and its group, or what such names begin with.
pub fn part(figure: Figure, group: &str, item: &str) -> String {
    format!("part{BETWEEN}{}{BETWEEN}{group}{BETWEEN}{item}", figure.code())
}

/// Names of complaints by service and problem.
pub mod category {
    use super::BETWEEN;
    use crate::review::figure::{Figure, NOT_CATEGORISED, service_group};

    /// What all of them begin with.
    pub fn beginning() -> String {
        format!(
            "count{BETWEEN}{}{BETWEEN}{}",
            Figure::Category.code(),
            service_group("")
        )
    }

    /// Service and problem by the rest of the name.
    pub fn of(rest: &str) -> Option<(Option<String>, Option<String>)> {
        let (service, problem) = rest.split_once(BETWEEN)?;
        let code = |code: &str| (code != NOT_CATEGORISED).then(|| code.to_owned());
        Some((code(service), code(problem)))
    }
}

fn standing_written(standing: &Standing) -> String {
    let Standing {
        received_on,
        stage,
        due_on,
        has_owner,
    } = standing;
    let due_on = due_on.map_or_else(String::new, |day| day.to_string());
    let owner = if *has_owner { "owned" } else { "" };
    format!("{received_on}{BETWEEN}{stage}{BETWEEN}{due_on}{BETWEEN}{owner}")
}

/// Adds complaints of [`NOW`], or of the [end](end()) of its last month, to the ledger of a period (K16). Of those that are open now a period
/// that is over counts the ones that stood so at its end already; it ends with a month.
///
/// # Errors
/// [`NotATally`] for what was never written here.
pub fn count_open(ledger: &mut Ledger, (what, n): (&str, i64), at: &Reckoning<'_>) -> Result<(), NotATally> {
    let wrong = || NotATally(what.to_owned());
    let mut parts = what.split(BETWEEN);
    let mut next = || parts.next().unwrap_or_default();
    let (received_on, stage, due_on, owner, since) = (next(), next(), next(), next(), next());
    let standing = Standing {
        received_on: received_on.parse().map_err(|_| wrong())?,
        stage: stage.parse().map_err(|_| wrong())?,
        due_on: read_day(due_on).map_err(|()| wrong())?,
        has_owner: owner == "owned",
    };
    let since: Option<Month> = match since {
        "" => None,
        since => Some(since.parse().map_err(|_| wrong())?),
    };
    let is_over = at.settled_on >= at.period.last;
    if is_over && since.is_some_and(|since| since > Month::of(at.period.last)) {
        return Ok(());
    }
    let times = u32::try_from(n).map_err(|_| wrong())?;
    if times > 0 {
        count_standing(ledger, &standing, times, at);
    }
    Ok(())
}

/// Adds complaints that stand like this at the end of a period (K16).
pub fn count_standing(ledger: &mut Ledger, standing: &Standing, times: u32, at: &Reckoning<'_>) {
    for entry in figure::at_the_end(standing, at) {
        ledger.add_times(entry, times);
    }
}

/// What stands on either side of a period: how many were brought into it, and, with what began and ended in it, how many are carried on (K2).
pub fn count_balance(ledger: &mut Ledger, brought_forward: i64) {
    let carried = brought_forward + balance(ledger);
    for (item, n) in [("brought_forward", brought_forward), ("carried_forward", carried)] {
        let n = u32::try_from(n).unwrap_or(0);
        ledger.set(Cell::new(Figure::Flow, "complaints", item), n);
    }
}

/// What began in a period, less what ended in it (K2).
pub fn balance(ledger: &Ledger) -> i64 {
    let flow = |item| i64::from(ledger.get(Figure::Flow, "complaints", item));
    flow("received") + flow("taken_up_again") - flow("closed")
}

fn read_day(text: &str) -> Result<Option<Date>, ()> {
    match text {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| ()),
    }
}

/// The months that lie whole in a period, and the days of it that lie in none of these.
pub fn parts_of(period: Period) -> (Option<(Month, Month)>, Vec<Period>) {
    let whole: Vec<Month> = period
        .months()
        .into_iter()
        .filter(|month| period.first <= month.period().first && month.period().last <= period.last)
        .collect();
    let (Some(first), Some(last)) = (whole.first(), whole.last()) else {
        return (None, vec![period]);
    };
    let before = first
        .period()
        .first
        .yesterday()
        .ok()
        .and_then(|day| Period::between(period.first, day));
    let after = last
        .period()
        .last
        .tomorrow()
        .ok()
        .and_then(|day| Period::between(day, period.last));
    (Some((*first, *last)), before.into_iter().chain(after).collect())
}
