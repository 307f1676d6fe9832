//! The sealed cases: which ones line managers deal with, whether they have them, and what is due; no name and no word (R35, R36).

pub mod handler;

use hypertext::{Buffer, prelude::*};

use super::parts::link::Link;
use super::parts::list_table::{Heading, list_table};
use super::parts::panel::{Empty, page_head};
use super::paths;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// The open sealed cases that somebody may know of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedCases {
    /// "3 cases".
    pub summary: String,
    /// The cases, the earliest date first.
    pub rows: Vec<SealedRow>,
    /// What to say where there are none.
    pub empty: Option<Empty>,
    /// The next page.
    pub next: Option<Link>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedRow {
    /// To where it stands.
    pub case: Link,
    /// "Monday 12 October 2026".
    pub received: String,
    /// "Stage 1".
    pub stage: String,
    /// By the end of which day, and whether that is over.
    pub due: String,
    /// Whether the manager said that they have it.
    pub holder: String,
    /// What waits for somebody here.
    pub waits: Option<Link>,
}

impl StaffPage for SealedCases {
    fn title(&self) -> String {
        "With line managers".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Sealed
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            (page_head("With line managers", "Complaints about a member of staff that a line manager deals with by email. Nobody here can read them."))
            @match &self.empty {
                Some(empty) => { (empty) }
                None => {
                    (table(&self.summary, &self.rows))
                    @if let Some(next) = &self.next { p.govuk-body { (next) } }
                }
            }
        }
        .render_to(out);
    }
}

fn table<'a>(summary: &'a str, rows: &'a [SealedRow]) -> impl Renderable + 'a {
    let headings = ["Case", "Stage", "Decision due", "The manager"].map(Heading::new);
    maud! {
        p.govuk-body-s { (summary) }
        (list_table("Sealed cases, the earliest date first", headings, maud! { @for row in rows { (row) } }))
    }
}

impl Renderable for SealedRow {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            tr.govuk-table__row.fc-row role="row" {
                td.govuk-table__cell role="cell" {
                    strong.fc-row__title { (self.case) }
                    span.fc-row__meta { "Received " (self.received) }
                }
                td.govuk-table__cell role="cell" { span.fc-m.fc-row__meta { "Stage: " } (self.stage) }
                td.govuk-table__cell role="cell" { span.fc-m.fc-row__meta { "Decision due: " } (self.due) }
                td.govuk-table__cell role="cell" {
                    span.fc-m.fc-row__meta { "The manager: " } (self.holder)
                    @if let Some(waits) = &self.waits { p."govuk-!-margin-0" { (waits) } }
                }
            }
        }
        .render_to(out);
    }
}

impl SealedCases {
    /// Three of them.
    pub fn sample() -> Self {
        let row = |reference: &str, due: &str, holder: &str, waits| SealedRow {
            case: Link::new(reference, &paths::case_act(reference, "handover")),
            received: "Friday 9 October 2026".to_owned(),
            stage: "1".to_owned(),
            due: due.to_owned(),
            holder: holder.to_owned(),
            waits,
        };
        let answer = Link::new("Somebody asks to open it", &paths::case_act("FC-10471", "opening"));
        Self {
            summary: "3 cases".to_owned(),
            rows: vec![
                row(
                    "FC-10460",
                    "Late: it was due on Monday 12 October 2026",
                    "Has it since Thursday 8 October 2026, and did not say so yet",
                    None,
                ),
                row(
                    "FC-10471",
                    "Wednesday 14 October 2026",
                    "Said on Friday 9 October 2026 that they have it",
                    Some(answer),
                ),
                row(
                    "FC-10482",
                    "Thursday 15 October 2026",
                    "Somebody else has to have it: they asked for the next stage",
                    None,
                ),
            ],
            empty: None,
            next: None,
        }
    }

    /// None.
    pub fn sample_empty() -> Self {
        Self {
            summary: String::new(),
            rows: Vec::new(),
            empty: Some(Empty::new("No case is with a line manager.")),
            next: None,
        }
    }
}
