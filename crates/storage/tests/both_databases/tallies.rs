//! The kept tallies say of every period what its cases say one by one, however often they changed.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use rules::clock::Calendar;
use rules::review::figure::{Standing, ledger_of};
use rules::review::tally;
use rules::review::{CaseFacts, Ledger, Month, Period, Reckoning};
use storage::{StorageError, Store, Tx, facts};

use crate::facts::random_cases;
use crate::harness::{on_every_engine, read, write};

/// Keeps what comes of a case in the end, and before that what another one was.
pub(crate) async fn keep_twice(store: &Store, all: &[CaseFacts]) {
    let (kept, others) = (all.to_vec(), random_cases(all.len() as i64 + 1));
    write(store, |tx| {
        Box::pin(async move {
            for (facts, other) in kept.iter().zip(others.iter().skip(1)) {
                let before = CaseFacts {
                    reference: facts.reference.clone(),
                    ..other.clone()
                };
                // As of a case that is new.
                facts::add(tx, &before.into()).await?;
            }
            for facts in &kept {
                facts::put(tx, &facts.clone().into()).await?;
            }
            Ok(())
        })
    })
    .await;
}

/// The figures of a period from what is kept.
async fn from_tallies(store: &Store, period: Period, today: Date, calendar: &Calendar) -> Ledger {
    let (months, mut days) = tally::parts_of(period);
    let months = months.map(|(first, last)| (tally::month(first), tally::month(last)));
    let month = Month::of(period.first);
    let before = Period::between(month.period().first, period.first.yesterday().unwrap());
    days.sort_by_key(|days| days.first);
    let end = tally::end(Month::of(period.last));
    let found = read(store, move |tx| {
        Box::pin(async move {
            let mut inside = Vec::new();
            if let Some((first, last)) = months {
                inside.extend(facts::tallied(tx, &first, &last).await?);
            }
            for days in days {
                inside.extend(facts::tallied(tx, &tally::day(days.first), &tally::day(days.last)).await?);
            }
            let before = match before {
                Some(days) => facts::tallied(tx, &tally::day(days.first), &tally::day(days.last)).await?,
                None => Vec::new(),
            };
            Ok((
                inside,
                before,
                facts::brought_into(tx, month).await?,
                facts::tallied(tx, tally::NOW, tally::NOW).await?,
                facts::tallied(tx, &end, &end).await?,
                facts::standing_on(tx, period.last).await?,
            ))
        })
    });
    let (inside, before, brought_into, now, then, standing) = found.await;
    let at = Reckoning::seen_on(today, period, calendar);
    let sum = |rows: &[(String, i64)]| {
        let mut ledger = Ledger::default();
        for (what, n) in rows {
            tally::count(&mut ledger, (what, *n), &at).unwrap();
        }
        ledger
    };
    let mut ledger = sum(&inside);
    tally::count_balance(&mut ledger, brought_into + tally::balance(&sum(&before)));
    let is_over = at.settled_on >= period.last;
    if !is_over || period.last == Month::of(period.last).period().last {
        let then = then.iter().filter(|_| is_over);
        for (what, n) in now.iter().chain(then) {
            tally::count_open(&mut ledger, (what, *n), &at).unwrap();
        }
    } else {
        let standing = standing.iter().filter_map(|facts| Standing::after(facts, period.last));
        standing.for_each(|standing| tally::count_standing(&mut ledger, &standing, 1, &at));
    }
    ledger
}

#[test]
fn every_period_is_summed_to_what_its_cases_add_up_to() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let all = random_cases(400);
        keep_twice(&store, &all).await;
        let text = include_str!("../../../../calendars/england-and-wales.toml");
        let calendar = Calendar::parse(text, "england-and-wales.toml").unwrap();
        let year = |year| Period::between(date(year, 1, 1), date(year, 12, 31)).unwrap();
        let between = |first, last| Period::between(first, last).unwrap();
        let periods = [
            year(2025),
            year(2026),
            year(2027),
            Month::of(date(2025, 2, 1)).period(),
            Month::of(date(2026, 7, 1)).period(),
            between(date(2025, 3, 10), date(2026, 2, 20)),
            between(date(2026, 1, 15), date(2026, 1, 15)),
            between(date(2026, 2, 3), date(2026, 2, 28)),
            between(date(2025, 12, 1), date(2028, 3, 2)),
        ];
        for period in periods {
            // Long after, and where the period still runs: what waits for a date is late or not, and nothing was written meanwhile.
            for today in [date(2028, 1, 10), period.first, period.first.tomorrow().unwrap()] {
                // What stands now is kept as it is now: of a day before the last event nothing is asked that has not happened.
                if today <= period.last && today < date(2027, 12, 1) {
                    continue;
                }
                let at = Reckoning::seen_on(today, period, &calendar);
                let kept = from_tallies(&store, period, today, &calendar).await;
                assert_eq!(kept, ledger_of(&all, &at), "{period:?} on {today}");
            }
        }
    });
}

#[test]
fn a_database_without_tallies_is_counted_once() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let all = random_cases(120);
        keep_twice(&store, &all).await;
        let everything = ("", "\u{10ffff}");
        let mut kept = read(&store, move |tx| {
            Box::pin(facts::tallied(tx, everything.0, everything.1))
        })
        .await;
        kept.sort();
        drop(store.close().await);
        place.raw().await.run("DELETE FROM tallies").await.unwrap();
        let store = place.open().await;
        for _ in 0..2 {
            write(&store, |tx| Box::pin(facts::count_all_once(tx))).await;
            let mut again = read(&store, move |tx| {
                Box::pin(facts::tallied(tx, everything.0, everything.1))
            })
            .await;
            again.sort();
            assert_eq!(again, kept);
        }
    });
}

/// What the tallies of all days say.
async fn all_days(tx: &mut Tx<'_>) -> Result<Vec<(String, i64)>, StorageError> {
    facts::tallied(tx, "day 0000-01-01", "day 9999-12-31").await
}

fn of_cases<'a>(all: impl Iterator<Item = &'a CaseFacts>) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for (name, n) in all.flat_map(tally::tallies) {
        if name.place.starts_with("day ") {
            *sums.entry(name.what).or_default() += n;
        }
    }
    sums
}

fn summed(rows: Vec<(String, i64)>) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for (what, n) in rows {
        *sums.entry(what).or_default() += n;
    }
    sums.retain(|_, n| *n != 0);
    sums
}

#[test]
fn acts_that_share_a_commit_read_each_others_numbers_and_one_that_is_undone_leaves_none() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let all = random_cases(60);
        // Every third is refused in the end, and every second reads before it ends: what was gathered is written for it, and undone with it.
        let refused = |n: usize| n % 3 == 2;
        let acts = all.iter().cloned().enumerate().map(|(n, facts)| {
            store.write(move |tx| {
                Box::pin(async move {
                    facts::add(tx, &facts.clone().into()).await?;
                    let own = of_cases(std::iter::once(&facts));
                    if n % 2 == 0 {
                        let now = summed(all_days(tx).await?);
                        assert!(own.iter().all(|(what, n)| now.get(what) >= Some(n)), "{n}");
                    }
                    if refused(n) {
                        return Err(StorageError::Corrupt("refused".to_owned()));
                    }
                    Ok(())
                })
            })
        });
        let ended = futures_util::future::join_all(acts).await;
        for (n, ended) in ended.iter().enumerate() {
            assert_eq!(ended.is_err(), refused(n), "{n}: {ended:?}");
        }
        let found = read(&store, |tx| Box::pin(all_days(tx))).await;
        let right = of_cases(
            all.iter()
                .enumerate()
                .filter(|(n, _)| !refused(*n))
                .map(|(_, facts)| facts),
        );
        assert_eq!(summed(found), right);
    });
}
