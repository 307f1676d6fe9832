//! What was open at the end of the period (K16).

use jiff::Span;

use super::{Figure, Reckoning, stage_group};
use crate::review::facts::CaseFacts;
use crate::review::ledger::{ALL, Book};

/// K16, base O: complaints open at the end of the period's last day.
///
/// Age is counted in working days since the receipt. Late is one whose decision date had passed without the complainant being told; before
/// triage that is the date which it would have if nothing were found (A2). Due are those whose date lies within seven days after. Without an
/// owner are those for which nobody had been accountable by then (R40).
pub(super) fn at_the_end(facts: &CaseFacts, at: &Reckoning<'_>, book: &mut Book) {
    let end = at.period.last;
    if !facts.is_open_after(end) {
        return;
    }
    book.count(Figure::Open, "open", ALL);
    let stay = facts.stay_on(end);
    book.count(Figure::Open, "stage", stage_group(stay.map_or(0, |stay| stay.stage)));
    let age = at.calendar.working_days_between(facts.received_on, end).ok();
    book.count(Figure::Open, "age", age.map_or("unknown", band));
    let due_on = match stay {
        None => facts.untriaged_due_on,
        Some(stay) if stay.told_on.is_some_and(|told_on| told_on <= end) => None,
        Some(stay) => stay.last_day,
    };
    let soon = at.settled_on.checked_add(Span::new().days(7)).unwrap_or(at.settled_on);
    match due_on {
        Some(due_on) if due_on <= at.settled_on => book.count(Figure::Open, "open", "late"),
        Some(due_on) if due_on <= soon => book.count(Figure::Open, "open", "due"),
        _ => {}
    }
    if facts.owned_on.is_none_or(|owned_on| owned_on > end) {
        book.count(Figure::Open, "open", "no_owner");
    }
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
