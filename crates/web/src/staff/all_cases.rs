//! All cases that the person may see, narrowed by links and read on page by page.

mod asked;
pub mod file;
pub mod finder;
pub mod handler;
pub mod pass_on;
pub mod views;

use hypertext::{Buffer, prelude::*};

use super::parts::filters::{Filter, filter_row};
use super::parts::link::{Link, next_page};
use super::parts::notice::{caution, done};
use super::parts::panel::{Empty, page_head};
use super::parts::queue::QueueTable;
use super::parts::tag::Tone;
use super::paths;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use finder::Finder;
use views::{SaveView, save_form};

/// All open cases, or all closed ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllCases {
    /// "All open cases", "Closed cases".
    pub heading: String,
    /// "41 open cases, soonest deadline first. 1 is late."
    pub summary: String,
    /// What was just done.
    pub notice: Option<String>,
    /// Saved views, as links with counts.
    pub views: Vec<Filter>,
    /// What the list is narrowed by that is not there any more.
    pub gone: Vec<String>,
    /// Saving what it is narrowed by; nothing where that is a view already.
    pub save: Option<SaveView>,
    /// Where they stand, as links with counts.
    pub standings: Vec<Filter>,
    /// Everything else by which the list can be narrowed.
    pub finder: Finder,
    /// What can be done with the list: pass several on, save it as a table.
    pub links: Vec<Link>,
    /// One group of cases without a heading.
    pub table: QueueTable,
    /// What to say when nothing matches.
    pub empty: Empty,
    /// The rest of the list, from the last line on.
    pub next: Option<String>,
}

impl StaffPage for AllCases {
    fn title(&self) -> String {
        self.heading.clone()
    }

    fn nav(&self) -> Nav {
        Nav::AllCases
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (done(self.notice.as_deref()))
            (page_head(&self.heading, &self.summary))
            @if !self.views.is_empty() {
                div.fc-views.fc-noprint {
                    span.fc-views__name aria-hidden="true" { "Views" }
                    (filter_row("Saved views", &self.views))
                    a.govuk-link href=(paths::VIEWS) { "Change views" }
                }
            }
            (filter_row("State", &self.standings))
            (self.finder)
            @for words in &self.gone { (caution(words)) }
            @if let Some(save) = &self.save { (save_form(shell, save)) }
            @if self.table.is_empty() { (self.empty) } @else { (self.table) }
            @if !self.links.is_empty() {
                p.govuk-body-s."govuk-!-margin-top-4".fc-noprint { @for (n, link) in self.links.iter().enumerate() { @if n > 0 { " · " } (link) } }
            }
            (next_page(self.next.as_deref()))
        }
        .render_to(out);
    }
}

impl AllCases {
    /// The first of several pages.
    pub fn sample() -> Self {
        Self {
            heading: "All open cases".to_owned(),
            summary: "41 open cases, soonest deadline first. 1 is late.".to_owned(),
            notice: None,
            views: vec![
                Filter::new("Late at stage 2", "/staff/cases?stage=2&late=yes").counting(1),
                Filter::new("Nobody has it yet", "/staff/cases?owner=nobody").counting(3),
            ],
            gone: Vec::new(),
            save: Some(SaveView::sample()),
            standings: sample_standings(),
            finder: Finder::sample(),
            links: vec![
                Link::new("Pass several on", "/staff/cases/pass-on?stage=2"),
                Link::new("Save this list as a table (CSV)", "/staff/cases.csv?stage=2"),
            ],
            table: QueueTable::sample_everybody(),
            empty: Empty::with_link("No cases match.", Link::new("Clear the filters", paths::CASES_OPEN)),
            next: Some("/staff/cases?after=2026-10-19.FC-10487".to_owned()),
        }
    }

    /// Filters that leave nothing.
    pub fn sample_empty() -> Self {
        Self {
            summary: "No cases match.".to_owned(),
            links: Vec::new(),
            views: Vec::new(),
            gone: vec!["Kit Vale has left. You see what is still with them.".to_owned()],
            table: QueueTable {
                caption: String::new(),
                groups: Vec::new(),
            },
            next: None,
            ..Self::sample()
        }
    }
}

fn sample_standings() -> Vec<Filter> {
    let at = |query: &str| format!("{}?{query}", paths::CASES);
    vec![
        Filter::new("Open", paths::CASES).counting(41).in_force(),
        Filter::new("Stage 2 asked for", &at("state=escalation"))
            .counting(1)
            .toned(Tone::Warn),
        Filter::new("Waiting for sign-off", &at("state=sign-off")).counting(2),
        Filter::new("Closed", &at("state=closed")),
        Filter::new("All", &at("state=any")),
    ]
}
