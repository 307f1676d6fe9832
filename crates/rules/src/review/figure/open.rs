//! What was open at the end of the period (K16).

use jiff::Span;
use jiff::civil::Date;

use super::{Figure, Reckoning, stage_group};
use crate::review::facts::CaseFacts;
use crate::review::ledger::{ALL, Cell, Entry};

/// How an open complaint stands, as far as K16 asks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    pub(in crate::review) received_on: Date,
    /// 0 before triage.
    pub(in crate::review) stage: u8,
    /// The day by which the complainant is to be told; none where they were, or where no date is known.
    pub(in crate::review) due_on: Option<Date>,
    pub(in crate::review) has_owner: bool,
}

impl Standing {
    /// How a counted complaint stood at the end of a day; nothing where it was not open.
    pub fn after(facts: &CaseFacts, end: Date) -> Option<Standing> {
        if !facts.is_counted_complaint() || !facts.is_open_after(end) {
            return None;
        }
        Some(Standing {
            received_on: facts.received_on,
            stage: facts.stay_on(end).map_or(0, |stay| stay.stage),
            due_on: facts.due_after(end),
            has_owner: facts.owned_on.is_some_and(|owned_on| owned_on <= end),
        })
    }
}

/// K16, base O: complaints open at the end of the period's last day.
///
/// Age is counted in working days since the receipt. Late is one whose decision date had passed without the complainant being told; before
/// triage that is the date which it would have if nothing were found (A2). Due are those whose date lies within seven days after. Without an
/// owner are those for which nobody had been accountable by then (R40).
pub(in crate::review) fn at_the_end(standing: &Standing, at: &Reckoning<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut count = |group: &'static str, item: &'static str| {
        entries.push(Entry::Count(Cell::new(Figure::Open, group, item), 1));
    };
    count("open", ALL);
    count("stage", stage_group(standing.stage));
    let age = at
        .calendar
        .working_days_between(standing.received_on, at.period.last)
        .ok();
    count("age", age.map_or("unknown", band));
    let soon = at.settled_on.checked_add(Span::new().days(7)).unwrap_or(at.settled_on);
    match standing.due_on {
        Some(due_on) if due_on <= at.settled_on => count("open", "late"),
        Some(due_on) if due_on <= soon => count("open", "due"),
        _ => {}
    }
    if !standing.has_owner {
        count("open", "no_owner");
    }
    entries
}

/// The bands of age, in working days: up to the limit of stage 1, up to two weeks, up to the limit of stage 2, beyond.
fn band(days: u32) -> &'static str {
    match days {
        0..=3 => "0-3",
        4..=10 => "4-10",
        11..=20 => "11-20",
        _ => "21+",
    }
}
