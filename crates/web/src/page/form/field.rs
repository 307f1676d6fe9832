//! What every field shares: label, hint, error and the ids that tie them together.

use std::borrow::Cow;

use hypertext::prelude::*;

/// How large the label or legend is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LabelSize {
    /// Like running text.
    #[default]
    Plain,
    /// Bold, the size of running text.
    Small,
    /// A question of its own.
    Medium,
    /// The main question of a page.
    Large,
    /// There for assistive technology only; the page says it another way.
    Hidden,
}

impl LabelSize {
    pub(super) const fn label_class(self) -> &'static str {
        match self {
            Self::Plain => "govuk-label",
            Self::Small => "govuk-label govuk-label--s",
            Self::Medium => "govuk-label govuk-label--m",
            Self::Large => "govuk-label govuk-label--l",
            Self::Hidden => "govuk-label govuk-visually-hidden",
        }
    }

    pub(super) const fn legend_class(self) -> &'static str {
        match self {
            Self::Plain => "govuk-fieldset__legend",
            Self::Small => "govuk-fieldset__legend govuk-fieldset__legend--s",
            Self::Medium => "govuk-fieldset__legend govuk-fieldset__legend--m",
            Self::Large => "govuk-fieldset__legend govuk-fieldset__legend--l",
            Self::Hidden => "govuk-fieldset__legend govuk-visually-hidden",
        }
    }
}

/// The name and words of a field. Built through the field types; public so that their docs can name it.
#[derive(Debug, Clone)]
pub struct Label<'a> {
    pub(super) name: Cow<'a, str>,
    pub(super) id: Cow<'a, str>,
    pub(super) text: Cow<'a, str>,
    pub(super) size: LabelSize,
    pub(super) hint: Option<Cow<'a, str>>,
    pub(super) error: Option<Cow<'a, str>>,
}

impl<'a> Label<'a> {
    pub(super) fn new(name: impl Into<Cow<'a, str>>, text: impl Into<Cow<'a, str>>) -> Self {
        let name = name.into();
        Self {
            id: name.clone(),
            name,
            text: text.into(),
            size: LabelSize::Plain,
            hint: None,
            error: None,
        }
    }

    /// The ids that describe the control, in reading order, with `last` (a character count) behind them.
    pub(super) fn described_by(&self, last: Option<&str>) -> Option<String> {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.id));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.id));
        let last = last.map(str::to_owned);
        let ids: Vec<String> = [hint, error, last].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    pub(super) const fn group_class(&self) -> &'static str {
        if self.error.is_some() {
            "govuk-form-group govuk-form-group--error"
        } else {
            "govuk-form-group"
        }
    }

    pub(super) fn label_tag(&self) -> impl Renderable {
        maud! { label class=(self.size.label_class()) for=(&*self.id) { (&*self.text) } }
    }

    /// Hint and error, each with the id that [`Label::described_by`] names.
    pub(super) fn notes(&self) -> impl Renderable {
        maud! {
            @if let Some(hint) = &self.hint {
                div id={ (&*self.id) "-hint" } class="govuk-hint" { (&**hint) }
            }
            @if let Some(error) = &self.error {
                p id={ (&*self.id) "-error" } class="govuk-error-message" {
                    span class="govuk-visually-hidden" { "Error: " }
                    (&**error)
                }
            }
        }
    }
}

/// The builder steps that every field has.
macro_rules! label_steps {
    () => {
        /// The control's id, where it must differ from its name (two forms on one page).
        #[must_use]
        pub fn id(mut self, id: impl Into<std::borrow::Cow<'a, str>>) -> Self {
            self.label.id = id.into();
            self
        }

        /// A sentence under the label; none where it is empty.
        #[must_use]
        pub fn hint(mut self, hint: impl Into<std::borrow::Cow<'a, str>>) -> Self {
            self.label.hint = Some(hint.into()).filter(|hint| !hint.is_empty());
            self
        }

        /// What to do about this field, if it was sent wrong; usually `errors.on(name)`.
        #[must_use]
        pub fn error(mut self, error: Option<impl Into<std::borrow::Cow<'a, str>>>) -> Self {
            self.label.error = error.map(Into::into);
            self
        }

        /// How large the label or legend is.
        #[must_use]
        pub const fn size(mut self, size: $crate::page::form::LabelSize) -> Self {
            self.label.size = size;
            self
        }
    };
}
pub(super) use label_steps;
