//! Decisions told in the period: on time or late, what they were, and what they offered (K4, K5, K7, K10, K15, K17, K18).

use super::{Figure, on_time_figure, stage_group};
use crate::case::vocabulary::{Outcome, Satisfaction};
use crate::review::facts::{CaseFacts, Happened, Moment, Stay, Timing};
use crate::review::ledger::{ALL, Book, Page};

/// Base D: decisions whose telling falls into the period (A7), each of them once.
///
/// - K4 for stage 1 and K5 for later stages: in time within the procedure's own limit, in time after an approved extension, late. Whether
///   the second counts as on time is the procedure's choice (`reporting`, P41). K5 also by the way in which the case came there. A date that
///   the calendar does not reach is `undated`.
/// - K7: stage 1 decisions told in the first conversation (R48).
/// - K10: outcomes by stage; and of those whose earlier stage had told a decision too, how many differ from it.
/// - K17: the same timing, of complaints about a member of staff.
/// - K18: whether it was to the complainant's satisfaction (R59); the answers known are the response.
pub(super) fn told(facts: &CaseFacts, stay: &Stay, book: &mut Page<'_>) {
    let (figure, timing) = (on_time_figure(stay.stage), stay.timing.map_or("undated", Timing::code));
    for group in ["decisions", stay.way.code()] {
        book.part(figure, group, timing);
    }
    if stay.stage == 1 {
        book.count(Figure::Early, "first_contact", ALL);
        if stay.first_contact {
            book.count(Figure::Early, "first_contact", "yes");
        }
        book.count(Figure::Escalation, "answered", ALL);
    }
    let stage = stage_group(stay.stage);
    book.part(Figure::Outcome, stage, stay.outcome.map_or("", Outcome::code));
    if let Some(earlier) = stay.earlier_outcome {
        book.count(Figure::Outcome, "changed", ALL);
        if stay.outcome != Some(earlier) {
            book.count(Figure::Outcome, "changed", "yes");
        }
    }
    if facts.restricted {
        book.part(Figure::Confidential, "decisions", timing);
    }
    book.part(
        Figure::Satisfaction,
        "decisions",
        stay.satisfaction.unwrap_or(Satisfaction::NotKnown).code(),
    );
}

/// K15, base D: remedies and kinds of resolution in decisions that were told in the period, by code; a decision may offer several.
/// Sums of money are not recorded, so that none is reported.
pub(super) fn offered(moment: &Moment, book: &mut Book) {
    let group = match moment.what {
        Happened::Remedy => "remedy",
        Happened::Resolution => "resolution",
        _ => return,
    };
    let code = moment.code.clone().unwrap_or_default();
    book.on(moment.on).part(Figure::Remedy, group, code);
}
