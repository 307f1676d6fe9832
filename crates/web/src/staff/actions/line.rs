//! One line of the register, as lists and the monthly review show it.

use hypertext::prelude::*;

use crate::staff::parts::link::Link;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;

/// An action in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionLine {
    /// What is to be done; for somebody who may not see cases, that it was promised in a decision.
    pub action: Link,
    /// Where it came from.
    pub from: Source,
    /// Who is accountable.
    pub owner: String,
    /// "6 Nov 2026".
    pub by: String,
    /// Where it stands; overdue is said here.
    pub status: Tag,
    /// What comes next for the reader: "Agree", "Publish".
    pub next: Option<Link>,
}

/// Where an action came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The case that promised it, for whoever may see cases.
    Case(Link),
    /// "Review of August 2026, 3 cases", "A case".
    Words(String),
}

impl Renderable for Source {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        maud! {
            @match self {
                Source::Case(case) => { a.govuk-link.fc-ref href=(case.href) { (case.label) } }
                Source::Words(words) => { (words) }
            }
        }
        .render_to(out);
    }
}

/// Actions as a table, with its name for people who do not see where it stands.
pub fn action_table<'a>(lines: &'a [ActionLine], name: &'a str) -> impl Renderable + 'a {
    maud! {
        div.fc-table tabindex="0" role="group" aria-label=(name) {
            table.govuk-table {
                thead.govuk-table__head {
                    tr.govuk-table__row {
                        @for heading in ["Change", "From", "Owner", "By", "Status"] { th.govuk-table__header scope="col" { (heading) } }
                    }
                }
                tbody.govuk-table__body { @for line in lines { (line) } }
            }
        }
    }
}

impl Renderable for ActionLine {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        maud! {
            tr.govuk-table__row {
                td.govuk-table__cell { (self.action) }
                td.govuk-table__cell { span.fc-m { "From: " } (self.from) }
                td.govuk-table__cell { span.fc-m { "Owner: " } (self.owner) }
                td.govuk-table__cell.fc-nowrap { span.fc-m { "By: " } (self.by) }
                td.govuk-table__cell {
                    (self.status)
                    @if let Some(next) = &self.next {
                        " " a.govuk-link.fc-noprint href=(next.href) {
                            (next.label) span.govuk-visually-hidden { ": " (self.action.label) }
                        }
                    }
                }
            }
        }
        .render_to(out);
    }
}

impl ActionLine {
    /// Accepted.
    pub fn sample() -> Self {
        Self {
            action: Link::new("Ask the customer before closing any job", &paths::action("FC-10402-1")),
            from: Source::Case(Link::new("FC-10402", &paths::case("FC-10402"))),
            owner: "Helpline".to_owned(),
            by: "6 Nov 2026".to_owned(),
            status: Tag::new("Accepted", Tone::Brand),
            next: None,
        }
    }

    /// Overdue.
    pub fn sample_late() -> Self {
        Self {
            action: Link::new(
                "Weekend cover in the halls network contract",
                &paths::action("FC-10388-1"),
            ),
            from: Source::Case(Link::new("FC-10388", &paths::case("FC-10388"))),
            owner: "Contracts".to_owned(),
            by: "30 Sep 2026".to_owned(),
            status: Tag::new("14 days late", Tone::Bad),
            next: None,
        }
    }

    /// Only proposed.
    pub fn sample_proposed() -> Self {
        Self {
            action: Link::new(
                "Replace 40 access points in the libraries before January exams",
                &paths::action("2026-08-1"),
            ),
            from: Source::Words("Review of August 2026, 14 cases".to_owned()),
            owner: "Nobody yet".to_owned(),
            by: "No date yet".to_owned(),
            status: Tag::new("Proposed", Tone::Warn),
            next: Some(Link::new(
                "Agree",
                &format!("{}?review=2026-09", paths::action("2026-08-1")),
            )),
        }
    }

    /// Done, and to be published.
    pub fn sample_done() -> Self {
        Self {
            action: Link::new(
                "Signs with a direct number in every teaching room",
                &paths::action("FC-10301-2"),
            ),
            from: Source::Case(Link::new("FC-10301", &paths::case("FC-10301"))),
            owner: "AV team".to_owned(),
            by: "11 Sep 2026".to_owned(),
            status: Tag::new("Done", Tone::Good),
            next: Some(Link::new("Publish", &paths::publish_action("FC-10301-2"))),
        }
    }
}
