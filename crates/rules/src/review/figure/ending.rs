//! Closings in the period: how and where they ended, why it happened and what was learnt (K7, K13).

use super::{Figure, stage_group};
use crate::case::vocabulary::{Ending, LearningAnswer, Satisfaction};
use crate::review::facts::Spell;
use crate::review::ledger::Page;

/// Base C: closings of complaints in the period.
///
/// - K7: by ending; and of those closed with a decision, the stage that had decided last, and whether it was to their satisfaction.
/// - K13, of those closed with a decision: the root cause, and whether the question "did we learn something" was answered, each as that
///   closing left it: a case that is taken up again and closes once more says both anew, and its first closing stays counted as it was (A40).
pub(super) fn closed(spell: &Spell, book: &mut Page<'_>) {
    book.part(Figure::Early, "ending", spell.ending.map_or("", Ending::code));
    if spell.ending != Some(Ending::Decided) {
        return;
    }
    book.part(Figure::Early, "decided", stage_group(spell.decided_stage));
    book.part(
        Figure::Early,
        "satisfied",
        spell.satisfaction.unwrap_or(Satisfaction::NotKnown).code(),
    );
    book.part(
        Figure::Learning,
        "cause",
        spell.root_cause.clone().unwrap_or_else(|| "none".to_owned()),
    );
    book.part(
        Figure::Learning,
        "answered",
        spell.learning.map_or("none", LearningAnswer::code),
    );
}
