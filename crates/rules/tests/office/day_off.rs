//! Days off that somebody adds to a calendar or takes back (A1, A42).

use rules::case::Refused;
use rules::clock::Calendar;
use rules::office::day_off::{DayChange, DayOff, changed};
use testkit::{day, house};

const TODAY: &str = "2026-06-09";

fn closures() -> String {
    let files = house::calendar_files();
    files
        .into_iter()
        .find(|(name, _)| name == "closures-example.toml")
        .unwrap()
        .1
}

fn calendar(text: &str) -> Calendar {
    Calendar::parse(text, "closures-example.toml").unwrap()
}

fn try_change(change: &DayChange) -> Result<String, Refused> {
    let text = closures();
    changed(&text, &calendar(&text), change, (day(TODAY), 2))
}

fn add(on: &str, name: &str, kind: DayOff) -> DayChange {
    DayChange::Add {
        on: day(on),
        name: name.to_owned(),
        kind,
    }
}

#[test]
fn a_day_is_added_and_everything_else_stays() {
    for kind in [DayOff::Closure, DayOff::Holiday] {
        let name = r#"Founder's "great" day \ all of us"#;
        let text = try_change(&add("2026-06-22", name, kind)).unwrap();
        let (before, after) = (calendar(&closures()), calendar(&text));
        assert!(before.is_working_day(day("2026-06-22")) && !after.is_working_day(day("2026-06-22")));
        assert_eq!(after.days()[&day("2026-06-22")].name, name);
        assert_eq!(after.version(), "closures-example 2026-06-09 (2)");
        let known: Vec<_> = after
            .days()
            .iter()
            .filter(|(on, _)| **on != day("2026-06-22"))
            .collect();
        assert_eq!(known, before.days().iter().collect::<Vec<_>>());
        for line in closures().lines().filter(|line| !line.starts_with("source_date")) {
            assert!(text.lines().any(|kept| kept == line), "{line}");
        }
    }
}

#[test]
fn a_day_that_was_added_is_taken_back_and_the_version_goes_on() {
    let with = try_change(&add("2026-06-22", "Founder's day", DayOff::Closure)).unwrap();
    let back = changed(
        &with,
        &calendar(&with),
        &DayChange::TakeBack { on: day("2026-06-22") },
        (day(TODAY), 3),
    )
    .unwrap();
    assert_eq!(calendar(&back).days(), calendar(&closures()).days());
    assert_eq!(calendar(&back).version(), "closures-example 2026-06-09 (3)");
    assert_eq!(back.matches("revision").count(), 1);
}

#[test]
fn what_cannot_be_changed_is_said_beside_its_field() {
    let closure = |on: &str, name: &str| add(on, name, DayOff::Closure);
    let long = "x".repeat(81);
    for (change, words) in [
        (closure("2026-06-08", "Yesterday"), "Choose a day that has not passed"),
        (
            DayChange::TakeBack { on: day("2025-12-29") },
            "Choose a day that has not passed",
        ),
        (closure("2031-01-02", "Far away"), "This calendar covers the days from"),
        (
            closure("2026-06-13", "A Saturday"),
            "Saturday 13 June 2026 is not a working day already",
        ),
        (closure("2026-12-29", "Again"), "is not a working day already"),
        (closure("2026-06-22", " "), "Say what the day is"),
        (closure("2026-06-22", "one\ntwo"), "on one line"),
        (closure("2026-06-22", &long), "in at most 80 characters"),
        (
            DayChange::TakeBack { on: day("2026-06-22") },
            "Monday 22 June 2026 is not listed in this calendar",
        ),
    ] {
        let refused = try_change(&change).unwrap_err();
        assert!(matches!(refused, Refused::Fields { .. }), "{refused:?}");
        assert!(refused.to_string().contains(words), "{refused}");
    }
    assert!(try_change(&closure(TODAY, "Today")).is_ok(), "today has not passed");
}
