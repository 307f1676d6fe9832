//! Letters that wait for sign-off, soonest date first.

use hypertext::{Buffer, prelude::*};

use crate::page::clock::{Clock, ClockState, clock};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::list_table::{Heading, list_table};
use crate::staff::parts::notice::done;
use crate::staff::parts::panel::{Empty, page_head};
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;

/// Letters that wait for sign-off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOffList {
    /// "2 letters are waiting. The first is due tomorrow."
    pub summary: String,
    /// What was just done, after a redirect.
    pub notice: Option<String>,
    /// The letters.
    pub lines: Vec<SignOffLine>,
}

/// One letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOffLine {
    /// Where it is read.
    pub href: String,
    /// Title of the case.
    pub title: String,
    /// Reference of the case.
    pub reference: String,
    /// Stage, VIP, locked for you ...
    pub tags: Vec<Tag>,
    /// Who investigated.
    pub by: String,
    /// "Version 2, waiting since yesterday at 4:10pm"
    pub version: String,
    /// The deadline of the decision.
    pub clock: Clock,
}

impl StaffPage for SignOffList {
    fn title(&self) -> String {
        "Sign-off".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::SignOff
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            (done(self.notice.as_deref()))
            (page_head("Sign-off", &self.summary))
            @if self.lines.is_empty() { (Empty::new("No letters are waiting for sign-off.")) } @else { (table(&self.lines)) }
        }
        .render_to(out);
    }
}

fn table(lines: &[SignOffLine]) -> impl Renderable {
    let headings = [
        Heading::subject("Letter"),
        Heading::new("Investigated by"),
        Heading::new("Decision due"),
    ];
    list_table(
        "Letters waiting for sign-off, soonest date first",
        headings,
        maud! { @for line in lines { (line) } },
    )
}

impl Renderable for SignOffLine {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            tr.govuk-table__row.fc-row role="row" {
                td.govuk-table__cell role="cell" {
                    a.govuk-link.govuk-link--no-visited-state.fc-row__title href=(self.href) { (self.title) }
                    span.fc-row__meta { span.fc-ref { (self.reference) } @for tag in &self.tags { " " (tag) } }
                }
                td.govuk-table__cell role="cell" {
                    span.fc-m.fc-row__meta { "Investigated by " } (self.by) br; " " span.fc-row__meta { (self.version) }
                }
                td.govuk-table__cell.fc-row__clock role="cell" { (clock(&self.clock)) }
            }
        }
        .render_to(out);
    }
}

impl SignOffList {
    /// Two letters, one of which the reader may not sign.
    pub fn sample() -> Self {
        Self {
            summary: "2 letters are waiting. The first is due tomorrow.".to_owned(),
            notice: None,
            lines: vec![
                SignOffLine {
                    href: paths::sign_off("FC-10391"),
                    title: "Shared mailbox lost after email migration".to_owned(),
                    reference: "FC-10391".to_owned(),
                    tags: vec![Tag::new("High risk", Tone::Warn)],
                    by: "Dana Kowalczyk".to_owned(),
                    version: "Version 2, waiting since yesterday at 4:10pm".to_owned(),
                    clock: Clock::new(ClockState::Soon, "Thu 15 Oct, tomorrow", 19, 20)
                        .with_sub("Stage 2, day 19 of 20"),
                },
                SignOffLine {
                    href: paths::sign_off("FC-10444"),
                    title: "Exam software failed for 12 students".to_owned(),
                    reference: "FC-10444".to_owned(),
                    tags: vec![
                        Tag::new("VIP", Tone::Staff),
                        Tag::new("Not for you: conflict", Tone::Grey),
                    ],
                    by: "Joy Okafor".to_owned(),
                    version: "Version 1, waiting since today at 8:50am".to_owned(),
                    clock: Clock::new(ClockState::Ok, "Wed 28 Oct, 10 days", 10, 20).with_sub("Stage 2, day 10 of 20"),
                },
            ],
        }
    }

    /// None.
    pub fn sample_empty() -> Self {
        Self {
            summary: String::new(),
            lines: Vec::new(),
            notice: Some("The decision on FC-10391 is on its way to Dr Bevan.".to_owned()),
        }
    }
}
