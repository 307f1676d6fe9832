//! The office log: who added, changed or let go whom, and what was published (R45, R89).

pub mod handler;
pub(super) mod saying;

use hypertext::{Buffer, prelude::*};

use super::parts::link::next_page;
use super::parts::list_table::{Heading, list_table};
use super::parts::panel::{Empty, page_head};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// The office log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeLog {
    /// What happened, the newest first.
    pub rows: Vec<LogRow>,
    /// Older events.
    pub next: Option<String>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// Its number in the log of the whole service.
    pub entry: u64,
    /// "Tue 13 Oct 2026, 4:20:07pm"
    pub when: String,
    /// Who did it.
    pub who: String,
    /// What.
    pub what: String,
    /// More of it, a line each.
    pub detail: Vec<String>,
}

impl StaffPage for OfficeLog {
    fn title(&self) -> String {
        "Office log".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::OfficeLog
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            (page_head("Office log", "Who changed what about people, the procedure and the calendars, newest first."))
            @if self.rows.is_empty() { (Empty::new("Nothing has happened before this.")) } @else { (table(&self.rows)) }
            (next_page(self.next.as_deref()))
            p.govuk-body."govuk-!-margin-top-4" {
                "Each line is an entry of the audit log. Whoever runs the service checks that none was altered, removed or reordered with "
                code { "redress audit verify" } "."
            }
        }
        .render_to(out);
    }
}

fn table(rows: &[LogRow]) -> impl Renderable {
    let headings = ["What", "Who", "When", "Entry"].map(Heading::new);
    list_table(
        "What happened in the office, newest first",
        headings,
        maud! { @for row in rows { (row) } },
    )
}

impl Renderable for LogRow {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            tr.govuk-table__row.fc-row role="row" {
                td.govuk-table__cell role="cell" {
                    strong.fc-row__title { (self.what) }
                    @for line in &self.detail { p.fc-row__meta.fc-anywhere."govuk-!-margin-0" { (line) } }
                }
                td.govuk-table__cell role="cell" { span.fc-m.fc-row__meta { "By: " } (self.who) }
                td.govuk-table__cell role="cell" { (self.when) }
                td.govuk-table__cell role="cell" { span.fc-m.fc-row__meta { "Entry: " } (self.entry) }
            }
        }
        .render_to(out);
    }
}

impl OfficeLog {
    /// Some of everything.
    pub fn sample() -> Self {
        let hash = "SHA-256 4352bd854b84660fcdbe27f0c2b09cbc5be3ce2aaa82d26451462834b9acb6f1";
        let rosa = "Rosa Lindqvist";
        Self {
            rows: vec![
                row(
                    5_311,
                    rosa,
                    "Dana Kowalczyk left",
                    &["4 open cases passed to Owen Pritchard"],
                ),
                row(
                    4_902,
                    rosa,
                    "Changed Amara Osei",
                    &[
                        "Job title: was “IT Helpline”, is “Helpline team lead”",
                        "Roles: given frontline manager",
                    ],
                ),
                row(4_377, "Iris Novak", "Changed their own password", &[]),
                row(
                    12,
                    rosa,
                    "Added Dana Kowalczyk, Service Delivery Manager",
                    &["Roles: investigator"],
                ),
                row(
                    1,
                    "The system",
                    "Published the procedure it-services, version 2026.1",
                    &["Valid from Saturday 1 August 2026", hash],
                ),
            ],
            next: Some("/staff/settings/log?before=7".to_owned()),
        }
    }

    /// Read past its beginning.
    pub fn sample_empty() -> Self {
        Self {
            rows: Vec::new(),
            next: None,
        }
    }
}

fn row(entry: u64, who: &str, what: &str, detail: &[&str]) -> LogRow {
    LogRow {
        entry,
        when: "Tue 13 Oct 2026, 4:20:07pm".to_owned(),
        who: who.to_owned(),
        what: what.to_owned(),
        detail: detail.iter().map(|line| (*line).to_owned()).collect(),
    }
}
