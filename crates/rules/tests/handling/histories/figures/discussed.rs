//! What is kept of a case to pick it for discussion says of every period what its facts say, looked at for that period alone.

use std::cell::RefCell;
use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;
use rules::case::vocabulary::{Ending, Satisfaction};
use rules::procedure::InFigures;
use rules::review::facts::{Happened, Promptness, Timing};
use rules::review::{Candidate, CaseFacts, Period, Reckoning, Why, picks};
use testkit::house;

use super::{months, on_random_sets, reckoned};

pub(super) fn candidates(all: &[CaseFacts], at: &Reckoning<'_>) -> Vec<Candidate> {
    all.iter().map(|facts| Candidate::of(facts, at)).collect()
}

/// Why a case is discussed in a period, as the sentences of [`Why`] say it.
fn by_the_sentences(facts: &CaseFacts, at: &Reckoning<'_>) -> Vec<Why> {
    Why::ALL.iter().copied().filter(|why| says(*why, facts, at)).collect()
}

fn says(why: Why, facts: &CaseFacts, at: &Reckoning<'_>) -> bool {
    let Reckoning { period, settled_on, .. } = at;
    if (facts.counted == InFigures::LeftOut) != (why == Why::LeftOut) {
        return false;
    }
    let told = || facts.stays.iter().filter(|stay| period.holds_any(stay.told_on));
    let closed = || facts.spells.iter().filter(|spell| period.holds_any(spell.closed_on));
    let came_or_went = period.holds(facts.received_on) || closed().next().is_some();
    let happened = |what| {
        facts
            .moments
            .iter()
            .any(|moment| moment.what == what && period.holds(moment.on))
    };
    match why {
        Why::Late => told().any(|stay| stay.timing == Some(Timing::Late)),
        Why::Overdue => was_overdue(facts, period.last, *settled_on),
        Why::AskedForMore => happened(Happened::Asked),
        Why::Refused => happened(Happened::Refused),
        Why::Dissatisfied => told().any(|stay| stay.satisfaction == Some(Satisfaction::No)),
        Why::Reopened => facts.spells[1..].iter().any(|spell| period.holds(spell.opened_on)),
        Why::HighRisk => facts.high_risk && came_or_went,
        Why::Vip => facts.vip && came_or_went,
        Why::Extended => happened(Happened::Extended),
        Why::Silent => missed(facts, period, *settled_on) >= 2,
        Why::Unreached => facts.letters_lost > 0 && came_or_went,
        Why::LeftOut => closed().next().is_some(),
        Why::NoCategory => facts.service.is_none() && closed().any(|spell| spell.ending == Some(Ending::Decided)),
        Why::Sample => false,
    }
}

fn was_overdue(facts: &CaseFacts, end: Date, settled_on: Date) -> bool {
    let stay = facts.stays.iter().rfind(|stay| stay.entered_on <= end);
    let due_on = match stay {
        None => facts.untriaged_due_on,
        Some(stay) if stay.told_on.is_some_and(|told_on| told_on <= end) => None,
        Some(stay) => stay.last_day,
    };
    facts.is_open_after(end) && due_on.is_some_and(|due_on| due_on <= settled_on)
}

fn missed(facts: &CaseFacts, period: &Period, settled_on: Date) -> usize {
    let owed = facts
        .moments
        .iter()
        .filter(|moment| moment.what == Happened::UpdateOwed);
    let missed = owed.filter(|moment| match moment.promptness {
        Some(Promptness::Missed) => period.holds(moment.on),
        Some(Promptness::Waiting) => period.holds(moment.on) && moment.on <= settled_on,
        _ => false,
    });
    missed.count()
}

#[test]
fn the_marks_of_a_case_pick_it_in_the_periods_in_which_its_facts_do() {
    let met: RefCell<BTreeMap<Why, usize>> = RefCell::default();
    on_random_sets(|set| {
        for month in months() {
            // Long after, and from within: on its first, its second and its last day.
            let Period { first, last } = month.period();
            let within = [first, first.saturating_add(1.day()), last];
            let seen = within.map(|today| Reckoning::seen_on(today, month.period(), &house().calendar));
            for at in seen.iter().chain([&reckoned(month.period())]) {
                for facts in &set.facts {
                    let reasons = Candidate::of(facts, at).reasons;
                    prop_assert_eq!(&reasons, &by_the_sentences(facts, at), "{:?} of {:?}", at.period, facts);
                    for why in reasons {
                        *met.borrow_mut().entry(why).or_default() += 1;
                    }
                }
            }
        }
        Ok(())
    });
    let met = met.into_inner();
    // Nobody is let close a case without a category here; random facts in the store's tests are.
    for why in Why::ALL
        .iter()
        .filter(|why| ![Why::Sample, Why::NoCategory].contains(why))
    {
        assert!(met.get(why).is_some_and(|n| *n > 20), "hardly ever {why:?}: {met:?}");
    }
}

#[test]
fn what_is_restricted_is_never_picked_and_the_lot_falls_on_the_rest() {
    let by_lot = RefCell::new(0_usize);
    on_random_sets(|set| {
        for month in months() {
            let at = reckoned(month.period());
            let picked = picks(candidates(&set.facts, &at), b"seed");
            let again = picks(candidates(&set.facts, &at), b"seed");
            prop_assert_eq!(&picked, &again, "the same seed draws the same");
            for pick in &picked {
                let mut facts = set.facts.iter();
                let facts = facts.find(|facts| facts.reference == pick.reference).unwrap();
                prop_assert!(!facts.restricted && !pick.reasons.is_empty());
            }
            let drawn = picked.iter().filter(|pick| pick.reasons == [Why::Sample]);
            *by_lot.borrow_mut() += drawn.count();
        }
        Ok(())
    });
    let by_lot = by_lot.into_inner();
    assert!(by_lot > 25, "only {by_lot} were drawn");
}
