//! Calendar files: the published days, layers, half days, what is refused, and dates that no calendar covers.

use super::desk::{at, bank, day, shelf, with_closures, working_days};
use rules::clock::{Calendar, ClockError, due};

#[test]
fn the_days_of_2024_to_2028_are_those_that_were_published() {
    let published = [
        [
            "2024-01-01",
            "2024-03-29",
            "2024-04-01",
            "2024-05-06",
            "2024-05-27",
            "2024-08-26",
            "2024-12-25",
            "2024-12-26",
        ],
        [
            "2025-01-01",
            "2025-04-18",
            "2025-04-21",
            "2025-05-05",
            "2025-05-26",
            "2025-08-25",
            "2025-12-25",
            "2025-12-26",
        ],
        [
            "2026-01-01",
            "2026-04-03",
            "2026-04-06",
            "2026-05-04",
            "2026-05-25",
            "2026-08-31",
            "2026-12-25",
            "2026-12-28",
        ],
        [
            "2027-01-01",
            "2027-03-26",
            "2027-03-29",
            "2027-05-03",
            "2027-05-31",
            "2027-08-30",
            "2027-12-27",
            "2027-12-28",
        ],
        [
            "2028-01-03",
            "2028-04-14",
            "2028-04-17",
            "2028-05-01",
            "2028-05-29",
            "2028-08-28",
            "2028-12-25",
            "2028-12-26",
        ],
    ];
    let calendar = bank();
    for year in published {
        let of_year = &year[0][..4];
        let shipped: Vec<String> = calendar
            .days()
            .keys()
            .map(ToString::to_string)
            .filter(|on| on.starts_with(of_year))
            .collect();
        assert_eq!(shipped, year);
    }
}

#[test]
fn one_offs_are_there() {
    let calendar = bank();
    for (on, working) in [
        ("2020-05-04", true),
        ("2020-05-08", false),
        ("2022-05-30", true),
        ("2022-06-02", false),
        ("2022-06-03", false),
        ("2022-09-19", false),
        ("2023-05-08", false),
        ("2021-12-27", false),
        ("2021-12-28", false),
        ("2022-12-26", false),
        ("2022-12-27", false),
        ("2017-01-02", false),
    ] {
        assert_eq!(calendar.is_working_day(day(on)), working, "{on}");
    }
    assert_eq!(
        calendar.why_not_working(day("2022-12-26")).unwrap(),
        "Boxing Day",
        "Boxing Day first in a Sunday year"
    );
    assert_eq!(
        calendar.why_not_working(day("2022-12-27")).unwrap(),
        "Christmas Day (substitute day)"
    );
}

#[test]
fn the_other_calendars_of_the_united_kingdom() {
    let shelf = shelf();
    let (scotland, any) = (shelf.get("scotland").unwrap(), shelf.get("any-part-of-uk").unwrap());
    for (on, in_scotland, anywhere) in [
        ("2026-01-02", false, false),
        ("2026-04-06", true, false),
        ("2026-08-03", false, false),
        ("2026-08-31", true, false),
        ("2026-11-30", false, false),
        ("2026-03-17", true, false),
        ("2026-07-13", true, false),
        ("2026-03-18", true, true),
    ] {
        assert_eq!(scotland.is_working_day(day(on)), in_scotland, "Scotland, {on}");
        assert_eq!(any.is_working_day(day(on)), anywhere, "any part, {on}");
    }
}

#[test]
fn a_half_day_stays_a_working_day() {
    let calendar = with_closures();
    assert!(calendar.days().contains_key(&day("2026-09-25")));
    assert!(calendar.is_working_day(day("2026-09-25")));
    assert_eq!(calendar.why_not_working(day("2026-09-25")), None);
}

#[test]
fn layers_add_up() {
    let calendar = with_closures();
    assert_eq!(calendar.id(), "england-and-wales+closures-example");
    assert_eq!(calendar.layers(), ["england-and-wales", "closures-example"]);
    assert_eq!(
        calendar.why_not_working(day("2026-12-24")).unwrap(),
        "University closed for Christmas"
    );
    assert_eq!(calendar.why_not_working(day("2026-12-25")).unwrap(), "Christmas Day");
    assert_eq!(calendar.why_not_working(day("2026-12-26")).unwrap(), "Saturday");
    let missing = shelf()
        .layered(&["england-and-wales".to_owned(), "moon".to_owned()])
        .unwrap_err();
    assert_eq!(missing, ClockError::NoSuchCalendar("moon".to_owned()));
}

#[test]
fn layers_of_two_zones_do_not_fit() {
    let abroad = include_str!("../../../../calendars/closures-example.toml").replace("Europe/London", "Europe/Paris");
    let abroad = Calendar::parse(&abroad, "abroad.toml").unwrap();
    let message = bank().with_closures(&abroad).unwrap_err().to_string();
    assert!(message.contains("their time zones differ"), "{message}");
}

#[test]
fn a_date_beyond_the_calendar_is_refused_in_words() {
    let calendar = bank();
    let error = due(&working_days(20), &calendar, at("2030-12-20 09:00", &calendar)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "The calendar \"england-and-wales\" covers Sunday 1 January 2017 to Tuesday 31 December 2030, and 20 working days after \
         Friday 20 December 2030 is needed. Add the bank holidays and closure days of the missing years to its file."
    );
    let before = due(&working_days(3), &calendar, at("2016-12-30 09:00", &calendar))
        .unwrap_err()
        .to_string();
    assert!(before.contains("and Friday 30 December 2016 is needed"), "{before}");
}

#[test]
fn faults_of_a_file_come_all_at_once_with_their_lines() {
    let text = r#"
[calendar]
id = "broken"
name = ""
source = "nowhere"
source_date = 2026-13-40
covers_from = 2026-01-01
covers_to = 2026-12-31
weekend = ["saturday", "funday"]
time_zone = "Europe/Atlantis"
colour = "blue"

[bank_holidays]
2025-12-25 = "Christmas Day"
2026-02-30 = "No such day"
"#;
    let faults = Calendar::parse(text, "broken.toml").unwrap_err();
    assert!(
        faults
            .iter()
            .any(|fault| fault.line == 6 && fault.reason.contains("not TOML")),
        "{faults:?}"
    );
    let text = text.replace("2026-13-40", "2026-11-24");
    let faults = Calendar::parse(&text, "broken.toml").unwrap_err();
    let found: Vec<(usize, &str)> = faults.iter().map(|fault| (fault.line, fault.path.as_str())).collect();
    assert_eq!(
        found,
        [
            (4, "calendar.name"),
            (9, "calendar.weekend"),
            (10, "calendar.time_zone"),
            (11, "calendar.colour"),
            (14, "bank_holidays.2025-12-25"),
            (15, "bank_holidays.2026-02-30"),
        ],
        "{faults:#?}"
    );
    assert_eq!(
        faults[1].to_string(),
        "broken.toml, line 9, calendar.weekend: there is no \"funday\" here; choose one of: monday, tuesday, wednesday, \
         thursday, friday, saturday, sunday"
    );
}
