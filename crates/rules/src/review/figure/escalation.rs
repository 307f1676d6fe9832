//! Going on to the next stage: asked for, granted, refused, or begun there (K8).

use super::Figure;
use crate::procedure::StageEntryWay;
use crate::review::facts::{CaseFacts, Happened, LATE_REQUEST, Moment, Promptness};
use crate::review::ledger::{ALL, Book};

/// K8: requests for the next stage that came in the period, beside the stage 1 decisions that were told in it (`answered`); how many came
/// after the window; answers in the period, and how many of those came after their own day (A20). A request and its answer may fall into
/// different months, so that they need not add up.
pub(super) fn request(moment: &Moment, book: &mut Book) {
    let mut book = book.on(moment.on);
    match moment.what {
        Happened::Asked => {
            book.count(Figure::Escalation, "asked", ALL);
            if moment.code.as_deref() == Some(LATE_REQUEST) {
                book.count(Figure::Escalation, "asked", "late");
            }
        }
        Happened::Granted | Happened::Refused => {
            book.part(Figure::Escalation, "answers", moment.what.code());
            if moment.promptness == Some(Promptness::Late) {
                book.count(Figure::Escalation, "answers", "late");
            }
        }
        _ => {}
    }
}

/// K8: cases that came to a stage beyond the first in the period without a request, by why: begun there (`direct`) or moved there by staff
/// or by a VIP who was recognised late (`moved`).
pub(super) fn direct(facts: &CaseFacts, book: &mut Book) {
    for stay in &facts.stays {
        let group = match stay.way {
            StageEntryWay::Direct => "direct",
            StageEntryWay::Rerouted => "moved",
            StageEntryWay::Escalated | StageEntryWay::Reopened => continue,
        };
        if stay.stage > 1 {
            book.on(stay.entered_on)
                .part(Figure::Escalation, group, stay.reason.code());
        }
    }
}
