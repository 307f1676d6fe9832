//! How long it took, in working days of the procedure's calendar (K6).

use super::{Figure, stage_group};
use crate::case::vocabulary::Ending;
use crate::review::facts::{Spell, Stay};
use crate::review::ledger::Page;

/// K6, base D: working days from the start of the stage's clock to the telling, by stage. No clock is ever paused (A22), so that there is no
/// paused time to tell apart.
pub(super) fn of_stage(stay: &Stay, book: &mut Page<'_>) {
    if let Some(days) = stay.days {
        book.value(Figure::Duration, stage_group(stay.stage), days);
    }
}

/// K6, base C with a decision: working days from the receipt to the telling of the last decision before the closing, whatever lay between.
pub(super) fn of_whole(spell: &Spell, book: &mut Page<'_>) {
    if let (Some(Ending::Decided), Some(days)) = (spell.ending, spell.days) {
        book.value(Figure::Duration, "whole", days);
    }
}
