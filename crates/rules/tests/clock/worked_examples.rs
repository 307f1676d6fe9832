//! Every row of the tables in 4.4.

use super::desk::{bank, day_one, deemed, due_day, shelf, with_closures, working_days};
use rules::clock::{CalendarRef, ClockRule};

#[test]
fn england_and_wales() {
    // received | 3 days after (A3, A4) | 3 days deemed | 3 days with the day of receipt as day 1 | 20 days after
    let rows = [
        (
            "2026-06-09 09:15",
            "2026-06-12",
            "2026-06-12",
            "2026-06-11",
            "2026-07-07",
        ),
        (
            "2026-06-12 16:59",
            "2026-06-17",
            "2026-06-17",
            "2026-06-16",
            "2026-07-10",
        ),
        (
            "2026-06-13 23:30",
            "2026-06-17",
            "2026-06-18",
            "2026-06-17",
            "2026-07-10",
        ),
        (
            "2026-06-14 00:05",
            "2026-06-17",
            "2026-06-18",
            "2026-06-17",
            "2026-07-10",
        ),
        (
            "2026-05-01 23:59",
            "2026-05-07",
            "2026-05-07",
            "2026-05-06",
            "2026-06-02",
        ),
        (
            "2026-05-02 00:00",
            "2026-05-07",
            "2026-05-08",
            "2026-05-07",
            "2026-06-02",
        ),
        (
            "2026-04-02 23:59",
            "2026-04-09",
            "2026-04-09",
            "2026-04-08",
            "2026-05-05",
        ),
        (
            "2026-04-03 10:00",
            "2026-04-09",
            "2026-04-10",
            "2026-04-09",
            "2026-05-05",
        ),
        (
            "2026-08-28 23:59",
            "2026-09-03",
            "2026-09-03",
            "2026-09-02",
            "2026-09-28",
        ),
        (
            "2026-12-23 16:00",
            "2026-12-30",
            "2026-12-30",
            "2026-12-29",
            "2027-01-25",
        ),
        (
            "2026-12-25 12:00",
            "2026-12-31",
            "2027-01-04",
            "2026-12-31",
            "2027-01-26",
        ),
        (
            "2026-12-31 23:59",
            "2027-01-06",
            "2027-01-06",
            "2027-01-05",
            "2027-01-29",
        ),
        (
            "2027-12-24 09:00",
            "2027-12-31",
            "2027-12-31",
            "2027-12-30",
            "2028-01-26",
        ),
        (
            "2027-12-25 12:00",
            "2027-12-31",
            "2028-01-04",
            "2027-12-31",
            "2028-01-26",
        ),
        (
            "2027-12-31 09:00",
            "2028-01-06",
            "2028-01-06",
            "2028-01-05",
            "2028-01-31",
        ),
        (
            "2027-03-25 17:30",
            "2027-04-01",
            "2027-04-01",
            "2027-03-31",
            "2027-04-26",
        ),
        (
            "2028-02-29 12:00",
            "2028-03-03",
            "2028-03-03",
            "2028-03-02",
            "2028-03-28",
        ),
    ];
    let calendar = bank();
    for (received, after, as_deemed, inclusive, twenty) in rows {
        assert_eq!(
            due_day(&working_days(3), &calendar, received),
            after,
            "{received}, after"
        );
        assert_eq!(
            due_day(&deemed(3), &calendar, received),
            as_deemed,
            "{received}, deemed"
        );
        assert_eq!(
            due_day(&day_one(3), &calendar, received),
            inclusive,
            "{received}, day 1"
        );
        assert_eq!(
            due_day(&working_days(20), &calendar, received),
            twenty,
            "{received}, 20 days"
        );
    }
}

#[test]
fn with_closure_days() {
    let rows = [
        ("2026-12-23 16:00", "2027-01-06", "2027-01-05", "2027-01-29"),
        ("2026-12-24 09:00", "2027-01-06", "2027-01-06", "2027-01-29"),
        ("2026-12-25 09:00", "2027-01-06", "2027-01-06", "2027-01-29"),
        ("2026-12-26 09:00", "2027-01-06", "2027-01-06", "2027-01-29"),
        ("2026-12-27 09:00", "2027-01-06", "2027-01-06", "2027-01-29"),
        ("2026-12-28 09:00", "2027-01-06", "2027-01-06", "2027-01-29"),
        ("2026-12-29 09:00", "2027-01-06", "2027-01-06", "2027-01-29"),
        ("2026-12-30 09:00", "2027-01-06", "2027-01-06", "2027-01-29"),
        ("2026-12-31 23:59", "2027-01-06", "2027-01-06", "2027-01-29"),
        ("2026-04-02 23:59", "2026-04-10", "2026-04-09", "2026-05-06"),
        ("2027-03-25 17:30", "2027-04-02", "2027-04-01", "2027-04-27"),
    ];
    let calendar = with_closures();
    for (received, after, inclusive, twenty) in rows {
        assert_eq!(
            due_day(&working_days(3), &calendar, received),
            after,
            "{received}, after"
        );
        assert_eq!(
            due_day(&day_one(3), &calendar, received),
            inclusive,
            "{received}, day 1"
        );
        assert_eq!(
            due_day(&working_days(20), &calendar, received),
            twenty,
            "{received}, 20 days"
        );
    }
    for (received, closed, bank_only) in [
        ("2026-11-30 12:00", "2027-01-06", "2026-12-30"),
        ("2026-12-07 12:00", "2027-01-13", "2027-01-07"),
    ] {
        assert_eq!(due_day(&working_days(20), &calendar, received), closed, "{received}");
        assert_eq!(
            due_day(&working_days(20), &bank(), received),
            bank_only,
            "{received}, bank holidays only"
        );
    }
}

#[test]
fn freedom_of_information_counts_with_its_own_calendar() {
    let own = CalendarRef(vec!["any-part-of-uk".to_owned()]);
    let procedure_layers = ["england-and-wales".to_owned(), "closures-example".to_owned()];
    let foi = shelf().of_clock(&own, &procedure_layers).unwrap();
    let received = "2026-11-27 12:00";
    assert_eq!(due_day(&working_days(20), &bank(), received), "2026-12-29");
    assert_eq!(
        due_day(&working_days(20), &foi, received),
        "2026-12-30",
        "St Andrew's Day is out"
    );
    let ordinary = shelf().of_clock(&CalendarRef::default(), &procedure_layers).unwrap();
    assert_eq!(due_day(&working_days(20), &ordinary, received), "2027-01-05");
}

#[test]
fn cut_off_at_five_in_the_afternoon() {
    let cutoff = Some(jiff::civil::time(17, 0, 0, 0));
    let late = ClockRule { cutoff, ..deemed(3) };
    let late_day_one = ClockRule {
        cutoff,
        non_working: rules::clock::NonWorking::Deemed,
        ..day_one(3)
    };
    let rows = [
        ("2026-06-12 16:59", "2026-06-17", "2026-06-16"),
        ("2026-06-12 17:00", "2026-06-18", "2026-06-17"),
        ("2026-05-01 23:59", "2026-05-08", "2026-05-07"),
        ("2026-06-13 23:30", "2026-06-18", "2026-06-17"),
    ];
    for (received, after, inclusive) in rows {
        assert_eq!(due_day(&late, &bank(), received), after, "{received}");
        assert_eq!(
            due_day(&late_day_one, &bank(), received),
            inclusive,
            "{received}, day 1"
        );
    }
}
