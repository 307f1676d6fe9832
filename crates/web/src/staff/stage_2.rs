//! Move a case to stage 2: why, who investigates, and the new date (R53-R55, R69-R71).

use hypertext::{Buffer, prelude::*};

use super::parts::case_head::{CaseBrief, act_head, clock_panel};
use super::parts::form::{FormState, Pick};
use super::parts::panel::panel;
use super::parts::people_select::{Candidate, people_select};
use super::paths;
use crate::page::form::Button;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// Move to stage 2. Fields: `reason` (complex, high_risk, needs_investigation), `note`, `investigator`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveToStage2 {
    /// Which case.
    pub case: CaseBrief,
    /// Who could investigate, with conflicts of interest.
    pub investigators: Vec<Candidate>,
    /// The new clock, in sentences: which date, counted from when (A12, A18).
    pub new_clock: String,
    /// What the person is told and when.
    pub told: String,
    /// What was chosen so far.
    pub form: FormState,
}

impl StaffPage for MoveToStage2 {
    fn title(&self) -> String {
        format!("Move {} to stage 2", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (act_head(&self.case, "Move to stage 2", &self.form.errors))
            div.fc-case.fc-case--act {
                form.fc-panel method="post" action=(paths::case_act(&self.case.reference, "stage-2")) novalidate {
                    div.fc-panel__body {
                        (shell.fields(&self.form))
                        (self.form.radios("reason", "Why does it need stage 2?", &reasons()))
                        (self.form.area("note", "Say why").rows(3)
                            .hint("Staff only: the monthly review reads it."))
                        (people_select(&self.form, "investigator", "Who investigates?", &self.investigators))
                        p.govuk-body-s.fc-muted {
                            "Is it a VIP complaint? " a.govuk-link href=(paths::case_act(&self.case.reference, "details")) { "Mark them as VIP" }
                            " instead: that moves the case, too."
                        }
                        div.fc-compose__foot {
                            (Button::new("Move and tell them"))
                            a.govuk-link href=(self.case.href) { "Cancel" }
                        }
                    }
                }
                aside.fc-rail aria-label="Deadline now and then" {
                    (clock_panel(&self.case))
                    (panel("then", "What changes", maud! { p.govuk-body { (self.new_clock) } p.govuk-body { (self.told) } }))
                }
            }
        }
        .render_to(out);
    }
}

/// A VIP is not among them: marking one, on the details tab, moves the case by itself (R55).
fn reasons() -> Vec<Pick> {
    Pick::list(&[
        ("complex", "It is particularly complex"),
        ("high_risk", "The risk is high"),
        ("needs_investigation", "It needs a detailed investigation"),
    ])
}

impl MoveToStage2 {
    /// Untouched.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample(),
            investigators: super::triage::sample_investigators(),
            new_clock: "Stage 1 ends without a decision. The decision at stage 2 is due by the end of Monday 9 November 2026: 20 \
                        working days, counted from the day we received the complaint."
                .to_owned(),
            told: "We tell Priya today, with the new date and who investigates. She hears from us at least every 5 working days."
                .to_owned(),
            form: FormState::fresh("s-1"),
        }
    }

    /// Sent without a reason, to somebody with a conflict.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("s-2")
            .answered(&[("investigator", "t.birch")])
            .wrong("reason", "Choose why it needs stage 2")
            .wrong(
                "investigator",
                "Tom made the stage 1 decision, so Tom cannot investigate it. Choose someone else",
            );
        Self { form, ..Self::sample() }
    }
}
