//! The table that the staff's lists are made of: a caption for people who cannot see it, headings, rows; on a phone each row becomes a card.

use hypertext::prelude::*;

/// The heading of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heading {
    words: &'static str,
    width: Option<&'static str>,
}

impl Heading {
    /// Of a column as wide as what it holds.
    pub fn new(words: &'static str) -> Self {
        Self { words, width: None }
    }

    /// Of the column that says what a row is about: the widest.
    pub fn subject(words: &'static str) -> Self {
        Self {
            words,
            width: Some("fc-c1"),
        }
    }

    /// Of the column that says when they last heard from us, which must not break.
    pub fn last_contact(words: &'static str) -> Self {
        Self {
            words,
            width: Some("fc-c4"),
        }
    }

    /// Of the column that says who it is from.
    pub fn from_whom(words: &'static str) -> Self {
        Self {
            words,
            width: Some("fc-c2"),
        }
    }
}

/// A list whose rows stand in one group.
pub fn list_table(caption: &str, headings: impl Into<Vec<Heading>>, rows: impl Renderable) -> impl Renderable {
    let group = maud! { tbody.govuk-table__body role="rowgroup" { (rows) } };
    grouped_table(caption, headings, group)
}

/// A list whose rows stand in groups, each a `tbody`.
pub fn grouped_table(caption: &str, headings: impl Into<Vec<Heading>>, groups: impl Renderable) -> impl Renderable {
    let headings = headings.into();
    maud! {
        div.fc-queue {
            table.govuk-table role="table" {
                caption.govuk-visually-hidden { (caption) }
                thead.govuk-table__head role="rowgroup" {
                    tr.govuk-table__row role="row" { @for heading in &headings { (heading) } }
                }
                (groups)
            }
        }
    }
}

impl Renderable for Heading {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        maud! { th.govuk-table__header.[self.width] scope="col" role="columnheader" { (self.words) } }.render_to(out);
    }
}
