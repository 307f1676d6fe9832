//! Updates on the way to a decision (K11).

use super::{Figure, Reckoning};
use crate::case::vocabulary::Ending;
use crate::review::facts::{Happened, Moment, Promptness, Spell};
use crate::review::ledger::{ALL, Book};

/// K11: updates by the day on which they were due: made in time, late, or missed. One that still waits counts as missed once its day is
/// over, and not before.
pub(super) fn due(moment: &Moment, at: &Reckoning<'_>, book: &mut Book) {
    if moment.what != Happened::UpdateOwed || !at.period.holds(moment.on) {
        return;
    }
    let how = match moment.promptness {
        Some(Promptness::Waiting) | None if moment.on > at.settled_on => return,
        Some(Promptness::Waiting) | None => Promptness::Missed,
        Some(how) => how,
    };
    book.count(Figure::Update, "due", ALL);
    book.count(Figure::Update, "due", how.code());
}

/// K11, base C with a decision: complaints in whose course an update fell due, and of these those whose complainant got none at all.
pub(super) fn silent(spell: &Spell, book: &mut Book) {
    if spell.ending == Some(Ending::Decided) && spell.updates_owed > 0 {
        book.count(Figure::Update, "closed", ALL);
        if spell.updates_made == 0 {
            book.count(Figure::Update, "closed", "silent");
        }
    }
}
