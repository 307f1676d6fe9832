//! The outline of a restricted case: when and where it stands, for an auditor, without a word or a name.

use hypertext::{Buffer, prelude::*};

use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::case_head::stub_head;
use crate::staff::parts::facts::{Fact, facts};
use crate::staff::parts::link::{Link, back_link};
use crate::staff::parts::panel::panel;
use crate::staff::paths;

/// What an auditor sees of a restricted case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseOutline {
    /// The reference.
    pub reference: String,
    /// A line manager has it, and nobody here can read it.
    pub is_sealed: bool,
    /// Where whoever chases it goes, or reads it all the same.
    pub ways: Vec<Link>,
    /// Where it stands who has seen it, for those who may read that.
    pub seen_by: Option<Link>,
    /// When it came, where it stands, its dates.
    pub facts: Vec<Fact>,
    /// What happened, newest first.
    pub steps: Vec<OutlineStep>,
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineStep {
    /// Its number within the case.
    pub number: u32,
    /// "Tue 13 Oct 2026, 4:20:07pm"
    pub when: String,
    /// The complainant, the system, or a number of staff.
    pub who: String,
    /// The name of the event in the log.
    pub what: String,
}

impl StaffPage for CaseOutline {
    fn title(&self) -> String {
        format!("{}, handled separately", self.reference)
    }

    fn nav(&self) -> Nav {
        Nav::AllCases
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            (back_link(&Link::new("All open cases", paths::CASES)))
            (stub_head(&self.reference, "Feedback, handled separately"))
            @if self.is_sealed {
                p.govuk-body { "A line manager deals with this case, by email. Nobody here can read it. You see when what happened, and no word and no name. That you looked is on record." }
            } @else {
                p.govuk-body { "This case is restricted. An auditor sees when what happened, and no word and no name. That you looked is on record." }
            }
            @for way in &self.ways { p.govuk-body { (way) } }
            @if let Some(seen_by) = &self.seen_by { p.govuk-body { (seen_by) } }
            (panel("outline", "Where it stands", facts(&self.facts)))
            (panel("steps", "Every event", steps(&self.steps)))
        }
        .render_to(out);
    }
}

fn steps(steps: &[OutlineStep]) -> impl Renderable {
    maud! {
        div.fc-table tabindex="0" role="region" aria-label="Every event, table" {
            table.govuk-table {
                thead.govuk-table__head {
                    tr.govuk-table__row {
                        th.govuk-table__header.govuk-table__header--numeric scope="col" { "Number" }
                        th.govuk-table__header scope="col" { "When" }
                        th.govuk-table__header scope="col" { "Who" }
                        th.govuk-table__header scope="col" { "Event" }
                    }
                }
                tbody.govuk-table__body {
                    @for step in steps {
                        tr.govuk-table__row {
                            td.govuk-table__cell.govuk-table__cell--numeric { (step.number) }
                            td.govuk-table__cell.fc-nowrap { (step.when) }
                            td.govuk-table__cell { (step.who) }
                            td.govuk-table__cell { code { (step.what) } }
                        }
                    }
                }
            }
        }
    }
}

impl CaseOutline {
    /// With a line manager.
    pub fn sample_sealed() -> Self {
        Self {
            is_sealed: true,
            ways: vec![
                Link::new(
                    "Where it stands, and handing it on",
                    &paths::case_act("FC-10493", "handover"),
                ),
                Link::new("Open it all the same", &paths::case_act("FC-10493", "opening")),
            ],
            seen_by: Some(Link::new("Who has seen this", &paths::case_act("FC-10482", "seen"))),
            ..Self::sample()
        }
    }

    /// At stage 1.
    pub fn sample() -> Self {
        let step = |number, when: &str, who: &str, what: &str| OutlineStep {
            number,
            when: when.to_owned(),
            who: who.to_owned(),
            what: what.to_owned(),
        };
        Self {
            reference: "FC-10493".to_owned(),
            is_sealed: false,
            ways: Vec::new(),
            seen_by: None,
            facts: vec![
                Fact::new("Received", "Tuesday 13 October 2026, 9:02am"),
                Fact::new("Stands", "Open at stage 1"),
                Fact::new("Decision, stage 1", "Due by the end of Friday 16 October 2026, not yet"),
            ],
            steps: vec![
                step(5, "Tue 13 Oct 2026, 4:20:07pm", "Staff number 5", "case.assigned"),
                step(4, "Tue 13 Oct 2026, 4:20:07pm", "Staff number 5", "staff.named"),
                step(1, "Tue 13 Oct 2026, 9:02:11am", "The complainant", "case.received"),
            ],
        }
    }
}
