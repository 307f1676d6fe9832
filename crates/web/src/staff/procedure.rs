//! The procedure in force, as staff see it: what it promises, whether it is sound, and its older versions (R13, R45, P44).

pub mod handler;
pub mod new;
pub mod publish;
mod shown;
pub mod what_changes;

use hypertext::{Buffer, prelude::*};

use super::parts::checks::{Check, checks};
use super::parts::facts::{Fact, facts};
use super::parts::link::Link;
use super::parts::list_table::{Heading, list_table};
use super::parts::notice::done;
use super::parts::panel::{page_head, panel, panel_with_link};
use super::paths;
use crate::page::form::{ButtonLink, ButtonStyle};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// The procedure in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// What was just done.
    pub notice: Option<String>,
    /// Where a new version is given; none for somebody who may only look.
    pub publish: Option<Link>,
    /// "IT Services feedback and complaints"
    pub name: String,
    /// "Version 1, in force since Saturday 1 August 2026."
    pub in_force: String,
    /// Stages, dates, updates, extensions, calendar, as the engine reads them.
    pub facts: Vec<Fact>,
    /// The text that the public reads, made from the same file.
    pub published: Link,
    /// What was looked at when it was loaded (P44).
    pub checks: Vec<Check>,
    /// Versions, newest first. A case keeps the version that it began under (P22).
    pub versions: Vec<ProcedureVersion>,
}

/// A version of the procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcedureVersion {
    /// "1"
    pub name: String,
    /// From when: "Since Saturday 1 August 2026"
    pub when: String,
    /// Who published it, and when.
    pub published: String,
    /// The file.
    pub file: Link,
    /// Where its rules come from, and when that was read.
    pub source: String,
}

impl StaffPage for Procedure {
    fn title(&self) -> String {
        "Procedure".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Procedure
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            (done(self.notice.as_deref()))
            (page_head(&self.name, &self.in_force))
            @if let Some(Link { label, href }) = &self.publish {
                p { (ButtonLink::new(label.as_str(), href.as_str()).style(ButtonStyle::Secondary)) }
            }
            div.fc-case.fc-case--act {
                div {
                    (panel_with_link("says", "What it says", &self.published, facts(&self.facts)))
                    (panel("versions", "Versions", versions(&self.versions)))
                }
                aside.fc-rail aria-label="Checks" { (panel("sound", "Is it sound?", checks(&self.checks))) }
            }
        }
        .render_to(out);
    }
}

fn versions(versions: &[ProcedureVersion]) -> impl Renderable {
    let headings = ["Version", "In force", "Published", "Where its rules come from", "File"].map(Heading::new);
    list_table("Versions", headings, maud! { @for version in versions { (version) } })
}

impl Renderable for ProcedureVersion {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            tr.govuk-table__row.fc-row role="row" {
                td.govuk-table__cell role="cell" { span.fc-m.fc-row__meta { "Version " } (self.name) }
                td.govuk-table__cell role="cell" { (self.when) }
                td.govuk-table__cell role="cell" { span.fc-m.fc-row__meta { "Published: " } (self.published) }
                td.govuk-table__cell role="cell" { (self.source) }
                td.govuk-table__cell role="cell" {
                    a.govuk-link href=(self.file.href) download { (self.file.label) span.govuk-visually-hidden { " version " (self.name) } }
                }
            }
        }
        .render_to(out);
    }
}

impl Procedure {
    /// Two stages, sound.
    pub fn sample() -> Self {
        Self {
            notice: None,
            publish: Some(Link::new("Publish a new version", paths::PROCEDURE_NEW)),
            name: "IT Services feedback and complaints".to_owned(),
            in_force: "Version 1, in force since Saturday 1 August 2026.".to_owned(),
            facts: vec![
                Fact::new("Acknowledgement", "At once, at most 15 minutes"),
                Fact::new(
                    "Stage 1",
                    "Decision within 3 working days\nOne extension of at most 2 working days",
                ),
                Fact::new(
                    "Stage 2",
                    "Decision within 20 working days\nExtensions of at most 10, together at most 20 working days",
                ),
                Fact::new(
                    "Updates",
                    "Every working day at stage 1\nEvery 5 working days at stage 2",
                ),
                Fact::new("VIP", "Always stage 2"),
                Fact::new("Sign-off", "VIP, high risk, or when asked for"),
                Fact::new("Calendar", "England and Wales with closure days, version 2026-2"),
            ],
            published: Link::new("Read the published text", crate::public::paths::PROCEDURE),
            checks: vec![
                Check::passed("Every stage can be reached and left"),
                Check::passed("Every clock has an end"),
                Check::passed("Somebody holds every role that approves"),
                Check::passed("The calendar covers every open date"),
            ],
            versions: vec![ProcedureVersion {
                name: "1".to_owned(),
                when: "Since Saturday 1 August 2026".to_owned(),
                published: "Friday 31 July 2026 by the system".to_owned(),
                file: Link::new("Save", "/staff/settings/procedure/file?version=1"),
                source: "IT Services complaints procedure, read on Monday 1 June 2026".to_owned(),
            }],
        }
    }

    /// Nobody can approve an extension, and the calendar ends too early.
    pub fn sample_unsound() -> Self {
        let mut page = Self::sample();
        page.checks[2] = Check::missing(
            "Nobody holds the role “Customer Services Senior Manager”, which approves extensions at stage 2",
        );
        page.checks[3] = Check::look("The calendar ends on Friday 1 January 2027; 3 open dates are later");
        page
    }
}
