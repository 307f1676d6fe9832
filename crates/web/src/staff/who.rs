//! Looking somebody up in the directory: unit and line manager, and who would deal with a complaint about them (R34, A15).

pub mod handler;

use hypertext::{Buffer, prelude::*};

use super::parts::form::FormState;
use super::parts::list_table::{Heading, list_table};
use super::parts::notice::caution;
use super::parts::panel::{Empty, page_head};
use super::paths;
use crate::page::form::{Button, ButtonStyle, Width};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// A look-up. Field: `name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// "2 people", or how many of how many are shown.
    pub summary: String,
    /// That the copy is old.
    pub caution: Option<String>,
    /// Who was found.
    pub rows: Vec<Found>,
    /// What to say where there are none.
    pub empty: Option<Empty>,
    /// What is looked for.
    pub form: FormState,
}

/// Somebody who was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Their name.
    pub name: String,
    /// Address and username.
    pub contact: String,
    /// Their unit; "Account closed", "Away" beneath it.
    pub unit: String,
    /// Why they cannot be asked, if they cannot.
    pub away: Option<&'static str>,
    /// Who deals with a complaint about them.
    pub line_manager: String,
    /// How that came about, a sentence each.
    pub because: Vec<String>,
}

impl StaffPage for Who {
    fn title(&self) -> String {
        "Look somebody up".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Who
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            (page_head("Look somebody up", "In the directory: their unit, and who would deal with a complaint about them."))
            @if let Some(words) = &self.caution { (caution(words)) }
            form.fc-narrow.fc-noprint action=(paths::WHO) role="search" aria-label="Look somebody up" {
                (self.form.text("name", "Name, email address or username").width(Width::TwoThirds))
                (Button::new("Look up").style(ButtonStyle::Secondary))
            }
            @if !self.summary.is_empty() { p.govuk-body-s { (self.summary) } }
            @if !self.rows.is_empty() { (table(&self.rows)) }
            @if let Some(empty) = &self.empty { (empty) }
        }
        .render_to(out);
    }
}

fn table(rows: &[Found]) -> impl Renderable {
    let headings = ["Name", "Unit", "A complaint about them goes to"].map(Heading::new);
    list_table("People who were found", headings, maud! { @for row in rows { (row) } })
}

impl Renderable for Found {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            tr.govuk-table__row.fc-row role="row" {
                td.govuk-table__cell role="cell" {
                    strong.fc-row__title { (self.name) }
                    span.fc-row__meta.fc-anywhere { (self.contact) }
                }
                td.govuk-table__cell role="cell" {
                    span.fc-m.fc-row__meta { "Unit: " } (self.unit)
                    @if let Some(away) = self.away { p.fc-row__meta."govuk-!-margin-0" { (away) } }
                }
                td.govuk-table__cell role="cell" {
                    span.fc-m.fc-row__meta { "A complaint about them goes to: " }
                    strong { (self.line_manager) }
                    @for line in &self.because { p.fc-row__meta."govuk-!-margin-0" { (line) } }
                }
            }
        }
        .render_to(out);
    }
}

impl Who {
    /// Two people with one name.
    pub fn sample() -> Self {
        let found = |contact: &str, unit: &str, line_manager: &str, because: &[&str]| Found {
            name: "Daniel Green".to_owned(),
            contact: contact.to_owned(),
            unit: unit.to_owned(),
            away: None,
            line_manager: line_manager.to_owned(),
            because: because.iter().map(|line| (*line).to_owned()).collect(),
        };
        Self {
            summary: "2 people. Ask which of them is meant.".to_owned(),
            caution: None,
            rows: vec![
                found(
                    "d.green@calderbrook.example, dgreen1",
                    "IT Helpline",
                    "Nadia Rahman",
                    &[],
                ),
                Found {
                    away: Some("Away"),
                    ..found(
                        "daniel.green@calderbrook.example, dgreen2",
                        "Infrastructure",
                        "Isaac Boateng",
                        &["Petra Vale was passed over: they are away."],
                    )
                },
            ],
            empty: None,
            form: FormState::default().answered(&[("name", "daniel green")]),
        }
    }

    /// Nobody, in an old copy.
    pub fn sample_nobody() -> Self {
        Self {
            summary: String::new(),
            caution: Some(
                "The directory was last read 3 days ago. Whoever came or changed since is not known here.".to_owned(),
            ),
            rows: Vec::new(),
            empty: Some(Empty::new(
                "Nobody in the directory is called that. Try the family name alone, or a username.",
            )),
            form: FormState::default().answered(&[("name", "quill")]),
        }
    }

    /// Nothing typed yet.
    pub fn sample_fresh() -> Self {
        Self {
            caution: None,
            empty: None,
            form: FormState::default(),
            ..Self::sample_nobody()
        }
    }
}
