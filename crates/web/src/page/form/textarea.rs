//! A box for several lines, with a count of characters if there is a limit.

use std::borrow::Cow;

use hypertext::{Buffer, prelude::*};

use super::field::{Label, label_steps};

/// From this share of the limit on, script shows how many characters are left, in per cent.
const COUNT_FROM_PER_CENT: u8 = 75;

/// A box for several lines with its label, hint and error.
#[derive(Debug, Clone)]
pub struct Textarea<'a> {
    label: Label<'a>,
    value: Cow<'a, str>,
    rows: u8,
    limit_characters: Option<u32>,
}

impl<'a> Textarea<'a> {
    /// An empty box of five lines without a limit.
    pub fn new(name: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self {
            label: Label::new(name, label),
            value: Cow::Borrowed(""),
            rows: 5,
            limit_characters: None,
        }
    }

    label_steps!();

    /// What the person wrote before, shown again.
    #[must_use]
    pub fn value(mut self, value: impl Into<Cow<'a, str>>) -> Self {
        self.value = value.into();
        self
    }

    /// How many lines the box shows.
    #[must_use]
    pub const fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    /// Counts characters towards this limit. The words under the box say it without script.
    #[must_use]
    pub const fn limit(mut self, characters: u32) -> Self {
        self.limit_characters = Some(characters);
        self
    }

    fn area(&self) -> impl Renderable {
        let info = self.limit_characters.map(|_| format!("{}-info", self.label.id));
        let counted = if self.limit_characters.is_some() {
            " govuk-js-character-count"
        } else {
            ""
        };
        let error_class = if self.label.error.is_some() {
            " govuk-textarea--error"
        } else {
            ""
        };
        maud! {
            textarea id=(&*self.label.id)
                class={ "govuk-textarea" (counted) (error_class) }
                name=(&*self.label.name)
                rows=(self.rows)
                aria-describedby=[self.label.described_by(info.as_deref())] {
                // The parser drops one line break behind the tag: without this a text that begins with one would lose it.
                @if self.value.starts_with('\n') { "\n" }
                (&*self.value)
            }
        }
    }
}

impl Renderable for Textarea<'_> {
    fn render_to(&self, buffer: &mut Buffer) {
        let Some(limit) = self.limit_characters else {
            maud! {
                div class=(self.label.group_class()) {
                    (self.label.label_tag()) (self.label.notes()) (self.area())
                }
            }
            .render_to(buffer);
            return;
        };
        maud! {
            div class={ (self.label.group_class()) " govuk-character-count" }
                data-module="govuk-character-count"
                data-maxlength=(limit)
                data-threshold=(COUNT_FROM_PER_CENT) {
                (self.label.label_tag()) (self.label.notes()) (self.area())
                div id={ (&*self.label.id) "-info" } class="govuk-hint govuk-character-count__message" {
                    "You can write up to " (thousands(limit)) " characters"
                }
            }
        }
        .render_to(buffer);
    }
}

/// "20,000": a number as people write it.
fn thousands(number: u32) -> String {
    let digits = number.to_string();
    let mut written = String::with_capacity(digits.len() + 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}
