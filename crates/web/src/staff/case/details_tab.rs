//! The second tab of a case: every captured field, the points of complaint, and corrections of category and urgency.

use hypertext::prelude::*;

use crate::page::form::{Button, ButtonStyle, Errors};
use crate::page::staff_shell::StaffShell;
use crate::staff::parts::case_head::CaseBrief;
use crate::staff::parts::facts::{Fact, facts};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::panel::panel;
use crate::staff::parts::people_select::{Candidate, people_select};
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;

/// The details tab. Forms to `category` (fields `service`, `problem`), `urgency` (`urgency`, `why`), `point` (`point`) and
/// `vip` (`vip_reason`, `investigator`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetailsTab {
    /// Captured fields, group by group.
    pub sections: Vec<FactSection>,
    /// Points of complaint with their outcomes (P38).
    pub points: Vec<PointView>,
    /// A further point, while one can be added (A25).
    pub add_point: Option<FormState>,
    /// Corrections, for those who may make them.
    pub edit: Option<DetailsEdit>,
    /// Marking a VIP who was recognised late, for those who may (A12).
    pub vip: Option<VipForm>,
}

/// Marking a VIP who was recognised late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VipForm {
    /// What follows, in a sentence.
    pub then: String,
    /// Who could investigate; empty where the case stays at its stage.
    pub investigators: Vec<Candidate>,
    /// What was typed so far.
    pub form: FormState,
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
            (panel("points", "Points of complaint", self.points(shell, case)))
            @for (n, section) in self.sections.iter().enumerate() {
                (panel(&format!("sec-{n}"), &section.heading, facts(&section.facts)))
            }
            @if let Some(edit) = &self.edit { (edit.draw(shell, case)) }
            @if let Some(vip) = &self.vip { (panel("edit-vip", "Mark as VIP", vip.draw(shell, case))) }
        }
    }

    /// What is wrong with the form that was sent, if one was.
    pub(super) fn errors(&self) -> Option<&Errors> {
        let edit = self.edit.as_ref();
        let forms = [
            self.add_point.as_ref(),
            edit.map(|edit| &edit.category),
            edit.map(|edit| &edit.urgency),
            self.vip.as_ref().map(|vip| &vip.form),
        ];
        forms
            .into_iter()
            .flatten()
            .map(|form| &form.errors)
            .find(|errors| !errors.is_empty())
    }

    fn points<'a>(&'a self, shell: &'a StaffShell, case: &'a CaseBrief) -> impl Renderable + 'a {
        maud! {
            (points(&self.points))
            @if let Some(form) = &self.add_point {
                form method="post" action=(paths::case_act(&case.reference, "point")) novalidate {
                    (shell.fields(form))
                    (form.text("point", "Add a point").hint("One thing that they complain of, in one sentence. Each point gets its own answer."))
                    (Button::new("Add point").style(ButtonStyle::Secondary))
                }
            }
        }
    }
}

impl VipForm {
    fn draw<'a>(&'a self, shell: &'a StaffShell, case: &'a CaseBrief) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(paths::case_act(&case.reference, "vip")) novalidate {
                (shell.fields(&self.form))
                p.govuk-body { (self.then) }
                (self.form.text("vip_reason", "How do you know?").hint("Staff only. The person is never told that they are on a list."))
                @if !self.investigators.is_empty() {
                    (people_select(&self.form, "investigator", "Who investigates?", &self.investigators))
                }
                (Button::new("Mark as VIP").style(ButtonStyle::Secondary))
            }
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
                    li { (point.words) " " @if let Some(outcome) = &point.outcome { (outcome) } @else { (Tag::new("Not decided", Tone::Grey)) } }
                }
            }
        }
    }
}
