//! The register over many months: random people do random things to actions, and K14 is counted a second time day by day (R10, model 3.7).

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rules::follow_on::event::{Promised, Proposed};
use rules::follow_on::{FollowOn, FollowOnEvent, FollowOnFacts, FollowOnId, Happened, Status, add_to_ledger};
use rules::people::{Actor, Person};
use rules::review::hold::carried_forward;
use rules::review::{Figure, Ledger, Month, Period, Reckoning};
use testkit::follow_on::tried;
use testkit::people::everybody;
use testkit::{at, house};

/// One try: which act, who, and how many days later.
type Try = (usize, usize, i64);

fn history(number: u32, start: i64, tries: &[Try]) -> (FollowOn, Vec<Happened>) {
    let zone = house().calendar.time_zone();
    let mut now = at("2026-01-05 09:00") + SignedDuration::from_hours(24 * start);
    let month: Month = "2025-12".parse().unwrap();
    let (id, event) = if number.is_multiple_of(2) {
        let case: rules::case::Reference = "FC-10482".parse().unwrap();
        let due_on = zone.to_datetime(now + SignedDuration::from_hours(24 * 30)).date();
        let promised = Promised {
            case: case.clone(),
            text: "Ask first".to_owned(),
            owner: "Helpline".to_owned(),
            due_on,
            service: None,
        };
        (FollowOnId::Case(case, number), FollowOnEvent::Promised(promised))
    } else {
        let proposed = Proposed {
            month,
            text: "Buy more".to_owned(),
            cases: Vec::new(),
            service: None,
        };
        (FollowOnId::Review(month, number), FollowOnEvent::Proposed(proposed))
    };
    let happened = |sequence, at: Timestamp, who: &Person, event| Happened {
        sequence,
        at,
        actor: Actor::Staff(who.id),
        event,
    };
    let people = everybody();
    let mut history = vec![happened(1, now, &people[0], event)];
    let mut action = FollowOn::replay(id.clone(), &history).unwrap();
    for (what, who, days) in tries {
        now += SignedDuration::from_hours(24 * days);
        let by = &people[who % people.len()];
        let today = zone.to_datetime(now).date();
        if let Ok(event) = tried(*what, &action, by, today) {
            history.push(happened(action.sequence + 1, now, by, event));
            // Whatever a rule allows must fit: this unwrap is half of the test.
            action = FollowOn::replay(id.clone(), &history).unwrap();
        }
    }
    (action, history)
}

/// What the raw events say about the end of a day: since when it is to be done, and whether that is over for good.
fn pencil(history: &[Happened], day: Date) -> Option<(Date, bool)> {
    let zone = house().calendar.time_zone();
    let on = |happened: &Happened| zone.to_datetime(happened.at).date();
    let since = history
        .iter()
        .find(|happened| matches!(happened.event, FollowOnEvent::Promised(_) | FollowOnEvent::Accepted(_)))
        .map(on)
        .filter(|since| *since <= day)?;
    let mut done = None;
    for happened in history {
        match happened.event {
            FollowOnEvent::Done(_) | FollowOnEvent::Dropped(_) => done = Some(on(happened)),
            FollowOnEvent::SentBack(_) => done = None,
            _ => {}
        }
    }
    Some((since, done.is_some_and(|done| done <= day)))
}

fn ledger(facts: &[FollowOnFacts], period: Period) -> Ledger {
    let mut ledger = Ledger::default();
    add_to_ledger(
        facts,
        &Reckoning::seen_on(date(2027, 6, 1), period, &house().calendar),
        &mut ledger,
    );
    ledger
}

#[test]
fn the_register_is_what_the_raw_events_say_and_nothing_is_lost_from_month_to_month() {
    let config = Config {
        cases: 300,
        failure_persistence: None,
        ..Config::default()
    };
    let tries = proptest::collection::vec((0_usize..9, 0_usize..12, 0_i64..25), 0..14);
    let actions = proptest::collection::vec((0_i64..120, tries), 1..12);
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let reached = std::cell::RefCell::new(std::collections::BTreeMap::<&str, u32>::new());
    let outcome = runner.run(&actions, |actions| {
        let made: Vec<(FollowOn, Vec<Happened>)> = (0..)
            .zip(&actions)
            .map(|(number, (start, tries))| history(number, *start, tries))
            .collect();
        let facts: Vec<FollowOnFacts> = made
            .iter()
            .map(|(action, _)| FollowOnFacts::of(action, &house().calendar))
            .collect();
        let mut before = 0;
        for later in 0..16 {
            let month: Month = "2026-01".parse::<Month>().unwrap().later(later);
            let ledger = ledger(&facts, month.period());
            let n = |group, item| ledger.get(Figure::Action, group, item);
            let last = month.period().last;
            let open: Vec<&(FollowOn, Vec<Happened>)> = made
                .iter()
                .filter(|(_, history)| pencil(history, last).is_some_and(|(_, over)| !over))
                .collect();
            prop_assert_eq!(n("open", "all") as usize, open.len(), "{}", month);
            let overdue = open
                .iter()
                .filter(|(action, _)| action.due_on.is_some_and(|due_on| due_on <= last))
                .count();
            prop_assert_eq!(n("open", "overdue") as usize, overdue, "{}", month);
            prop_assert_eq!(n("age", "0-30") + n("age", "31-90") + n("age", "91+"), n("open", "all"));
            prop_assert_eq!(
                before + n("actions", "opened"),
                n("open", "all") + n("actions", "done") + n("actions", "dropped")
            );
            before = n("open", "all");
        }
        let actions: Vec<FollowOn> = made.iter().map(|(action, _)| action.clone()).collect();
        let carried = carried_forward(&actions, date(2027, 6, 1));
        prop_assert_eq!(
            carried.len(),
            actions.iter().filter(|action| action.status.is_open()).count()
        );
        for action in &actions {
            *reached.borrow_mut().entry(action.status.code()).or_default() += 1;
            prop_assert!(
                action.published.is_none()
                    || matches!(action.status, Status::Done | Status::Verified | Status::InProgress)
            );
        }
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    let reached = reached.into_inner();
    assert_eq!(reached.len(), Status::ALL.len(), "every status is an end: {reached:?}");
}
