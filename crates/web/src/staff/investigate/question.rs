//! A form of an investigation as plain words: its questions, what was typed so far, what its button does.

use hypertext::prelude::*;

use crate::page::form::{Button, ButtonStyle, Layout, Width};
use crate::page::staff_shell::StaffShell;
use crate::staff::parts::form::{FormState, Pick};

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The field that it fills.
    pub name: String,
    /// The question.
    pub label: String,
    /// What helps to answer it, with who sees the answer.
    pub hint: String,
    /// How it is answered.
    pub by: Answer,
}

/// How a question is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// In a line.
    Line,
    /// In several lines.
    Words,
    /// With a day.
    Day,
    /// With a time of the day.
    Time,
    /// With one of a few.
    One(Vec<Pick>),
    /// With one of a list that opens.
    List(Vec<Pick>),
    /// With any of a few.
    Several(Vec<Pick>),
    /// With files; how much is taken of them.
    Files(String),
}

impl Question {
    /// A question without a hint.
    pub fn new(name: &str, label: &str, by: Answer) -> Self {
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            hint: String::new(),
            by,
        }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(self, hint: &str) -> Self {
        Self {
            hint: hint.to_owned(),
            ..self
        }
    }
}

/// A form: every one sends `step`, which says what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskForm {
    /// What it is for, as the field `step` says it.
    pub step: String,
    /// Its heading.
    pub heading: String,
    /// What to know before.
    pub intro: String,
    /// Its questions.
    pub questions: Vec<Question>,
    /// What its button does.
    pub button: String,
    /// What was typed so far.
    pub state: FormState,
}

impl TaskForm {
    /// Draws the form; the first of a page has the one primary button.
    pub(super) fn draw<'a>(
        &'a self,
        shell: &'a StaffShell,
        action: &'a str,
        style: ButtonStyle,
    ) -> impl Renderable + 'a {
        maud! {
            @if !self.intro.is_empty() { p.govuk-body { (self.intro) } }
            form method="post" action=(action) enctype=[self.takes_files().then_some("multipart/form-data")] novalidate {
                (shell.fields(&self.state))
                @for question in &self.questions { (self.ask(question)) }
                div.fc-compose__foot { (Button::new(self.button.as_str()).style(style).sends("step", self.step.as_str())) }
            }
        }
    }

    fn takes_files(&self) -> bool {
        self.questions
            .iter()
            .any(|question| matches!(question.by, Answer::Files(_)))
    }

    fn ask<'a>(&'a self, question: &'a Question) -> impl Renderable + 'a {
        let Question { name, label, hint, by } = question;
        let (form, hint) = (&self.state, hint.as_str());
        maud! {
            @match by {
                Answer::Line => { (form.text(name, label).hint(hint)) }
                Answer::Words => { (form.area(name, label).rows(4).hint(hint)) }
                Answer::Day => { (form.date(name, label).hint(hint)) }
                Answer::Time => { (form.text(name, label).width(Width::Characters(5)).hint(hint)) }
                Answer::One(picks) => { (form.radios(name, label, picks).layout(Layout::Small).hint(hint)) }
                Answer::List(picks) => { (form.select(name, label, picks).hint(hint)) }
                Answer::Several(picks) => { (form.boxes(name, label, picks).hint(hint)) }
                Answer::Files(limits) => { (form.files(label, limits)) }
            }
        }
    }
}
