//! What the procedure tests share: the files that ship, and a small one to break.

use jiff::Timestamp;
use jiff::civil::DateTime;
use rules::clock::{Calendar, CalendarShelf};
use rules::procedure::Procedure;

pub(crate) const IT_SERVICES: &str = include_str!("../../../../procedures/it-services.toml");
pub(crate) const SMALL: &str = include_str!("small.toml");

pub(crate) const PRESETS: [(&str, &str); 4] = [
    (
        "lgsco-2026.toml",
        include_str!("../../../../procedures/presets/lgsco-2026.toml"),
    ),
    (
        "uk-gdpr-rights-request.toml",
        include_str!("../../../../procedures/presets/uk-gdpr-rights-request.toml"),
    ),
    (
        "fca-disp.toml",
        include_str!("../../../../procedures/presets/fca-disp.toml"),
    ),
    (
        "spso-he-2021.toml",
        include_str!("../../../../procedures/presets/spso-he-2021.toml"),
    ),
];

pub(crate) fn read(text: &str, name: &str) -> Procedure {
    Procedure::parse(text, name).unwrap_or_else(|faults| {
        let all: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{}", all.join("\n"))
    })
}

pub(crate) fn it_services() -> Procedure {
    read(IT_SERVICES, "it-services.toml")
}

pub(crate) fn preset(name: &str) -> Procedure {
    let (_, text) = PRESETS.iter().find(|(known, _)| *known == name).unwrap();
    read(text, name)
}

pub(crate) fn shelf() -> CalendarShelf {
    let read = |text: &str, name: &str| Calendar::parse(text, name).unwrap();
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

/// "2026-06-13 23:30" in London.
pub(crate) fn at(moment: &str) -> Timestamp {
    let local: DateTime = moment.replace(' ', "T").parse().unwrap();
    jiff::tz::TimeZone::get("Europe/London")
        .unwrap()
        .to_timestamp(local)
        .unwrap()
}
