//! Updates on the way to a decision (K11).

use super::Figure;
use crate::case::vocabulary::Ending;
use crate::review::facts::{Happened, Moment, Promptness, Spell};
use crate::review::ledger::{ALL, Book, Holds, Page};

/// K11: updates by the day on which they were due: made in time, late, or missed. One that still waits counts as missed once its day is
/// over, and not before.
pub(super) fn due(moment: &Moment, book: &mut Book) {
    if moment.what != Happened::UpdateOwed {
        return;
    }
    let (holds, how) = match moment.promptness {
        Some(Promptness::Waiting) | None => (Holds::once(moment.on), Promptness::Missed),
        Some(how) => (Holds::ALWAYS, how),
    };
    book.while_it(moment.on, holds).part(Figure::Update, "due", how.code());
}

/// K11, base C with a decision: complaints in whose course an update fell due, and of these those whose complainant got none at all.
pub(super) fn silent(spell: &Spell, book: &mut Page<'_>) {
    if spell.ending == Some(Ending::Decided) && spell.updates_owed > 0 {
        book.count(Figure::Update, "closed", ALL);
        if spell.updates_made == 0 {
            book.count(Figure::Update, "closed", "silent");
        }
    }
}
