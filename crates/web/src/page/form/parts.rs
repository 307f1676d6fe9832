//! The parts of a form that hold no answer of their own: fieldset, fold-out, hidden value.

use std::borrow::Cow;

use hypertext::{Buffer, prelude::*};

use super::field::LabelSize;

/// Fields that answer one question together, under its legend. `id` names the hint.
pub fn fieldset<'a>(
    id: impl Into<Cow<'a, str>>,
    legend: impl Into<Cow<'a, str>>,
    size: LabelSize,
    hint: Option<&'a str>,
    fields: impl Renderable,
) -> impl Renderable {
    let (id, legend) = (id.into(), legend.into());
    maud! {
        fieldset class="govuk-fieldset" aria-describedby=[hint.map(|_| format!("{id}-hint"))] {
            legend class=(size.legend_class()) { (&*legend) }
            @if let Some(hint) = hint {
                div id={ (&*id) "-hint" } class="govuk-hint" { (hint) }
            }
            (fields)
        }
    }
}

/// Something folded away that opens without script.
pub fn details<'a>(summary: impl Into<Cow<'a, str>>, open: Open, inside: impl Renderable) -> impl Renderable {
    let summary = summary.into();
    maud! {
        details class="govuk-details" open[open == Open::FromTheStart] {
            summary class="govuk-details__summary" {
                span class="govuk-details__summary-text" { (&*summary) }
            }
            div class="govuk-details__text" { (inside) }
        }
    }
}

/// Whether a fold-out shows its inside when the page is loaded, as it must when an answer or an error is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// Folded until the person opens it.
    WhenAsked,
    /// Open.
    FromTheStart,
}

/// A value that the form carries without showing it, such as the key that makes a second press harmless.
pub fn hidden<'a>(name: &'a str, value: &'a str) -> impl Renderable {
    Hidden { name, value }
}

struct Hidden<'a> {
    name: &'a str,
    value: &'a str,
}

impl Renderable for Hidden<'_> {
    fn render_to(&self, buffer: &mut Buffer) {
        maud! { input type="hidden" name=(self.name) value=(self.value); }.render_to(buffer);
    }
}
