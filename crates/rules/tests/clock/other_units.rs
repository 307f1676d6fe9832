//! Months, weeks, days, hours: the paragraph "Other units" of 4.4.

use super::desk::{at, bank, due_at, due_day, working_days};
use jiff::civil::time;
use rules::clock::{Calendar, ClockRule, Count, DueTime, MonthRule, NonWorking, Roll, Unit, due, extend};

fn months(amount: u32) -> ClockRule {
    ClockRule {
        roll: Roll::Forward,
        ..ClockRule::new("months", Unit::Months, amount)
    }
}

#[test]
fn months_by_the_corresponding_date() {
    for (received, amount, expected) in [
        ("2027-01-31 12:00", 1, "2027-03-01"),
        ("2026-11-25 12:00", 1, "2026-12-29"),
        ("2026-12-01 12:00", 1, "2027-01-04"),
        ("2028-01-31 12:00", 1, "2028-02-29"),
        ("2028-01-31 12:00", 3, "2028-05-02"),
    ] {
        assert_eq!(
            due_day(&months(amount), &bank(), received),
            expected,
            "{received} + {amount} months"
        );
    }
}

#[test]
fn a_month_extended_by_two_is_three_months() {
    let calendar = bank();
    let first = due_at(&months(1), &calendar, "2028-01-31 12:00");
    let extended = extend(&first, &months(1), &calendar, 2).unwrap();
    assert_eq!(extended.due_on.to_string(), "2028-05-02");
}

#[test]
fn months_of_a_period_that_begins_with_the_day() {
    let rule = |amount| ClockRule {
        month_rule: MonthRule::PeriodCommencing,
        ..ClockRule::new("period", Unit::Months, amount)
    };
    assert_eq!(due_day(&rule(6), &bank(), "2027-03-15 12:00"), "2027-09-14");
    assert_eq!(
        due_day(
            &ClockRule {
                roll: Roll::None,
                ..months(6)
            },
            &bank(),
            "2027-03-15 12:00"
        ),
        "2027-09-15"
    );
    // A month that begins on a day that the next month lacks ends with that month.
    assert_eq!(due_day(&rule(1), &bank(), "2027-01-31 12:00"), "2027-02-28");
    assert_eq!(due_day(&rule(1), &bank(), "2027-02-01 12:00"), "2027-02-28");
}

#[test]
fn days_and_weeks() {
    let thirty = ClockRule {
        count: Count::Inclusive,
        ..ClockRule::new("30", Unit::CalendarDays, 30)
    };
    assert_eq!(due_day(&thirty, &bank(), "2026-07-01 12:00"), "2026-07-30");
    assert_eq!(
        due_day(
            &ClockRule::new("90", Unit::CalendarDays, 90),
            &bank(),
            "2026-07-01 12:00"
        ),
        "2026-09-29"
    );
    assert_eq!(
        due_day(&ClockRule::new("8", Unit::Weeks, 8), &bank(), "2026-12-23 12:00"),
        "2027-02-17"
    );
    assert_eq!(
        due_day(&ClockRule::new("6", Unit::Weeks, 6), &bank(), "2026-12-23 12:00"),
        "2027-02-03"
    );
    assert_eq!(due_day(&working_days(15), &bank(), "2026-12-23 12:00"), "2027-01-18");
    assert_eq!(due_day(&working_days(35), &bank(), "2026-12-23 12:00"), "2027-02-15");
    assert_eq!(
        due_day(&ClockRule::new("0", Unit::CalendarDays, 0), &bank(), "2026-12-25 12:00"),
        "2026-12-25"
    );
}

#[test]
fn a_due_day_can_roll_back() {
    let back = ClockRule {
        roll: Roll::Backward,
        ..ClockRule::new("30", Unit::CalendarDays, 30)
    };
    assert_eq!(
        due_day(&back, &bank(), "2026-11-25 12:00"),
        "2026-12-24",
        "from Christmas Day"
    );
}

#[test]
fn hours_run_day_and_night() {
    let calendar = bank();
    let rule = ClockRule::new("24h", Unit::Hours, 24);
    let due = due(&rule, &calendar, at("2026-03-28 23:59", &calendar)).unwrap();
    assert_eq!(
        due.due_at,
        at("2026-03-30 00:59", &calendar),
        "one of the hours did not exist on the wall"
    );
    assert_eq!(due.explanation.conclusion, "due by 00:59 on Mon 30 Mar 2026");
}

#[test]
fn working_hours_pass_while_the_desk_is_open() {
    let text = include_str!("../../../../calendars/england-and-wales.toml")
        .replace("weekend =", "opens = \"08:30\"\ncloses = \"17:30\"\nweekend =");
    let calendar = Calendar::parse(&text, "hours.toml").unwrap();
    let rule = ClockRule::new("4h", Unit::WorkingHours, 4);
    for (received, expected) in [
        ("2026-06-12 09:00", "2026-06-12 13:00"),
        ("2026-06-12 16:30", "2026-06-15 11:30"),
        ("2026-06-12 13:30", "2026-06-12 17:30"),
        ("2026-06-13 23:30", "2026-06-15 12:30"),
        ("2026-06-12 05:00", "2026-06-12 12:30"),
        ("2026-05-01 17:30", "2026-05-05 12:30"),
    ] {
        assert_eq!(
            due_at(&rule, &calendar, received).due_at,
            at(expected, &calendar),
            "{received}"
        );
    }
    assert!(
        due(&rule, &bank(), at("2026-06-12 09:00", &calendar))
            .unwrap_err()
            .to_string()
            .contains("opening hours")
    );
}

#[test]
fn close_of_business_is_an_hour_of_the_due_day() {
    let rule = ClockRule {
        due_time: DueTime::CloseOfBusiness(time(17, 0, 0, 0)),
        ..working_days(3)
    };
    let calendar = bank();
    let due = due_at(&rule, &calendar, "2026-06-09 09:15");
    assert_eq!(due.due_at, at("2026-06-12 17:00", &calendar));
    assert!(!due.is_late(at("2026-06-12 17:00", &calendar)));
    assert!(due.is_late(at("2026-06-12 17:01", &calendar)));
}

#[test]
fn a_closure_in_the_window_can_lengthen_it() {
    let rule = ClockRule {
        amount_if_closure: Some(20),
        ..working_days(10)
    };
    let closed = super::desk::with_closures();
    assert_eq!(
        due_day(&rule, &closed, "2026-06-09 09:15"),
        "2026-06-23",
        "no closure in June"
    );
    assert_eq!(
        due_day(&rule, &closed, "2026-12-21 09:15"),
        due_day(&working_days(20), &closed, "2026-12-21 09:15")
    );
}

#[test]
fn deemed_receipt_moves_the_start_of_days_too() {
    let rule = ClockRule {
        non_working: NonWorking::Deemed,
        ..ClockRule::new("7", Unit::CalendarDays, 7)
    };
    assert_eq!(due_day(&rule, &bank(), "2026-06-13 23:30"), "2026-06-22");
}
