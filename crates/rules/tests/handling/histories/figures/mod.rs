//! The figures of random sets of random histories, each counted a second time from the raw events (R80, A34, model 3.7).

mod actions;
mod auditor;
mod discussed;
mod sets;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use rules::follow_on::add_to_ledger;
use rules::review::facts::Timing;
use rules::review::figure::NOT_CATEGORISED;
use rules::review::{CaseFacts, Cell, Figure, Ledger, Month, Period, Reckoning, behind, ledger_of};
use testkit::{day, house};

use actions::Followed;
use auditor::{Auditor, Count, Days};
use sets::{CaseSet, sets};

/// How many sets each property is tried on.
const SETS: u32 = 200;

fn on_random_sets(test: impl Fn(&CaseSet) -> Result<(), TestCaseError>) {
    let config = Config {
        cases: SETS,
        failure_persistence: None,
        max_shrink_iters: 200,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(&sets(), |set| test(&set));
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

/// Long after everything.
fn today() -> jiff::civil::Date {
    date(2027, 6, 1)
}

fn reckoned(period: Period) -> Reckoning<'static> {
    Reckoning::seen_on(today(), period, &house().calendar)
}

fn months() -> Vec<Month> {
    let first: Month = "2026-01".parse().unwrap();
    (0..16).map(|later| first.later(later)).collect()
}

/// Months, a quarter, a year, and a few days somewhere.
fn periods() -> Vec<Period> {
    let mut periods: Vec<Period> = months().into_iter().map(Month::period).collect();
    periods.push(Period::year_from("2026-01".parse().unwrap()));
    for (first, last) in [
        ("2026-04-01", "2026-06-30"),
        ("2026-06-10", "2026-06-10"),
        ("2026-05-20", "2026-07-03"),
    ] {
        periods.push(Period::between(day(first), day(last)).unwrap());
    }
    periods
}

/// A ledger in the auditor's terms.
fn as_count(ledger: &Ledger) -> Count {
    let mut count = Count::default();
    for (cell, n) in ledger.cells() {
        let key = (
            cell.figure.code().to_owned(),
            cell.group.to_string(),
            cell.item.to_string(),
        );
        count.cells.insert(key, n);
    }
    for (cell, spread) in ledger.spreads() {
        let values = spread.values().flat_map(|(value, times)| vec![value; times as usize]);
        count.values.insert(
            (cell.figure.code().to_owned(), cell.group.to_string()),
            values.collect(),
        );
    }
    count
}

fn audited(set: &CaseSet, at: &Reckoning<'_>) -> Count {
    let auditor = Auditor::new();
    let mut count = Count::default();
    let days = Days {
        first: at.period.first,
        last: at.period.last,
        over: at.settled_on,
    };
    for history in &set.histories {
        auditor.add(history, days, &mut count);
    }
    for action in &set.actions {
        auditor.follow(&action.history, days, &mut count);
    }
    count.values.values_mut().for_each(|values| values.sort_unstable());
    count
}

/// The ledger of a period over cases and actions.
fn counted(set: &CaseSet, at: &Reckoning<'_>) -> Ledger {
    let mut ledger = ledger_of(&set.facts, at);
    let actions: Vec<_> = set.actions.iter().map(Followed::facts).collect();
    add_to_ledger(&actions, at, &mut ledger);
    ledger
}

/// The cases of a set on which the two do not agree.
fn to_blame(set: &CaseSet, at: &Reckoning<'_>) -> Vec<CaseSet> {
    let alone = set.histories.iter().map(|history| CaseSet::of(vec![history.clone()]));
    alone
        .filter(|one| as_count(&ledger_of(&one.facts, at)) != audited(one, at))
        .collect()
}

#[test]
fn every_figure_is_what_the_raw_events_say() {
    let seen: RefCell<BTreeMap<(String, String, String), u32>> = RefCell::default();
    on_random_sets(|set| {
        for period in periods() {
            let at = reckoned(period);
            let mine = as_count(&counted(set, &at));
            let again = audited(set, &at);
            prop_assert!(
                mine == again,
                "{:?}: {}\n{:?}",
                period,
                mine.differences(&again),
                to_blame(set, &at)
            );
            let mut seen = seen.borrow_mut();
            for (cell, n) in again.cells {
                *seen.entry(cell).or_default() += n;
            }
            for ((figure, group), values) in again.values {
                *seen.entry((figure, group, "values".to_owned())).or_default() += u32::try_from(values.len()).unwrap();
            }
        }
        Ok(())
    });
    // A figure that is never counted agrees always: each kind of number must have come up.
    let seen = seen.into_inner();
    let figures: BTreeSet<&str> = seen.keys().map(|(figure, ..)| figure.as_str()).collect();
    let expected: BTreeSet<&str> = Figure::ALL.iter().map(|figure| figure.code()).collect();
    assert_eq!(figures, expected);
    let wanted = [
        ("k1", "left_out", "logged_in_error"),
        ("k1", "anonymous", "all"),
        ("k1", "matter", "own_matter"),
        ("k1", "matter", "joined_matter"),
        ("k2", "taken_up_again", "reopened"),
        ("k2", "taken_up_again", "asked_again"),
        ("k2", "complaints", "brought_forward"),
        ("k3", "owed", "late"),
        ("k3", "owed", "overdue"),
        ("k3", "not_owed", "all"),
        ("k3", "failures", "all"),
        ("k4", "decisions", "in_time"),
        ("k4", "decisions", "extended"),
        ("k4", "decisions", "late"),
        ("k4", "reopened", "all"),
        ("k5", "escalated", "late"),
        ("k5", "rerouted", "in_time"),
        ("k5", "direct", "all"),
        ("k6", "stage-1", "values"),
        ("k6", "stage-2", "values"),
        ("k6", "whole", "values"),
        ("k7", "first_contact", "yes"),
        ("k7", "decided", "stage-2"),
        ("k8", "answers", "refused"),
        ("k8", "answers", "late"),
        ("k8", "asked", "late"),
        ("k8", "moved", "vip"),
        ("k8", "direct", "complex"),
        ("k9", "approved", "stage-2"),
        ("k9", "notice", "late"),
        ("k10", "changed", "yes"),
        ("k11", "due", "in_time"),
        ("k11", "due", "late"),
        ("k11", "due", "missed"),
        ("k11", "closed", "silent"),
        ("k12", "service", NOT_CATEGORISED),
        ("k13", "cause", "none"),
        ("k13", "answered", "yes"),
        ("k14", "actions", "opened"),
        ("k14", "actions", "done"),
        ("k14", "actions", "verified"),
        ("k14", "actions", "dropped"),
        ("k14", "open", "all"),
        ("k14", "open", "overdue"),
        ("k14", "age", "0-30"),
        ("k14", "age", "31-90"),
        ("k14", "age", "91+"),
        ("k14", "recommendations", "made"),
        ("k14", "recommendations", "accepted"),
        ("k14", "recommendations", "dropped"),
        ("k14", "published", "all"),
        ("k15", "remedy", "refund"),
        ("k16", "open", "late"),
        ("k16", "open", "due"),
        ("k16", "open", "no_owner"),
        ("k17", "decisions", "all"),
        ("k18", "decisions", "no"),
        ("k19", "passed_on", "all"),
        ("k20", "decisions", "no_sign_off"),
        ("k20", "decisions", "same_decider"),
        ("k20", "decisions", "vip_at_stage_1"),
        ("k20", "received", "no_job"),
        ("k20", "received", "letter_lost"),
        ("k20", "received", "logged_later"),
    ];
    let rare: Vec<_> = wanted
        .into_iter()
        .filter(|(figure, group, item)| {
            let key = ((*figure).to_owned(), (*group).to_owned(), (*item).to_owned());
            seen.get(&key).is_none_or(|n| *n < 5)
        })
        .collect();
    assert_eq!(rare, [], "hardly ever comes up");
}

#[test]
fn every_promise_of_a_decision_is_followed_once_and_none_that_nobody_made() {
    on_random_sets(|set| {
        let mut made = 0;
        for (case, history) in set.cases.iter().zip(&set.histories) {
            for recorded in history {
                let rules::case::Event::ActionCreated(created) = &recorded.event else {
                    continue;
                };
                made += 1;
                let id = rules::follow_on::FollowOnId::Case(case.reference.clone(), created.number);
                let followed: Vec<_> = set.actions.iter().filter(|action| action.id == id).collect();
                prop_assert_eq!(followed.len(), 1, "{}", id);
                prop_assert_eq!(followed[0].history[0].at, recorded.at);
            }
        }
        let promised = set
            .actions
            .iter()
            .filter(|action| matches!(action.id, rules::follow_on::FollowOnId::Case(..)));
        prop_assert_eq!(promised.count(), made);
        Ok(())
    });
}

#[test]
fn nothing_is_lost_from_month_to_month() {
    on_random_sets(|set| {
        let mut carried = None;
        for month in months() {
            let ledger = ledger_of(&set.facts, &reckoned(month.period()));
            let n = |item| ledger.get(Figure::Flow, "complaints", item);
            prop_assert_eq!(
                n("brought_forward") + n("received") + n("taken_up_again"),
                n("closed") + n("carried_forward"),
                "{}",
                month
            );
            if let Some(carried) = carried {
                prop_assert_eq!(n("brought_forward"), carried, "{}", month);
            }
            prop_assert_eq!(
                n("carried_forward"),
                ledger.get(Figure::Open, "open", "all"),
                "{}",
                month
            );
            carried = Some(n("carried_forward"));
        }
        Ok(())
    });
}

/// Numbers that stand for one moment, or that depend on which days are over: they do not add up to a year, and must not.
fn is_of_a_moment(cell: &Cell) -> bool {
    match cell.figure {
        Figure::Flow => ["brought_forward", "carried_forward"].contains(&cell.item.as_ref()),
        Figure::Open => true,
        Figure::Acknowledgement => ["waiting", "overdue"].contains(&cell.item.as_ref()),
        Figure::Extension => cell.group == "notice",
        _ => false,
    }
}

#[test]
fn the_months_of_a_year_make_the_year() {
    on_random_sets(|set| {
        let first: Month = "2026-01".parse().unwrap();
        let year = Period::year_from(first);
        let whole = ledger_of(&set.facts, &reckoned(year));
        let mut sum: BTreeMap<Cell, u32> = BTreeMap::new();
        let mut spreads = BTreeMap::new();
        for month in year.months() {
            let ledger = ledger_of(&set.facts, &reckoned(month.period()));
            for (cell, n) in ledger.cells().filter(|(cell, _)| !is_of_a_moment(cell)) {
                *sum.entry(cell.clone()).or_default() += n;
            }
            for (cell, spread) in ledger.spreads() {
                let sum: &mut rules::review::Spread = spreads.entry(cell.clone()).or_default();
                sum.join(spread);
            }
        }
        let year: BTreeMap<Cell, u32> = whole
            .cells()
            .filter(|(cell, _)| !is_of_a_moment(cell))
            .map(|(cell, n)| (cell.clone(), n))
            .collect();
        prop_assert_eq!(sum, year);
        prop_assert_eq!(
            spreads,
            whole
                .spreads()
                .map(|(cell, spread)| (cell.clone(), spread.clone()))
                .collect()
        );
        Ok(())
    });
}

#[test]
fn the_list_behind_a_number_is_complete_and_the_lists_together_hold_every_case() {
    on_random_sets(|set| {
        for month in months() {
            let at = reckoned(month.period());
            let ledger = ledger_of(&set.facts, &at);
            for (cell, n) in ledger.cells() {
                let listed = set.facts.iter().filter(|facts| behind(facts, &at, cell)).count();
                prop_assert!(listed > 0 && listed <= n as usize, "{} of {:?}", listed, cell);
            }
            // Count in = count listed (R80): what was received is in one of two rows, each case once.
            let row = |group: &'static str| {
                let cell = Cell::new(Figure::Volume, group, "all");
                set.facts.iter().filter(|facts| behind(facts, &at, &cell)).count()
            };
            let received = set
                .facts
                .iter()
                .filter(|facts| at.period.holds(facts.received_on))
                .count();
            prop_assert_eq!(row("kind") + row("left_out"), received);
        }
        Ok(())
    });
}

#[test]
fn facts_know_no_day_of_reading_and_come_in_any_order() {
    on_random_sets(|set| {
        let later: Vec<CaseFacts> = set.facts_seen_on("2029-03-01 09:00");
        prop_assert_eq!(&later, &set.facts);
        let at = reckoned("2026-06".parse::<Month>().unwrap().period());
        let mut backwards = set.facts.clone();
        backwards.reverse();
        prop_assert_eq!(ledger_of(&backwards, &at), ledger_of(&set.facts, &at));
        Ok(())
    });
}

#[test]
fn a_decision_is_late_in_the_figures_where_the_clock_says_so() {
    on_random_sets(|set| {
        for (case, facts) in set.cases.iter().zip(&set.facts) {
            for (record, stay) in case.stages.iter().zip(&facts.stays) {
                let Some(told) = &record.communicated else { continue };
                let dates = rules::deadlines::deadlines(case, &house().setting(told.at)).unwrap();
                let date = dates
                    .iter()
                    .find(|date| date.stage == stay.stage && date.met_at == Some(told.at));
                if let Some(date) = date.filter(|_| stay.timing.is_some()) {
                    prop_assert_eq!(date.is_late(told.at), stay.timing == Some(Timing::Late));
                }
            }
        }
        Ok(())
    });
}
