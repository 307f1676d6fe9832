//! Somebody asks for stage 2: accept, or refuse with a reason that they are told (R67, R68, A19, A20).

use hypertext::{Buffer, prelude::*};

use super::parts::case_head::{CaseBrief, act_head, clock_panel};
use super::parts::checks::{Check, checks};
use super::parts::form::{FormState, Pick};
use super::parts::panel::panel;
use super::parts::people_select::{Candidate, people_select};
use super::paths;
use crate::page::form::Button;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::page::timeline::paragraphs;

/// A request for stage 2. Fields: `answer` (accept, refuse), `investigator`, `reason`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Escalation {
    /// Which case.
    pub case: CaseBrief,
    /// When and how they asked.
    pub asked: String,
    /// What they wrote; they need not say why.
    pub words: Option<String>,
    /// The gate: what the procedure asks for, each point looked at.
    pub gate: Vec<Check>,
    /// The new clock if accepted.
    pub new_clock: String,
    /// Who could investigate.
    pub investigators: Vec<Candidate>,
    /// What was chosen so far.
    pub form: FormState,
}

impl StaffPage for Escalation {
    fn title(&self) -> String {
        format!("Stage 2 asked for: {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::AllCases
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (act_head(&self.case, &format!("{} asks for stage 2", rules::sentence::capital(&self.case.person)), &self.form.errors))
            div.fc-case.fc-case--act {
                div {
                    (panel("asked", &self.asked, self.request()))
                    form.fc-panel.fc-reveal method="post" action=(paths::case_act(&self.case.reference, "escalation")) novalidate {
                        div.fc-panel__body {
                            (shell.fields(&self.form))
                            (self.form.radios("answer", "What do you decide?", &self.answers()))
                            div.fc-reveal__accept { (people_select(&self.form, "investigator", "Who investigates?", &self.investigators)) }
                            div.fc-reveal__refuse {
                                (self.form.area("reason", "Why not?").rows(3)
                                    .hint(format!("If you refuse. {} reads this, and it is listed in the monthly review.", self.case.person_first())))
                            }
                            div.fc-compose__foot {
                                (Button::new("Confirm and tell them"))
                                a.govuk-link href=(self.case.href) { "Cancel" }
                            }
                        }
                    }
                }
                aside.fc-rail aria-label="Deadline and conditions" {
                    (clock_panel(&self.case))
                    (panel("gate", "What the procedure asks for", checks(&self.gate)))
                }
            }
        }
        .render_to(out);
    }
}

impl Escalation {
    fn request(&self) -> impl Renderable {
        maud! {
            div.fc-prose {
                @match &self.words {
                    Some(words) => { (paragraphs(words)) }
                    None => { p.fc-muted { "They did not say why. They do not have to; ring them if you need to know." } }
                }
            }
        }
    }

    fn answers(&self) -> Vec<Pick> {
        vec![
            Pick::with_hint("accept", "Accept: investigate at stage 2", &self.new_clock),
            Pick::with_hint(
                "refuse",
                "Refuse",
                "The stage 1 decision stands. They are told why and where else they can go.",
            ),
        ]
    }

    /// With words, in time.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample_decided(),
            asked: "Asked on Tuesday 13 October 2026, on the tracking page".to_owned(),
            words: Some(
                "You say it was the queue. Nobody told me there was a queue.\n\nI missed the deadline because of it."
                    .to_owned(),
            ),
            gate: vec![
                Check::passed("A stage 1 decision was sent on Friday 9 October 2026"),
                Check::passed("Asked for within 20 working days"),
                Check::passed("You did not make the stage 1 decision"),
            ],
            new_clock: "A new clock of 20 working days: decision due Tuesday 10 November 2026.".to_owned(),
            investigators: super::triage::sample_investigators(),
            form: FormState::fresh("x-1"),
        }
    }

    /// Asked late and without words; refused without a reason.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("x-2")
            .answered(&[("answer", "refuse")])
            .wrong("reason", "Say why, so that we can tell them");
        let mut page = Self {
            words: None,
            form,
            ..Self::sample()
        };
        page.gate[1] = Check::look("Asked for after 26 working days. Late requests are never refused for that alone");
        page
    }
}

/// Somebody writes down that the person asked for stage 2 (R67). Fields: `channel`, `words`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskForStage2 {
    /// Which case.
    pub case: CaseBrief,
    /// Until when they can ask, in a sentence.
    pub until: String,
    /// How they asked.
    pub ways: Vec<Pick>,
    /// What was typed so far.
    pub form: FormState,
}

impl StaffPage for AskForStage2 {
    fn title(&self) -> String {
        format!("Stage 2 asked for: {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::AllCases
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (act_head(&self.case, &format!("{} asks for stage 2", rules::sentence::capital(&self.case.person)), &self.form.errors))
            div.fc-case.fc-case--act {
                form.fc-panel method="post" action=(paths::case_act(&self.case.reference, "ask-stage-2")) novalidate {
                    div.fc-panel__body {
                        (shell.fields(&self.form))
                        p.govuk-body { (self.until) }
                        (self.form.radios("channel", "How did they ask?", &self.ways))
                        (self.form.area("words", "What did they say?").rows(4).hint("They need not give a reason."))
                        div.fc-compose__foot { (Button::new("Keep the request")) a.govuk-link href=(self.case.href) { "Cancel" } }
                    }
                }
                aside.fc-rail aria-label="Deadline" { (clock_panel(&self.case)) }
            }
        }
        .render_to(out);
    }
}

impl AskForStage2 {
    /// Untouched.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample_decided(),
            until: "They can ask until Friday 6 November 2026. A later request is kept too, and marked as late."
                .to_owned(),
            ways: Pick::list(&[("phone", "Phone"), ("email", "Email"), ("in_person", "In person")]),
            form: FormState::fresh("y-1"),
        }
    }

    /// Sent without saying how they asked.
    pub fn sample_errors() -> Self {
        Self {
            form: FormState::fresh("y-2").wrong("channel", "Choose how they asked"),
            ..Self::sample()
        }
    }
}
