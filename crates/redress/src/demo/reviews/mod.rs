//! The monthly reviews of the year, held through the real acts, and what became of their actions (R42, R80).

mod actions;
mod file;
mod meeting;

use std::sync::Arc;

use casework::{Office, StoppedClock};
use jiff::civil::Weekday;
use jiff::{Timestamp, ToSpan};
use rules::follow_on::FollowOnId;
use rules::review::Month;

use super::DemoError;
use super::days::Days;
use super::people::Staff;
use file::{Entry, Later, ReviewsFile};
#[cfg(test)]
pub(super) use file::{REVIEWS, names};

/// The working day of the next month on which a month is prepared, and the one on which it is held.
const PREPARED: i64 = 3;
const HELD: i64 = 5;

/// What is to be done at an instant.
#[derive(Debug, Clone)]
enum Due {
    /// Somebody reads the list and notes what is to be talked about.
    Prepare(Month),
    /// A month is held and finished.
    Hold(Month),
    /// Owners report what they promised and have done.
    Report,
    /// Somebody else sees that it is done, without a meeting.
    Verify,
    /// A step on the way of a recommendation.
    Later(FollowOnId, Later),
}

/// The reviews of the year, each at its time.
pub(super) struct Reviews<'a> {
    office: &'a Arc<Office>,
    staff: &'a Staff,
    days: &'a Days,
    file: ReviewsFile,
    /// The last month that is over at the end.
    last: Month,
    /// Everything that is to be done, the next at the end.
    due: Vec<(Timestamp, Due)>,
    /// How many were held.
    pub(super) held: usize,
}

impl<'a> Reviews<'a> {
    /// Those of a year that begins with the first case and ends at `until`.
    pub(super) fn plan(
        office: &'a Arc<Office>,
        staff: &'a Staff,
        days: &'a Days,
        (first, until): (Timestamp, Timestamp),
    ) -> Result<Reviews<'a>, DemoError> {
        let mut reviews = Reviews {
            office,
            staff,
            days,
            file: ReviewsFile::load()?,
            last: Month::of(days.day(until)).earlier(1),
            due: Vec::new(),
            held: 0,
        };
        let mut month = Month::of(days.day(first));
        while month <= reviews.last {
            reviews.plan_month(month)?;
            month = month.later(1);
        }
        let mut day = days.day(first);
        while days.at(day, 0)? <= until {
            if day.weekday() == Weekday::Thursday {
                let day = days.working_day(day, 0)?;
                reviews.due.push((days.at(day, 15 * 60 + 30)?, Due::Report));
            }
            day += 1.days();
        }
        reviews.due.retain(|(at, _)| *at <= until);
        reviews.due.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        Ok(reviews)
    }

    /// Without the meetings: what was promised is done and seen to be, and the months are reviewed when all their cases are there.
    pub(super) fn of_actions_alone(mut self) -> Reviews<'a> {
        self.due.retain_mut(|(_, due)| match due {
            Due::Hold(_) => {
                *due = Due::Verify;
                true
            }
            Due::Report => true,
            Due::Prepare(_) | Due::Later(..) | Due::Verify => false,
        });
        self
    }

    fn plan_month(&mut self, month: Month) -> Result<(), DemoError> {
        let first = month.later(1).period().first;
        let nth = |n: i64| self.days.working_day(self.days.working_day(first, 0)?, n - 1);
        let (prepared, held) = (nth(PREPARED)?, nth(HELD)?);
        self.due
            .push((self.days.at(prepared, 10 * 60 + 15)?, Due::Prepare(month)));
        if month == self.last {
            return Ok(());
        }
        self.due.push((self.days.at(held, 14 * 60)?, Due::Hold(month)));
        let recommended = self.entry(month).into_iter().flat_map(|entry| &entry.recommend);
        let mut later = Vec::new();
        for (number, recommended) in (1..).zip(recommended) {
            for (minute, step) in (0..).zip(&recommended.step) {
                let day = self.days.working_day(held, step.after)?;
                let at = self.days.at(day, 11 * 60 + minute)?;
                later.push((at, Due::Later(FollowOnId::Review(month, number), step.clone())));
            }
        }
        self.due.extend(later);
        Ok(())
    }

    fn entry(&self, month: Month) -> Option<&Entry> {
        let ago = self.last.later(1);
        self.file
            .review
            .iter()
            .find(|entry| ago.earlier(entry.months_ago) == month)
    }

    /// When something is to be done next.
    pub(super) fn next_at(&self) -> Option<Timestamp> {
        self.due.last().map(|(at, _)| *at)
    }

    /// Does it.
    pub(super) async fn act(&mut self, clock: &StoppedClock) -> Result<(), DemoError> {
        let Some((at, due)) = self.due.pop() else {
            return Ok(());
        };
        clock.set(at);
        match due {
            Due::Prepare(month) => self.prepare(month).await,
            Due::Hold(month) => self.hold(month).await,
            Due::Report => self.report().await,
            Due::Verify => self.verify().await,
            Due::Later(id, later) => self.later(&id, &later).await,
        }
    }
}
