//! A date that a person remembers, as day, month and year.

use std::borrow::Cow;

use hypertext::{Buffer, prelude::*};

use super::field::{Label, label_steps};

/// The three fields as they were typed, right or wrong.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DateParts {
    /// Day of the month, as typed.
    pub day: String,
    /// Month as a number, as typed.
    pub month: String,
    /// Year, as typed.
    pub year: String,
}

/// A date in three fields named `<name>-day`, `<name>-month` and `<name>-year`.
///
/// The day field's id is the field's id, so that an error links to it. For a date to pick from a calendar use
/// [`super::TextInput`] with [`super::InputKind::Date`].
#[derive(Debug, Clone)]
pub struct DateInput<'a> {
    label: Label<'a>,
    parts: Cow<'a, DateParts>,
}

impl<'a> DateInput<'a> {
    /// An empty date under a legend.
    pub fn new(name: impl Into<Cow<'a, str>>, legend: impl Into<Cow<'a, str>>) -> Self {
        Self {
            label: Label::new(name, legend),
            parts: Cow::Owned(DateParts::default()),
        }
    }

    label_steps!();

    /// What was typed before, shown again.
    #[must_use]
    pub fn value(mut self, parts: &'a DateParts) -> Self {
        self.parts = Cow::Borrowed(parts);
        self
    }

    fn part(&self, which: Part) -> impl Renderable {
        let (suffix, words, width) = which.facts();
        let value = which.of(&self.parts);
        let id = match which {
            Part::Day => self.label.id.to_string(),
            Part::Month | Part::Year => format!("{}-{suffix}", self.label.id),
        };
        let error_class = if self.label.error.is_some() {
            " govuk-input--error"
        } else {
            ""
        };
        maud! {
            div class="govuk-date-input__item" {
                div class="govuk-form-group" {
                    label class="govuk-label govuk-date-input__label" for=(&id) { (words) }
                    input id=(&id)
                        class={ "govuk-input govuk-date-input__input govuk-input--width-" (width) (error_class) }
                        name={ (&*self.label.name) "-" (suffix) }
                        type="text" inputmode="numeric"
                        value=[Some(value).filter(|value| !value.is_empty())];
                }
            }
        }
    }
}

impl Renderable for DateInput<'_> {
    fn render_to(&self, buffer: &mut Buffer) {
        maud! {
            div class=(self.label.group_class()) {
                fieldset class="govuk-fieldset" role="group" aria-describedby=[self.label.described_by(None)] {
                    legend class=(self.label.size.legend_class()) { (&*self.label.text) }
                    (self.label.notes())
                    div class="govuk-date-input" {
                        (self.part(Part::Day)) (self.part(Part::Month)) (self.part(Part::Year))
                    }
                }
            }
        }
        .render_to(buffer);
    }
}

#[derive(Clone, Copy)]
enum Part {
    Day,
    Month,
    Year,
}

impl Part {
    /// Name suffix, label, width in characters.
    const fn facts(self) -> (&'static str, &'static str, u8) {
        match self {
            Self::Day => ("day", "Day", 2),
            Self::Month => ("month", "Month", 2),
            Self::Year => ("year", "Year", 4),
        }
    }

    fn of(self, parts: &DateParts) -> &str {
        match self {
            Self::Day => &parts.day,
            Self::Month => &parts.month,
            Self::Year => &parts.year,
        }
    }
}
