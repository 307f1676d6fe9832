//! The fourth tab of a case: every event, and the proof that none was changed or left out (R89).

use hypertext::{Buffer, prelude::*};

use crate::staff::parts::link::{Link, next_page};
use crate::staff::parts::panel::panel;

/// The audit tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditTab {
    /// Events, newest first.
    pub rows: Vec<AuditRow>,
    /// The proof.
    pub proof: AuditProof,
    /// Older events.
    pub next: Option<String>,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its position in the log of the whole service.
    pub position: u64,
    /// "Tue 13 Oct 2026, 4:20:07pm"
    pub when: String,
    /// Who did it, in which role.
    pub who: String,
    /// What happened, in the words of the event.
    pub what: String,
    /// The first characters of the entry's hash.
    pub leaf: String,
}

/// How to prove that the log holds these entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditProof {
    /// "Entry 412 of 5,310, in the checkpoint of Wednesday 14 October 2026, 9:00am."
    pub line: String,
    /// The command that verifies it.
    pub command: String,
    /// The checkpoint and the proof as a file.
    pub download: Option<Link>,
}

impl Renderable for AuditTab {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            (panel("proof", "Proof", &self.proof))
            (panel("events", "Every event", rows(&self.rows)))
            (next_page(self.next.as_deref()))
        }
        .render_to(out);
    }
}

impl Renderable for AuditProof {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            p.govuk-body { (self.line) }
            p.govuk-body { "Anybody with a copy of the log can check it:" }
            pre.fc-code tabindex="0" aria-label="Command to verify" { code { (self.command) } }
            @if let Some(download) = &self.download { p.govuk-body { (download) } }
        }
        .render_to(out);
    }
}

fn rows(rows: &[AuditRow]) -> impl Renderable {
    maud! {
        div.fc-table tabindex="0" role="region" aria-label="Every event, table" {
            table.govuk-table {
                thead.govuk-table__head {
                    tr.govuk-table__row {
                        th.govuk-table__header.govuk-table__header--numeric scope="col" { "Entry" }
                        th.govuk-table__header scope="col" { "When" }
                        th.govuk-table__header scope="col" { "Who" }
                        th.govuk-table__header scope="col" { "What" }
                        th.govuk-table__header scope="col" { "Hash" }
                    }
                }
                tbody.govuk-table__body {
                    @for row in rows {
                        tr.govuk-table__row {
                            td.govuk-table__cell.govuk-table__cell--numeric { (row.position) }
                            td.govuk-table__cell.fc-nowrap { (row.when) }
                            td.govuk-table__cell { (row.who) }
                            td.govuk-table__cell { (row.what) }
                            td.govuk-table__cell { code { (row.leaf) } }
                        }
                    }
                }
            }
        }
    }
}
