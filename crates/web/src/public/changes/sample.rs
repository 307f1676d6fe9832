//! The page in its states, for the tests and the preview.

use documents::chart::{About, Column, Columns};

use super::{Area, ChangesPage, DatedChange, Figures};
use crate::page::chart::{Chart, Picture};

impl ChangesPage {
    /// With changes in three services and a year of figures.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            areas: vec![
                area(
                    "Accounts and passwords",
                    vec![change(
                        "The queue to reset a password in the first week of term was over an hour.",
                        "You can now reset it yourself with your library card, day or night.",
                        "October 2026",
                    )],
                ),
                area(
                    "Teaching rooms",
                    vec![
                        change(
                            "Screens went dark and nobody knew who to call.",
                            "Every room has a sign with a direct number. Someone comes within 10 minutes.",
                            "September 2026",
                        ),
                        change(
                            "The lectern in the Bell Building could not be reached from a wheelchair.",
                            "All lecterns in the building can now be lowered.",
                            "June 2026",
                        ),
                    ],
                ),
                area(
                    "Across services",
                    vec![change(
                        "We were passed from one desk to the next.",
                        "Whoever hears of it first stays with it until somebody has taken it on.",
                        "May 2026",
                    )],
                ),
            ],
            first_in: "November".into(),
            figures: Some(figures()),
        }
    }

    /// In the first month: nothing was reviewed yet.
    #[must_use]
    pub fn sample_empty() -> Self {
        Self {
            areas: Vec::new(),
            first_in: "November".into(),
            figures: None,
        }
    }
}

fn area(name: &str, changes: Vec<DatedChange>) -> Area {
    Area {
        name: name.into(),
        changes,
    }
}

fn change(you_said: &str, we_did: &str, when: &str) -> DatedChange {
    DatedChange {
        you_said: you_said.into(),
        we_did: we_did.into(),
        when: when.into(),
    }
}

fn figures() -> Figures {
    let months = [
        ("Jul", "July 2026", None),
        ("Aug", "August 2026", Some(27)),
        ("Sep", "September 2026", Some(46)),
    ];
    let columns = months.map(|(label, name, value)| Column {
        label: label.into(),
        name: name.into(),
        value,
        shown: value.map_or_else(|| "fewer than 5".to_owned(), |n| n.to_string()),
    });
    let drawing = Columns {
        about: About {
            id: "received".into(),
            title: "Complaints received each month".into(),
            description: "July 2026 fewer than 5, August 2026 27, September 2026 46.".into(),
            rows: "Month".into(),
            numbers: "Complaints".into(),
        },
        columns: columns.into(),
    };
    let month = |name: &str, decided: &str, late: &str| [name.to_owned(), decided.to_owned(), late.to_owned()];
    Figures {
        received: Chart {
            headline: "46 complaints in September".into(),
            sub: "Complaints received each month".into(),
            picture: Picture::Drawn(drawing.draw()),
        },
        on_time: "89% of decisions on time (58 of 65)".into(),
        months: vec![
            month("July 2026", "fewer than 5", "fewer than 5"),
            month("August 2026", "25", "5"),
            month("September 2026", "36", "0"),
        ],
    }
}
