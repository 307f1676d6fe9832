//! Months in every state, with made-up figures.

use documents::chart::{About, Bar, Column, Columns, Line, Look, Part, Point, Stack};

use super::{
    Behind, Card, Cases, Correction, Discussed, Figure, FollowOn, Hold, MonthCheckpoint, MonthPage, Number, Record,
    Row, Said, Table,
};
use crate::page::chart::{BarRow, Bars, Chart, Picture};
use crate::staff::actions::line::ActionLine;
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;

const NOTE: &str = "redress.audit/0c5a1f7e22d94b36\n4211\nz6l1zBqg7Yy0GmJ8cQ4rTRv5c1pN2wXoYk3uHf9sD0E=\n\n\u{2014} redress.audit/0c5a1f7e22d94b36 b0xK7Q3mV9nJt2cRwY5hP8uLz4aE6sDfG1iOqTvXyB0kNjMpWrCe3HgUoSlZ5dA7tFqE9xIvYn2bKcPzRmJwQ4hLu6GsTaXo1DiVf8eNk0=\n";

const MONTHS: [&str; 12] = [
    "October 2025",
    "November 2025",
    "December 2025",
    "January 2026",
    "February 2026",
    "March 2026",
    "April 2026",
    "May 2026",
    "June 2026",
    "July 2026",
    "August 2026",
    "September 2026",
];

fn about(id: &str, title: &str, description: &str, numbers: &str) -> About {
    About {
        id: id.to_owned(),
        title: title.to_owned(),
        description: description.to_owned(),
        rows: "Month".to_owned(),
        numbers: numbers.to_owned(),
    }
}

fn received() -> Chart {
    let values = [38, 41, 22, 35, 33, 36, 29, 31, 24, 21, 27, 46];
    let column = |(name, value): (&&str, u32)| Column {
        label: name[..3].to_owned(),
        name: (*name).to_owned(),
        value: Some(value),
        shown: value.to_string(),
    };
    let columns = Columns {
        about: about(
            "received",
            "Complaints received each month",
            "From October 2025 to September 2026. September has the most, 46.",
            "Complaints",
        ),
        columns: MONTHS.iter().zip(values).map(column).collect(),
    };
    Chart {
        headline: "September had the most complaints in a year".to_owned(),
        sub: "Complaints received each month".to_owned(),
        picture: Picture::Drawn(columns.draw()),
    }
}

fn services() -> Chart {
    let row = |label: &str, now: u32, before: u32| BarRow {
        label: label.to_owned(),
        bar: Bar {
            value: Some(now),
            before: Some(before),
            most: 14,
        },
        shown: (now.to_string(), before.to_string()),
    };
    Chart {
        headline: "Network and Wi-Fi rose from 6 to 14".to_owned(),
        sub: "Complaints by service. The black line marks August".to_owned(),
        picture: Picture::Bars(Bars {
            caption: "Complaints by service, September and August".to_owned(),
            rows_head: "Service".to_owned(),
            heads: ("Sept".to_owned(), "Aug".to_owned()),
            rows: vec![
                row("Network and Wi-Fi", 14, 6),
                row("Accounts and access", 9, 8),
                row("Print and copy", 5, 4),
                row("Software", 1, 0),
            ],
        }),
    }
}

fn on_time() -> Chart {
    let values = [88, 90, 95, 91, 89, 93, 94, 92, 96, 97, 95, 92];
    let point = |(name, percent): (&&str, u32)| Point {
        label: name[..3].to_owned(),
        name: (*name).to_owned(),
        percent: Some(percent),
        shown: format!("{percent}%"),
    };
    let line = Line {
        about: about(
            "on-time",
            "Stage 1 decisions on time",
            "It rose from 88% to 97% in July and fell to 92% in September.",
            "On time",
        ),
        points: MONTHS.iter().zip(values).map(point).collect(),
        aim: None,
    };
    Chart {
        headline: "Stage 1: 92% of decisions were on time".to_owned(),
        sub: "Told within 3 working days, without extension".to_owned(),
        picture: Picture::Drawn(line.draw()),
    }
}

fn outcomes() -> Chart {
    let part = |name: &str, value: u32, shown: &str, look| Part {
        name: name.to_owned(),
        value: Some(value),
        shown: shown.to_owned(),
        look,
    };
    Chart {
        headline: "We upheld 29 of 43, in full or in part".to_owned(),
        sub: "Decisions told in September".to_owned(),
        picture: Picture::Stacked(Stack {
            about: About {
                rows: "Outcome".to_owned(),
                ..about(
                    "outcomes",
                    "Outcomes of decisions",
                    "Upheld 17, partly upheld 12, not upheld 8, resolved 6.",
                    "Decisions",
                )
            },
            parts: vec![
                part("Upheld", 17, "17 (40%)", Look::Full),
                part("Partly upheld", 12, "12 (28%)", Look::Hatched),
                part("Not upheld", 8, "8 (19%)", Look::Quiet),
                part("Resolved", 6, "6 (14%)", Look::Outlined),
            ],
        }),
    }
}

fn card(name: &str, value: &str, note: &str) -> Card {
    Card {
        name: name.to_owned(),
        value: value.to_owned(),
        note: note.to_owned(),
        href: Some(format!("{}?behind=k1.kind.complaint#behind", paths::review("2026-09"))),
    }
}

fn figure() -> Figure {
    let number = |shown: &str| Number {
        shown: shown.to_owned(),
        href: Some(format!("{}?behind=k4.decisions.late#behind", paths::review("2026-09"))),
    };
    Figure {
        id: "k4".to_owned(),
        name: "Stage 1 on time".to_owned(),
        answer: "92% (33 of 36)".to_owned(),
        definition: "Decisions at stage 1 that were told in the month, by how the telling stood to its date."
            .to_owned(),
        tables: vec![Table {
            caption: "Decisions".to_owned(),
            rows_head: "Timing".to_owned(),
            heads: vec!["Number".to_owned(), "Share".to_owned()],
            rows: vec![
                ("In time".to_owned(), vec![number("33"), Number::plain("92%")]),
                ("Late".to_owned(), vec![number("3"), Number::plain("8%")]),
            ],
        }],
    }
}

fn case(reference: &str) -> Link {
    Link::new(reference, &paths::case(reference))
}

fn discussed(reference: &str, title: &str, why: &[&str]) -> Discussed {
    Discussed {
        case: case(reference),
        title: title.to_owned(),
        why: why.iter().map(|why| (*why).to_owned()).collect(),
        outcome: Some(Tag::new("Upheld", Tone::Brand)),
        notes: Vec::new(),
        add: Some(format!("{}?note={reference}#note", paths::review("2026-09"))),
    }
}

fn note(words: &str) -> Said {
    Said {
        words: words.to_owned(),
        by: "Helen Marsh, today, 9:32am".to_owned(),
    }
}

impl MonthPage {
    /// September, waiting to be finished.
    pub fn sample() -> Self {
        let first = Discussed {
            notes: vec![note("The contract has no weekend cover")],
            ..discussed(
                "FC-10388",
                "Halls network off for 3 days",
                &["Decided late", "High risk"],
            )
        };
        Self {
            code: "2026-09".to_owned(),
            eyebrow: "Monthly review, by Wednesday 14 October".to_owned(),
            title: "September 2026".to_owned(),
            summary: "46 complaints, 19 more than in August. 4 decisions were late.".to_owned(),
            state: Tag::new("To be held", Tone::Warn),
            notice: None,
            cautions: Vec::new(),
            cards: vec![
                card("Complaints received", "46", "27 in August, 36 in September 2025"),
                card("Stage 1 on time", "92%", "33 of 36"),
                card("Stage 2 on time", "86%", "6 of 7"),
                card("Went on to stage 2", "11%", "4 asked, 36 stage 1 decisions"),
                card("Compliments", "9", "and 3 suggestions"),
            ],
            charts: vec![received(), services(), on_time(), outcomes()],
            notices: Vec::new(),
            cases: Some(Cases {
                more_to_discuss: None,
                more_listed: None,
                picked: "3 of 52, picked by rule or drawn by lot".to_owned(),
                discuss: vec![
                    first,
                    discussed("FC-10402", "Job closed twice, not fixed", &["Asked for stage 2"]),
                    Discussed {
                        outcome: None,
                        ..discussed("FC-10417", "Accessible software missing in labs", &["Drawn by lot"])
                    },
                ],
                behind: None,
                listed_words: "52 cases were received, taken up again or closed in September. 2 more are about a member of staff: counted, not listed.".to_owned(),
                listed: ["FC-10388", "FC-10402", "FC-10417"].map(case).to_vec(),
                not_categorised: vec![case("FC-10417")],
                more_not_categorised: 3,
            }),
            actions: FollowOn {
                soon: vec![ActionLine::sample_late(), ActionLine::sample_proposed()],
                later_words: "1 more, due after Friday 6 November".to_owned(),
                later: vec![ActionLine::sample()],
                ended_words: "1 done or dropped since Tuesday 1 September".to_owned(),
                ended: vec![ActionLine::sample_done()],
                unlisted: 0,
            },
            minutes: vec![note("The Students' Union asks for a sign in every teaching room.")],
            figures: vec![figure()],
            whole: false,
            record: Record {
                facts: vec![Fact::new("Begun", "Thursday 1 October 2026")],
                ..Record::default()
            },
            hold: Some(Hold {
                minutes: FormState::fresh("m-1"),
                on_case: None,
                freeze: Some(FormState::fresh("m-2")),
            }),
        }
    }

    /// A note on one case, with nothing written; the cases behind a figure; every figure unfolded.
    pub fn sample_errors() -> Self {
        let page = Self::sample();
        let form = FormState::fresh("m-3").wrong("case_words", "Write your note");
        let behind = Behind {
            title: "Stage 1 on time: late, 3".to_owned(),
            words: vec!["1 more is about a member of staff: counted, not listed.".to_owned()],
            rows: vec![Row {
                case: case("FC-10388"),
                about: "Network and Wi-Fi: Outage".to_owned(),
                received: "Tuesday 1 September".to_owned(),
                told: "Stage 1, told on Wednesday 9 September, late".to_owned(),
            }],
        };
        Self {
            hold: page.hold.clone().map(|hold| Hold {
                on_case: Some((case("FC-10402"), form)),
                ..hold
            }),
            cases: page.cases.clone().map(|cases| Cases {
                behind: Some(behind),
                ..cases
            }),
            whole: true,
            cautions: vec!["This review was to be held by Wednesday 14 October.".to_owned()],
            ..page
        }
    }

    /// August, finished, with numbers that changed since.
    pub fn sample_finished() -> Self {
        let number = ("What reached us: complaint".to_owned(), 26, 27);
        Self {
            code: "2026-08".to_owned(),
            eyebrow: "Monthly review".to_owned(),
            title: "August 2026".to_owned(),
            state: Tag::new("Finished", Tone::Good),
            notice: Some("The review is finished. Its figures are frozen.".to_owned()),
            record: Record {
                facts: vec![
                    Fact::new("Begun", "Tuesday 1 September 2026"),
                    Fact::new("Frozen", "Friday 11 September 2026, 2:05pm"),
                    Fact::new("Held", "Friday 11 September 2026"),
                    Fact::new("Present", "Helen Marsh, Samir Haddad"),
                ],
                hash: Some("5f1e0c7a".repeat(8)),
                checkpoint: Some(MonthCheckpoint {
                    words: "At the end of September 2026 the log had 4211 entries.".to_owned(),
                    note: NOTE.to_owned(),
                    published: Link::new("All published checkpoints and the public key", "/checkpoints"),
                }),
                corrections: vec![Correction {
                    words: "Monday 21 September 2026, 10am, Helen Marsh: a complaint of 31 August was logged late"
                        .to_owned(),
                    changes: vec![number.clone()],
                }],
                changed: vec![number],
                restate: Some(FormState::fresh("m-4")),
            },
            hold: None,
            ..Self::sample()
        }
    }

    /// A month without a complaint.
    pub fn sample_quiet() -> Self {
        Self {
            code: "2026-07".to_owned(),
            title: "July 2026".to_owned(),
            summary: "No complaints in July. The month is reviewed all the same: actions, compliments and open cases."
                .to_owned(),
            cards: vec![Card {
                href: None,
                ..card("Complaints received", "0", "24 in June")
            }],
            charts: vec![received()],
            cases: Some(Cases {
                more_to_discuss: None,
                more_listed: None,
                picked: String::new(),
                discuss: Vec::new(),
                behind: None,
                listed_words: "No case was received, taken up again or closed in July.".to_owned(),
                listed: Vec::new(),
                not_categorised: Vec::new(),
                more_not_categorised: 0,
            }),
            actions: FollowOn::default(),
            minutes: Vec::new(),
            ..Self::sample()
        }
    }

    /// As somebody reads it who may not see cases.
    pub fn sample_senior() -> Self {
        Self {
            cautions: vec!["Numbers from 1 to 4 are hidden, and so is whatever would tell them.".to_owned()],
            cases: None,
            hold: None,
            ..Self::sample()
        }
    }
}
