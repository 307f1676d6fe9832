//! Who has seen one case, for those who watch over it.

use hypertext::{Buffer, prelude::*};

use super::{ONE_STANDS, SeenRow, row, table};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::link::{Link, back_link, next_page};
use crate::staff::parts::panel::{Empty, page_head};
use crate::staff::paths;

/// Who has seen a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseSeen {
    /// The reference.
    pub reference: String,
    /// Entries about it, the newest first.
    pub rows: Vec<SeenRow>,
    /// Lists that were saved as a file, and in which it stood.
    pub lists: Vec<SeenRow>,
    /// Older entries.
    pub next: Option<String>,
}

impl StaffPage for CaseSeen {
    fn title(&self) -> String {
        format!("{}: who has seen this", self.reference)
    }

    fn nav(&self) -> Nav {
        Nav::AllCases
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        let back = Link::new(&self.reference, &paths::case(&self.reference));
        maud! {
            (back_link(&back))
            (page_head("Who has seen this", "Everybody of staff who opened the case or took something of it along, newest first."))
            @if self.rows.is_empty() { (Empty::new("Nobody is on record here.")) } @else { (table("Who has seen this case, newest first", &self.rows)) }
            (next_page(self.next.as_deref()))
            @if !self.lists.is_empty() {
                h2.govuk-heading-m."govuk-!-margin-top-6" { "Lists in which it stood" }
                p.govuk-body { "Tables of cases that were saved as a file, without words of the case and names of complainants." }
                (table("Lists that were saved and in which this case stood", &self.lists))
            }
            p.govuk-body."govuk-!-margin-top-4" { (ONE_STANDS) }
        }
        .render_to(out);
    }
}

impl CaseSeen {
    /// Seen, and in a list.
    pub fn sample() -> Self {
        Self {
            reference: "FC-10482".to_owned(),
            rows: vec![
                SeenRow {
                    case: None,
                    ..row("Amara Osei", "Took a file of the case", Some("screenshot.png"), None)
                },
                row("Amara Osei", "Opened the case", None, None),
            ],
            lists: vec![row(
                "Dana Kowalczyk",
                "Saved a list of cases as a file",
                Some("stage=2"),
                None,
            )],
            next: None,
        }
    }

    /// By nobody.
    pub fn sample_empty() -> Self {
        Self {
            rows: Vec::new(),
            lists: Vec::new(),
            ..Self::sample()
        }
    }
}
