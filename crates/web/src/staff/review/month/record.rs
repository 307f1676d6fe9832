//! What is on record about the review itself: frozen, held, finished, and what was corrected afterwards (R42, A34).

use hypertext::prelude::*;

use super::MonthPage;
use crate::page::form::{Button, ButtonStyle};
use crate::page::staff_shell::StaffShell;
use crate::staff::parts::facts::{Fact, facts};
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::parts::panel::panel;
use crate::staff::paths;

/// What is on record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Begun, frozen, held, who was there, finished.
    pub facts: Vec<Fact>,
    /// SHA-256 of what was frozen.
    pub hash: Option<String>,
    /// The last checkpoint of the log that was signed in the month.
    pub checkpoint: Option<MonthCheckpoint>,
    /// Corrections, in order.
    pub corrections: Vec<Correction>,
    /// Numbers that have changed since they were stated last: name, was, is.
    pub changed: Vec<(String, u32, u32)>,
    /// Records them as a correction. Field: `reason`. Only for somebody who may, and only where something changed.
    pub restate: Option<FormState>,
}

/// The checkpoint that is printed with the pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthCheckpoint {
    /// "At the end of September 2026 the log had 4,211 entries."
    pub words: String,
    /// The signed note.
    pub note: String,
    /// Where every published one is, with the public key.
    pub published: Link,
}

/// A correction of frozen figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// "Monday 20 July 2026, 10am: a complaint of 30 June was logged late".
    pub words: String,
    /// Each number: name, was, is.
    pub changes: Vec<(String, u32, u32)>,
}

pub(super) fn record<'a>(page: &'a MonthPage, shell: &'a StaffShell) -> impl Renderable + 'a {
    let record = &page.record;
    let freeze = page.hold.as_ref().and_then(|hold| hold.freeze.as_ref());
    maud! {
        @if !record.facts.is_empty() {
            (panel("record", "On record", maud! {
                (facts(&record.facts))
                @if let Some(hash) = &record.hash {
                    p.fc-hash."govuk-!-margin-top-3" { "SHA-256 of the frozen pack: " code { (hash) } }
                }
                @if let Some(form) = freeze {
                    form.fc-noprint."govuk-!-margin-top-4" method="post" action=(paths::review_act(&page.code, "freeze")) {
                        (shell.fields(form))
                        p { "Freeze the figures so that everybody looks at the same numbers. Finishing freezes them too." }
                        (Button::new("Freeze the figures").style(ButtonStyle::Secondary))
                    }
                }
            }))
        }
        @if let Some(checkpoint) = &record.checkpoint { (printed(checkpoint)) }
        @if !record.corrections.is_empty() || !record.changed.is_empty() { (corrections(page, shell)) }
    }
}

fn printed(checkpoint: &MonthCheckpoint) -> impl Renderable {
    maud! {
        (panel("checkpoint", "Checkpoint of the record", maud! {
            p { (checkpoint.words) }
            pre.fc-code tabindex="0" aria-label="Checkpoint" { code { (checkpoint.note) } }
            p."govuk-!-margin-0" {
                "Keep a print of this outside the office. If anything before it is altered, removed or put back to an earlier day, this text shows it. "
                (checkpoint.published)
            }
        }))
    }
}

fn corrections<'a>(page: &'a MonthPage, shell: &'a StaffShell) -> impl Renderable + 'a {
    let record = &page.record;
    maud! {
        (panel("corrections", "Corrections", maud! {
            @for correction in &record.corrections {
                p { (correction.words) }
                (changes("What was corrected", &correction.changes))
            }
            @if !record.changed.is_empty() {
                p { "These numbers have changed since they were stated. What was frozen stays as it was; a correction stands beside it." }
                (changes("Changed since", &record.changed))
                @if let Some(form) = &record.restate {
                    form.fc-noprint."govuk-!-margin-top-4" method="post" action=(paths::review_act(&page.code, "restate")) novalidate {
                        (shell.fields(form))
                        (form.area("reason", "Why did they change?").rows(2))
                        (Button::new("Record the correction").style(ButtonStyle::Secondary))
                    }
                }
            }
        }))
    }
}

fn changes<'a>(caption: &'a str, changes: &'a [(String, u32, u32)]) -> impl Renderable + 'a {
    maud! {
        div.fc-table tabindex="0" role="group" aria-label=(caption) {
            table.govuk-table {
                thead.govuk-table__head {
                    tr.govuk-table__row {
                        th.govuk-table__header scope="col" { "Number" }
                        th.govuk-table__header.govuk-table__header--numeric scope="col" { "Was" }
                        th.govuk-table__header.govuk-table__header--numeric scope="col" { "Is" }
                    }
                }
                tbody.govuk-table__body {
                    @for (name, was, is) in changes {
                        tr.govuk-table__row {
                            td.govuk-table__cell { (name) }
                            td.govuk-table__cell.govuk-table__cell--numeric.fc-num { span.fc-m { "Was: " } (was) }
                            td.govuk-table__cell.govuk-table__cell--numeric.fc-num { span.fc-m { "Is: " } (is) }
                        }
                    }
                }
            }
        }
    }
}
