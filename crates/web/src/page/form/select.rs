//! A drop-down list, for more choices than radios can show.

use std::borrow::Cow;

use hypertext::{Buffer, prelude::*};

use super::{
    field::{Label, label_steps},
    input::Width,
};

/// A drop-down list with its label, hint and error.
#[derive(Debug, Clone)]
pub struct Select<'a> {
    label: Label<'a>,
    options: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    chosen: Option<Cow<'a, str>>,
    width: Width,
}

impl<'a> Select<'a> {
    /// A list of `(value, words)`. Put `("", "Choose ...")` first where an answer must be picked on purpose.
    pub fn new<V, W>(
        name: impl Into<Cow<'a, str>>,
        label: impl Into<Cow<'a, str>>,
        options: impl IntoIterator<Item = (V, W)>,
    ) -> Self
    where
        V: Into<Cow<'a, str>>,
        W: Into<Cow<'a, str>>,
    {
        Self {
            label: Label::new(name, label),
            options: options
                .into_iter()
                .map(|(value, words)| (value.into(), words.into()))
                .collect(),
            chosen: None,
            width: Width::Full,
        }
    }

    label_steps!();

    /// The value that is chosen; the first option if it is none of them.
    #[must_use]
    pub fn chosen(mut self, value: impl Into<Cow<'a, str>>) -> Self {
        self.chosen = Some(value.into());
        self
    }

    /// How wide the control is.
    #[must_use]
    pub const fn width(mut self, width: Width) -> Self {
        self.width = width;
        self
    }
}

impl Renderable for Select<'_> {
    fn render_to(&self, buffer: &mut Buffer) {
        let error_class = if self.label.error.is_some() {
            " govuk-select--error"
        } else {
            ""
        };
        maud! {
            div class=(self.label.group_class()) {
                (self.label.label_tag())
                (self.label.notes())
                select id=(&*self.label.id)
                    class={ "govuk-select" (self.width.class()) (error_class) }
                    name=(&*self.label.name)
                    aria-describedby=[self.label.described_by(None)] {
                    @for (value, words) in &self.options {
                        option value=(&**value) selected[self.chosen.as_deref() == Some(&**value)] { (&**words) }
                    }
                }
            }
        }
        .render_to(buffer);
    }
}
