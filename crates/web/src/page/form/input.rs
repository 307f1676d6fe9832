//! A one-line input.

use std::borrow::Cow;

use hypertext::{Buffer, prelude::*};

use super::field::{Label, label_steps};

/// What is typed, which decides the keyboard a phone shows and whether words are spell-checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InputKind {
    /// Words.
    #[default]
    Text,
    /// A person's or a place's name: words that no dictionary knows.
    Name,
    /// An email address.
    Email,
    /// A telephone number.
    Phone,
    /// A code of digits, read in groups; never remembered by the browser.
    Code,
    /// A reference in capitals, such as a case or a job number.
    Reference,
    /// A whole number.
    Number,
    /// A date as the browser's own date field, `2026-10-15`.
    Date,
    /// Words to search for.
    Search,
    /// A password or a one-time code; its value is never written into a page.
    Password,
}

impl InputKind {
    const fn type_attribute(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "tel",
            Self::Date => "date",
            Self::Search => "search",
            Self::Password => "password",
            Self::Text | Self::Name | Self::Code | Self::Reference | Self::Number => "text",
        }
    }

    const fn inputmode(self) -> Option<&'static str> {
        match self {
            Self::Code | Self::Number => Some("numeric"),
            _ => None,
        }
    }

    const fn spellcheck(self) -> Option<&'static str> {
        match self {
            Self::Name | Self::Email | Self::Code | Self::Reference => Some("false"),
            _ => None,
        }
    }

    const fn autocapitalize(self) -> Option<&'static str> {
        match self {
            Self::Reference => Some("characters"),
            Self::Email => Some("none"),
            _ => None,
        }
    }

    const fn extra_class(self) -> &'static str {
        match self {
            Self::Code | Self::Reference => " govuk-input--extra-letter-spacing",
            _ => "",
        }
    }
}

/// How wide the control is, from tablet size up; on a phone the share-of-line widths fill the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Width {
    /// The whole line.
    #[default]
    Full,
    /// Two thirds of the line.
    TwoThirds,
    /// Half the line.
    Half,
    /// A third of the line.
    OneThird,
    /// About this many characters; one of 2, 3, 4, 5, 10, 20, and the next larger for anything else.
    Characters(u8),
}

impl Width {
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Full => "",
            Self::TwoThirds => " govuk-!-width-two-thirds",
            Self::Half => " govuk-!-width-one-half",
            Self::OneThird => " govuk-!-width-one-third",
            Self::Characters(0..=2) => " govuk-input--width-2",
            Self::Characters(3) => " govuk-input--width-3",
            Self::Characters(4) => " govuk-input--width-4",
            Self::Characters(5) => " govuk-input--width-5",
            Self::Characters(6..=10) => " govuk-input--width-10",
            Self::Characters(_) => " govuk-input--width-20",
        }
    }
}

/// A one-line input with its label, hint and error.
#[derive(Debug, Clone)]
pub struct TextInput<'a> {
    label: Label<'a>,
    value: Cow<'a, str>,
    width: Width,
    kind: InputKind,
    autocomplete: Option<Cow<'a, str>>,
    shortcut: Option<char>,
}

impl<'a> TextInput<'a> {
    /// An empty input of words. `name` is what the form sends and, unless [`TextInput::id`] is called, the id.
    pub fn new(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self {
            label: Label::new(name, label),
            value: Cow::Borrowed(""),
            width: Width::Full,
            kind: InputKind::Text,
            autocomplete: None,
            shortcut: None,
        }
    }

    label_steps!();

    /// What the person typed before, shown again.
    #[must_use]
    pub fn value(mut self, value: impl Into<Cow<'a, str>>) -> Self {
        self.value = value.into();
        self
    }

    /// How wide the control is.
    #[must_use]
    pub const fn width(mut self, width: Width) -> Self {
        self.width = width;
        self
    }

    /// What is typed here.
    #[must_use]
    pub const fn kind(mut self, kind: InputKind) -> Self {
        self.kind = kind;
        self
    }

    /// The purpose that a browser may fill in (WCAG 1.3.5), such as `email`; `off` for codes.
    #[must_use]
    pub fn autocomplete(mut self, purpose: impl Into<Cow<'a, str>>) -> Self {
        self.autocomplete = Some(purpose.into());
        self
    }

    /// The single key that moves the caret here, on staff pages.
    #[must_use]
    pub const fn shortcut(mut self, key: char) -> Self {
        self.shortcut = Some(key);
        self
    }
}

impl Renderable for TextInput<'_> {
    fn render_to(&self, buffer: &mut Buffer) {
        let error_class = if self.label.error.is_some() {
            " govuk-input--error"
        } else {
            ""
        };
        let value = match self.kind {
            InputKind::Password => None,
            _ => Some(&*self.value).filter(|value| !value.is_empty()),
        };
        maud! {
            div class=(self.label.group_class()) {
                (self.label.label_tag())
                (self.label.notes())
                input id=(&*self.label.id)
                    class={ "govuk-input" (self.kind.extra_class()) (self.width.class()) (error_class) }
                    name=(&*self.label.name)
                    type=(self.kind.type_attribute())
                    value=[value]
                    inputmode=[self.kind.inputmode()]
                    spellcheck=[self.kind.spellcheck()]
                    autocapitalize=[self.kind.autocapitalize()]
                    autocomplete=[self.autocomplete.as_deref()]
                    data-key=[self.shortcut]
                    aria-describedby=[self.label.described_by(None)];
            }
        }
        .render_to(buffer);
    }
}
