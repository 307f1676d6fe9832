//! From the month before to the month after: nothing is lost on the way (K2, A34).

use super::{Figure, Reckoning};
use crate::review::facts::{CaseFacts, OpenedBy};
use crate::review::ledger::{ALL, Book};

/// K2: brought forward + received + taken up again = closed + carried forward.
///
/// It is counted from the times that a case was open. Brought forward are those that had begun before the period and had not ended before it;
/// received are those that began with a receipt in it, by the day of receipt; taken up again are those that began otherwise, by new
/// information or by a request for stage 2 after the closing; closed are those that ended in it; carried forward are those open at the end of
/// its last day. Each that had begun by then and had not ended before the period stands once on either side, whatever happens.
pub(super) fn flow(facts: &CaseFacts, at: &Reckoning<'_>, book: &mut Book) {
    let period = at.period;
    for spell in &facts.spells {
        let ended_before = spell.closed_on.is_some_and(|closed_on| closed_on < period.first);
        if spell.opened_on < period.first && !ended_before {
            book.count(Figure::Flow, "complaints", "brought_forward");
        }
        if period.holds(spell.opened_on) {
            match spell.opened_by {
                OpenedBy::Received => book.count(Figure::Flow, "complaints", "received"),
                other => {
                    book.count(Figure::Flow, "complaints", "taken_up_again");
                    book.count(Figure::Flow, "taken_up_again", ALL);
                    book.count(Figure::Flow, "taken_up_again", other.code());
                }
            }
        }
        if period.holds_any(spell.closed_on) {
            book.count(Figure::Flow, "complaints", "closed");
        }
        if spell.is_open_after(period.last) {
            book.count(Figure::Flow, "complaints", "carried_forward");
        }
    }
}
