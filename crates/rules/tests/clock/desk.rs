//! What the clock tests share: the shipped calendars, the conventions of the examples, and days as people write them.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use rules::clock::{Calendar, CalendarShelf, ClockRule, Count, Due, NonWorking, Unit, due};

pub(crate) fn shelf() -> CalendarShelf {
    let read =
        |text: &str, name: &str| Calendar::parse(text, name).unwrap_or_else(|faults| panic!("{name}: {}", faults[0]));
    CalendarShelf::new([
        read(
            include_str!("../../../../calendars/england-and-wales.toml"),
            "england-and-wales.toml",
        ),
        read(include_str!("../../../../calendars/scotland.toml"), "scotland.toml"),
        read(
            include_str!("../../../../calendars/any-part-of-uk.toml"),
            "any-part-of-uk.toml",
        ),
        read(
            include_str!("../../../../calendars/closures-example.toml"),
            "closures-example.toml",
        ),
    ])
}

pub(crate) fn bank() -> Calendar {
    shelf().get("england-and-wales").unwrap().clone()
}

pub(crate) fn with_closures() -> Calendar {
    shelf()
        .layered(&["england-and-wales".to_owned(), "closures-example".to_owned()])
        .unwrap()
}

pub(crate) fn working_days(amount: u32) -> ClockRule {
    ClockRule::new("test", Unit::WorkingDays, amount)
}

pub(crate) fn deemed(amount: u32) -> ClockRule {
    ClockRule {
        non_working: NonWorking::Deemed,
        ..working_days(amount)
    }
}

pub(crate) fn day_one(amount: u32) -> ClockRule {
    ClockRule {
        count: Count::Inclusive,
        ..working_days(amount)
    }
}

/// "2026-06-13 23:30" in the zone of the calendar.
pub(crate) fn at(moment: &str, calendar: &Calendar) -> Timestamp {
    let local: DateTime = moment
        .replace(' ', "T")
        .parse()
        .unwrap_or_else(|_| panic!("not a moment: {moment}"));
    calendar
        .time_zone()
        .to_ambiguous_timestamp(local)
        .unambiguous()
        .unwrap()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap_or_else(|_| panic!("not a day: {text}"))
}

pub(crate) fn due_at(rule: &ClockRule, calendar: &Calendar, received: &str) -> Due {
    due(rule, calendar, at(received, calendar)).unwrap_or_else(|error| panic!("{received}: {error}"))
}

pub(crate) fn due_day(rule: &ClockRule, calendar: &Calendar, received: &str) -> String {
    due_at(rule, calendar, received).due_on.to_string()
}
