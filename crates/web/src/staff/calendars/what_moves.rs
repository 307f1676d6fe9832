//! What a change of a calendar would do to open dates, shown before it is made (A42).

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, hidden};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::{Link, back_link};
use crate::staff::parts::list_table::{Heading, list_table};
use crate::staff::parts::panel::page_head;
use crate::staff::paths;

/// What would move. The form carries the change unseen: `calendar`, `version` and `on`, `name`, `kind`, or `take_back`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatMoves {
    /// "Add Monday 22 June 2026, Founder’s Day".
    pub heading: String,
    /// "12 open decision dates move to a later day."
    pub moves: String,
    /// The dates that move, of cases that the reader may see.
    pub rows: Vec<MoveShown>,
    /// What else there is to say: dates that stay, cases that the reader may not see.
    pub more: Vec<String>,
    /// The change, as the form sends it.
    pub change: Vec<(String, String)>,
    /// What the button does: "Add the day off".
    pub button: String,
    /// The key of the form.
    pub form: FormState,
}

/// A date that moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveShown {
    /// The case.
    pub case: Link,
    /// "Tuesday 7 July 2026".
    pub from: String,
    /// "Wednesday 8 July 2026".
    pub to: String,
}

impl StaffPage for WhatMoves {
    fn title(&self) -> String {
        self.heading.clone()
    }

    fn nav(&self) -> Nav {
        Nav::Calendars
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let headings = ["Case", "Decision due now", "Then"].map(Heading::new);
        maud! {
            (back_link(&Link::new("Calendars", paths::CALENDARS)))
            (page_head(&self.heading, &self.moves))
            @if !self.rows.is_empty() {
                (list_table("Open decision dates that move", headings, maud! { @for row in &self.rows { (row) } }))
            }
            @for words in &self.more { p.govuk-body."govuk-!-margin-top-4" { (words) } }
            form."govuk-!-margin-top-4" method="post" action=(paths::CALENDAR_CHANGE) {
                (shell.fields(&self.form))
                @for (name, value) in &self.change { (hidden(name, value)) }
                div.fc-compose__foot {
                    (Button::new(self.button.as_str()))
                    a.govuk-link href=(paths::CALENDARS) { "Cancel" }
                }
            }
        }
        .render_to(out);
    }
}

impl Renderable for MoveShown {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            tr.govuk-table__row.fc-row role="row" {
                td.govuk-table__cell role="cell" { (self.case) }
                td.govuk-table__cell role="cell" { span.fc-m.fc-row__meta { "Now: " } (self.from) }
                td.govuk-table__cell role="cell" { span.fc-m.fc-row__meta { "Then: " } (self.to) }
            }
        }
        .render_to(out);
    }
}

impl WhatMoves {
    /// A closure day that moves two dates.
    pub fn sample() -> Self {
        let row = |reference: &str, from: &str, to: &str| MoveShown {
            case: Link::new(reference, &paths::case(reference)),
            from: from.to_owned(),
            to: to.to_owned(),
        };
        Self {
            heading: "Add Monday 22 June 2026, Founder’s Day".to_owned(),
            moves: "3 open decision dates move to a later day. The people who complained are told.".to_owned(),
            rows: vec![
                row("FC-10482", "Tuesday 7 July 2026", "Wednesday 8 July 2026"),
                row("FC-10485", "Monday 22 June 2026", "Tuesday 23 June 2026"),
            ],
            more: vec!["1 of them belongs to a case that you may not see.".to_owned()],
            change: vec![
                ("on".to_owned(), "2026-06-22".to_owned()),
                ("name".to_owned(), "Founder’s Day".to_owned()),
            ],
            button: "Add the day off".to_owned(),
            form: FormState::fresh("cal-3"),
        }
    }

    /// A day that is taken back: nothing moves.
    pub fn sample_still() -> Self {
        Self {
            heading: "Take back Monday 22 June 2026".to_owned(),
            moves: "No open decision date moves.".to_owned(),
            rows: Vec::new(),
            more: vec!["2 dates would come earlier and stay where promised.".to_owned()],
            button: "Take the day back".to_owned(),
            ..Self::sample()
        }
    }
}
