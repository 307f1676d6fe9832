//! What was wrong with a form, field by field, and the summary at the top of the page.

use hypertext::{Buffer, prelude::*};

/// What to do about one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The id of the control to go to, which is the field's name unless two forms share a page.
    pub field: String,
    /// What to do, such as "Tell us what went wrong". Says what to do, not what is wrong with the person.
    pub message: String,
}

/// All that is wrong with a form, in the order of the page. Empty when nothing is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Errors(Vec<FieldError>);

impl Errors {
    /// Nothing is wrong.
    #[must_use]
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Adds what to do about one field.
    pub fn add(&mut self, field: impl Into<String>, message: impl Into<String>) {
        self.0.push(FieldError {
            field: field.into(),
            message: message.into(),
        });
    }

    /// The same with one more; for samples and tests.
    #[must_use]
    pub fn with(mut self, field: impl Into<String>, message: impl Into<String>) -> Self {
        self.add(field, message);
        self
    }

    /// These and others behind them.
    #[must_use]
    pub fn and(mut self, others: &Self) -> Self {
        self.0.extend(others.0.iter().cloned());
        self
    }

    /// What to do about this field, if anything.
    #[must_use]
    pub fn on(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|error| error.field == field)
            .map(|error| error.message.as_str())
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every error, in the order of the page.
    pub fn iter(&self) -> impl Iterator<Item = &FieldError> {
        self.0.iter()
    }
}

/// The box at the top of a page whose form was sent wrong; nothing when there are no errors. Script moves the focus to it.
pub fn error_summary(errors: &Errors) -> impl Renderable {
    ErrorSummary(errors)
}

struct ErrorSummary<'a>(&'a Errors);

impl Renderable for ErrorSummary<'_> {
    fn render_to(&self, buffer: &mut Buffer) {
        if self.0.is_empty() {
            return;
        }
        maud! {
            div class="govuk-error-summary" data-module="govuk-error-summary" {
                // The role is on an inner element so that the focus on the outer one does not say everything twice.
                div role="alert" {
                    h2 class="govuk-error-summary__title" { "There is a problem" }
                    div class="govuk-error-summary__body" {
                        ul class="govuk-list govuk-error-summary__list" {
                            @for error in self.0.iter() {
                                li { a href={ "#" (&error.field) } { (&error.message) } }
                            }
                        }
                    }
                }
            }
        }
        .render_to(buffer);
    }
}
