//! The fourth tab of a case: every event, and the proof that none was changed or left out (R89).

use hypertext::{Buffer, prelude::*};

use crate::staff::parts::link::{Link, next_page};
use crate::staff::parts::panel::panel;
use crate::staff::parts::table::{Column, Holds, Table};

/// The audit tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditTab {
    /// Events, newest first.
    pub rows: Vec<AuditRow>,
    /// Where it stands who has seen the case, for those who may read that.
    pub seen_by: Option<Link>,
    /// The proof.
    pub proof: AuditProof,
    /// Older events.
    pub next: Option<String>,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its number within the case.
    pub number: u32,
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
    /// "This case has 9 entries in the log. The latest signed checkpoint covers all of them."
    pub line: String,
    /// The command that verifies it.
    pub command: String,
    /// The checkpoint and the proof as a file.
    pub download: Option<Link>,
}

impl Renderable for AuditTab {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            @if let Some(seen_by) = &self.seen_by { p.govuk-body { (seen_by) } }
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

/// The columns of the trail.
const COLUMNS: [Column; 5] = [
    Column::new("Entry", Holds::Number),
    Column::new("When", Holds::Moment),
    Column::new("Who", Holds::Short),
    Column::new("What", Holds::Words),
    Column::new("Hash", Holds::Code),
];

fn rows(rows: &[AuditRow]) -> impl Renderable {
    let row = |row: &AuditRow| {
        let AuditRow {
            number,
            when,
            who,
            what,
            leaf,
        } = row.clone();
        vec![number.to_string(), when, who, what, leaf]
    };
    Table {
        name: "Every event",
        columns: &COLUMNS,
        rows: rows.iter().map(row).collect(),
    }
}
