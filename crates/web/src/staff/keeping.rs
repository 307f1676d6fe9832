//! Keeping periods: the schedule, which cases go on which day, what is held, and what is gone (P40).

pub mod handler;

use hypertext::{Buffer, prelude::*};

use super::parts::link::Link;
use super::parts::notice::done;
use super::parts::panel::{page_head, panel};
use super::parts::table::{Column, Holds, Table};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// Keeping periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeping {
    /// What was just done.
    pub notice: Option<String>,
    /// How long each class is kept: name and rule.
    pub schedule: Vec<[String; 2]>,
    /// For how many days a case is announced before it goes.
    pub notice_days: u32,
    /// Until when the page looks ahead.
    pub until: String,
    /// How many go on which day: day, class, how many, how many more are held.
    pub days: Vec<[String; 4]>,
    /// Which cases go; nothing for those who see no cases.
    pub cases: Option<Vec<GoingCase>>,
    /// Whether there are more.
    pub more: bool,
    /// Which are held.
    pub held: Vec<HeldCase>,
    /// What is gone: reference, class, when, why, by whom.
    pub gone: Vec<[String; 5]>,
}

/// A case that goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoingCase {
    /// To its page.
    pub case: Link,
    /// Its class.
    pub class: String,
    /// When it goes, or since when it is over.
    pub when: String,
    /// What keeps it, or since when it is announced.
    pub standing: String,
}

/// A case that is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldCase {
    /// To its page.
    pub case: Link,
    /// Why.
    pub why: String,
    /// By whom, since when.
    pub by: String,
    /// When it would go.
    pub would_go: String,
}

const SCHEDULE: [Column; 2] = [
    Column::new("Class", Holds::Words),
    Column::new("How long", Holds::Words),
];
const DAYS: [Column; 4] = [
    Column::new("Day", Holds::Short),
    Column::new("Class", Holds::Words),
    Column::new("Cases", Holds::Number),
    Column::new("Held", Holds::Number),
];
const GONE: [Column; 5] = [
    Column::new("Case", Holds::Short),
    Column::new("Class", Holds::Words),
    Column::new("Erased", Holds::Moment),
    Column::new("Why", Holds::Words),
    Column::new("By", Holds::Short),
];

impl StaffPage for Keeping {
    fn title(&self) -> String {
        "Keeping periods".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Keeping
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        let sub = format!(
            "How long cases are kept, and which go next. A case stands here for {} days before it is erased; its figures stay.",
            self.notice_days
        );
        maud! {
            (done(self.notice.as_deref()))
            (page_head("Keeping periods", &sub))
            (panel("next", "What goes next", self.next()))
            @if let Some(cases) = &self.cases { (panel("cases", "Which cases", self.going(cases))) }
            @if self.cases.is_some() { (panel("held", "Held beyond their period", held(&self.held))) }
            (panel("schedule", "How long each class is kept", self.schedule()))
            (panel("gone", "What was erased", self.gone()))
        }
        .render_to(out);
    }
}

impl Keeping {
    fn next(&self) -> impl Renderable {
        maud! {
            @if self.days.is_empty() {
                p.govuk-body { "No case goes until " (self.until) "." }
            } @else {
                (Table { name: "How many cases go on which day", columns: &DAYS, rows: rows(&self.days) })
            }
        }
    }

    fn going<'a>(&'a self, cases: &'a [GoingCase]) -> impl Renderable + 'a {
        maud! {
            @if cases.is_empty() {
                p.govuk-body { "None of those that you may see." }
            } @else {
                ul.govuk-list.govuk-list--spaced {
                    @for one in cases {
                        li {
                            (one.case) ", " (one.when)
                            p.fc-row__meta."govuk-!-margin-0" { (one.class) }
                            @if !one.standing.is_empty() { p.fc-row__meta.fc-anywhere."govuk-!-margin-0" { (one.standing) } }
                        }
                    }
                }
                @if self.more { p.govuk-body-s { "There are more. Those that go first stand here." } }
            }
        }
    }

    fn schedule(&self) -> impl Renderable {
        maud! {
            (Table { name: "How long each class is kept", columns: &SCHEDULE, rows: rows(&self.schedule) })
            p.govuk-body-s { "This is the procedure in force. A case keeps the periods of the version that it began under." }
        }
    }

    fn gone(&self) -> impl Renderable {
        maud! {
            @if self.gone.is_empty() {
                p.govuk-body { "Nothing was erased yet." }
            } @else {
                (Table { name: "What was erased, the latest first", columns: &GONE, rows: rows(&self.gone) })
            }
        }
    }
}

fn rows<const N: usize>(rows: &[[String; N]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.to_vec()).collect()
}

fn held(cases: &[HeldCase]) -> impl Renderable {
    maud! {
        @if cases.is_empty() {
            p.govuk-body { "No case is held. Hold one on its page, under \u{201c}How long it is kept\u{201d}." }
        } @else {
            ul.govuk-list.govuk-list--spaced {
                @for one in cases {
                    li {
                        (one.case) ": " span.fc-anywhere { (one.why) }
                        p.fc-row__meta."govuk-!-margin-0" { (one.by) @if !one.would_go.is_empty() { ". " (one.would_go) } }
                    }
                }
            }
        }
    }
}

impl Keeping {
    /// Some of everything.
    pub fn sample() -> Self {
        let row = |words: [&str; 4]| words.map(str::to_owned);
        let case = |reference: &str| Link::new(reference, &format!("/staff/c/{reference}"));
        Self {
            notice: None,
            schedule: vec![
                [
                    "Investigated, or with money",
                    "6 years after it is closed; then only figures without names are kept",
                ]
                .map(str::to_owned),
                [
                    "Settled at stage 1",
                    "3 years after it is closed; then only figures without names are kept",
                ]
                .map(str::to_owned),
            ],
            notice_days: 14,
            until: "Monday 14 December 2026".to_owned(),
            days: vec![
                row(["Mon 19 Oct 2026", "Settled at stage 1", "14", "0"]),
                row(["Tue 20 Oct 2026", "Investigated, or with money", "2", "1"]),
            ],
            cases: Some(vec![
                GoingCase {
                    case: case("FC-10012"),
                    class: "Settled at stage 1".to_owned(),
                    when: "goes on Monday 19 October 2026".to_owned(),
                    standing: "Announced since Monday 5 October 2026".to_owned(),
                },
                GoingCase {
                    case: case("FC-10015"),
                    class: "Investigated, or with money".to_owned(),
                    when: "over since Thursday 1 October 2026".to_owned(),
                    standing: "Kept: What it promised is not done yet: FC-10015-1".to_owned(),
                },
            ]),
            more: true,
            held: vec![HeldCase {
                case: case("FC-10020"),
                why: "A claim was announced by their solicitor.".to_owned(),
                by: "Oliver Tranter, since Friday 4 September 2026".to_owned(),
                would_go: "It would go on Tuesday 20 October 2026".to_owned(),
            }],
            gone: vec![
                [
                    "FC-10003",
                    "Thanks",
                    "Mon 12 Oct 2026, 3:00am",
                    "its period was over",
                    "The system",
                ]
                .map(str::to_owned),
            ],
        }
    }

    /// Nothing goes, nothing is held, nothing is gone; of somebody who sees no cases.
    pub fn sample_empty() -> Self {
        Self {
            days: Vec::new(),
            cases: None,
            more: false,
            held: Vec::new(),
            gone: Vec::new(),
            ..Self::sample()
        }
    }
}
