//! Counting a period: the kept tallies of its months and days are added up, whatever the number of cases (R80).

use jiff::civil::Date;
use rules::clock::Calendar;
use rules::follow_on::{FollowOnFacts, add_to_ledger};
use rules::review::figure::Standing;
use rules::review::tally::{self, NotATally};
use rules::review::{CaseFacts, Ledger, Month, Pack, Period, Reckoning, picks};
use storage::follow_on::{self, ActionDays};
use storage::{StorageError, Tx, facts};

use crate::ActError;
use crate::in_force::InForce;

/// The figures of any period: a month, a year, a range, summed from the kept tallies.
pub(super) async fn ledger_within(
    tx: &mut Tx<'_>,
    period: Period,
    (today, in_force): (Date, &InForce),
) -> Result<Ledger, ActError> {
    let at = reckoning(today, period, &in_force.calendar);
    Ok(tallied(tx, &at, period.last).await?.0)
}

/// The figures of a period, and the days of the actions that are counted in it or that a look at it until a later day asks for.
pub(super) async fn tallied(
    tx: &mut Tx<'_>,
    at: &Reckoning<'_>,
    until: Date,
) -> Result<(Ledger, Vec<ActionDays>), ActError> {
    let mut ledger = of_cases(tx, at).await?;
    let actions = follow_on::between(tx, (at.period.first, until)).await?;
    let days: Vec<FollowOnFacts> = actions.iter().map(|action| action.facts).collect();
    add_to_ledger(&days, at, &mut ledger);
    Ok((ledger, actions))
}

async fn of_cases(tx: &mut Tx<'_>, at: &Reckoning<'_>) -> Result<Ledger, ActError> {
    let mut ledger = Ledger::default();
    let (months, days) = tally::parts_of(at.period);
    if let Some((first, last)) = months {
        sum(tx, &mut ledger, (tally::month(first), tally::month(last)), at).await?;
    }
    for days in days {
        sum(tx, &mut ledger, (tally::day(days.first), tally::day(days.last)), at).await?;
    }
    let brought_forward = brought_into(tx, at).await?;
    tally::count_balance(&mut ledger, brought_forward);
    stand_at_the_end(tx, &mut ledger, at).await?;
    Ok(ledger)
}

async fn sum(
    tx: &mut Tx<'_>,
    ledger: &mut Ledger,
    (first, last): (String, String),
    at: &Reckoning<'_>,
) -> Result<(), ActError> {
    for (what, n) in facts::tallied(tx, &first, &last).await? {
        tally::count(ledger, (&what, n), at).map_err(no_tally)?;
    }
    Ok(())
}

/// Complaints that had begun before a period and not ended: by whole months, and by the days between.
async fn brought_into(tx: &mut Tx<'_>, at: &Reckoning<'_>) -> Result<i64, ActError> {
    let month = Month::of(at.period.first);
    let by_months = facts::brought_into(tx, month).await?;
    let before = at.period.first.yesterday().ok();
    let Some(between) = before.and_then(|last| Period::between(month.period().first, last)) else {
        return Ok(by_months);
    };
    let mut ledger = Ledger::default();
    let days = (tally::day(between.first), tally::day(between.last));
    sum(tx, &mut ledger, days, at).await?;
    Ok(by_months + tally::balance(&ledger))
}

/// What was open at the end: as it stands now, where the period is not over; else as it stood then, which is kept for the ends of months.
async fn stand_at_the_end(tx: &mut Tx<'_>, ledger: &mut Ledger, at: &Reckoning<'_>) -> Result<(), ActError> {
    let end = at.period.last;
    let month = Month::of(end);
    let is_over = at.settled_on >= end;
    if !is_over || end == month.period().last {
        let then = tally::end(month);
        let places = [Some(tally::NOW), is_over.then_some(then.as_str())];
        for place in places.into_iter().flatten() {
            for (what, n) in facts::tallied(tx, place, place).await? {
                tally::count_open(ledger, (&what, n), at).map_err(no_tally)?;
            }
        }
        return Ok(());
    }
    for facts in facts::standing_on(tx, end).await? {
        if let Some(standing) = Standing::after(&facts, end) {
            tally::count_standing(ledger, &standing, 1, at);
        }
    }
    Ok(())
}

fn no_tally(error: NotATally) -> ActError {
    ActError::Storage(StorageError::Corrupt(error.to_string()))
}

/// A period counted, with the facts of its cases and the days of the actions still at hand: for the review of a month.
pub(super) struct Counted {
    pub(super) ledger: Ledger,
    pub(super) facts: Vec<CaseFacts>,
    pub(super) actions: Vec<ActionDays>,
}

/// Counts a period and reads no case.
pub(super) async fn count_only(tx: &mut Tx<'_>, at: &Reckoning<'_>, until: Date) -> Result<Counted, ActError> {
    let (ledger, actions) = tallied(tx, at, until).await?;
    Ok(Counted {
        ledger,
        facts: Vec::new(),
        actions,
    })
}

/// Counts a period and reads every case that touches it.
pub(super) async fn count(tx: &mut Tx<'_>, at: &Reckoning<'_>, until: Date) -> Result<Counted, ActError> {
    let counted = count_only(tx, at, until).await?;
    let mut all = Vec::new();
    let numbers = facts::touching(tx, at.period).await?;
    for run in facts::runs(&numbers) {
        all.extend(facts::load(tx, run).await?);
    }
    Ok(Counted { facts: all, ..counted })
}

/// The pack of a period as it is today; its list is made from what is kept beside the cases.
pub(super) async fn pack(
    tx: &mut Tx<'_>,
    figures: &Ledger,
    at: &Reckoning<'_>,
    (seed, today): (&str, Date),
) -> Result<Pack, ActError> {
    let inside = facts::candidates(tx, at).await?;
    let belong = || inside.iter().filter(|case| case.belongs).map(|case| &case.candidate);
    let confidential = belong().filter(|case| case.restricted).count();
    let listed = belong()
        .filter(|case| !case.restricted)
        .map(|case| case.reference.clone());
    Ok(Pack {
        made_on: today,
        figures: figures.clone(),
        listed: listed.collect(),
        confidential: u32::try_from(confidential).unwrap_or(u32::MAX),
        discuss: picks(inside.into_iter().map(|case| case.candidate), seed.as_bytes()),
    })
}

/// The reckoning of a period, seen on a day.
pub(super) fn reckoning(today: Date, period: Period, calendar: &Calendar) -> Reckoning<'_> {
    Reckoning::seen_on(today, period, calendar)
}
