//! My work: the cases of the person who is signed in, late first.

pub mod handler;

use hypertext::{Buffer, prelude::*};

use super::parts::filters::{Filter, filter_row};
use super::parts::link::Link;
use super::parts::notice::done;
use super::parts::panel::{Empty, page_head};
use super::parts::queue::QueueTable;
use super::parts::tag::Tone;
use super::paths;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// My work. Groups are late, due today, this week, later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MyWork {
    /// "9 open cases. 1 is late, 2 are due today ..."
    pub summary: String,
    /// What was just done, after a redirect.
    pub notice: Option<String>,
    /// Everything, asked of you, new messages, late, due today, update promised, stage 2, other regimes, waiting for someone else.
    pub filters: Vec<Filter>,
    /// The cases.
    pub table: QueueTable,
    /// What to say when there are none.
    pub empty: Empty,
}

impl StaffPage for MyWork {
    fn title(&self) -> String {
        "My work".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            (done(self.notice.as_deref()))
            (page_head("My work", &self.summary))
            (filter_row("Show", &self.filters))
            @if self.table.is_empty() { (self.empty) } @else { (self.table) }
        }
        .render_to(out);
    }
}

impl MyWork {
    /// Nine cases in four groups.
    pub fn sample() -> Self {
        Self {
            summary: "9 open cases, and 1 of somebody else that asks something of you. 1 is late, 2 are due today and 2 people are waiting for an update you promised."
                .to_owned(),
            notice: None,
            filters: vec![
                Filter::new("Everything", paths::MY_WORK).counting(9).in_force(),
                Filter::new("Asked of you", "/staff?show=asked").counting(1),
                Filter::new("Late", "/staff?show=late").counting(1).toned(Tone::Bad),
                Filter::new("Due today", "/staff?show=today")
                    .counting(2)
                    .toned(Tone::Warn),
                Filter::new("New message", "/staff?show=messages")
                    .counting(1)
                    .toned(Tone::Warn),
                Filter::new("Update promised", "/staff?show=promised")
                    .counting(2)
                    .toned(Tone::Warn),
                Filter::new("Stage 2", "/staff?show=stage-2").counting(1),
                Filter::new("Other regimes", "/staff?show=regimes").counting(1),
                Filter::new("Waiting for someone else", "/staff?show=waiting").counting(1),
            ],
            table: QueueTable::sample(),
            empty: Empty::new("Nothing is waiting for you."),
        }
    }

    /// No case at all.
    pub fn sample_empty() -> Self {
        Self {
            summary: "No open cases.".to_owned(),
            filters: Vec::new(),
            table: QueueTable {
                caption: String::new(),
                groups: Vec::new(),
            },
            empty: Empty::with_link(
                "Nothing is waiting for you. 3 complaints are in triage.",
                Link::new("Go to triage", paths::TRIAGE),
            ),
            ..Self::sample()
        }
    }

    /// Narrowed to late cases, after a decision was sent.
    pub fn sample_late() -> Self {
        let mut page = Self::sample();
        page.notice = Some("Your decision on FC-10482 is on its way to Priya. The case is closed.".to_owned());
        page.table.groups.truncate(1);
        page.filters[0].current = false;
        page.filters[2].current = true;
        page
    }
}
