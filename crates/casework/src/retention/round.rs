//! What the worker does about cases whose period is over: announces them, day by day, and erases those that were announced for long enough.

use jiff::Span;
use jiff::civil::Date;
use rules::case::{Case, Reference, Setting};
use rules::people::Actor;
use rules::retention::{Beside, Why, keeping, kept_by};
use storage::keeping::{self as rows, After, Announced, DueRow, FROM_THE_BEGINNING};
use storage::leases::{self, Lease};
use storage::settings;

use super::erase::{Erasing, finish_half_erased, remove_left_files, within};
use crate::in_force::version_of;
use crate::jobs::steady::{self, Standing};
use crate::kept::kept;
use crate::record::{Batch, load_within};
use crate::{ActError, Office};

/// How many cases are announced in one transaction, and how many that were closed before periods were written down get theirs.
const PAGE: u32 = 500;
/// How many cases a round erases at most: an hour of them is no burden, and a day of them is more than a large university closes.
pub(crate) const MOST: usize = 200;
/// How many it looks at for that: cases that something keeps stand in the way of none behind them.
const LOOKED_AT: usize = 2_000;
/// Up to which number it was written down how long cases are kept that had been closed before.
const FILLED: &str = "keeping.filled";

/// What a round did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    /// Cases that are gone.
    pub erased: usize,
    /// Cases whose period is over and that something keeps.
    pub kept: usize,
}

/// Announces every case that goes within the days of notice: that it stands among those that go next today. Once a day is enough, and twice is
/// once. Answers how many pages of them there were.
///
/// # Errors
/// When the store cannot be read or written; what was not announced is announced the next time, and goes later for it.
pub async fn announce(office: &Office) -> Result<(), ActError> {
    finish_half_erased(office).await?;
    fill(office).await?;
    let (today, notice) = today(office);
    let until = later(today, notice);
    let mut after = FROM_THE_BEGINNING;
    loop {
        let from = after;
        let last = office
            .store
            .write(move |tx| Box::pin(async move { rows::announce(tx, (until, today), from, PAGE).await }));
        match last.await? {
            Some(last) => after = last,
            None => return Ok(()),
        }
    }
}

/// Writes down how long cases are kept that a version closed which did not know it. Each case once; a case that cannot be read is reported and is
/// kept.
async fn fill(office: &Office) -> Result<(), ActError> {
    loop {
        let (versions, keys, now) = (office.versions_by_name(), office.store.keys().clone(), office.now());
        let filled = office.store.write(move |tx| {
            Box::pin(async move {
                let after: i64 = kept(tx, FILLED).await?;
                let page = rows::not_yet(tx, after, PAGE).await?;
                let Some((last, _)) = page.last() else { return Ok(false) };
                for (_, stream) in &page {
                    let Ok(reference) = stream.parse::<Reference>() else {
                        continue;
                    };
                    match load_within(tx, &reference).await {
                        Ok(loaded) => {
                            let in_force = version_of(&versions, &loaded.case)?;
                            Batch::rebuilt(loaded, &in_force, &keys)?.write_keeping(tx).await?;
                        }
                        Err(fault) => {
                            tracing::error!(case = %stream, %fault, "how long a case is kept could not be told")
                        }
                    }
                }
                settings::put(tx, FILLED, &serde_json::to_string(last)?, now).await?;
                Ok::<_, ActError>(true)
            })
        });
        if !filled.await? {
            return Ok(());
        }
    }
}

/// Erases cases whose day has come and that were announced for the days of notice, after one of them; answers what it did, and where the next round
/// goes on. Whether it is this node's turn is asked in each transaction: a node that slept erases nothing.
///
/// # Errors
/// When the store cannot be read or written.
pub async fn erase_due(office: &Office, lease: &Lease, after: After) -> Result<(Done, After), ActError> {
    let (today, notice) = today(office);
    let announced = Announced {
        today,
        since: earlier(today, notice),
        days: i64::from(notice),
    };
    let (mut done, mut after, mut looked_at) = (Done::default(), after, 0);
    while done.erased < MOST && looked_at < LOOKED_AT {
        let from = after;
        let due = office
            .store
            .read(move |tx| Box::pin(async move { rows::due(tx, announced, from, 50).await }))
            .await?;
        let Some(last) = due.last() else {
            after = FROM_THE_BEGINNING;
            break;
        };
        after = (last.goes_on, last.number);
        looked_at += due.len();
        for row in due {
            match erase_one(office, lease, &row).await {
                Ok(true) => done.erased += 1,
                Ok(false) => done.kept += 1,
                Err(fault) => {
                    done.kept += 1;
                    tracing::error!(case = %row.reference, %fault, "a case whose period is over could not be erased; the next round tries again");
                }
            }
        }
    }
    remove_left_files(office).await?;
    Ok((done, after))
}

async fn erase_one(office: &Office, lease: &Lease, row: &DueRow) -> Result<bool, ActError> {
    let reference: Reference = row.reference.parse().map_err(|_| ActError::NotFound)?;
    let _turn = office.turns.take(&reference).await;
    let (erasing, lease) = (Erasing::by(office, Actor::System), lease.clone());
    let announced_on = row.since;
    office
        .store
        .write(move |tx| {
            Box::pin(async move {
                if !leases::is_held(tx, &lease).await? {
                    return Ok(false);
                }
                let decide = |case: &Case, beside: &Beside, setting: &Setting<'_>| {
                    Ok(due(case, beside, setting).map(|goes_on| Why::Due { goes_on, announced_on }))
                };
                within(tx, &erasing, &reference, decide).await
            })
        })
        .await
}

/// The day on which a case went, if it is over and nothing keeps it: asked of the case itself, whatever the tables say.
fn due(case: &Case, beside: &Beside, setting: &Setting<'_>) -> Option<Date> {
    let kept = keeping(case, setting).ok()?;
    let goes = kept.is_over(setting.today()) && kept_by(case, &kept, beside, setting).is_empty();
    goes.then_some(kept.goes_on)
}

/// Does all of it now, for whoever asks on the command line: announces, and erases everything that can go.
///
/// # Errors
/// When the machine's clock cannot be believed, another node has the turn, or the store cannot be written.
pub async fn run_now(office: &Office) -> Result<Done, ActError> {
    if let Some(words) = not_believed(office).await? {
        return Err(rules::case::Refused::Rule(format!("{words} Nothing was erased.")).into());
    }
    let mut turn = crate::nodes::Turn::of(office);
    let Some(lease) = turn.take(office.now()).await else {
        let words = "A server runs and does this by itself, every hour. Nothing was erased here.";
        return Err(rules::case::Refused::NotNow(words.to_owned()).into());
    };
    let done = all_of_it(office, &lease).await;
    turn.let_go(office.now()).await;
    done
}

async fn all_of_it(office: &Office, lease: &Lease) -> Result<Done, ActError> {
    announce(office).await?;
    let (mut all, mut after) = (Done::default(), FROM_THE_BEGINNING);
    loop {
        let (done, next) = erase_due(office, lease, after).await?;
        all.erased += done.erased;
        all.kept += done.kept;
        if next == FROM_THE_BEGINNING {
            return Ok(all);
        }
        after = next;
    }
}

/// Why the machine's clock is not believed, if it is not: destroying a key is the one act that no later event takes back.
pub(crate) async fn not_believed(office: &Office) -> Result<Option<String>, ActError> {
    steady::standing(office).await.map(Standing::words)
}

/// Today in the time zone of the procedure in force, and its days of notice.
pub(crate) fn today(office: &Office) -> (Date, u32) {
    let active = office.active();
    (
        active.setting(office.now()).today(),
        active.procedure.erasure.notice_days,
    )
}

pub(super) fn later(day: Date, days: u32) -> Date {
    let span = Span::new().try_days(days);
    span.ok()
        .and_then(|span| day.checked_add(span).ok())
        .unwrap_or(Date::MAX)
}

fn earlier(day: Date, days: u32) -> Date {
    let span = Span::new().try_days(days);
    span.ok()
        .and_then(|span| day.checked_sub(span).ok())
        .unwrap_or(Date::MIN)
}
