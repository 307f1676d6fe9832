//! The decision as it will be sent, before anything is sent.

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, ButtonStyle, Errors};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::case_head::{CaseBrief, act_head, clock_panel};
use crate::staff::parts::checks::{Check, checks};
use crate::staff::parts::form::FormState;
use crate::staff::parts::letter::Letter;
use crate::staff::parts::panel::panel;
use crate::staff::paths;

/// The decision before it is sent. Carries every answer of the form as hidden fields. Buttons send `step`: send, change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidePreview {
    /// Which case.
    pub case: CaseBrief,
    /// "This goes to p.nair@student.calderbrook.example by email." or "This is kept as what you said on the phone."
    pub goes: String,
    /// The letter.
    pub letter: Letter,
    /// What was looked at in it (P35). Something missing keeps the button away.
    pub checks: Vec<Check>,
    /// What else happens: "The case is closed." "Job F0981334 is updated."
    pub then: Vec<String>,
    /// Whether it can be sent now.
    pub ready: bool,
    /// The answers to carry.
    pub form: FormState,
}

impl StaffPage for DecidePreview {
    fn title(&self) -> String {
        format!("Check the decision on {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (act_head(&self.case, "Check before you send", &Errors::none()))
            div.fc-case.fc-case--signoff {
                div { (self.letter) }
                aside.fc-rail.fc-noprint aria-label="Deadline, checks and sending" {
                    (clock_panel(&self.case))
                    (panel("send", "Send it?", self.send(shell)))
                    (panel("chk", "Checks on the letter", checks(&self.checks)))
                }
            }
        }
        .render_to(out);
    }
}

impl DecidePreview {
    fn send<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            p.govuk-body { (self.goes) }
            ul.govuk-list.govuk-list--bullet { @for line in &self.then { li { (line) } } }
            form.fc-actions method="post" action=(paths::case_act(&self.case.reference, "decide")) {
                (shell.fields(&self.form))
                (self.form.answers.hidden(&["csrf", "once", "seen", "step"]))
                @if self.ready { (Button::new("Send decision and close").sends("step", "send")) }
                (Button::new("Change something").style(ButtonStyle::Secondary).sends("step", "change"))
            }
        }
    }

    /// Ready to go.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample(),
            goes: "This goes to p.nair@student.calderbrook.example by email, and to her tracking page.".to_owned(),
            letter: Letter::sample_stage_1(),
            checks: vec![
                Check::passed("Gives the decision first"),
                Check::passed("Says sorry, and what for"),
                Check::passed("Says what we have done"),
                Check::passed("Says how to ask for stage 2"),
                Check::look("Names a place: “Main Library”. Fine if it is not a person"),
            ],
            then: vec!["The case is closed.".to_owned(), "Job F0981334 is updated.".to_owned()],
            ready: true,
            form: FormState::fresh("d-3").answered(&[
                ("outcome", "upheld"),
                ("found", "Two Wi-Fi points restarted."),
                ("step", "preview"),
            ]),
        }
    }

    /// Something is missing.
    pub fn sample_missing() -> Self {
        let mut page = Self::sample();
        page.checks[1] = Check::missing("It does not say sorry. The outcome is upheld, so it must");
        page.ready = false;
        page
    }
}
