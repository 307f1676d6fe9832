//! Finish a review: when it was held and who was there; its figures are frozen with it (R42, A34).

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, error_summary};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::checks::{Check, checks};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::{Link, back_link};
use crate::staff::parts::panel::{page_head, panel};
use crate::staff::paths;

/// The form. Fields: `held_on`, `present` (several), `others`, `next_review`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finish {
    /// "2026-09".
    pub code: String,
    /// "September 2026".
    pub month: String,
    /// What was looked at, and what was not yet.
    pub checks: Vec<Check>,
    /// Members of staff who may have been there.
    pub people: Vec<Pick>,
    /// What was typed so far.
    pub form: FormState,
}

impl StaffPage for Finish {
    fn title(&self) -> String {
        format!("Finish the review of {}", self.month)
    }

    fn nav(&self) -> Nav {
        Nav::Review
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (error_summary(&self.form.errors))
            (back_link(&Link::new(&format!("Review of {}", self.month), &paths::review(&self.code))))
            (page_head(&format!("Finish the review of {}", self.month), "Figures and lists are frozen as they are now, and nothing more is noted."))
            div.fc-narrow {
                @if !self.checks.is_empty() { (panel("checks", "Before you finish", checks(&self.checks))) }
                form.fc-panel method="post" action=(paths::review_act(&self.code, "finish")) novalidate {
                    div.fc-panel__body {
                        (shell.fields(&self.form))
                        (self.form.date("held_on", "When was it held?"))
                        div.fc-columns { (self.form.boxes("present", "Who was there?", &self.people)) }
                        (self.form.text("others", "Who else?").hint("Guests, by name or office"))
                        (self.form.area("next_review", "What is taken into the next review?").rows(3))
                        div.fc-compose__foot {
                            (Button::new("Freeze and finish"))
                            a.govuk-link href=(paths::review(&self.code)) { "Cancel" }
                        }
                    }
                }
            }
        }
        .render_to(out);
    }
}

impl Finish {
    /// Filled in.
    pub fn sample() -> Self {
        Self {
            code: "2026-09".to_owned(),
            month: "September 2026".to_owned(),
            checks: vec![
                Check::passed("52 cases are listed, and 52 were counted"),
                Check::look("3 of 8 cases to discuss have no note"),
                Check::look("2 recommendations wait for senior management"),
            ],
            people: Pick::list(&[
                ("7", "Helen Marsh, Head of Customer Services"),
                ("8", "Samir Haddad, Director of IT Services"),
            ]),
            form: FormState::fresh("f-1").answered(&[("held_on", "2026-10-14"), ("present", "7")]),
        }
    }

    /// A day in the month itself, and nobody there.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("f-2")
            .answered(&[("held_on", "2026-09-30")])
            .wrong(
                "held_on",
                "Enter the day of the meeting: after the month, and not in the future",
            )
            .wrong("present", "Tick who was there");
        Self { form, ..Self::sample() }
    }
}
