//! Follow-on actions in the review of a month: what is carried forward, what waits for later, what is over (R10, R42, R82).

use jiff::SignedDuration;
use jiff::civil::Date;

use super::facts::FollowOnFacts;
use super::id::FollowOnId;
use super::state::Status;
use crate::review::period::Month;

/// Where an action stands in the review of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carried {
    /// To be agreed: recommended by this very review, or by any and accepted by nobody yet. No list leaves one of these out.
    ToAgree,
    /// Late, or to be done within [`AHEAD_DAYS`].
    Soon,
    /// To be done after that.
    Later,
    /// Done or dropped since the month began.
    Ended,
}

/// How many calendar days ahead a review looks at what is to be done.
pub const AHEAD_DAYS: i64 = 14;

/// A review as its list of actions sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeenFrom {
    /// The month that it is about.
    pub month: Month,
    /// The day on which it was held; today, where it was not yet.
    pub as_of: Date,
}

impl SeenFrom {
    /// The last day that is ahead: what is due later is listed apart.
    ///
    /// ```
    /// # use rules::follow_on::carried::SeenFrom;
    /// # use jiff::civil::date;
    /// let review = SeenFrom { month: "2026-09".parse().unwrap(), as_of: date(2026, 10, 6) };
    /// assert_eq!(review.ahead(), date(2026, 10, 20));
    /// ```
    pub fn ahead(&self) -> Date {
        let ahead = self.as_of.checked_add(SignedDuration::from_hours(24 * AHEAD_DAYS));
        ahead.unwrap_or(self.as_of)
    }

    /// Where an action stands; nothing for one that had not begun when the review was held, or was over before its month.
    pub fn carries(&self, id: &FollowOnId, status: Status, facts: &FollowOnFacts) -> Option<Carried> {
        let began = facts.accepted_on.or(facts.proposed_on);
        if began.is_none_or(|on| on > self.as_of) {
            return None;
        }
        let ended = [facts.done_on, facts.dropped_on].into_iter().flatten().min();
        if let Some(on) = ended.filter(|on| *on <= self.as_of) {
            return (on >= self.month.period().first).then_some(Carried::Ended);
        }
        let recommended_here = matches!(id, FollowOnId::Review(month, _) if *month == self.month);
        Some(if recommended_here || status == Status::Proposed {
            Carried::ToAgree
        } else if facts.due_on.is_some_and(|due_on| due_on > self.ahead()) {
            Carried::Later
        } else {
            Carried::Soon
        })
    }
}

/// Whether the date of an action has passed while there is still something to do. A proposal has promised nothing yet.
pub fn is_overdue(status: Status, facts: &FollowOnFacts, today: Date) -> bool {
    matches!(status, Status::Accepted | Status::InProgress) && facts.due_on.is_some_and(|due_on| due_on < today)
}

/// The order of a register: what is to be done by its day, then proposals, then what is over, the latest first.
pub fn order(id: &FollowOnId, status: Status, facts: &FollowOnFacts) -> (u8, i64, FollowOnId) {
    let day = |on: Option<Date>| on.map_or(i64::MAX, |on| on.duration_since(Date::ZERO).as_hours());
    let (group, place) = match status {
        Status::Accepted | Status::InProgress => (0, day(facts.due_on)),
        Status::Proposed => (1, day(facts.proposed_on)),
        Status::Done => (2, -day(facts.done_on)),
        Status::Verified => (3, -day(facts.verified_on)),
        Status::Dropped => (4, -day(facts.dropped_on)),
    };
    (group, place, id.clone())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const NOTHING: FollowOnFacts = FollowOnFacts {
        proposed_on: None,
        accepted_on: None,
        due_on: None,
        done_on: None,
        verified_on: None,
        dropped_on: None,
        published_on: None,
    };

    fn september() -> SeenFrom {
        SeenFrom {
            month: "2026-09".parse().unwrap(),
            as_of: date(2026, 10, 6),
        }
    }

    fn carried(id: &str, status: Status, facts: FollowOnFacts) -> Option<Carried> {
        september().carries(&id.parse().unwrap(), status, &facts)
    }

    fn promised(due: Date) -> FollowOnFacts {
        FollowOnFacts {
            accepted_on: Some(date(2026, 9, 2)),
            due_on: Some(due),
            ..NOTHING
        }
    }

    #[test]
    fn a_promise_is_soon_until_two_weeks_ahead_and_later_after_them() {
        let stands = |due| carried("FC-10482-1", Status::Accepted, promised(due));
        assert_eq!(stands(date(2025, 1, 1)), Some(Carried::Soon), "late");
        assert_eq!(stands(date(2026, 10, 20)), Some(Carried::Soon));
        assert_eq!(stands(date(2026, 10, 21)), Some(Carried::Later));
    }

    #[test]
    fn what_is_recommended_or_waits_for_a_yes_is_to_be_agreed_whenever_it_is_due() {
        let far = date(2027, 5, 1);
        let here = carried("2026-09-1", Status::Accepted, promised(far));
        assert_eq!(here, Some(Carried::ToAgree), "of this very review");
        let before = carried("2026-08-1", Status::Accepted, promised(far));
        assert_eq!(before, Some(Carried::Later), "of another review, and agreed");
        let proposed = FollowOnFacts {
            proposed_on: Some(date(2026, 8, 4)),
            due_on: Some(far),
            ..NOTHING
        };
        assert_eq!(carried("2026-08-2", Status::Proposed, proposed), Some(Carried::ToAgree));
    }

    #[test]
    fn what_is_over_stands_in_the_reviews_from_its_month_on_and_what_came_later_in_none() {
        let done = |on| FollowOnFacts {
            done_on: Some(on),
            ..promised(date(2026, 9, 30))
        };
        let stands = |facts| carried("FC-10482-1", Status::Done, facts);
        assert_eq!(stands(done(date(2026, 8, 31))), None);
        assert_eq!(stands(done(date(2026, 9, 1))), Some(Carried::Ended));
        assert_eq!(stands(done(date(2026, 10, 6))), Some(Carried::Ended));
        assert_eq!(
            stands(done(date(2026, 10, 7))),
            Some(Carried::Soon),
            "done after the review was held"
        );
        let begun_later = FollowOnFacts {
            accepted_on: Some(date(2026, 10, 7)),
            ..promised(date(2026, 10, 9))
        };
        assert_eq!(carried("FC-10482-1", Status::Accepted, begun_later), None);
    }

    #[test]
    fn a_proposal_is_never_overdue_and_a_promise_is_from_the_day_after_its_date() {
        let facts = promised(date(2026, 9, 30));
        assert!(!is_overdue(Status::Accepted, &facts, date(2026, 9, 30)));
        assert!(is_overdue(Status::Accepted, &facts, date(2026, 10, 1)));
        assert!(is_overdue(Status::InProgress, &facts, date(2026, 10, 1)));
        for status in [Status::Proposed, Status::Done, Status::Verified, Status::Dropped] {
            assert!(!is_overdue(status, &facts, date(2026, 10, 1)), "{status:?}");
        }
    }
}
