//! The list of a period, made from the marks that are kept beside the facts, is the one that the facts of every case give.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use rules::clock::Calendar;
use rules::review::facts::{Happened, Moment, Promptness};
use rules::review::{Candidate, CaseFacts, Month, Period, Reckoning, Why};
use storage::facts::{self, InPeriod};

use crate::facts::random_cases;
use crate::harness::{on_every_engine, read};
use crate::tallies::keep_twice;

fn from_facts(all: &[CaseFacts], at: &Reckoning<'_>) -> Vec<InPeriod> {
    let every = all.iter().map(|facts| {
        let candidate = Candidate::of(facts, at);
        let opened = facts.spells.iter().any(|spell| at.period.holds(spell.opened_on));
        InPeriod {
            belongs: candidate.came_or_went || opened,
            candidate,
        }
    });
    every
        .filter(|case| case.belongs || !case.candidate.reasons.is_empty())
        .collect()
}

/// Three updates that fell due in the weeks after a case was received, and of which nobody knows anything good.
fn owes_updates(facts: &mut CaseFacts) {
    for (week, promptness) in (1..).zip([Promptness::Missed, Promptness::Waiting, Promptness::Missed]) {
        facts.moments.push(Moment {
            what: Happened::UpdateOwed,
            on: facts.received_on.saturating_add((7 * week).days()),
            stage: 1,
            code: None,
            days: 0,
            due_on: None,
            promptness: Some(promptness),
        });
    }
}

#[test]
fn the_list_of_every_period_is_what_the_facts_of_all_cases_give() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let mut all = random_cases(400);
        all.iter_mut().step_by(5).for_each(owes_updates);
        keep_twice(&store, &all).await;
        let text = include_str!("../../../../calendars/england-and-wales.toml");
        let calendar: &'static Calendar = Box::leak(Box::new(Calendar::parse(text, "england-and-wales.toml").unwrap()));
        let first: Month = "2025-01".parse().unwrap();
        let mut periods: Vec<Period> = (0..28).map(|later| first.later(later).period()).collect();
        periods.push(Period::between(date(2025, 6, 9), date(2025, 6, 20)).unwrap());
        let mut met: BTreeMap<Why, usize> = BTreeMap::new();
        for period in periods {
            let within: [Date; 3] = [period.first, period.last, period.last.saturating_add(1.day())];
            for today in within.into_iter().chain([date(2030, 1, 1)]) {
                let at = Reckoning::seen_on(today, period, calendar);
                let found = read(&store, move |tx| {
                    Box::pin(async move { facts::candidates(tx, &at).await })
                });
                let found = found.await;
                assert_eq!(found, from_facts(&all, &at), "{period:?} on {today}");
                for why in found.iter().flat_map(|case| &case.candidate.reasons) {
                    *met.entry(*why).or_default() += 1;
                }
            }
        }
        for why in Why::ALL.iter().filter(|why| **why != Why::Sample) {
            assert!(met.get(why).is_some_and(|n| *n > 10), "hardly ever {why:?}: {met:?}");
        }
    });
}
