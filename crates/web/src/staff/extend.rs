//! Extend a deadline: why, until when, and what the person will read (R64, R76, A10).

use hypertext::{Buffer, prelude::*};

use super::parts::case_head::{CaseBrief, act_head, clock_panel};
use super::parts::form::{FormState, Pick};
use super::parts::letter::Letter;
use super::parts::notice::caution;
use super::parts::panel::panel;
use super::paths;
use crate::page::form::{Button, ButtonStyle, error_summary};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// Extend a deadline. Fields: `reason`, `words`, `new_on`. Buttons send `step`: preview, send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extend {
    /// Which case.
    pub case: CaseBrief,
    /// The date now, in full.
    pub due_now: String,
    /// The reason codes of the procedure.
    pub reasons: Vec<Pick>,
    /// What the procedure allows, one sentence each: how far, how often, who approves.
    pub limits: Vec<String>,
    /// Who must approve: nothing when the person may do it alone, else "Helen Marsh must approve this."
    pub approval: Option<String>,
    /// What the button does: "Extend and tell them", "Ask Helen Marsh to approve".
    pub button: String,
    /// Why it cannot be extended at all: then the form is not shown.
    pub refused: Option<String>,
    /// The notice with the words typed so far.
    pub notice: Letter,
    /// What was typed so far; a new handler fills `new_on` with the suggested date.
    pub form: FormState,
}

impl StaffPage for Extend {
    fn title(&self) -> String {
        format!("Extend the deadline of {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (error_summary(&self.form.errors))
            (act_head(&self.case, "Extend the deadline"))
            div.fc-case.fc-case--act {
                div {
                    @match &self.refused {
                        Some(reason) => { (caution(reason)) p.govuk-body { a.govuk-link href=(self.case.href) { "Back to the case" } } }
                        None => { (self.fields(shell)) (panel("notice", "What they will read", &self.notice)) }
                    }
                }
                aside.fc-rail aria-label="Deadline and limits" {
                    (clock_panel(&self.case))
                    (panel("limits", "What the procedure allows", self.limits()))
                }
            }
        }
        .render_to(out);
    }
}

impl Extend {
    fn fields<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            form.fc-panel method="post" action=(paths::case_act(&self.case.reference, "extend")) novalidate {
                div.fc-panel__body {
                    (shell.fields(&self.form))
                    (self.form.radios("reason", "Why can we not decide in time?", &self.reasons))
                    (self.form.area("words", "Say it in your own words").rows(3)
                        .hint(format!("{} reads this in the notice.", self.case.person)))
                    (self.form.date("new_on", "New date").hint(format!("A working day after {}.", self.due_now)))
                    @if let Some(approval) = &self.approval { p.govuk-body { (approval) } }
                    div.fc-compose__foot {
                        (Button::new(self.button.as_str()).sends("step", "send"))
                        (Button::new("Show me the notice").style(ButtonStyle::Secondary).sends("step", "preview"))
                        a.govuk-link href=(self.case.href) { "Cancel" }
                    }
                }
            }
        }
    }

    fn limits(&self) -> impl Renderable {
        maud! { ul.govuk-list.govuk-list--bullet.govuk-body-s { @for limit in &self.limits { li { (limit) } } } }
    }

    /// A stage 2 case.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample_stage_2(),
            due_now: "Thursday 15 October 2026".to_owned(),
            reasons: Pick::list(&[
                ("waiting-third-party", "We are waiting for someone outside IT Services"),
                ("waiting-person", "We are waiting for the person, and they know"),
                ("evidence", "There is more evidence than we thought"),
                ("illness", "Somebody is ill and nobody else can do it"),
                ("other", "Something else"),
            ]),
            limits: vec![
                "At stage 2, at most 10 working days at a time and 20 in all.".to_owned(),
                "A Customer Services Senior Manager approves it.".to_owned(),
                "They must be told before the old date passes.".to_owned(),
                "The clock never pauses.".to_owned(),
            ],
            approval: Some("Helen Marsh must approve this. The notice goes out when she has.".to_owned()),
            button: "Ask Helen Marsh to approve".to_owned(),
            refused: None,
            notice: Letter::sample_extension(),
            form: FormState::fresh("e-1").answered(&[
                ("reason", "waiting-third-party"),
                ("words", "The supplier is sending us the migration records on Monday and I cannot answer your second point without them."),
                ("new_on", "2026-10-22"),
            ]),
        }
    }

    /// The date is a Saturday, and too far away.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("e-2")
            .answered(&[("new_on", "2026-11-28")])
            .wrong("reason", "Choose why")
            .wrong("words", "Say why, so that they can understand it")
            .wrong("new_on", "Choose a working day no later than Thursday 29 October 2026");
        Self {
            form,
            approval: None,
            button: "Extend and tell them".to_owned(),
            ..Self::sample()
        }
    }

    /// Extended once already.
    pub fn sample_refused() -> Self {
        let refused = "This has already been extended once. Ask a senior manager.";
        Self {
            case: CaseBrief::sample(),
            refused: Some(refused.to_owned()),
            ..Self::sample()
        }
    }
}
