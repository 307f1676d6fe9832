//! From the month before to the month after: nothing is lost on the way (K2, A34).

use super::Figure;
use crate::review::facts::{CaseFacts, OpenedBy};
use crate::review::ledger::{Book, Cell, Entry};
use crate::review::period::Period;

/// K2: brought forward + received + taken up again = closed + carried forward.
///
/// It is counted from the times that a case was open. Brought forward are those that had begun before the period and had not ended before it;
/// received are those that began with a receipt in it, by the day of receipt; taken up again are those that began otherwise, by new
/// information or by a request for stage 2 after the closing; closed are those that ended in it; carried forward are those open at the end of
/// its last day. Each that had begun by then and had not ended before the period stands once on either side, whatever happens.
pub(super) fn flow(facts: &CaseFacts, book: &mut Book) {
    for spell in &facts.spells {
        let mut page = book.on(spell.opened_on);
        match spell.opened_by {
            OpenedBy::Received => page.count(Figure::Flow, "complaints", "received"),
            other => {
                page.count(Figure::Flow, "complaints", "taken_up_again");
                page.part(Figure::Flow, "taken_up_again", other.code());
            }
        }
        if let Some(closed_on) = spell.closed_on {
            book.on(closed_on).count(Figure::Flow, "complaints", "closed");
        }
    }
}

/// What stands on either side of a period and happens on no day of it: the rest of K2.
pub(super) fn standing(facts: &CaseFacts, period: Period, entries: &mut Vec<Entry>) {
    let mut count = |item| entries.push(Entry::Count(Cell::new(Figure::Flow, "complaints", item), 1));
    for spell in &facts.spells {
        let ended_before = spell.closed_on.is_some_and(|closed_on| closed_on < period.first);
        if spell.opened_on < period.first && !ended_before {
            count("brought_forward");
        }
        if spell.is_open_after(period.last) {
            count("carried_forward");
        }
    }
}
