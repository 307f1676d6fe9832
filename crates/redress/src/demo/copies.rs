//! Copies of what was told, until there are as many cases as a bench asks for: years of them, with words and names of their own.
//!
//! Nothing of this is shown to people who try the product. What is over is copied to any day of the years, evenly. What is open is copied to
//! the last weeks, until one case in a hundred is open, each owner of these having as many as a person can work on.

use std::sync::Arc;

use casework::copies::{self, Copyist, Differs, Original};
use casework::review::Desk;
use casework::review::open::open_due;
use casework::{Office, StoppedClock};
use jiff::{SignedDuration, Timestamp};
use rules::people::StaffId;
use rules::review::Month;
use rules::review::hold::Meeting;

use super::DemoError;
use super::chance::Chance;
use super::days::Days;
use super::people::{SUNITA, Staff};
use super::vocabulary::Vocabulary;

/// How many cases there are to be, with those that were told.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grown {
    /// In all.
    pub(crate) to: usize,
}

/// A small university has so many cases a year; more cases than that are spread over more years.
const A_YEAR: usize = 12_500;
/// The calendars reach no further back.
const MOST_YEARS: usize = 9;
/// The cases that are told before they are copied.
const TOLD: std::ops::RangeInclusive<usize> = 300..=4_000;
/// One case in so many is open.
const ONE_OPEN_IN: usize = 100;
/// So many open cases are one person's.
const A_DESK: usize = 25;
/// Copies of one transaction.
const AT_ONCE: usize = 200;
/// Transactions that wait for the writer.
const WAITING: usize = 4;

impl Grown {
    /// How many cases are told through the acts.
    pub(crate) fn told(self) -> usize {
        (self.to / 4).clamp(*TOLD.start(), *TOLD.end())
    }

    fn begins(self, until: Timestamp) -> Timestamp {
        let years = self.to.div_ceil(A_YEAR).clamp(1, MOST_YEARS);
        until - SignedDuration::from_hours(24 * 365) * i32::try_from(years).unwrap_or(1)
    }
}

/// Copies cases until there are enough, and holds the reviews of all months over them.
pub(super) async fn grow(
    office: &Arc<Office>,
    (staff, days): (&Staff, &Days),
    clock: &StoppedClock,
    grown: Grown,
    until: Timestamp,
) -> Result<usize, DemoError> {
    let originals = copies::originals(office).await?;
    let told = originals.len();
    let (over, open): (Vec<Original>, Vec<Original>) = originals.into_iter().partition(|original| original.is_over);
    let mut open: Vec<Original> = open.into_iter().filter(|original| original.is_open).collect();
    open.sort_by_key(|original| original.begins_at);
    let wanted = grown.to.saturating_sub(told);
    let wanted_open = (grown.to / ONE_OPEN_IN).saturating_sub(open.len());
    let owners = owners(office, staff, wanted_open).await?;
    let mut plan = Plan {
        over,
        open,
        span: (grown.begins(until), until),
        owners,
        chance: Chance::seeded(wanted as u64),
        vocabulary: Vocabulary::spoken(),
    };
    let mut copyist = Copyist::begin(office).await?;
    let (send, mut receive) = tokio::sync::mpsc::channel(WAITING);
    let making = tokio::task::spawn_blocking(move || {
        for places in plan.places((wanted, wanted_open)).chunks(AT_ONCE) {
            let copies = places.iter().map(|place| {
                let (original, differs) = plan.at(place);
                copyist.copy(original, differs)
            });
            let copies = copies.collect::<Result<Vec<_>, _>>()?;
            // Whoever writes went away with an error of its own.
            if send.blocking_send(copies).is_err() {
                break;
            }
        }
        Ok::<(), DemoError>(())
    });
    while let Some(batch) = receive.recv().await {
        copies::write(office, batch).await?;
    }
    making.await.map_err(|error| DemoError::Letter(error.to_string()))??;
    hold_reviews(office, (staff, days), clock, (grown.begins(until), until)).await?;
    Ok(wanted)
}

/// What is copied next, and what differs.
struct Plan {
    over: Vec<Original>,
    open: Vec<Original>,
    span: (Timestamp, Timestamp),
    owners: Vec<StaffId>,
    chance: Chance,
    vocabulary: Vocabulary,
}

/// Where a copy stands in time.
struct Place {
    begins_at: Timestamp,
    original: usize,
    weeks_earlier: i64,
    is_open: bool,
}

const DAY: i64 = 24 * 60 * 60;
const WEEK: i64 = 7 * DAY;

impl Plan {
    /// So many places, so many of them of open cases, in the order of receipt: as numbers are given out.
    fn places(&mut self, (all, open): (usize, usize)) -> Vec<Place> {
        let mut places: Vec<Place> = (0..all).map(|number| self.place(number < open)).collect();
        places.sort_by_key(|place| place.begins_at);
        places
    }

    fn place(&mut self, is_open: bool) -> Place {
        let from = if is_open { &self.open } else { &self.over };
        let number = self.chance.below(from.len());
        let original = &from[number];
        let weeks_earlier = match is_open {
            true => self.chance.between(0, 2),
            false => weeks_to_any_day(original, self.span, &mut self.chance),
        };
        Place {
            begins_at: original.begins_at - SignedDuration::from_secs(weeks_earlier * WEEK),
            original: number,
            weeks_earlier,
            is_open,
        }
    }

    fn at(&mut self, place: &Place) -> (&Original, Differs) {
        let from = if place.is_open { &self.open } else { &self.over };
        let differs = Differs {
            days_earlier: place.weeks_earlier * 7,
            also_said: self.vocabulary.sentence(&mut self.chance),
            name: self.vocabulary.name(&mut self.chance),
            owner: place.is_open.then(|| *self.chance.pick(&self.owners)),
        };
        (&from[place.original], differs)
    }
}

/// Weeks by which an original happened earlier, so that it begins on any day of the span and ends in it. Whole weeks: what was done on a Monday
/// is done on one.
fn weeks_to_any_day(original: &Original, (first, last): (Timestamp, Timestamp), chance: &mut Chance) -> i64 {
    let lasts = original.ends_at.duration_since(original.begins_at);
    let days = (last - lasts).duration_since(first).as_secs() / DAY;
    let begins = first + SignedDuration::from_secs(chance.between(0, days.max(0)) * DAY);
    let weeks = original.begins_at.duration_since(begins).as_secs().div_euclid(WEEK);
    // Rounded down to weeks it may end a little too late: a week earlier it does not.
    let ends_at = original.ends_at - SignedDuration::from_secs(weeks * WEEK);
    if ends_at > last { weeks + 1 } else { weeks }
}

/// Who has the open copies: handlers as there are, and as many more as it takes.
async fn owners(office: &Arc<Office>, staff: &Staff, open: usize) -> Result<Vec<StaffId>, DemoError> {
    staff.and_colleagues(office, open.div_ceil(A_DESK)).await
}

/// The reviews of the months that are over, but for the last, each held a week after its month.
async fn hold_reviews(
    office: &Arc<Office>,
    (staff, days): (&Staff, &Days),
    clock: &StoppedClock,
    (first, until): (Timestamp, Timestamp),
) -> Result<(), DemoError> {
    clock.set(until);
    open_due(office).await?;
    let last = Month::of(days.day(until)).earlier(1);
    let mut month = Month::of(days.day(first));
    while month < last {
        let on = days.working_day(month.later(1).period().first, 5)?;
        clock.set(days.at(on, 14 * 60)?);
        let by = staff.get(SUNITA)?;
        let desk = Desk {
            office,
            by,
            month,
            once: "",
        };
        desk.finish(Meeting {
            on: Some(on),
            present: vec![by.id],
            others: String::new(),
            words: "Nothing stood out.".to_owned(),
        })
        .await?;
        month = month.later(1);
    }
    clock.set(until);
    Ok(())
}
