//! Pass a case to someone else; stage and clock stay as they are (R58).

use hypertext::{Buffer, prelude::*};

use super::parts::case_head::{CaseBrief, act_head, clock_panel};
use super::parts::form::FormState;
use super::parts::people_select::{Candidate, people_select};
use super::paths;
use crate::page::form::Button;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// Pass to someone else. Fields: `to`, `note`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assign {
    /// Which case.
    pub case: CaseBrief,
    /// "You have it now."
    pub owner_now: String,
    /// Who could take it.
    pub people: Vec<Candidate>,
    /// What was chosen so far.
    pub form: FormState,
}

impl StaffPage for Assign {
    fn title(&self) -> String {
        format!("Pass {} to someone else", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (act_head(&self.case, "Pass to someone else", &self.form.errors))
            div.fc-case.fc-case--act {
                form.fc-panel method="post" action=(paths::case_act(&self.case.reference, "assign")) novalidate {
                    div.fc-panel__body {
                        (shell.fields(&self.form))
                        p.govuk-body { (self.owner_now) " The stage and the date stay as they are." }
                        (people_select(&self.form, "to", "Who takes it?", &self.people))
                        (self.form.area("note", "What do they need to know?").rows(3).hint("Staff only."))
                        div.fc-compose__foot {
                            (Button::new("Pass it on"))
                            a.govuk-link href=(self.case.href) { "Cancel" }
                        }
                    }
                }
                aside.fc-rail aria-label="Deadline" { (clock_panel(&self.case)) }
            }
        }
        .render_to(out);
    }
}

impl Assign {
    /// Untouched.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample(),
            owner_now: "You have it now.".to_owned(),
            people: super::triage::sample_staff(),
            form: FormState::fresh("a-1"),
        }
    }

    /// Sent without a choice.
    pub fn sample_errors() -> Self {
        Self {
            form: FormState::fresh("a-2").wrong("to", "Choose who takes it"),
            ..Self::sample()
        }
    }
}
