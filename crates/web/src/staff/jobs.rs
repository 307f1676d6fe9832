//! The job register: every job of the profile for feedback, and one job with its updates (R20, R43, R44).

use hypertext::{Buffer, prelude::*};

use super::case::{JobView, updates};
use super::parts::facts::facts;
use super::parts::filters::{Filter, filter_row};
use super::parts::link::{Link, back_link, next_page};
use super::parts::panel::{Empty, page_head, panel};
use super::parts::tag::{Tag, Tone};
use super::paths;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// The register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRegister {
    /// "44 open jobs, newest first."
    pub summary: String,
    /// Open, closed, not copied ...
    pub filters: Vec<Filter>,
    /// The jobs.
    pub lines: Vec<JobLine>,
    /// What to say when nothing matches.
    pub empty: Empty,
    /// The rest of the list.
    pub next: Option<String>,
}

/// One job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobLine {
    /// Its page and number.
    pub job: Link,
    /// The problem profile: "General-Customer Feedback".
    pub profile: String,
    /// "Stand-alone", or "Child of F0981207".
    pub relation: String,
    /// Its case; nothing when the reader may not see it (R36).
    pub case: Option<Link>,
    /// Open, closed, waiting to be copied.
    pub status: Tag,
    /// "Mon 12 Oct 2026"
    pub opened: String,
    /// "Yesterday, 4:20pm"
    pub last_update: String,
}

/// One job with its updates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobPage {
    /// Its number.
    pub number: String,
    /// "General-Customer Feedback, opened Monday 12 October 2026"
    pub about: String,
    /// Facts and updates.
    pub job: JobView,
}

impl StaffPage for JobRegister {
    fn title(&self) -> String {
        "Job register".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Jobs
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            (page_head("Job register", &self.summary))
            (filter_row("Show", &self.filters))
            @if self.lines.is_empty() { (self.empty) } @else { (table(&self.lines)) }
            (next_page(self.next.as_deref()))
        }
        .render_to(out);
    }
}

fn table(lines: &[JobLine]) -> impl Renderable {
    maud! {
        div.fc-queue {
            table.govuk-table role="table" {
                caption.govuk-visually-hidden { "Jobs, newest first" }
                thead.govuk-table__head role="rowgroup" {
                    tr.govuk-table__row role="row" {
                        @for heading in ["Job", "Relation", "Case", "Status", "Opened", "Last update"] {
                            th.govuk-table__header scope="col" role="columnheader" { (heading) }
                        }
                    }
                }
                tbody.govuk-table__body role="rowgroup" { @for line in lines { (line) } }
            }
        }
    }
}

impl Renderable for JobLine {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            tr.govuk-table__row.fc-row role="row" {
                td.govuk-table__cell role="cell" {
                    a.govuk-link.govuk-link--no-visited-state.fc-row__title href=(self.job.href) { span.fc-ref { (self.job.label) } }
                    span.fc-row__meta { (self.profile) }
                }
                td.govuk-table__cell role="cell" { (self.relation) }
                td.govuk-table__cell role="cell" {
                    span.fc-m.fc-row__meta { "Case: " }
                    @match &self.case {
                        Some(case) => { a.govuk-link href=(case.href) { span.fc-ref { (case.label) } } }
                        None => { span.fc-muted { "Not shown to you" } }
                    }
                }
                td.govuk-table__cell role="cell" { (self.status) }
                td.govuk-table__cell role="cell" { span.fc-m.fc-row__meta { "Opened: " } (self.opened) }
                td.govuk-table__cell role="cell" { span.fc-m.fc-row__meta { "Last update: " } (self.last_update) }
            }
        }
        .render_to(out);
    }
}

impl StaffPage for JobPage {
    fn title(&self) -> String {
        format!("Job {}", self.number)
    }

    fn nav(&self) -> Nav {
        Nav::Jobs
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            (back_link(&Link::new("Job register", paths::JOBS)))
            (page_head(&format!("Job {}", self.number), &self.about))
            (panel("job", "Facts", facts(&self.job.facts)))
            (panel("updates", "Updates", updates(&self.job.updates)))
        }
        .render_to(out);
    }
}

impl JobRegister {
    /// Four jobs.
    pub fn sample() -> Self {
        let open = Tag::new("Open", Tone::Brand);
        Self {
            summary: "44 open jobs, newest first.".to_owned(),
            filters: vec![
                Filter::new("Open", paths::JOBS).counting(44).in_force(),
                Filter::new("Closed", "/staff/jobs?show=closed"),
                Filter::new("Stand-alone", "/staff/jobs?show=alone").counting(31),
                Filter::new("Child jobs", "/staff/jobs?show=child").counting(13),
                Filter::new("Waiting to be copied", "/staff/jobs?show=waiting")
                    .counting(1)
                    .toned(Tone::Warn),
            ],
            lines: vec![
                line("F0981334", "Child of F0981207", Some("FC-10482"), open.clone()),
                line("F0981340", "Stand-alone", Some("FC-10476"), open.clone()),
                line("F0981352", "Stand-alone", None, open),
                line(
                    "F0981360",
                    "Stand-alone",
                    Some("FC-10488"),
                    Tag::new("Waiting to be copied", Tone::Warn),
                ),
            ],
            empty: Empty::with_link("No jobs match.", Link::new("Clear the filters", paths::JOBS)),
            next: Some("/staff/jobs?after=F0981360".to_owned()),
        }
    }

    /// Nothing matches.
    pub fn sample_empty() -> Self {
        Self {
            summary: "No jobs match.".to_owned(),
            lines: Vec::new(),
            next: None,
            ..Self::sample()
        }
    }
}

fn line(number: &str, relation: &str, case: Option<&str>, status: Tag) -> JobLine {
    JobLine {
        job: Link::new(number, &paths::job(number)),
        profile: "General-Customer Feedback".to_owned(),
        relation: relation.to_owned(),
        case: case.map(|reference| Link::new(reference, &paths::case(reference))),
        status,
        opened: "Mon 12 Oct 2026".to_owned(),
        last_update: "Yesterday, 4:20pm".to_owned(),
    }
}

impl JobPage {
    /// A child job.
    pub fn sample() -> Self {
        Self {
            number: "F0981334".to_owned(),
            about: "General-Customer Feedback, opened Monday 12 October 2026".to_owned(),
            job: JobView::sample(),
        }
    }
}
