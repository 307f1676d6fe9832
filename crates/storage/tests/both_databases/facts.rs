//! Facts of cases: kept as they are, found by the days that they touch, summed by month.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use rules::case::Reference;
use rules::case::vocabulary::{
    Channel, ComplainantKind, Ending, FeedbackKind, LearningAnswer, Outcome, Satisfaction, StageReason, Urgency,
};
use rules::procedure::{InFigures, StageEntryWay};
use rules::review::discuss;
use rules::review::facts::{
    AckTiming, Acknowledgement, CaseFacts, Happened, Moment, OpenedBy, Promptness, SignedOff, Spell, Stay, Timing,
};
use rules::review::period::{Month, Period};
use storage::doctor;
use storage::facts::{self, runs};

use crate::harness::{on_a_file, on_every_engine, read, write};

/// Chance from one number, the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len() as u64) as usize]
    }

    fn small(&mut self, most: u64) -> u32 {
        u32::try_from(self.below(most)).unwrap()
    }

    /// A day in two years.
    fn day(&mut self) -> Date {
        date(2025, 1, 1).checked_add((self.below(730) as i64).days()).unwrap()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Dice) -> T) -> Option<T> {
        (!self.one_in(3)).then(|| make(self))
    }
}

fn random_case(number: i64, dice: &mut Dice) -> CaseFacts {
    let received_on = dice.day();
    CaseFacts {
        reference: Reference::new("FC", number).unwrap(),
        kind: dice.pick(&[
            FeedbackKind::Complaint,
            FeedbackKind::Complaint,
            FeedbackKind::Compliment,
        ]),
        counted: dice.pick(&[InFigures::Counted, InFigures::Counted, InFigures::LeftOut]),
        channel: dice.pick(Channel::ALL),
        complainant: dice.pick(ComplainantKind::ALL),
        anonymous: dice.one_in(2),
        restricted: dice.one_in(4),
        vip: dice.one_in(2),
        high_risk: dice.one_in(2),
        urgency: dice.pick(Urgency::ALL),
        service: dice.maybe(|dice| dice.pick(&["A1", "A3"]).to_owned()),
        problem: dice.maybe(|dice| dice.pick(&["B1", "B11"]).to_owned()),
        received_on,
        logged_on: received_on,
        owned_on: dice.maybe(Dice::day),
        untriaged_due_on: dice.maybe(Dice::day),
        acknowledgement: Acknowledgement {
            timing: dice.pick(AckTiming::ALL),
            due_on: dice.maybe(Dice::day),
            minutes: dice.maybe(|dice| dice.small(90)),
            failures: dice.small(3),
        },
        letters_lost: dice.small(2),
        has_job: dice.one_in(2),
        spells: random_spells(received_on, dice),
        stays: (0..dice.below(3)).map(|_| random_stay(dice)).collect(),
        moments: (0..dice.below(4)).map(|_| random_moment(dice)).collect(),
    }
}

/// One to three times open, some of them for a year, the last perhaps still.
fn random_spells(received_on: Date, dice: &mut Dice) -> Vec<Spell> {
    let mut spells = Vec::new();
    let mut from = received_on;
    for ordinal in 0..=dice.below(3) {
        let length = if dice.one_in(5) {
            60 + dice.below(300)
        } else {
            dice.below(40)
        };
        let closed_on = from.checked_add((length as i64).days()).unwrap();
        let open = dice.one_in(6);
        spells.push(Spell {
            opened_on: from,
            opened_by: if ordinal == 0 {
                OpenedBy::Received
            } else {
                OpenedBy::Reopened
            },
            closed_on: (!open).then_some(closed_on),
            ending: (!open).then(|| dice.pick(Ending::ALL)),
            decided_stage: dice.pick(&[0, 1, 2]),
            days: dice.maybe(|dice| dice.small(30)),
            satisfaction: dice.maybe(|dice| dice.pick(Satisfaction::ALL)),
            updates_owed: dice.small(9),
            updates_made: dice.small(9),
            root_cause: dice.maybe(|_| "supplier".to_owned()),
            learning: dice.maybe(|dice| dice.pick(LearningAnswer::ALL)),
        });
        if open {
            break;
        }
        from = closed_on.checked_add((dice.below(30) as i64).days()).unwrap();
    }
    spells
}

fn random_stay(dice: &mut Dice) -> Stay {
    Stay {
        stage: dice.pick(&[1, 2]),
        way: dice.pick(StageEntryWay::ALL),
        reason: dice.pick(StageReason::ALL),
        entered_on: dice.day(),
        due_on: dice.maybe(Dice::day),
        last_day: dice.maybe(Dice::day),
        extended: dice.one_in(2),
        told_on: dice.maybe(Dice::day),
        timing: dice.maybe(|dice| dice.pick(Timing::ALL)),
        days: dice.maybe(|dice| dice.small(40)),
        outcome: dice.maybe(|dice| dice.pick(Outcome::ALL)),
        earlier_outcome: dice.maybe(|dice| dice.pick(Outcome::ALL)),
        satisfaction: dice.maybe(|dice| dice.pick(Satisfaction::ALL)),
        first_contact: dice.one_in(2),
        sign_off: dice.pick(SignedOff::ALL),
        same_decider: dice.one_in(2),
        vip: dice.one_in(2),
    }
}

fn random_moment(dice: &mut Dice) -> Moment {
    Moment {
        what: dice.pick(Happened::ALL),
        on: dice.day(),
        stage: dice.pick(&[0, 1, 2]),
        code: dice.maybe(|_| "refund".to_owned()),
        days: dice.small(10),
        due_on: dice.maybe(Dice::day),
        promptness: dice.maybe(|dice| dice.pick(Promptness::ALL)),
    }
}

/// Numbers with gaps between them, as after a few years of other feedback.
pub(crate) fn random_cases(n: i64) -> Vec<CaseFacts> {
    let mut dice = Dice(7);
    let mut number = 10_000;
    (0..n)
        .map(|_| {
            number += if dice.one_in(40) { 900 } else { 1 };
            random_case(number, &mut dice)
        })
        .collect()
}

fn periods() -> Vec<Period> {
    let first: Month = "2025-01".parse().unwrap();
    let mut periods: Vec<Period> = (0..26).map(|later| first.later(later).period()).collect();
    periods.push(Period::year_from(first));
    periods.push(Period::between(date(2025, 6, 9), date(2025, 6, 9)).unwrap());
    periods
}

/// How many kept numbers there are.
async fn tallies(store: &storage::Store) -> usize {
    let all = read(store, |tx| Box::pin(facts::tallied(tx, "", "\u{10ffff}"))).await;
    all.len()
}

#[test]
fn facts_come_back_as_they_were_kept_and_a_second_write_replaces_the_first() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let all = random_cases(300);
        let kept = all.clone();
        write(&store, |tx| {
            Box::pin(async move {
                for facts in &kept {
                    facts::put(
                        tx,
                        &CaseFacts {
                            spells: kept[0].spells.clone(),
                            ..facts.clone()
                        }
                        .into(),
                    )
                    .await?;
                    facts::put(tx, &facts.clone().into()).await?;
                }
                Ok(())
            })
        })
        .await;
        let numbers: Vec<i64> = all.iter().map(|facts| facts.reference.number()).collect();
        assert!(runs(&numbers).len() > 3, "the numbers have gaps");
        let mut back = Vec::new();
        for run in runs(&numbers) {
            let run = run.to_vec();
            back.extend(read(&store, |tx| Box::pin(async move { facts::load(tx, &run).await })).await);
        }
        assert_eq!(back, all);
        // Of a run only what is asked for comes back, whatever lies between.
        let some: Vec<i64> = runs(&numbers)[0].iter().copied().step_by(3).collect();
        let asked = some.clone();
        let found = read(&store, |tx| Box::pin(async move { facts::load(tx, &asked).await })).await;
        assert_eq!(
            found.iter().map(|facts| facts.reference.number()).collect::<Vec<_>>(),
            some
        );

        let before = read(&store, |tx| Box::pin(doctor::snapshot(tx))).await;
        let marks: usize = all.iter().map(|facts| discuss::marks(facts).len()).sum();
        assert_eq!(before.rows(), 300 + marks + tallies(&store).await);
        write(&store, |tx| Box::pin(doctor::wipe_derived(tx))).await;
        assert_eq!(read(&store, |tx| Box::pin(doctor::snapshot(tx))).await.rows(), 0);
    });
}

#[test]
fn the_cases_of_a_period_are_those_that_were_open_on_one_of_its_days() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let all = random_cases(400);
        let kept = all.clone();
        write(&store, |tx| {
            Box::pin(async move {
                for facts in &kept {
                    facts::put(tx, &facts.clone().into()).await?;
                }
                Ok(())
            })
        })
        .await;
        for period in periods() {
            let found = read(&store, move |tx| {
                Box::pin(async move { facts::touching(tx, period).await })
            })
            .await;
            let open_on_a_day = |facts: &&CaseFacts| {
                let days = period.first.series(1.day()).take_while(|day| *day <= period.last);
                let open = |day: Date, spell: &Spell| {
                    spell.opened_on <= day && spell.closed_on.is_none_or(|closed_on| closed_on >= day)
                };
                days.into_iter()
                    .any(|day| facts.spells.iter().any(|spell| open(day, spell)))
            };
            let right: Vec<i64> = all
                .iter()
                .filter(open_on_a_day)
                .map(|facts| facts.reference.number())
                .collect();
            assert_eq!(found, right, "{period:?}");
        }
    });
}

#[test]
fn sums_by_month_are_those_of_the_rows() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let all = random_cases(400);
        let kept = all.clone();
        write(&store, |tx| {
            Box::pin(async move {
                for facts in &kept {
                    facts::put(tx, &facts.clone().into()).await?;
                }
                Ok(())
            })
        })
        .await;
        // Sums are of whole months.
        let period = Period::between(date(2025, 3, 1), date(2026, 2, 28)).unwrap();
        let (arrived, decided, single, first) = read(&store, move |tx| {
            Box::pin(async move {
                Ok((
                    facts::arrivals_by_month(tx, &period.months()).await?,
                    facts::decisions_by_month(tx, &period.months()).await?,
                    facts::arrivals_by_day(tx, period).await?,
                    facts::first_month(tx).await?,
                ))
            })
        })
        .await;
        let inside: Vec<&CaseFacts> = all.iter().filter(|facts| period.holds(facts.received_on)).collect();
        let complaints = inside.iter().filter(|facts| facts.is_counted_complaint());
        assert_eq!(
            arrived.iter().map(|row| row.n).sum::<u32>() as usize,
            complaints.clone().count()
        );
        for row in &arrived {
            let same = complaints.clone().filter(|facts| {
                Month::of(facts.received_on) == row.month
                    && (facts.kind, facts.counted) == (row.kind, row.counted)
                    && (&facts.service, &facts.problem) == (&row.service, &row.problem)
            });
            assert_eq!(same.count(), row.n as usize, "{row:?}");
        }
        let counted = all.iter().filter(|facts| facts.is_counted_complaint());
        let told: Vec<&Stay> = counted
            .flat_map(|facts| &facts.stays)
            .filter(|stay| period.holds_any(stay.told_on))
            .collect();
        assert_eq!(decided.iter().map(|row| row.n).sum::<u32>() as usize, told.len());
        for row in &decided {
            let same = told.iter().filter(|stay| {
                stay.told_on.map(Month::of) == Some(row.month) && (stay.stage, stay.timing) == (row.stage, row.timing)
            });
            assert_eq!(same.count(), row.n as usize, "{row:?}");
        }
        let categorised = inside
            .iter()
            .filter(|facts| facts.is_counted_complaint() && facts.service.is_some() && facts.problem.is_some());
        assert_eq!(
            single.iter().map(|alike| alike.n).sum::<u32>() as usize,
            categorised.clone().count()
        );
        for alike in &single {
            let same = categorised.clone().filter(|facts| {
                facts.received_on == alike.received_on
                    && (facts.service.as_ref(), facts.problem.as_ref()) == (Some(&alike.service), Some(&alike.problem))
            });
            assert_eq!(same.count(), alike.n as usize, "{alike:?}");
        }
        let latest = read(&store, move |tx| {
            Box::pin(async move { facts::latest_alike(tx, ("A3", "B11"), period, 5).await })
        });
        let mut right: Vec<(Date, Reference)> = categorised
            .filter(|facts| !facts.restricted)
            .filter(|facts| (facts.service.as_deref(), facts.problem.as_deref()) == (Some("A3"), Some("B11")))
            .map(|facts| (facts.received_on, facts.reference.clone()))
            .collect();
        right.sort_by_key(|(on, reference)| (*on, reference.to_string()));
        let right: Vec<Reference> = right.into_iter().map(|(_, reference)| reference).collect();
        assert_eq!(latest.await, right[right.len().saturating_sub(5)..]);
        assert_eq!(first, all.iter().map(|facts| Month::of(facts.received_on)).min());
    });
}

#[test]
fn a_period_is_found_by_indexes_and_sums_touch_no_row() {
    on_a_file(|place| async move {
        place.open().await.close().await.unwrap();
        for (file, name, indexes) in [
            (
                "facts_marks",
                "CLOSED",
                &["COVERING INDEX case_spells_closed", "case_spells_long ("][..],
            ),
            ("facts_marks", "HAPPENED", &["COVERING INDEX case_marks_day"][..]),
            ("facts_marks", "STILL", &["INDEX case_marks_still (once<?"][..]),
            ("facts_marks", "THEN", &["INDEX case_marks_then (until_day>?"][..]),
            ("facts_marks", "CAME", &["COVERING INDEX case_facts_received"][..]),
            ("facts_marks", "OPENED", &["COVERING INDEX case_spells_opened"][..]),
            (
                "facts",
                "TOUCHING",
                &["case_spells_opened (", "case_spells_open (", "case_spells_long ("][..],
            ),
            ("facts", "LATEST_ALIKE", &["COVERING INDEX case_facts_alike"][..]),
            ("facts", "NOT_CATEGORISED", &["COVERING INDEX case_facts_received"][..]),
        ] {
            let statements = storage::statements(place.engine);
            let (_, _, sql) = statements
                .iter()
                .find(|(of, known, _)| (*of, *known) == (file, name))
                .unwrap();
            let steps = place.raw().await.plan(sql).await;
            for index in indexes {
                assert!(
                    steps.iter().any(|step| step.contains(index)),
                    "{name} without {index}: {steps:?}"
                );
            }
            let walks = steps.iter().filter(|step| step.starts_with("SCAN case_"));
            assert_eq!(walks.count(), 0, "{name}: {steps:?}");
            let sorted = steps.iter().filter(|step| step.contains("TEMP B-TREE"));
            assert_eq!(
                sorted.count(),
                usize::from(name == "NOT_CATEGORISED"),
                "{name}: {steps:?}"
            );
        }
    });
}
