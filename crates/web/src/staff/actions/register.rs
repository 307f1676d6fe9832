//! The register of follow-on actions (R10).

use hypertext::{Buffer, prelude::*};

use super::line::{ActionLine, action_table};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::filters::{Filter, filter_row};
use crate::staff::parts::link::{Link, next_page};
use crate::staff::parts::panel::{Empty, page_head};
use crate::staff::parts::tag::Tone;
use crate::staff::paths;

/// The register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionRegister {
    /// "12 to do, 2 of them late. Each stands in every monthly review until it is done."
    pub summary: String,
    /// To do, late, done, dropped, everything.
    pub filters: Vec<Filter>,
    /// The actions.
    pub lines: Vec<ActionLine>,
    /// Where the list goes on.
    pub next: Option<String>,
    /// What to say when nothing matches.
    pub empty: Empty,
    /// To recommend a change in the review that waits, for whoever may.
    pub add: Option<Link>,
}

impl StaffPage for ActionRegister {
    fn title(&self) -> String {
        "Follow-on actions".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Actions
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            (page_head("Follow-on actions", &self.summary))
            (filter_row("Show", &self.filters))
            @if let Some(add) = &self.add { p.govuk-body { (add) } }
            @if self.lines.is_empty() { (self.empty) }
            @else { section.fc-panel aria-label="Register" { div.fc-panel__body { (action_table(&self.lines, "Follow-on actions")) } } }
            (next_page(self.next.as_deref()))
        }
        .render_to(out);
    }
}

impl ActionRegister {
    /// One of each kind.
    pub fn sample() -> Self {
        Self {
            summary: "3 to do, 1 of them late. Each stands in every monthly review until it is done.".to_owned(),
            filters: vec![
                Filter::new("To do", paths::ACTIONS).counting(3).in_force(),
                Filter::new("Late", "/staff/actions?show=late")
                    .counting(1)
                    .toned(Tone::Bad),
                Filter::new("Done", "/staff/actions?show=done").counting(1),
                Filter::new("Dropped", "/staff/actions?show=dropped").counting(0),
            ],
            lines: vec![
                ActionLine::sample_late(),
                ActionLine::sample(),
                ActionLine::sample_proposed(),
                ActionLine::sample_done(),
            ],
            next: Some("/staff/actions?page=2".to_owned()),
            empty: Empty::new("None yet."),
            add: Some(Link::new(
                "Recommend a change in the review of September 2026",
                &paths::review_act("2026-09", "recommend"),
            )),
        }
    }

    /// Nothing was ever promised.
    pub fn sample_empty() -> Self {
        Self {
            summary: "Nothing to do.".to_owned(),
            lines: Vec::new(),
            next: None,
            add: None,
            empty: Empty::new("None yet. Actions come from decisions and from the monthly review."),
            ..Self::sample()
        }
    }
}
