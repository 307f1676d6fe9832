//! The row of choices that narrow the list of all cases; a form that only asks, so that its address can be kept and shared.

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, ButtonStyle, hidden};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::paths;

/// The choices. Fields: `stage`, `kind`, `service`, `owner`, `late`, `answer`, `from`, `until`; `state` is carried along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finder {
    /// Where the cases stand, which the links above choose.
    pub state: String,
    /// Stages of the procedure.
    pub stages: Vec<Pick>,
    /// Complaint, compliment and so on.
    pub kinds: Vec<Pick>,
    /// Services.
    pub services: Vec<Pick>,
    /// Nobody, and everybody who has or could have cases.
    pub owners: Vec<Pick>,
    /// What is chosen now.
    pub form: FormState,
    /// Whether anything is.
    pub is_narrow: bool,
}

impl Renderable for Finder {
    fn render_to(&self, out: &mut Buffer) {
        let late = [Pick::new("yes", "Passed")];
        let answer = [Pick::new("waiting", "Awaited")];
        maud! {
            form.fc-finder.fc-noprint action=(paths::CASES) role="search" aria-label="Narrow the list" {
                @if !self.state.is_empty() { (hidden("state", &self.state)) }
                details.govuk-details open[self.is_narrow] {
                    summary.govuk-details__summary { span.govuk-details__summary-text { "Narrow the list" } }
                    div.fc-finder__row {
                        (self.form.any_of("stage", "Stage", &self.stages))
                        (self.form.any_of("kind", "Kind", &self.kinds))
                        (self.form.any_of("service", "Service", &self.services))
                        (self.form.any_of("owner", "With", &self.owners))
                        (self.form.date("from", "Received from"))
                        (self.form.date("until", "Received until"))
                        (self.form.any_of("late", "Date", &late))
                        (self.form.any_of("answer", "Answer", &answer))
                        div.fc-finder__go {
                            (Button::new("Show").style(ButtonStyle::Secondary))
                            @if self.is_narrow { a.govuk-link href=(paths::CASES_OPEN) { "Clear" } }
                        }
                    }
                }
            }
        }
        .render_to(out);
    }
}

impl Finder {
    /// Narrowed to stage 2 and one person.
    pub fn sample() -> Self {
        Self {
            state: String::new(),
            stages: Pick::list(&[("1", "Stage 1"), ("2", "Stage 2")]),
            kinds: Pick::list(&[("complaint", "Complaints"), ("compliment", "Compliments")]),
            services: Pick::list(&[("wifi", "Network and Wi-Fi"), ("print", "Printing")]),
            owners: Pick::list(&[("nobody", "Nobody yet"), ("5", "Dana Kowalczyk")]),
            form: FormState::default().answered(&[("stage", "2"), ("owner", "5")]),
            is_narrow: true,
        }
    }
}
