//! The list of new complaints, oldest first.

use hypertext::{Buffer, prelude::*};

use crate::page::clock::{Clock, ClockState, clock};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::link::next_page;
use crate::staff::parts::list_table::{Heading, list_table};
use crate::staff::parts::notice::done;
use crate::staff::parts::panel::{Empty, page_head};
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;

/// New complaints, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriageList {
    /// "3 complaints are waiting. The oldest came in yesterday at 4:52pm."
    pub summary: String,
    /// What was just done, after a redirect.
    pub notice: Option<String>,
    /// The complaints.
    pub lines: Vec<TriageLine>,
    /// What to say when there are none.
    pub empty: Empty,
    /// The rest of the list.
    pub next: Option<String>,
}

/// One new complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriageLine {
    /// Its triage page.
    pub href: String,
    /// Reference.
    pub reference: String,
    /// The first sentence of what they wrote.
    pub title: String,
    /// The words that follow it, cut at a word.
    pub more: String,
    /// The category that its words suggest; a person decides.
    pub suggested: Option<String>,
    /// It may be about a member of staff (A13), a VIP, a duplicate: staff-only labels.
    pub flags: Vec<Tag>,
    /// Who it is from.
    pub from: String,
    /// What they are and how it came: "Student, online form".
    pub from_kind: String,
    /// When it was received: "Yesterday, 4:52pm".
    pub received: String,
    /// The deadline, which already runs (A2).
    pub clock: Clock,
}

impl StaffPage for TriageList {
    fn title(&self) -> String {
        "Triage".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Triage
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            (done(self.notice.as_deref()))
            (page_head("Triage", &self.summary))
            @if self.lines.is_empty() { (self.empty) } @else { (table(&self.lines)) }
            (next_page(self.next.as_deref()))
        }
        .render_to(out);
    }
}

fn table(lines: &[TriageLine]) -> impl Renderable {
    let suggestions = if lines.iter().any(|line| line.suggested.is_some()) {
        Suggestions::Shown
    } else {
        Suggestions::None
    };
    let mut headings = vec![
        Heading::subject("What they told us"),
        Heading::from_whom("From"),
        Heading::new("Received"),
        Heading::new("Decision due"),
    ];
    if suggestions == Suggestions::Shown {
        headings.push(Heading::new("Suggested category"));
    }
    list_table(
        "Complaints waiting for triage, oldest first",
        headings,
        maud! { @for line in lines { (row(line, suggestions)) } },
    )
}

/// Whether the list has a column of suggested categories: a column that is empty on every line tells nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Suggestions {
    Shown,
    None,
}

fn row(line: &TriageLine, suggestions: Suggestions) -> impl Renderable {
    maud! {
        tr.govuk-table__row.fc-row role="row" {
            td.govuk-table__cell role="cell" {
                a.govuk-link.govuk-link--no-visited-state.fc-row__title href=(line.href) { (line.title) }
                @if !line.more.is_empty() { span.fc-row__more { (line.more) } }
                span.fc-row__meta {
                    span.fc-ref { (line.reference) }
                    @for flag in &line.flags { " " (flag) }
                }
            }
            td.govuk-table__cell role="cell" {
                (line.from) span.fc-m { "," } br; " " span.fc-row__meta { (line.from_kind) }
            }
            td.govuk-table__cell role="cell" { span.fc-m.fc-row__meta { "Received: " } (line.received) }
            td.govuk-table__cell.fc-row__clock role="cell" { (clock(&line.clock)) }
            @if suggestions == Suggestions::Shown {
                td.govuk-table__cell role="cell" {
                    span.fc-m.fc-row__meta { "Suggested: " }
                    @match &line.suggested {
                        Some(category) => { (category) }
                        None => { span.fc-muted { "None" } }
                    }
                }
            }
        }
    }
}

impl TriageList {
    /// Three complaints: one about a member of staff, one from a VIP.
    pub fn sample() -> Self {
        Self {
            summary: "3 complaints are waiting. The oldest came in yesterday at 4:52pm.".to_owned(),
            notice: None,
            lines: vec![
                TriageLine {
                    flags: vec![Tag::new("May be about a member of staff", Tone::Staff)],
                    clock: Clock::new(ClockState::Ok, "Fri 16 Oct, 2 days", 1, 3).with_sub("If stage 1, day 1 of 3"),
                    received: "Yesterday, 4:52pm".to_owned(),
                    ..line(
                        "FC-10488",
                        "The man at the desk on Monday night told me I should read the manual",
                    )
                },
                TriageLine {
                    flags: vec![Tag::new("VIP", Tone::Staff)],
                    suggested: Some("A4 Teaching and learning spaces".to_owned()),
                    from: "Prof. Ruth Adair".to_owned(),
                    from_kind: "Staff, email".to_owned(),
                    ..line(
                        "FC-10489",
                        "The projector in the Council Room went off twice during the governors’ meeting",
                    )
                },
                TriageLine {
                    suggested: Some("A8 Print and copy".to_owned()),
                    flags: vec![Tag::new("May be a duplicate of FC-10476", Tone::Grey)],
                    ..line(
                        "FC-10490",
                        "Every morning the printer on the ground floor of Rowan House says paper jam",
                    )
                },
            ],
            empty: Empty::new("All new complaints have an owner."),
            next: None,
        }
    }

    /// Nothing to triage.
    pub fn sample_empty() -> Self {
        Self {
            summary: String::new(),
            lines: Vec::new(),
            ..Self::sample()
        }
    }
}

fn line(reference: &str, title: &str) -> TriageLine {
    TriageLine {
        href: paths::triage(reference),
        reference: reference.to_owned(),
        title: title.to_owned(),
        more: "It is the third time this month. I have asked twice and …".to_owned(),
        suggested: None,
        flags: Vec::new(),
        from: "Lena Fuchs".to_owned(),
        from_kind: "Student, online form".to_owned(),
        received: "Today, 8:31am".to_owned(),
        clock: Clock::new(ClockState::Ok, "Mon 19 Oct, 3 days", 0, 3).with_sub("If stage 1, received today"),
    }
}
