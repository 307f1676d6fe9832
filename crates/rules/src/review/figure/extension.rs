//! More time that was approved (K9).

use super::{Figure, stage_group};
use crate::review::facts::{Happened, Moment, Promptness, Stay};
use crate::review::ledger::{ALL, Book, Holds, Page};

/// K9, base D: of the decisions told in the period, how many had been extended, by stage.
pub(super) fn of_decision(stay: &Stay, book: &mut Page<'_>) {
    let stage = stage_group(stay.stage);
    book.count(Figure::Extension, stage, ALL);
    if stay.extended {
        book.count(Figure::Extension, stage, "extended");
    }
}

/// K9: approvals in the period: how many and how many working days they added, by stage; their reasons where the procedure has a list; and
/// whether the notice reached the complainant before the old date had passed (R76): a notice that has not and whose day is over is late.
pub(super) fn approved(moment: &Moment, all: &mut Book) {
    if moment.what != Happened::Extended {
        return;
    }
    let mut book = all.on(moment.on);
    book.part(Figure::Extension, "approved", stage_group(moment.stage));
    book.count_many(Figure::Extension, "days", ALL, moment.days);
    book.count_many(Figure::Extension, "days", stage_group(moment.stage), moment.days);
    let reason = moment.code.clone().unwrap_or_else(|| "in_words".to_owned());
    book.count(Figure::Extension, "reason", reason);
    // Approved when the date had passed already: late whatever follows.
    if moment.due_on.is_some_and(|due_on| moment.on > due_on) {
        book.count(Figure::Extension, "approved", "too_late");
    }
    let notice = moment.promptness.unwrap_or(Promptness::Waiting);
    match (notice, moment.due_on, moment.promptness) {
        (Promptness::Waiting, Some(due_on), Some(_)) => {
            let mut waits = all.while_it(moment.on, Holds::until(due_on));
            waits.count(Figure::Extension, "notice", Promptness::Waiting.code());
            let mut late = all.while_it(moment.on, Holds::once(due_on));
            late.count(Figure::Extension, "notice", Promptness::Late.code());
        }
        _ => book.count(Figure::Extension, "notice", notice.code()),
    }
}
