//! What a staff form holds between two requests: the answers as typed, what to do about them, and the key against double presses.

use hypertext::prelude::*;

use super::answers::Answers;
use crate::page::form::{
    Checkboxes, Choice, Errors, FileInput, FileReceived, InputKind, LabelSize, Layout, Radios, Select, TextInput,
    Textarea, hidden,
};

/// The answers of one form, the errors in them and its idempotency key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormState {
    /// What was typed, exactly.
    pub answers: Answers,
    /// What to do about it, in the order of the page. A form is shown with errors under status 422.
    pub errors: Errors,
    /// Sent back as `once`: the same key twice is the same act, so a double press is safe.
    pub once: String,
    /// Files that we have already, because the form was sent once before.
    pub received: Vec<FileReceived>,
}

/// One of several answers to a question, as a list offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// What the form sends.
    pub value: String,
    /// The words.
    pub label: String,
    /// A sentence beneath the words.
    pub hint: Option<String>,
}

impl Pick {
    /// An answer without a hint.
    pub fn new(value: &str, label: &str) -> Self {
        Self {
            value: value.to_owned(),
            label: label.to_owned(),
            hint: None,
        }
    }

    /// An answer with a sentence beneath it.
    pub fn with_hint(value: &str, label: &str, hint: &str) -> Self {
        Self {
            value: value.to_owned(),
            label: label.to_owned(),
            hint: Some(hint.to_owned()),
        }
    }

    /// Answers from pairs of value and words.
    pub fn list(pairs: &[(&str, &str)]) -> Vec<Self> {
        pairs.iter().map(|(value, label)| Self::new(value, label)).collect()
    }

    fn choice(&self) -> Choice<'_> {
        let choice = Choice::new(self.value.as_str(), self.label.as_str());
        match &self.hint {
            Some(hint) => choice.hint(hint.as_str()),
            None => choice,
        }
    }
}

impl FormState {
    /// An untouched form with the key `once`.
    pub fn fresh(once: &str) -> Self {
        Self {
            once: once.to_owned(),
            ..Self::default()
        }
    }

    /// The same form with these answers.
    #[must_use]
    pub fn answered(mut self, pairs: &[(&str, &str)]) -> Self {
        self.answers = Answers::of(pairs);
        self
    }

    /// The same form with one more thing to put right.
    #[must_use]
    pub fn wrong(mut self, field: &str, message: &str) -> Self {
        self.errors.add(field, message);
        self
    }

    /// A one-line field.
    pub fn text<'a>(&'a self, name: &'a str, label: &'a str) -> TextInput<'a> {
        TextInput::new(name, label)
            .size(LabelSize::Small)
            .value(self.answers.get(name))
            .error(self.errors.on(name))
    }

    /// A date field of the browser.
    pub fn date<'a>(&'a self, name: &'a str, label: &'a str) -> TextInput<'a> {
        self.text(name, label)
            .kind(InputKind::Date)
            .width(crate::page::form::Width::Characters(10))
    }

    /// A box for several lines.
    pub fn area<'a>(&'a self, name: &'a str, label: &'a str) -> Textarea<'a> {
        Textarea::new(name, label)
            .size(LabelSize::Small)
            .value(self.answers.get(name))
            .error(self.errors.on(name))
    }

    /// A list that opens, with "Choose" in front so that the answer is given on purpose.
    pub fn select<'a>(&'a self, name: &'a str, label: &'a str, picks: &'a [Pick]) -> Select<'a> {
        let first = std::iter::once(("", "Choose"));
        let options = first.chain(picks.iter().map(|pick| (pick.value.as_str(), pick.label.as_str())));
        Select::new(name, label, options)
            .size(LabelSize::Small)
            .chosen(self.answers.get(name))
            .error(self.errors.on(name))
    }

    /// A list that opens, with "Any" in front: for questions that narrow a list.
    pub fn any_of<'a>(&'a self, name: &'a str, label: &'a str, picks: &'a [Pick]) -> Select<'a> {
        let first = std::iter::once(("", "Any"));
        let options = first.chain(picks.iter().map(|pick| (pick.value.as_str(), pick.label.as_str())));
        Select::new(name, label, options)
            .size(LabelSize::Small)
            .chosen(self.answers.get(name))
    }

    /// One of a few.
    pub fn radios<'a>(&'a self, name: &'a str, legend: &'a str, picks: &'a [Pick]) -> Radios<'a> {
        Radios::new(name, legend, picks.iter().map(Pick::choice).collect())
            .size(LabelSize::Small)
            .layout(Layout::Small)
            .chosen(self.answers.get(name))
            .error(self.errors.on(name))
    }

    /// Several of a few.
    pub fn boxes<'a>(&'a self, name: &'a str, legend: &'a str, picks: &'a [Pick]) -> Checkboxes<'a> {
        Checkboxes::new(name, legend, picks.iter().map(Pick::choice).collect())
            .size(LabelSize::Small)
            .layout(Layout::Small)
            .chosen(self.answers.all(name))
            .error(self.errors.on(name))
    }

    /// A field for files, with its limits in a sentence.
    pub fn files<'a>(&'a self, label: &'a str, limits: &'a str) -> FileInput<'a> {
        FileInput::new(label, limits)
            .size(LabelSize::Small)
            .received(&self.received)
            .errors(&self.errors)
    }

    /// Whether the field for files must be seen: something was received or refused.
    pub fn has_files(&self) -> bool {
        !self.received.is_empty() || self.errors.on("files").is_some()
    }

    /// The hidden key against double presses; the shell adds it together with the forgery token.
    pub fn once_field(&self) -> impl Renderable {
        maud! { @if !self.once.is_empty() { (hidden("once", &self.once)) } }
    }
}
