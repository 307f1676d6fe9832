//! The second tab of a case: every captured field, the points of complaint, and corrections of category and urgency.

use hypertext::prelude::*;

use crate::page::form::{Button, ButtonStyle};
use crate::page::staff_shell::StaffShell;
use crate::staff::parts::case_head::CaseBrief;
use crate::staff::parts::facts::{Fact, facts};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::panel::panel;
use crate::staff::parts::tag::Tag;
use crate::staff::paths;

/// The details tab. Two forms, to `category` (fields `service`, `problem`) and `urgency` (fields `urgency`, `why`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetailsTab {
    /// Captured fields, group by group.
    pub sections: Vec<FactSection>,
    /// Points of complaint with their outcomes (P38).
    pub points: Vec<PointView>,
    /// Corrections, for those who may make them.
    pub edit: Option<DetailsEdit>,
}

/// A group of captured fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactSection {
    /// "Receipt"
    pub heading: String,
    /// Its fields.
    pub facts: Vec<Fact>,
}

/// A point of complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointView {
    /// What they complain of, in one sentence.
    pub words: String,
    /// Its outcome, once decided.
    pub outcome: Option<Tag>,
}

/// Corrections of category and urgency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetailsEdit {
    /// The services.
    pub services: Vec<Pick>,
    /// What can go wrong.
    pub problems: Vec<Pick>,
    /// The urgencies.
    pub urgencies: Vec<Pick>,
    /// The category form.
    pub category: FormState,
    /// The urgency form.
    pub urgency: FormState,
}

impl FactSection {
    /// A group called `heading`.
    pub fn new(heading: &str, facts: Vec<Fact>) -> Self {
        Self {
            heading: heading.to_owned(),
            facts,
        }
    }
}

impl DetailsTab {
    /// Draws the tab.
    pub(super) fn draw<'a>(&'a self, shell: &'a StaffShell, case: &'a CaseBrief) -> impl Renderable + 'a {
        maud! {
            (panel("points", "Points of complaint", points(&self.points)))
            @for (n, section) in self.sections.iter().enumerate() {
                (panel(&format!("sec-{n}"), &section.heading, facts(&section.facts)))
            }
            @if let Some(edit) = &self.edit { (edit.draw(shell, case)) }
        }
    }
}

impl DetailsEdit {
    fn draw<'a>(&'a self, shell: &'a StaffShell, case: &'a CaseBrief) -> impl Renderable + 'a {
        let category = maud! {
            form method="post" action=(paths::case_act(&case.reference, "category")) novalidate {
                (shell.fields(&self.category))
                div.fc-pair {
                    (self.category.select("service", "Service", &self.services))
                    (self.category.select("problem", "What went wrong", &self.problems))
                }
                (Button::new("Save category").style(ButtonStyle::Secondary))
            }
        };
        let urgency = maud! {
            form method="post" action=(paths::case_act(&case.reference, "urgency")) novalidate {
                (shell.fields(&self.urgency))
                (self.urgency.radios("urgency", "Urgency", &self.urgencies).hint("Decides the order of work, not the decision date."))
                (self.urgency.text("why", "Why has it changed?").hint("Staff only."))
                (Button::new("Save urgency").style(ButtonStyle::Secondary))
            }
        };
        maud! {
            (panel("edit-category", "Change the category", &category))
            (panel("edit-urgency", "Change the urgency", &urgency))
        }
    }
}

fn points(points: &[PointView]) -> impl Renderable {
    maud! {
        @if points.is_empty() {
            p.govuk-body { "None have been agreed yet. The whole complaint is decided as one." }
        } @else {
            ol.govuk-list.govuk-list--number {
                @for point in points {
                    li { (point.words) " " @if let Some(outcome) = &point.outcome { (outcome) } @else { span.fc-muted { "Not decided" } } }
                }
            }
        }
    }
}
