//! Reports: the figures of any range of days, beside the same days a year before, as a page and as a file (R41, R81).

pub mod handler;

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, ButtonStyle, error_summary};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::filters::{Filter, filter_row};
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::parts::panel::{page_head, panel_with_link};
use crate::staff::paths;
use crate::staff::review::month::{Figure, Folds};

/// The figures of a range of days. Fields: `from`, `until`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportPage {
    /// "Saturday 1 August to Wednesday 25 November 2026, as the figures stand today."
    pub summary: String,
    /// The ranges that people ask for most.
    pub ranges: Vec<Filter>,
    /// The two days as typed.
    pub form: FormState,
    /// What was counted; none where the days as typed name no range.
    pub counted: Option<Counted>,
}

/// What was counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// A line for each figure.
    pub lines: Vec<Line>,
    /// What the other days are called: "1 August to 25 November 2025"; none where nothing was counted then.
    pub before: Option<String>,
    /// Each figure with its tables.
    pub figures: Vec<Figure>,
    /// Whether they are all unfolded, to be printed.
    pub whole: bool,
    /// To the same page, unfolded.
    pub unfold: Link,
    /// To the file.
    pub file: Link,
}

/// A figure in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its name, which leads to its tables below.
    pub figure: Link,
    /// "92% (33 of 36)".
    pub now: String,
    /// The same of a year before.
    pub before: String,
}

impl StaffPage for ReportPage {
    fn title(&self) -> String {
        "Reports".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Reports
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            (error_summary(&self.form.errors))
            (page_head("Reports", &self.summary))
            (filter_row("Days", &self.ranges))
            form.fc-days.fc-noprint action=(paths::REPORTS) aria-label="Other days" novalidate {
                (self.form.date("from", "From"))
                (self.form.date("until", "Until"))
                (Button::new("Show").style(ButtonStyle::Secondary))
            }
            @if let Some(counted) = &self.counted {
                (panel_with_link("in-short", "In short", &counted.file, short(counted)))
                (panel_with_link("figures", "Every figure", &counted.unfold, Folds {
                    figures: &counted.figures,
                    unfolded: counted.whole,
                }))
            }
        }
        .render_to(out);
    }
}

fn short(counted: &Counted) -> impl Renderable {
    maud! {
        div.fc-table tabindex="0" role="group" aria-label="Figures in short" {
            table.govuk-table {
                thead.govuk-table__head {
                    tr.govuk-table__row {
                        th.govuk-table__header scope="col" { "Figure" }
                        th.govuk-table__header scope="col" { "These days" }
                        @if let Some(before) = &counted.before { th.govuk-table__header scope="col" { (before) } }
                    }
                }
                tbody.govuk-table__body {
                    @for line in &counted.lines {
                        tr.govuk-table__row {
                            th.govuk-table__header."govuk-!-font-weight-regular" scope="row" {
                                a.govuk-link.govuk-link--no-visited-state href=(line.figure.href) { (line.figure.label) }
                            }
                            td.govuk-table__cell.fc-num { (line.now) }
                            @if let Some(before) = &counted.before {
                                td.govuk-table__cell.fc-num { span.fc-m.fc-muted { (before) ": " } (line.before) }
                            }
                        }
                    }
                }
            }
        }
    }
}

impl ReportPage {
    /// A year so far beside the one before.
    pub fn sample() -> Self {
        let month = crate::staff::review::MonthPage::sample();
        let line = |figure: &Figure| Line {
            figure: Link::new(&figure.name, &format!("#{}", figure.id)),
            now: figure.answer.clone(),
            before: "90% (27 of 30)".to_owned(),
        };
        Self {
            summary: "Saturday 1 August to Thursday 8 October 2026, as the figures stand today.".to_owned(),
            ranges: vec![
                Filter::new("This year so far", paths::REPORTS).in_force(),
                Filter::new("Last year", "/staff/reports?from=2025-08-01&until=2026-07-31"),
            ],
            form: FormState::default().answered(&[("from", "2026-08-01"), ("until", "2026-10-08")]),
            counted: Some(Counted {
                lines: month.figures.iter().map(line).collect(),
                before: Some("1 August to 8 October 2025".to_owned()),
                figures: month.figures,
                whole: false,
                unfold: Link::new("Unfold them all, to print", "/staff/reports?show=whole"),
                file: Link::new("Save as a table (CSV)", paths::REPORTS_FILE),
            }),
        }
    }

    /// The days in the wrong order.
    pub fn sample_errors() -> Self {
        Self {
            summary: "No days were counted.".to_owned(),
            form: FormState::default()
                .answered(&[("from", "2026-10-08"), ("until", "2026-08-01")])
                .wrong("until", "Choose a last day that is not before the first"),
            counted: None,
            ..Self::sample()
        }
    }
}
