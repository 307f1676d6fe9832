//! The job register: every job of the profile for feedback, and one job with its updates (R20, R43, R44).

pub mod handler;

use hypertext::{Buffer, prelude::*};

use super::parts::facts::{Fact, facts};
use super::parts::filters::{Filter, filter_row};
use super::parts::link::{Link, back_link, next_page};
use super::parts::list_table::{Heading, list_table};
use super::parts::panel::{Empty, page_head, panel};
use super::parts::table::{Column, Holds, Table};
use super::parts::tag::{Tag, Tone};
use super::paths;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// The register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRegister {
    /// "Open jobs, newest first."
    pub summary: String,
    /// Open, closed, everything.
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
    /// Its case; nothing when the reader may not see cases (R36).
    pub case: Option<Link>,
    /// Open or closed.
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
    /// Profile, relation, case, status; empty for a job that is kept elsewhere.
    pub facts: Vec<Fact>,
    /// What happened, newest first (R21).
    pub updates: Vec<JobUpdate>,
    /// Jobs that are children of this one (R44).
    pub children: Vec<Link>,
}

/// Something that happened to a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobUpdate {
    /// "Yesterday, 4:20pm"
    pub when: String,
    /// What the job says.
    pub words: String,
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
    let headings = ["Job", "Relation", "Case", "Status", "Opened", "Last update"].map(Heading::new);
    list_table("Jobs, newest first", headings, maud! { @for line in lines { (line) } })
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
            @if !self.facts.is_empty() { (panel("job", "Facts", facts(&self.facts))) }
            @if !self.children.is_empty() { (panel("children", "Child jobs", children(&self.children))) }
            @if !self.updates.is_empty() { (panel("updates", "Updates", updates(&self.updates))) }
        }
        .render_to(out);
    }
}

fn children(children: &[Link]) -> impl Renderable {
    maud! { ul.govuk-list { @for child in children { li { (child) } } } }
}

/// The columns of the updates.
const COLUMNS: [Column; 2] = [Column::new("When", Holds::Moment), Column::new("What", Holds::Words)];

fn updates(updates: &[JobUpdate]) -> impl Renderable {
    Table {
        name: "Updates",
        columns: &COLUMNS,
        rows: updates
            .iter()
            .map(|update| vec![update.when.clone(), update.words.clone()])
            .collect(),
    }
}

impl JobRegister {
    /// Four jobs.
    pub fn sample() -> Self {
        let open = Tag::new("Open", Tone::Brand);
        Self {
            summary: "Open jobs, newest first.".to_owned(),
            filters: vec![
                Filter::new("Open", paths::JOBS).in_force(),
                Filter::new("Closed", "/staff/jobs?show=closed"),
                Filter::new("Everything", "/staff/jobs?show=all"),
            ],
            lines: vec![
                line("F0981334", "Child of F0981207", Some("FC-10482"), open.clone()),
                line("F0981340", "Stand-alone", Some("FC-10476"), open.clone()),
                line("F0981352", "Stand-alone", None, open),
                line(
                    "F0981360",
                    "Stand-alone",
                    Some("FC-10488"),
                    Tag::new("Closed", Tone::Grey),
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
            facts: vec![
                Fact::new("Profile", "General-Customer Feedback"),
                Fact::linked("Child of", Link::new("F0981207", &paths::job("F0981207"))),
                Fact::linked("Case", Link::new("FC-10482", &paths::case("FC-10482"))),
                Fact::new("Status", "Open"),
            ],
            updates: vec![
                update(
                    "Yesterday, 4:20pm",
                    "Update to the complainant (email): the network team looks at it this afternoon",
                ),
                update(
                    "Monday 12 October, 2:05pm",
                    "Job raised as a child of F0981207, profile \"General-Customer Feedback\"",
                ),
            ],
            children: Vec::new(),
        }
    }

    /// A job that another system keeps, with a child here.
    pub fn sample_elsewhere() -> Self {
        Self {
            number: "F0981207".to_owned(),
            about: "This job is kept in another system. These feedback jobs are its children.".to_owned(),
            facts: Vec::new(),
            updates: Vec::new(),
            children: vec![Link::new("F0981334", &paths::job("F0981334"))],
        }
    }
}

fn update(when: &str, words: &str) -> JobUpdate {
    JobUpdate {
        when: when.to_owned(),
        words: words.to_owned(),
    }
}
