//! The facts of follow-on actions and the figure made from them (K14).

use jiff::civil::Date;

use super::state::{FollowOn, Status};
use crate::clock::Calendar;
use crate::review::figure::{Figure, Reckoning};
use crate::review::ledger::{ALL, Cell, Ledger};

/// A follow-on action as the figures need it: days only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowOnFacts {
    /// The day on which a review proposed it.
    pub proposed_on: Option<Date>,
    /// The day on which it was promised or accepted.
    pub accepted_on: Option<Date>,
    /// The day by which it is to be done, as it stands now.
    pub due_on: Option<Date>,
    /// The day on which it was reported done.
    pub done_on: Option<Date>,
    /// The day on which somebody else saw that it is.
    pub verified_on: Option<Date>,
    /// The day on which it was dropped.
    pub dropped_on: Option<Date>,
    /// The day on which the change was published.
    pub published_on: Option<Date>,
}

impl FollowOnFacts {
    /// The facts of an action, in the local days of a calendar.
    pub fn of(action: &FollowOn, calendar: &Calendar) -> FollowOnFacts {
        let day = |at: jiff::Timestamp| calendar.time_zone().to_datetime(at).date();
        let done = action
            .done
            .as_ref()
            .filter(|_| matches!(action.status, Status::Done | Status::Verified));
        FollowOnFacts {
            proposed_on: action.proposed_at.map(day),
            accepted_on: action.accepted_at.map(day),
            due_on: action.due_on,
            done_on: done.map(|(at, ..)| day(*at)),
            verified_on: action.verified_at.map(day),
            dropped_on: action.dropped.as_ref().map(|(at, _)| day(*at)),
            published_on: action.published.as_ref().map(|(_, at)| day(*at)),
        }
    }
}

/// K14: actions promised or accepted in the period, reported done, verified and dropped in it; open at its end, and of these overdue; how
/// many recommendations were made, accepted and dropped without having been accepted; how many changes were published. Age is counted in
/// calendar days from the promise to the end of the period, in bands.
pub fn add_to_ledger(all: &[FollowOnFacts], at: &Reckoning<'_>, ledger: &mut Ledger) {
    let period = at.period;
    let count = |test: &dyn Fn(&FollowOnFacts) -> bool| {
        u32::try_from(all.iter().filter(|facts| test(facts)).count()).unwrap_or(u32::MAX)
    };
    let mut set = |group: &'static str, item: &'static str, test: &dyn Fn(&FollowOnFacts) -> bool| {
        ledger.set(Cell::new(Figure::Action, group, item), count(test));
    };
    set("actions", "opened", &|facts| period.holds_any(facts.accepted_on));
    set("actions", "done", &|facts| period.holds_any(facts.done_on));
    set("actions", "verified", &|facts| period.holds_any(facts.verified_on));
    set("actions", "dropped", &|facts| {
        facts.accepted_on.is_some() && period.holds_any(facts.dropped_on)
    });
    let open = |facts: &FollowOnFacts| is_open_after(facts, period.last);
    set("open", ALL, &open);
    set("open", "overdue", &|facts| {
        open(facts) && facts.due_on.is_some_and(|due_on| due_on <= at.settled_on)
    });
    for (band, from, to) in [("0-30", 0, 30), ("31-90", 31, 90), ("91+", 91, i64::MAX)] {
        set("age", band, &|facts| {
            open(facts)
                && facts
                    .accepted_on
                    .is_some_and(|since| (from..=to).contains(&days(since, period.last)))
        });
    }
    set("recommendations", "made", &|facts| period.holds_any(facts.proposed_on));
    set("recommendations", "accepted", &|facts| {
        facts.proposed_on.is_some() && period.holds_any(facts.accepted_on)
    });
    set("recommendations", "dropped", &|facts| {
        facts.proposed_on.is_some() && facts.accepted_on.is_none() && period.holds_any(facts.dropped_on)
    });
    set("published", ALL, &|facts| period.holds_any(facts.published_on));
}

/// Whether something was promised and not yet done or dropped at the end of a day.
fn is_open_after(facts: &FollowOnFacts, day: Date) -> bool {
    let by = |on: Option<Date>| on.is_some_and(|on| on <= day);
    by(facts.accepted_on) && !by(facts.done_on) && !by(facts.dropped_on)
}

fn days(from: Date, to: Date) -> i64 {
    to.duration_since(from).as_hours() / 24
}
