//! The table of cases: groups of lines, soonest deadline first; on a phone each line becomes a card.

use hypertext::prelude::*;

use super::list_table::{Heading, grouped_table};
use super::tag::{Tag, Tone};
use crate::page::clock::{Clock, clock};
use crate::page::icon::Icon;
use rules::sentence::capital;

/// A table of cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueTable {
    /// What the table holds and how it is ordered, for people who cannot see it.
    pub caption: String,
    /// Groups in order; a list without groups has one with an empty name.
    pub groups: Vec<QueueGroup>,
}

/// Lines under one heading, such as "Late".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueGroup {
    /// Anchor of the group.
    pub id: String,
    /// Heading; empty for none.
    pub name: String,
    /// `Bad` and `Warn` colour the heading.
    pub tone: Tone,
    /// The cases.
    pub rows: Vec<QueueRow>,
}

/// One case in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRow {
    /// The case's page.
    pub href: String,
    /// Short title.
    pub title: String,
    /// Reference.
    pub reference: String,
    /// Main category, in words.
    pub category: String,
    /// VIP, risk and the like.
    pub tags: Vec<Tag>,
    /// Who complained.
    pub from: String,
    /// What they are and how it came: "Student, phone".
    pub from_kind: String,
    /// The deadline.
    pub clock: Clock,
    /// When they last heard from us.
    pub contact: Contact,
    /// What is to be done next.
    pub next_step: String,
    /// Who has it, where the list shows more than one person's cases.
    pub owner: Option<String>,
}

/// When the person last heard from us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contact {
    /// "Yesterday, 4:55pm".
    Last(String),
    /// An update is owed (R24): "Update due today".
    UpdateDue(String),
}

impl QueueTable {
    /// How many cases the table holds.
    pub fn len(&self) -> usize {
        self.groups.iter().map(|group| group.rows.len()).sum()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Renderable for QueueTable {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        let headings = [
            Heading::subject("Case"),
            Heading::from_whom("From"),
            Heading::new("Decision due"),
            Heading::last_contact("Last contact"),
            Heading::new("Next step"),
        ];
        grouped_table(
            &self.caption,
            headings,
            maud! { @for group in self.groups.iter().filter(|group| !group.rows.is_empty()) { (group) } },
        )
        .render_to(out);
    }
}

impl Renderable for QueueGroup {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        maud! {
            tbody.govuk-table__body role="rowgroup" id=[(!self.id.is_empty()).then_some(self.id.as_str())] {
                @if !self.name.is_empty() {
                    tr.fc-group.[self.tone.pressing_class()] role="row" {
                        th colspan="5" scope="rowgroup" role="rowheader" { (self.name) }
                    }
                }
                @for row in &self.rows { (row) }
            }
        }
        .render_to(out);
    }
}

impl Renderable for QueueRow {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        maud! {
            tr.govuk-table__row.fc-row role="row" {
                td.govuk-table__cell role="cell" {
                    a.govuk-link.govuk-link--no-visited-state.fc-row__title href=(self.href) { (self.title) }
                    span.fc-row__meta {
                        span.fc-ref { (self.reference) } " · " (self.category)
                        @for tag in &self.tags { " " (tag) }
                    }
                }
                td.govuk-table__cell role="cell" {
                    (self.from) span.fc-m { "," } br; " " span.fc-row__meta { (capital(&self.from_kind)) }
                }
                td.govuk-table__cell.fc-row__clock role="cell" { (clock(&self.clock)) }
                td.govuk-table__cell role="cell" { (self.contact) }
                td.govuk-table__cell role="cell" {
                    span.fc-m.fc-row__meta { "Next: " } (self.next_step)
                    @if let Some(owner) = &self.owner { br; " " span.fc-row__meta.fc-row__owner { span.fc-m { "With: " } (owner) } }
                }
            }
        }
        .render_to(out);
    }
}

impl Renderable for Contact {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        match self {
            Self::Last(when) => maud! { span.fc-m.fc-row__meta { "Last contact: " } (when) }.render_to(out),
            Self::UpdateDue(words) => maud! { span.fc-flag { (Icon::Send) (words) } }.render_to(out),
        }
    }
}
