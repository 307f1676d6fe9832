//! What a search found: the same table as everywhere, open and closed cases alike.

pub mod handler;

use hypertext::{Buffer, prelude::*};

use super::parts::link::next_page;
use super::parts::panel::{Empty, page_head};
use super::parts::queue::QueueTable;
use super::paths;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// Search results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchResults {
    /// What was looked for.
    pub query: String,
    /// "5 cases have these words." Counts only what the person may see (R36).
    pub summary: String,
    /// The cases.
    pub table: QueueTable,
    /// What to say when nothing was found.
    pub empty: Empty,
    /// The rest of the list.
    pub next: Option<String>,
}

impl StaffPage for SearchResults {
    fn title(&self) -> String {
        format!("Search: {}", self.query)
    }

    fn nav(&self) -> Nav {
        Nav::Nowhere
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            (page_head(&format!("Search: “{}”", self.query), &self.summary))
            @if self.table.is_empty() { (self.empty) } @else { (self.table) }
            (next_page(self.next.as_deref()))
        }
        .render_to(out);
    }
}

impl SearchResults {
    /// Five cases.
    pub fn sample() -> Self {
        Self {
            query: "printer & Rowan".to_owned(),
            summary: "5 cases have these words, newest first. Closed cases are included.".to_owned(),
            table: QueueTable::sample_everybody(),
            empty: Empty::new("No cases match."),
            next: Some(format!("{}?q=printer+%26+Rowan&after=FC-10487", paths::SEARCH)),
        }
    }

    /// Nothing found.
    pub fn sample_empty() -> Self {
        Self {
            query: "telex".to_owned(),
            summary: String::new(),
            table: QueueTable {
                caption: String::new(),
                groups: Vec::new(),
            },
            empty: Empty::new("No cases match. Try fewer words, a reference such as FC-10482, or a name."),
            next: None,
        }
    }
}
