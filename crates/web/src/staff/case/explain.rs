//! "How we worked out this date": a date as steps that anybody can count again (P43).

use hypertext::{Buffer, prelude::*};

use crate::page::explained::{ExplainStep, ExplainedDate};

impl Renderable for ExplainedDate {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            details.govuk-details.fc-explain {
                summary.govuk-details__summary { span.govuk-details__summary-text { "How we worked out this date" } }
                div.govuk-details__text {
                    table.govuk-table {
                        caption.govuk-visually-hidden { (self.heading) ", day by day" }
                        thead {
                            tr { th scope="col" { "Day" } th scope="col" { "What" } th.fc-num scope="col" { "Count" } }
                        }
                        tbody { @for step in &self.steps { (step) } }
                    }
                    p { (self.summary) }
                    p.fc-muted { (self.calendar) br; (self.procedure) }
                }
            }
        }
        .render_to(out);
    }
}

impl Renderable for ExplainStep {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            tr.is-counted[self.counted.is_some()] {
                th scope="row" { (self.date) }
                td { (self.what) }
                td.fc-num {
                    @match self.counted {
                        Some(day) => { (day) }
                        None => { span aria-hidden="true" { "–" } span.govuk-visually-hidden { "not counted" } }
                    }
                }
            }
        }
        .render_to(out);
    }
}
