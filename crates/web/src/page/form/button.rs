//! Buttons, and links that look like them.

use std::borrow::Cow;

use hypertext::{Buffer, prelude::*};

/// What a button means for the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonStyle {
    /// The one thing this page is for.
    #[default]
    Primary,
    /// The same, larger: the one thing a whole visit is for.
    Large,
    /// Something else that can be done here.
    Secondary,
    /// Removes something for good.
    Warning,
}

impl ButtonStyle {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "govuk-button",
            Self::Large => "govuk-button fc-button-l",
            Self::Secondary => "govuk-button govuk-button--secondary",
            Self::Warning => "govuk-button govuk-button--warning",
        }
    }
}

/// A button that sends its form. A second press within a second does nothing, by script; the server refuses it anyway.
#[derive(Debug, Clone)]
pub struct Button<'a> {
    text: Cow<'a, str>,
    style: ButtonStyle,
    name_and_value: Option<(Cow<'a, str>, Cow<'a, str>)>,
    formaction: Option<Cow<'a, str>>,
}

impl<'a> Button<'a> {
    /// A primary button. The words say what happens: "Send to Priya".
    pub fn new(text: impl Into<Cow<'a, str>>) -> Self {
        Self {
            text: text.into(),
            style: ButtonStyle::Primary,
            name_and_value: None,
            formaction: None,
        }
    }

    /// What the button means for the page.
    #[must_use]
    pub const fn style(mut self, style: ButtonStyle) -> Self {
        self.style = style;
        self
    }

    /// Sends this name and value, where a form has several buttons.
    #[must_use]
    pub fn sends(mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, str>>) -> Self {
        self.name_and_value = Some((name.into(), value.into()));
        self
    }

    /// Sends the form to another address than the form's own.
    #[must_use]
    pub fn to(mut self, path: impl Into<Cow<'a, str>>) -> Self {
        self.formaction = Some(path.into());
        self
    }
}

impl Renderable for Button<'_> {
    fn render_to(&self, buffer: &mut Buffer) {
        let sent = self.name_and_value.as_ref();
        maud! {
            button type="submit" class=(self.style.class())
                data-module="govuk-button" data-prevent-double-click="true"
                name=[sent.map(|(name, _)| &**name)]
                value=[sent.map(|(_, value)| &**value)]
                formaction=[self.formaction.as_deref()] {
                (&*self.text)
            }
        }
        .render_to(buffer);
    }
}

/// A link that starts something, set like a button.
#[derive(Debug, Clone)]
pub struct ButtonLink<'a> {
    text: Cow<'a, str>,
    href: Cow<'a, str>,
    style: ButtonStyle,
    shortcut: Option<char>,
}

impl<'a> ButtonLink<'a> {
    /// A primary button that goes to `href`.
    pub fn new(text: impl Into<Cow<'a, str>>, href: impl Into<Cow<'a, str>>) -> Self {
        Self {
            text: text.into(),
            href: href.into(),
            style: ButtonStyle::Primary,
            shortcut: None,
        }
    }

    /// What the button means for the page.
    #[must_use]
    pub const fn style(mut self, style: ButtonStyle) -> Self {
        self.style = style;
        self
    }

    /// The single key that presses it, on staff pages.
    #[must_use]
    pub const fn shortcut(mut self, key: char) -> Self {
        self.shortcut = Some(key);
        self
    }
}

impl Renderable for ButtonLink<'_> {
    fn render_to(&self, buffer: &mut Buffer) {
        maud! {
            a href=(&*self.href) role="button" draggable="false" class=(self.style.class())
                data-module="govuk-button" data-key=[self.shortcut] {
                (&*self.text)
            }
        }
        .render_to(buffer);
    }
}
