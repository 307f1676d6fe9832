//! "How we worked out this date": every day from receipt to the date, and whether it counted.

use hypertext::prelude::*;

use crate::page::explained::{ExplainStep, ExplainedDate};
use crate::page::form::{Open, details};

/// The days folded away as a table.
pub(super) fn explained_date(date: &ExplainedDate) -> impl Renderable {
    details(
        &*date.heading,
        Open::WhenAsked,
        maud! {
            table class="govuk-table fc-days" {
                caption class="govuk-visually-hidden" { (&date.heading) ", day by day" }
                thead class="govuk-table__head" {
                    tr class="govuk-table__row" {
                        th scope="col" class="govuk-table__header" { "Day" }
                        th scope="col" class="govuk-table__header" { "What it is" }
                        th scope="col" class="govuk-table__header govuk-table__header--numeric" { "Counts as" }
                    }
                }
                tbody class="govuk-table__body" { @for step in &date.steps { (row(step)) } }
            }
            p class="govuk-body" { (&date.summary) }
            p class="govuk-body-s fc-muted" { "Calendar: " (&date.calendar) ". Procedure: " (&date.procedure) "." }
        },
    )
}

fn row(step: &ExplainStep) -> impl Renderable {
    maud! {
        tr class="govuk-table__row" {
            th scope="row" class="govuk-table__header govuk-!-font-weight-regular" { (&step.date) }
            td class="govuk-table__cell" { (&step.what) }
            td class="govuk-table__cell govuk-table__cell--numeric" {
                @match step.counted {
                    Some(day) => { "Day " (day) }
                    None => { span class="fc-muted" { "Not counted" } }
                }
            }
        }
    }
}
