//! What follows for a case when the calendar by which its date was counted has changed (A42).

use jiff::civil::Date;

use crate::case::change::{Change, LetterOwed, Setting};
use crate::case::event::{ClockRecomputed, Event};
use crate::case::{Case, State};
use crate::deadlines::decision_due;
use crate::letters::LetterKind;

/// The decision date is counted with the new calendar, but never earlier than promised; the complainant is told of a later one. Nothing
/// follows where the date stays.
pub fn recount(case: &Case, promised: Date, setting: &Setting<'_>) -> Change {
    let Some(due) = decision_due(case, setting).filter(|due| due.due_on != promised) else {
        return Change::default();
    };
    let change = Change::of(vec![Event::ClockRecomputed(ClockRecomputed {
        clock: due.clock,
        from: due.from,
        old_on: promised,
        new_on: due.due_on.max(promised),
        calendar: setting.calendar.version().to_owned(),
    })]);
    // A decision that is made is on its way: the letter would only come after it.
    if due.due_on > promised && !matches!(case.state, State::Decided(..)) {
        return change.owing(LetterOwed::automatic(LetterKind::DateMoved));
    }
    change
}
