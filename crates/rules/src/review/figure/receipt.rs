//! What reached us in the period, and how it was acknowledged (K1, K3, K17, K19).

use super::{Figure, stage_group};
use crate::case::vocabulary::{Ending, FeedbackKind};
use crate::procedure::InFigures;
use crate::review::facts::{AckTiming, CaseFacts};
use crate::review::ledger::{ALL, Book, Holds, Page};

/// K1, base R: everything received in the period by kind; complaints also by channel, by who the complainant is, by the stage at which they
/// began (0 while nobody has judged them) and by whether anybody can be told (A28). Complaints about the same matter are one matter (A27): `matter` says
/// how many brought one of their own, beside all of them, so that n complaints about m matters can be read. `left_out` counts what its ending leaves out of all
/// figures, by ending, so that the pack lists every case (R80). Volume is shown as it is and never as an aim (R8).
pub(super) fn volume(facts: &CaseFacts, book: &mut Page<'_>) {
    if facts.counted == InFigures::LeftOut {
        let ending = facts.spells.iter().rev().find_map(|spell| spell.ending);
        book.part(Figure::Volume, "left_out", ending.map_or("", Ending::code));
        return;
    }
    book.part(Figure::Volume, "kind", facts.kind.code());
    if facts.kind == FeedbackKind::Complaint {
        book.part(Figure::Volume, "channel", facts.channel.code());
        book.part(Figure::Volume, "complainant", facts.complainant.code());
        book.part(
            Figure::Volume,
            "entry",
            stage_group(facts.stays.first().map_or(0, |stay| stay.stage)),
        );
        book.part(
            Figure::Volume,
            "matter",
            if facts.follows() { "joined_matter" } else { "own_matter" },
        );
        if facts.anonymous {
            book.count(Figure::Volume, "anonymous", ALL);
        }
    }
}

/// K3, base R: complaints whose acknowledgement was owed, by how it went, with minutes from the receipt (or the logging, where that came
/// later) to the acknowledgement, begun minutes counted whole. Overdue is what still waits after its day. Those whom nobody can tell are
/// counted apart. `failures` counts deliveries that failed, also where a later try arrived (A8).
pub(super) fn acknowledged(facts: &CaseFacts, all: &mut Book) {
    let on = facts.received_on;
    let acknowledgement = &facts.acknowledgement;
    match (acknowledgement.timing, acknowledgement.due_on) {
        (AckTiming::NotOwed, _) => {
            all.on(on).count(Figure::Acknowledgement, "not_owed", ALL);
            return;
        }
        (timing @ AckTiming::Waiting, Some(due_on)) => {
            let mut waits = all.while_it(on, Holds::until(due_on));
            waits.part(Figure::Acknowledgement, "owed", timing.code());
            let mut late = all.while_it(on, Holds::once(due_on));
            late.part(Figure::Acknowledgement, "owed", "overdue");
        }
        (timing, _) => all.on(on).part(Figure::Acknowledgement, "owed", timing.code()),
    }
    let mut book = all.on(on);
    if let Some(minutes) = acknowledgement.minutes {
        book.value(Figure::Acknowledgement, "minutes", minutes);
    }
    book.count_many(Figure::Acknowledgement, "failures", ALL, acknowledgement.failures);
}

/// K17, base R: complaints about a member of staff, with what went wrong. They are counted and never listed (R36).
pub(super) fn confidential(facts: &CaseFacts, book: &mut Page<'_>) {
    if facts.restricted {
        book.part(
            Figure::Confidential,
            "received",
            facts.problem.clone().unwrap_or_else(|| "none".to_owned()),
        );
    }
}

/// K19, compliments: base R by service; base C with working days from the receipt to being passed on.
pub(super) fn praise(facts: &CaseFacts, book: &mut Book) {
    if facts.kind != FeedbackKind::Compliment || facts.counted == InFigures::LeftOut {
        return;
    }
    book.on(facts.received_on).part(
        Figure::Praise,
        "service",
        facts.service.clone().unwrap_or_else(|| "none".to_owned()),
    );
    for spell in facts.spells.iter().filter(|spell| spell.ending == Some(Ending::Noted)) {
        if let Some(closed_on) = spell.closed_on {
            let mut book = book.on(closed_on);
            book.count(Figure::Praise, "passed_on", ALL);
            if let Some(days) = spell.days {
                book.value(Figure::Praise, "passed_on", days);
            }
        }
    }
}
