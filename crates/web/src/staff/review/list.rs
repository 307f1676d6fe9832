//! The list of months: which reviews were held, which wait, and what managers are told of meanwhile (R5, R42).

use hypertext::{Buffer, prelude::*};

use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::link::{Link, back_link, next_page};
use crate::staff::parts::panel::{Empty, page_head, panel};
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;

/// The list of months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewList {
    /// "One review waits: September 2026, by Wednesday 14 October."
    pub summary: String,
    /// Potential problems of the last weeks.
    pub notices: Vec<Notice>,
    /// The months, the latest first.
    pub lines: Vec<MonthLine>,
    /// Which months these are.
    pub shown: Shown,
    /// The address of earlier ones, where there are any.
    pub earlier: Option<String>,
}

/// Which months a page of the list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// From the running month on.
    Latest,
    /// Those before.
    Earlier,
}

impl Shown {
    const fn title(self) -> &'static str {
        match self {
            Shown::Latest => "Monthly review",
            Shown::Earlier => "Monthly review: earlier months",
        }
    }

    const fn nothing(self) -> &'static str {
        match self {
            Shown::Latest => {
                "There is no month to review yet. The first one is there when the month of the first complaint is over."
            }
            Shown::Earlier => "There are no earlier months.",
        }
    }
}

/// Several complaints about the same thing within a few days (R5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// "5 complaints about Network and Wi-Fi: Outage, from Monday 5 to Friday 9 October."
    pub words: String,
    /// Those that may be listed; none for a reader who may not see cases.
    pub cases: Vec<Link>,
    /// How many more there are before these.
    pub earlier: usize,
}

/// A month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthLine {
    /// "September 2026".
    pub month: Link,
    /// Open, frozen, finished, running.
    pub state: Tag,
    /// "By Wednesday 14 October", "Held on Friday 16 October".
    pub when: String,
    /// Complaints received.
    pub received: String,
    /// "92% (33 of 36)".
    pub on_time: String,
}

impl StaffPage for ReviewList {
    fn title(&self) -> String {
        self.shown.title().to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Review
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            @if self.shown == Shown::Earlier { (back_link(&Link::new("Latest months", paths::REVIEW))) }
            (page_head(self.shown.title(), &self.summary))
            (notices(&self.notices))
            @if self.lines.is_empty() { (Empty::new(self.shown.nothing())) }
            @else { (table(&self.lines)) }
            (next_page(self.earlier.as_deref()))
        }
        .render_to(out);
    }
}

/// What managers are told of, in a box of its own; nothing where there is nothing.
pub(super) fn notices(notices: &[Notice]) -> impl Renderable {
    maud! {
        @if !notices.is_empty() {
            (panel("notices", "Potential problems", maud! {
                ul.fc-said {
                    @for notice in notices {
                        li {
                            (notice.words)
                            @if !notice.cases.is_empty() {
                                ul.fc-cases {
                                    @for case in &notice.cases { li { a.govuk-link href=(case.href) { span.fc-ref { (case.label) } } } }
                                    @if notice.earlier > 0 { li { "and " (notice.earlier) " earlier" } }
                                }
                            }
                        }
                    }
                }
            }))
        }
    }
}

fn table(lines: &[MonthLine]) -> impl Renderable {
    maud! {
        div.fc-queue."govuk-!-margin-top-4" {
            table.govuk-table role="table" {
                caption.govuk-visually-hidden { "Months, the latest first" }
                thead.govuk-table__head role="rowgroup" {
                    tr.govuk-table__row role="row" {
                        @for heading in ["Month", "Review", "When", "Complaints", "Stage 1 on time"] {
                            th.govuk-table__header scope="col" role="columnheader" { (heading) }
                        }
                    }
                }
                tbody.govuk-table__body role="rowgroup" { @for line in lines { (line) } }
            }
        }
    }
}

impl Renderable for MonthLine {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            tr.govuk-table__row.fc-row role="row" {
                td.govuk-table__cell role="cell" {
                    a.govuk-link.govuk-link--no-visited-state.fc-row__title href=(self.month.href) { (self.month.label) }
                }
                td.govuk-table__cell role="cell" { (self.state) }
                td.govuk-table__cell role="cell" { (self.when) }
                td.govuk-table__cell.fc-num role="cell" { span.fc-m.fc-row__meta { "Complaints: " } (self.received) }
                td.govuk-table__cell.fc-num role="cell" { span.fc-m.fc-row__meta { "Stage 1 on time: " } (self.on_time) }
            }
        }
        .render_to(out);
    }
}

impl ReviewList {
    /// The running month, one that waits, and two that were held.
    pub fn sample() -> Self {
        let line = |month: &str, code: &str, state: Tag, when: &str, figures: [&str; 2]| MonthLine {
            month: Link::new(month, &paths::review(code)),
            state,
            when: when.to_owned(),
            received: figures[0].to_owned(),
            on_time: figures[1].to_owned(),
        };
        let finished = || Tag::new("Finished", Tone::Good);
        Self {
            summary: "One review waits: September 2026, by Wednesday 14 October.".to_owned(),
            notices: vec![Notice {
                words: "5 complaints about Network and Wi-Fi: Outage, from Monday 5 October to Friday 9 October."
                    .to_owned(),
                cases: ["FC-10471", "FC-10474", "FC-10476"]
                    .map(|reference| Link::new(reference, &paths::case(reference)))
                    .to_vec(),
                earlier: 2,
            }],
            lines: vec![
                line(
                    "October 2026",
                    "2026-10",
                    Tag::new("Running", Tone::Grey),
                    "Ends on Saturday 31 October",
                    ["19", "94% (16 of 17)"],
                ),
                line(
                    "September 2026",
                    "2026-09",
                    Tag::new("To be held", Tone::Warn),
                    "By Wednesday 14 October",
                    ["46", "92% (33 of 36)"],
                ),
                line(
                    "August 2026",
                    "2026-08",
                    finished(),
                    "Held on Friday 11 September",
                    ["27", "95% (20 of 21)"],
                ),
                line(
                    "July 2026",
                    "2026-07",
                    finished(),
                    "Held on Friday 14 August",
                    ["0", "None decided"],
                ),
            ],
            shown: Shown::Latest,
            earlier: Some("/staff/review?page=2".to_owned()),
        }
    }

    /// The months before.
    pub fn sample_earlier() -> Self {
        let latest = Self::sample();
        Self {
            notices: Vec::new(),
            lines: latest.lines[2..].to_vec(),
            shown: Shown::Earlier,
            earlier: None,
            ..latest
        }
    }

    /// An address of months that are not there.
    pub fn sample_before_the_first() -> Self {
        Self {
            lines: Vec::new(),
            ..Self::sample_earlier()
        }
    }

    /// Before the first month is over.
    pub fn sample_empty() -> Self {
        Self {
            summary: "Nothing waits.".to_owned(),
            notices: Vec::new(),
            lines: Vec::new(),
            shown: Shown::Latest,
            earlier: None,
        }
    }
}
