//! Radios and checkboxes: one or several of a few.

use std::borrow::Cow;

use hypertext::{Buffer, prelude::*};

use super::field::{Label, label_steps};

/// How the choices are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// One under the other.
    #[default]
    Stacked,
    /// One under the other, in small boxes, for dense pages and long lists.
    Small,
    /// Beside each other, for two or three short answers.
    Inline,
}

/// One choice: the value that is sent and the words beside the box.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<'a> {
    value: Cow<'a, str>,
    label: Cow<'a, str>,
    hint: Option<Cow<'a, str>>,
}

impl<'a> Choice<'a> {
    /// A choice without a hint.
    pub fn new(value: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            hint: None,
        }
    }

    /// A sentence under the words.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Cow<'a, str>>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// One of a few. The first radio's id is the field's id, so that an error links to it.
#[derive(Debug, Clone)]
pub struct Radios<'a> {
    label: Label<'a>,
    choices: Vec<Choice<'a>>,
    chosen: Option<Cow<'a, str>>,
    layout: Layout,
}

impl<'a> Radios<'a> {
    /// Radios under a legend, none chosen.
    pub fn new(name: impl Into<Cow<'a, str>>, legend: impl Into<Cow<'a, str>>, choices: Vec<Choice<'a>>) -> Self {
        Self {
            label: Label::new(name, legend),
            choices,
            chosen: None,
            layout: Layout::Stacked,
        }
    }

    label_steps!();

    /// The value that is chosen; nothing if it is none of the choices.
    #[must_use]
    pub fn chosen(mut self, value: impl Into<Cow<'a, str>>) -> Self {
        self.chosen = Some(value.into());
        self
    }

    /// How the choices are laid out.
    #[must_use]
    pub const fn layout(mut self, layout: Layout) -> Self {
        self.layout = layout;
        self
    }
}

impl Renderable for Radios<'_> {
    fn render_to(&self, buffer: &mut Buffer) {
        let class = match self.layout {
            Layout::Stacked => "govuk-radios",
            Layout::Small => "govuk-radios govuk-radios--small",
            Layout::Inline => "govuk-radios govuk-radios--inline govuk-radios--small",
        };
        let items = maud! {
            div class=(class) {
                @for (at, choice) in self.choices.iter().enumerate() {
                    @let id = item_id(&self.label.id, at);
                    div class="govuk-radios__item" {
                        input class="govuk-radios__input" id=(&id) name=(&*self.label.name) type="radio"
                            value=(&*choice.value)
                            checked[self.chosen.as_deref() == Some(&*choice.value)]
                            aria-describedby=[choice.hint.as_ref().map(|_| format!("{id}-item-hint"))];
                        label class="govuk-label govuk-radios__label" for=(&id) { (&*choice.label) }
                        @if let Some(hint) = &choice.hint {
                            div id={ (&id) "-item-hint" } class="govuk-hint govuk-radios__hint" { (&**hint) }
                        }
                    }
                }
            }
        };
        legend_group(&self.label, items).render_to(buffer);
    }
}

/// Several of a few, or one box to tick. The first box's id is the field's id.
#[derive(Debug, Clone)]
pub struct Checkboxes<'a> {
    label: Label<'a>,
    choices: Vec<Choice<'a>>,
    chosen: Vec<Cow<'a, str>>,
    layout: Layout,
}

impl<'a> Checkboxes<'a> {
    /// Checkboxes under a legend, none ticked.
    pub fn new(name: impl Into<Cow<'a, str>>, legend: impl Into<Cow<'a, str>>, choices: Vec<Choice<'a>>) -> Self {
        Self {
            label: Label::new(name, legend),
            choices,
            chosen: Vec::new(),
            layout: Layout::Stacked,
        }
    }

    label_steps!();

    /// The values that are ticked.
    #[must_use]
    pub fn chosen(mut self, values: impl IntoIterator<Item = impl Into<Cow<'a, str>>>) -> Self {
        self.chosen = values.into_iter().map(Into::into).collect();
        self
    }

    /// How the choices are laid out; [`Layout::Inline`] is set like [`Layout::Small`].
    #[must_use]
    pub const fn layout(mut self, layout: Layout) -> Self {
        self.layout = layout;
        self
    }
}

impl Renderable for Checkboxes<'_> {
    fn render_to(&self, buffer: &mut Buffer) {
        let class = match self.layout {
            Layout::Stacked => "govuk-checkboxes",
            Layout::Small | Layout::Inline => "govuk-checkboxes govuk-checkboxes--small",
        };
        let items = maud! {
            div class=(class) {
                @for (at, choice) in self.choices.iter().enumerate() {
                    @let id = item_id(&self.label.id, at);
                    div class="govuk-checkboxes__item" {
                        input class="govuk-checkboxes__input" id=(&id) name=(&*self.label.name) type="checkbox"
                            value=(&*choice.value)
                            checked[self.chosen.contains(&choice.value)]
                            aria-describedby=[choice.hint.as_ref().map(|_| format!("{id}-item-hint"))];
                        label class="govuk-label govuk-checkboxes__label" for=(&id) { (&*choice.label) }
                        @if let Some(hint) = &choice.hint {
                            div id={ (&id) "-item-hint" } class="govuk-hint govuk-checkboxes__hint" { (&**hint) }
                        }
                    }
                }
            }
        };
        legend_group(&self.label, items).render_to(buffer);
    }
}

fn item_id(field: &str, at: usize) -> String {
    if at == 0 {
        field.to_owned()
    } else {
        format!("{field}-{}", at + 1)
    }
}

fn legend_group(label: &Label<'_>, items: impl Renderable) -> impl Renderable {
    maud! {
        div class=(label.group_class()) {
            fieldset class="govuk-fieldset" aria-describedby=[label.described_by(None)] {
                legend class=(label.size.legend_class()) { (&*label.text) }
                (label.notes())
                (items)
            }
        }
    }
}
