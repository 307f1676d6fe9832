//! Extend a deadline: why, until when, and what the person will read (R64, R76, A10).

use hypertext::{Buffer, prelude::*};

use super::parts::case_head::{CaseBrief, act_head, clock_panel};
use super::parts::form::{FormState, Pick};
use super::parts::letter::Letter;
use super::parts::notice::caution;
use super::parts::panel::panel;
use super::paths;
use crate::page::form::{Button, ButtonStyle};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::page::timeline::paragraphs;

/// Extend a deadline. Fields: `reason_code`, `reason`, `new_date`. Buttons send `step`: preview, send.
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
    /// What was typed so far; a new form holds `new_date` with the suggested date.
    pub form: FormState,
}

/// Somebody asked for more time: grant it or not. Fields: `answer` (grant, refuse), `reason`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoreTimeAsked {
    /// Which case.
    pub case: CaseBrief,
    /// How much: "2 working days more than the present date".
    pub asked: String,
    /// Why, in words for the person who complained.
    pub reason: String,
    /// Why it cannot be granted any more: then only a refusal is left.
    pub refused: Option<String>,
    /// The notice that goes out if it is granted.
    pub notice: Option<Letter>,
    /// What was chosen so far.
    pub form: FormState,
}

impl StaffPage for MoreTimeAsked {
    fn title(&self) -> String {
        format!("More time asked for: {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::AllCases
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (act_head(&self.case, "Decide on the request for more time", &self.form.errors))
            div.fc-case.fc-case--act {
                div {
                    (panel("asked", &self.asked, maud! { div.fc-prose { (paragraphs(&self.reason)) } }))
                    @if let Some(refused) = &self.refused { (caution(refused)) }
                    (self.fields(shell))
                    @if let Some(notice) = &self.notice { (panel("notice", "What they will read if you grant it", notice)) }
                }
                aside.fc-rail aria-label="Deadline" { (clock_panel(&self.case)) }
            }
        }
        .render_to(out);
    }
}

impl MoreTimeAsked {
    fn fields<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            form.fc-panel method="post" action=(paths::case_act(&self.case.reference, "extend")) novalidate {
                div.fc-panel__body {
                    (shell.fields(&self.form))
                    (self.form.radios("answer", "What do you decide?", &self.answers()))
                    (self.form.area("reason", "Why not?").rows(3).hint("If you refuse. Staff only."))
                    div.fc-compose__foot { (Button::new("Confirm")) a.govuk-link href=(self.case.href) { "Cancel" } }
                }
            }
        }
    }

    fn answers(&self) -> Vec<Pick> {
        let told = format!("{} is told why, and the new date.", self.case.person_first());
        let grant = self
            .refused
            .is_none()
            .then(|| Pick::with_hint("grant", "Grant more time", &told));
        grant
            .into_iter()
            .chain([Pick::with_hint("refuse", "Refuse", "The date stays as it is.")])
            .collect()
    }

    /// Asked by the investigator.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample_stage_2(),
            asked: "5 working days more than the present date".to_owned(),
            reason: "The supplier is sending us the migration records on Monday.".to_owned(),
            refused: None,
            notice: Some(Letter::sample_extension()),
            form: FormState::fresh("t-1"),
        }
    }

    /// Refused without a reason, when the date has passed.
    pub fn sample_errors() -> Self {
        Self {
            refused: Some(
                "The decision was due on Thursday 15 October 2026, so it is late and cannot be extended any more."
                    .to_owned(),
            ),
            notice: None,
            form: FormState::fresh("t-2")
                .answered(&[("answer", "refuse")])
                .wrong("reason", "Say why not, so that the person who asked knows"),
            ..Self::sample()
        }
    }
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
            (act_head(&self.case, "Extend the deadline", &self.form.errors))
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
                    @if !self.reasons.is_empty() { (self.form.radios("reason_code", "Why can we not decide in time?", &self.reasons)) }
                    (self.form.area("reason", "Say why in your own words").rows(3)
                        .hint(format!("{} reads this in the notice.", self.case.person_first())))
                    (self.form.date("new_date", "New date").hint(format!("A working day after {}.", self.due_now)))
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
                ("reason_code", "waiting-third-party"),
                ("reason", "The supplier is sending us the migration records on Monday and I cannot answer your second point without them."),
                ("new_date", "2026-10-22"),
            ]),
        }
    }

    /// The date is a Saturday, and too far away.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("e-2")
            .answered(&[("new_date", "2026-11-28")])
            .wrong("reason_code", "Choose why")
            .wrong("reason", "Say why, so that they can understand it")
            .wrong(
                "new_date",
                "Choose a working day no later than Thursday 29 October 2026",
            );
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
