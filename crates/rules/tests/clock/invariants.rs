//! Invariants 1 to 5 of standards.md 2.3, and the tables against a walk day by day; 10,000 cases each, always the same ones.

use std::sync::LazyLock;

use super::desk::{bank, day, day_one, deemed, with_closures, working_days};
use jiff::civil::{Date, DateTime, Time};
use jiff::{SignedDuration, Span};
use proptest::prelude::{ProptestConfig, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::test_runner::RngSeed;
use rules::clock::{
    Calendar, ClockRule, Count, DueTime, NonWorking, NonWorkingDay, NonWorkingKind, Pause, Roll, Unit, due, due_on,
    paused,
};

static BANK: LazyLock<Calendar> = LazyLock::new(bank);
static CLOSED: LazyLock<Calendar> = LazyLock::new(with_closures);

static TWO_YEARS: LazyLock<Calendar> = LazyLock::new(|| {
    let shipped = include_str!("../../../../calendars/england-and-wales.toml");
    let (head, days) = shipped.split_once("[bank_holidays]").unwrap();
    let head = head
        .replace("2017-01-01", "2026-01-01")
        .replace("2030-12-31", "2027-12-31");
    let days: Vec<&str> = days
        .lines()
        .filter(|line| line.starts_with("2026-") || line.starts_with("2027-"))
        .collect();
    Calendar::parse(&format!("{head}[bank_holidays]\n{}", days.join("\n")), "two-years.toml").unwrap()
});

fn fixed(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(20_261_124),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn calendar(closed: bool) -> &'static Calendar {
    if closed { &CLOSED } else { &BANK }
}

/// A minute between 2017 and the end of 2028.
fn moments() -> impl Strategy<Value = DateTime> {
    (0..4380i64, 0..1440i64).prop_map(|(days, minutes)| {
        let midnight = day("2017-01-01")
            .checked_add(Span::new().days(days))
            .unwrap()
            .to_datetime(Time::midnight());
        midnight.checked_add(Span::new().minutes(minutes)).unwrap()
    })
}

fn rules() -> impl Strategy<Value = ClockRule> {
    let unit = prop_oneof![
        4 => proptest::strategy::Just(Unit::WorkingDays),
        1 => proptest::strategy::Just(Unit::CalendarDays),
        1 => proptest::strategy::Just(Unit::Weeks),
        1 => proptest::strategy::Just(Unit::Months),
    ];
    let cutoff = proptest::option::of((8..20i8).prop_map(|hour| jiff::civil::time(hour, 0, 0, 0)));
    (unit, 1..25u32, 0..2u8, 0..2u8, 0..2u8, cutoff).prop_map(|(unit, amount, count, start, roll, cutoff)| ClockRule {
        count: if count == 0 { Count::After } else { Count::Inclusive },
        non_working: if start == 0 {
            NonWorking::CountOn
        } else {
            NonWorking::Deemed
        },
        roll: if roll == 0 { Roll::None } else { Roll::Forward },
        cutoff,
        due_time: DueTime::EndOfDay,
        ..ClockRule::new("any", unit, amount)
    })
}

/// The same date without tables: one day after the other.
fn walked(calendar: &Calendar, from: Date, working_days: u32) -> Date {
    let mut on = from;
    let mut left = working_days;
    while left > 0 {
        on = on.tomorrow().unwrap();
        if calendar.is_working_day(on) {
            left -= 1;
        }
    }
    on
}

proptest! {
    #![proptest_config(fixed(10_000))]

    #[test]
    fn invariant_1_later_receipts_are_never_due_earlier(
        one in moments(), other in moments(), rule in rules(), closed in proptest::bool::ANY,
    ) {
        let (first, second) = (one.min(other), one.max(other));
        let calendar = calendar(closed);
        prop_assert!(due_on(&rule, calendar, first).unwrap() <= due_on(&rule, calendar, second).unwrap());
    }

    #[test]
    fn invariant_3_a_working_day_clock_ends_on_a_working_day_with_n_between(
        received in moments(), amount in 1..60u32, closed in proptest::bool::ANY,
    ) {
        let calendar = calendar(closed);
        let due_day = due_on(&working_days(amount), calendar, received).unwrap();
        prop_assert!(calendar.is_working_day(due_day));
        prop_assert_eq!(calendar.working_days_between(received.date(), due_day).unwrap(), amount);
    }

    #[test]
    fn invariant_4_the_conventions_stand_in_fixed_relations(
        received in moments(), amount in 1..60u32, closed in proptest::bool::ANY,
    ) {
        let calendar = calendar(closed);
        let after = due_on(&working_days(amount), calendar, received).unwrap();
        let inclusive = due_on(&day_one(amount), calendar, received).unwrap();
        let as_deemed = due_on(&deemed(amount), calendar, received).unwrap();
        if calendar.is_working_day(received.date()) {
            prop_assert_eq!(after, calendar.add_working_days(inclusive, 1).unwrap());
            prop_assert_eq!(as_deemed, after);
        } else {
            prop_assert_eq!(inclusive, after);
            prop_assert_eq!(as_deemed, calendar.add_working_days(after, 1).unwrap());
        }
    }

    #[test]
    fn invariant_5_a_pause_within_one_day_moves_nothing(
        received in moments(), amount in 1..60u32, after_days in 0..90i64, from in 0..1439i64, length in 1..1440i64,
    ) {
        let calendar = calendar(false);
        let zone = calendar.time_zone();
        let rule = working_days(amount);
        let started_at = zone.to_timestamp(received).unwrap();
        let due = due(&rule, calendar, started_at).unwrap();
        let midnight = received.date().checked_add(Span::new().days(after_days)).unwrap().to_datetime(Time::midnight());
        let minute = |count: i64| midnight.checked_add(Span::new().minutes(count.min(1439))).unwrap();
        let from_at = zone.to_timestamp(minute(from)).unwrap();
        let until_at = zone.to_timestamp(minute(from + length)).unwrap();
        let pause = Pause { from_at, until_at: Some(until_at) };
        prop_assert_eq!(paused(&due, &rule, calendar, started_at, &[pause]).unwrap().due_at, due.due_at);
    }

    #[test]
    fn tables_and_a_walk_agree(from in moments(), amount in 1..300u32, closed in proptest::bool::ANY) {
        let calendar = calendar(closed);
        let reached = calendar.add_working_days(from.date(), amount).unwrap();
        prop_assert_eq!(reached, walked(calendar, from.date(), amount));
        prop_assert_eq!(calendar.working_days_between(from.date(), reached).unwrap(), amount);
        if let Ok(back) = calendar.subtract_working_days(reached, amount) {
            prop_assert_eq!(walked(calendar, back, amount), reached);
            prop_assert!(calendar.is_working_day(back));
        }
    }

    #[test]
    fn the_account_counts_to_the_same_day(received in moments(), rule in rules(), closed in proptest::bool::ANY) {
        let calendar = calendar(closed);
        let due = due(&rule, calendar, calendar.time_zone().to_timestamp(received).unwrap()).unwrap();
        prop_assert_eq!(due.due_on, due_on(&rule, calendar, received).unwrap(), "with account and without");
        let last = due.explanation.steps.last().unwrap();
        prop_assert_eq!(last.on, due.due_on, "{}", due.explanation.to_text());
        if rule.unit == Unit::WorkingDays {
            prop_assert_eq!(last.counted, Some(rule.amount), "{}", due.explanation.to_text());
        }
    }

    #[test]
    fn a_due_day_ends_just_before_the_next(received in moments(), amount in 1..30u32) {
        let calendar = calendar(true);
        let zone = calendar.time_zone();
        let due = due(&working_days(amount), calendar, zone.to_timestamp(received).unwrap()).unwrap();
        prop_assert_eq!(zone.to_datetime(due.due_at).date(), due.due_on);
        let next = due.due_at.checked_add(SignedDuration::from_secs(1)).unwrap();
        prop_assert_eq!(zone.to_datetime(next).date(), due.due_on.tomorrow().unwrap());
    }
}

proptest! {
    // A table is made for each case, so the calendar is one of two years.
    #![proptest_config(fixed(10_000))]

    #[test]
    fn invariant_2_one_more_holiday_never_makes_a_date_earlier(
        after_new_year in 0..365i64, minute in 0..1440i64, rule in rules(), after_days in 0..60i64,
    ) {
        let calendar = &*TWO_YEARS;
        let rule = rule.with_amount(rule.amount.min(6));
        let received = day("2026-01-01").to_datetime(Time::midnight());
        let received = received.checked_add(Span::new().days(after_new_year).minutes(minute)).unwrap();
        let on = received.date().checked_add(Span::new().days(after_days)).unwrap();
        let extra = NonWorkingDay { name: "Extra".to_owned(), kind: NonWorkingKind::Extra, half_day: false };
        let more = calendar.with_day(on, extra);
        prop_assert!(due_on(&rule, calendar, received).unwrap() <= due_on(&rule, &more, received).unwrap());
    }
}

#[test]
fn a_million_dates_take_seconds() {
    let calendar = calendar(true);
    let rule = working_days(20);
    let first = day("2017-01-02");
    let days: Vec<DateTime> = (0..4000i64)
        .map(|ahead| {
            first
                .checked_add(Span::new().days(ahead))
                .unwrap()
                .to_datetime(Time::midnight())
        })
        .collect();
    let mut working = 0u32;
    for received in days.iter().cycle().take(1_000_000) {
        working += u32::from(calendar.is_working_day(due_on(&rule, calendar, *received).unwrap()));
    }
    assert_eq!(working, 1_000_000);
}
