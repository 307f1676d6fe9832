//! "How we worked out this date": a date as steps that anybody can count again (P43).

use hypertext::{Buffer, prelude::*};

/// A date with the steps that led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainedDate {
    /// "Decision at stage 1"
    pub heading: String,
    /// Day by day, from receipt to the date.
    pub steps: Vec<ExplainStep>,
    /// "3 working days after the day it was received: the end of Thursday 15 October 2026."
    pub summary: String,
    /// Which calendar, in which version.
    pub calendar: String,
    /// Which procedure, in which version.
    pub procedure: String,
}

/// One day, or one event that moved the date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainStep {
    /// "Mon 12 Oct"
    pub date: String,
    /// "Received at 2:05pm", "Working day", "Bank holiday: Christmas Day"
    pub what: String,
    /// The number of the working day, if the day counts.
    pub counted: Option<u32>,
}

impl Renderable for ExplainedDate {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            details.govuk-details.fc-explain {
                summary.govuk-details__summary { span.govuk-details__summary-text { "How we worked out this date" } }
                div.govuk-details__text {
                    table.govuk-table {
                        caption.govuk-table__caption.govuk-table__caption--s { (self.heading) }
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
