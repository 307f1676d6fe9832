//! What a new version of the procedure would change, in words about the procedure, before it is published (R45, P44).

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, Open, details, error_summary, hidden};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::form::FormState;
use crate::staff::parts::line_diff::{DiffLine, LineDiff, LineIs};
use crate::staff::parts::link::{Link, back_link};
use crate::staff::parts::list_table::{Heading, list_table};
use crate::staff::parts::notice::caution;
use crate::staff::parts::panel::{page_head, panel};
use crate::staff::paths;

/// What would change. The form carries `procedure_text` and `made_from` unseen; the day is `valid_from`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhatChanges {
    /// "Version 1.1 would replace version 1".
    pub heading: String,
    /// What changes, part by part.
    pub parts: Vec<PartShown>,
    /// What such a change means for a complaint, and for those that are open.
    pub means: Vec<String>,
    /// The dates of a complaint that arrives on the first day.
    pub tried: Vec<DateShown>,
    /// "A complaint that arrives online on Wednesday 1 July 2026 at 10am".
    pub tried_when: String,
    /// What is allowed and still worth a word.
    pub warnings: Vec<String>,
    /// The lines that differ.
    pub lines: LineDiff,
    /// The text that would be published.
    pub text: String,
    /// How many versions there were when this page was made.
    pub seen: String,
    /// Where to go back to.
    pub back: Link,
    /// The day, and the key of the form.
    pub form: FormState,
}

/// A part of the procedure in which something changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartShown {
    /// "Limits and how they are counted".
    pub name: String,
    /// What changes in it.
    pub changes: Vec<ChangeShown>,
}

/// One thing that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeShown {
    /// "Decision at stage 1: limit".
    pub about: String,
    /// "3 working days"; "Not there".
    pub before: String,
    /// "5 working days"; "Taken out".
    pub after: String,
}

/// A date that is tried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateShown {
    /// "Decision at stage 1".
    pub what: String,
    /// The day under the version before.
    pub before: String,
    /// The day under the new version.
    pub after: String,
}

impl StaffPage for WhatChanges {
    fn title(&self) -> String {
        self.heading.clone()
    }

    fn nav(&self) -> Nav {
        Nav::Procedure
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (back_link(&self.back))
            (error_summary(&self.form.errors))
            (page_head(&self.heading, "Nothing is published yet. Read what changes, choose the day, then publish."))
            @for warning in &self.warnings { (caution(warning)) }
            @if self.parts.is_empty() {
                p.govuk-body { "No rule, list or wording changes. Only the version, the day and remarks in the file do." }
            }
            @for part in &self.parts { (part) }
            (panel("means", "What it means", self.meaning()))
            (panel("publish", "Publish", self.publish(shell)))
            @if !self.lines.is_empty() {
                (details("The same line by line", Open::WhenAsked, &self.lines))
            }
        }
        .render_to(out);
    }
}

impl WhatChanges {
    fn meaning(&self) -> impl Renderable {
        let headings = ["Date", "Now", "Then"].map(Heading::new);
        maud! {
            @for words in &self.means { p.govuk-body { (words) } }
            @if !self.tried.is_empty() {
                p.govuk-body { (self.tried_when) " would get these dates:" }
                (list_table("Dates that were tried out", headings, maud! { @for date in &self.tried { (date) } }))
            }
        }
    }

    fn publish<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            p.govuk-body-s { "Everybody can read the procedure on the public page from that day on. Who published it stands in the office log." }
            form method="post" action=(paths::PROCEDURE_PUBLISH) novalidate {
                (shell.fields(&self.form))
                (hidden("procedure_text", &self.text))
                (hidden("made_from", &self.seen))
                (self.form.date("valid_from", "From which day does it hold?")
                    .hint("Today or a later day. On that day it comes into force by itself."))
                div.fc-compose__foot {
                    (Button::new("Publish"))
                    a.govuk-link href=(self.back.href) { "Cancel" }
                }
            }
        }
    }

    /// A longer limit and a category that is retired.
    pub fn sample() -> Self {
        let change = |about: &str, before: &str, after: &str| ChangeShown {
            about: about.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
        };
        Self {
            heading: "Version 1.1 would replace version 1".to_owned(),
            parts: vec![
                PartShown {
                    name: "Limits and how they are counted".to_owned(),
                    changes: vec![change("Decision at stage 1: limit", "3 working days", "5 working days")],
                },
                PartShown {
                    name: "Categories".to_owned(),
                    changes: vec![
                        change("Category A9", "Telephones", "Telephones; no longer offered"),
                        change("Category A17", "Not there", "Assistants"),
                    ],
                },
            ],
            means: vec![
                "No open case is touched: each keeps the version under which it was received, with its dates, letters and roles.".to_owned(),
            ],
            tried: vec![DateShown {
                what: "Decision at stage 1".to_owned(),
                before: "Monday 6 July 2026".to_owned(),
                after: "Wednesday 8 July 2026".to_owned(),
            }],
            tried_when: "A complaint that arrives online on Wednesday 1 July 2026 at 10am".to_owned(),
            warnings: vec!["Nobody holds the role “line manager”, which works on stage 1.".to_owned()],
            lines: LineDiff {
                groups: vec![vec![
                    DiffLine {
                        is: LineIs::Kept,
                        words: "unit = \"working_days\"".to_owned(),
                    },
                    DiffLine {
                        is: LineIs::Gone,
                        words: "amount = 3".to_owned(),
                    },
                    DiffLine {
                        is: LineIs::New,
                        words: "amount = 5".to_owned(),
                    },
                ]],
            },
            text: "[procedure]\n".to_owned(),
            seen: "1".to_owned(),
            back: Link::new("Change the text", paths::PROCEDURE_NEW),
            form: FormState::fresh("pr-2").answered(&[("valid_from", "2026-07-01")]),
        }
    }

    /// A day that has passed.
    pub fn sample_errors() -> Self {
        let form = Self::sample().form.wrong(
            "valid_from",
            "Monday 8 June 2026 has passed. Choose today or a later day: cases that were received before keep their version",
        );
        Self { form, ..Self::sample() }
    }

    /// Nothing but a remark.
    pub fn sample_same() -> Self {
        Self {
            parts: Vec::new(),
            warnings: Vec::new(),
            ..Self::sample()
        }
    }
}

impl Renderable for PartShown {
    fn render_to(&self, out: &mut Buffer) {
        let headings = ["What", "Now", "Then"].map(Heading::new);
        maud! {
            h2.govuk-heading-s."govuk-!-margin-top-4" { (self.name) }
            (list_table(&self.name, headings, maud! { @for change in &self.changes { (change) } }))
        }
        .render_to(out);
    }
}

impl Renderable for ChangeShown {
    fn render_to(&self, out: &mut Buffer) {
        row(&self.about, &self.before, &self.after).render_to(out);
    }
}

impl Renderable for DateShown {
    fn render_to(&self, out: &mut Buffer) {
        row(&self.what, &self.before, &self.after).render_to(out);
    }
}

fn row(what: &str, before: &str, after: &str) -> impl Renderable {
    maud! {
        tr.govuk-table__row.fc-row role="row" {
            td.govuk-table__cell role="cell" { (what) }
            td.govuk-table__cell.fc-was role="cell" { span.fc-m.fc-row__meta { "Now: " } (before) }
            td.govuk-table__cell role="cell" { span.fc-m.fc-row__meta { "Then: " } (after) }
        }
    }
}
