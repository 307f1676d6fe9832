//! Opening a sealed case by breaking the glass: who asks and why, the second person, the record for an hour (R31, R33).

use hypertext::{Buffer, prelude::*};

use super::parts::case_head::stub_head;
use super::parts::facts::{Fact, facts};
use super::parts::form::{FormState, Pick};
use super::parts::link::{Link, back_link};
use super::parts::panel::panel;
use super::paths;
use crate::page::form::{Button, ButtonStyle, error_summary, hidden};
use crate::page::record::RecordText;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// Where opening a sealed case stands. Forms send `step`; asking has `ground` and `words`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GlassPage {
    /// "FC-10482".
    pub reference: String,
    /// Who asked, why, and what was answered; none where nobody asks.
    pub asked: Option<AskedFacts>,
    /// The form that asks, for those who may now.
    pub ask: Option<AskForm>,
    /// Why nothing can be done, where it cannot.
    pub not_now: Option<String>,
    /// The key of a form, and what is wrong with it.
    pub form: FormState,
}

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedFacts {
    /// Who, when, why.
    pub facts: Vec<Fact>,
    /// What this person can do about it.
    pub can: Can,
}

/// What somebody can do about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Can {
    /// Nothing.
    Nothing,
    /// Take it back: they asked.
    TakeBack,
    /// Agree or refuse: they are the second person.
    Answer,
    /// Read it now, and end that.
    Read,
}

/// The form that asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskForm {
    /// The grounds.
    pub grounds: Vec<Pick>,
}

/// The record, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedPage {
    /// "FC-10482".
    pub reference: String,
    /// Until when, in words.
    pub until: String,
    /// What is read.
    pub record: RecordText,
    /// The key of the form that ends it.
    pub form: FormState,
}

impl StaffPage for GlassPage {
    fn title(&self) -> String {
        format!("Open {} all the same", self.reference)
    }

    fn nav(&self) -> Nav {
        Nav::Sealed
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (back_link(&Link::new(&format!("Case {}", self.reference), &paths::case(&self.reference))))
            (error_summary(&self.form.errors))
            (stub_head(&self.reference, "Open it all the same"))
            @if let Some(asked) = &self.asked { (panel("asked", "Somebody asks to open it", self.asked(shell, asked))) }
            @if let Some(ask) = &self.ask { (panel("ask", "Ask to open it", self.ask(shell, ask))) }
            @if let Some(words) = &self.not_now { p.govuk-body { (words) } }
        }
        .render_to(out);
    }
}

impl GlassPage {
    fn asked<'a>(&'a self, shell: &'a StaffShell, asked: &'a AskedFacts) -> impl Renderable + 'a {
        maud! {
            (facts(&asked.facts))
            @match asked.can {
                Can::Nothing => {}
                Can::TakeBack => {
                    p.govuk-body { "A second person has to agree: a senior manager, or the data protection officer. Tell one of them yourself." }
                    (self.press(shell, "end", "Take it back", ButtonStyle::Secondary))
                }
                Can::Answer => {
                    p.govuk-body { "If you agree, whoever asked reads the whole complaint for an hour: words, names, addresses and files. Agree only if you would say the same to whoever complained." }
                    div.govuk-button-group {
                        (self.press(shell, "agree", "Agree", ButtonStyle::Warning))
                        (self.press(shell, "end", "Refuse", ButtonStyle::Secondary))
                    }
                }
                Can::Read => {
                    p.govuk-body { a.govuk-link href=(format!("{}/read", self.action())) { "Read the complaint" } " Each look is on record." }
                    (self.press(shell, "end", "I have read enough: close it", ButtonStyle::Secondary))
                }
            }
        }
    }

    fn press<'a>(
        &'a self,
        shell: &'a StaffShell,
        step: &'a str,
        words: &'a str,
        style: ButtonStyle,
    ) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(self.action()) novalidate {
                (shell.fields(&self.form))
                (hidden("step", step))
                (Button::new(words).style(style))
            }
        }
    }

    fn ask<'a>(&'a self, shell: &'a StaffShell, ask: &'a AskForm) -> impl Renderable + 'a {
        maud! {
            p.govuk-body { "A line manager deals with this complaint, in confidence. Open it only if there is no other way: whoever complained was told that nobody here reads it." }
            ul.govuk-list.govuk-list--bullet {
                li { "A second person has to agree: a senior manager, or the data protection officer." }
                li { "Then you read it for an hour. Nobody else does." }
                li { "That you asked, who agreed, and each look are on record, where the data protection officer and the auditor see them." }
            }
            form method="post" action=(self.action()) novalidate {
                (shell.fields(&self.form))
                (hidden("step", "ask"))
                (self.form.radios("ground", "Why does it have to be opened?", &ask.grounds))
                (self.form.area("words", "Why, and why now?").rows(3)
                    .hint("The second person reads this. It is kept with the complaint, and not in the job register."))
                div.fc-compose__foot {
                    (Button::new("Ask to open it").style(ButtonStyle::Warning))
                    a.govuk-link href=(paths::case(&self.reference)) { "Cancel" }
                }
            }
        }
    }

    fn action(&self) -> String {
        paths::case_act(&self.reference, "opening")
    }

    /// Nobody asks yet.
    pub fn sample() -> Self {
        Self {
            reference: "FC-10482".to_owned(),
            asked: None,
            ask: Some(AskForm {
                grounds: Pick::list(&[
                    (
                        "holder_gone",
                        "The manager who has it has left, is away, or does not answer",
                    ),
                    ("danger", "Somebody may be in danger"),
                    ("law", "A court, the police or a regulator asks for it"),
                ]),
            }),
            not_now: None,
            form: FormState::fresh("gl-1"),
        }
    }

    /// Sent empty.
    pub fn sample_errors() -> Self {
        Self {
            form: FormState::fresh("gl-2")
                .wrong("ground", "Choose why it has to be opened")
                .wrong("words", "Say in a sentence why it has to be opened, and why now"),
            ..Self::sample()
        }
    }

    /// Before the second person.
    pub fn sample_answer() -> Self {
        Self {
            asked: Some(AskedFacts {
                facts: vec![
                    Fact::new("Who asks", "Ruth Adeyemi, Complaints Coordinator"),
                    Fact::new("Why", "The manager who has it has left, is away, or does not answer"),
                    Fact::new(
                        "In their words",
                        "Their manager left on Friday. We have to know to whom it goes.",
                    ),
                    Fact::new("Since", "Monday 12 October 2026, 9:05am"),
                    Fact::new("Lapses", "Thursday 15 October 2026, 9:05am"),
                ],
                can: Can::Answer,
            }),
            ask: None,
            ..Self::sample()
        }
    }

    /// Before whoever asked, once it is open.
    pub fn sample_open() -> Self {
        Self {
            asked: Some(AskedFacts {
                facts: vec![
                    Fact::new("Who asks", "Ruth Adeyemi, Complaints Coordinator"),
                    Fact::new("Agreed", "Leila Brandt, Monday 12 October 2026, 9:20am"),
                    Fact::new("Open until", "Monday 12 October 2026, 10:20am"),
                ],
                can: Can::Read,
            }),
            ..Self::sample_answer()
        }
    }
}

impl StaffPage for OpenedPage {
    fn title(&self) -> String {
        format!("{}, opened", self.reference)
    }

    fn nav(&self) -> Nav {
        Nav::Sealed
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let opening = paths::case_act(&self.reference, "opening");
        maud! {
            (back_link(&Link::new("Open it all the same", &opening)))
            div.moj-page-header-actions {
                div.moj-page-header-actions__title {
                    p.fc-eyebrow { "In confidence, " span.fc-ref { (self.reference) } }
                    h1.govuk-heading-l { "The complaint" }
                }
            }
            p.govuk-inset-text { "Open to you until " (self.until) ". This look is on record. Copy nothing of it into a case, a note or a job." }
            div.fc-panel { div.fc-panel__body { (self.record) } }
            form method="post" action=(opening) novalidate {
                (shell.fields(&self.form))
                (hidden("step", "end"))
                (Button::new("I have read enough: close it").style(ButtonStyle::Secondary))
            }
        }
        .render_to(out);
    }
}

impl OpenedPage {
    /// With everything that it can hold.
    pub fn sample() -> Self {
        Self {
            reference: "FC-10482".to_owned(),
            until: "10:20am".to_owned(),
            record: RecordText::sample(),
            form: FormState::fresh("gl-3"),
        }
    }
}
