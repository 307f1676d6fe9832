//! What must never be, counted so that it can be seen that it is not (K20).

use super::Figure;
use crate::case::vocabulary::Ending;
use crate::review::facts::{CaseFacts, SignedOff, Stay};
use crate::review::ledger::{ALL, Book, Page};

/// K20, base D: decisions without a sign-off that a rule asked for (R78); decided by somebody who had decided at an earlier stage (R28);
/// decided at stage 1 although known to be a VIP's (R55).
pub(super) fn of_decision(stay: &Stay, book: &mut Page<'_>) {
    book.count(Figure::Compliance, "decisions", ALL);
    if stay.sign_off == SignedOff::Missing {
        book.count(Figure::Compliance, "decisions", "no_sign_off");
    }
    if stay.same_decider {
        book.count(Figure::Compliance, "decisions", "same_decider");
    }
    if stay.vip && stay.stage <= 1 {
        book.count(Figure::Compliance, "decisions", "vip_at_stage_1");
    }
}

/// K20, base R: complaints without a job (R3), with a letter that never arrived (A8), written down on a later day than they reached us (R60);
/// base C with a decision: closed without a category (R60).
pub(super) fn of_case(facts: &CaseFacts, book: &mut Book) {
    let mut page = book.on(facts.received_on);
    page.count(Figure::Compliance, "received", ALL);
    if !facts.has_job {
        page.count(Figure::Compliance, "received", "no_job");
    }
    if facts.letters_lost > 0 {
        page.count(Figure::Compliance, "received", "letter_lost");
    }
    if facts.logged_on > facts.received_on {
        page.count(Figure::Compliance, "received", "logged_later");
    }
    let closed = facts
        .spells
        .iter()
        .filter(|spell| spell.ending == Some(Ending::Decided));
    if facts.service.is_none() {
        for closed_on in closed.filter_map(|spell| spell.closed_on) {
            book.on(closed_on).count(Figure::Compliance, "closed", "no_category");
        }
    }
}
