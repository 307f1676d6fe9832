//! The access log: who saw which case or took what along; by person and by day, and for one case (R31, R89).

pub mod handler;
mod of_case;

use hypertext::{Buffer, prelude::*};

pub use of_case::CaseSeen;

use super::parts::form::{FormState, Pick};
use super::parts::link::{Link, next_page};
use super::parts::list_table::{Heading, list_table};
use super::parts::panel::{Empty, page_head};
use super::paths;
use crate::page::form::{Button, ButtonStyle, error_summary};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// The log by person and by day. Fields: `who`, `on`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessLog {
    /// Everybody's, or the reader's own.
    pub whose: Whose,
    /// What is asked for.
    pub form: FormState,
    /// What is in the log, the newest first.
    pub rows: Vec<SeenRow>,
    /// The same as a file.
    pub file: Option<Link>,
    /// Older entries.
    pub next: Option<String>,
}

/// Whose entries a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// Those of anybody: these can be chosen.
    Anybodys(Vec<Pick>),
    /// Those of whoever reads.
    Own,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenRow {
    /// "Tue 13 Oct 2026, 4:20:07pm"
    pub when: String,
    /// Who.
    pub who: String,
    /// "Opened the case from a search"
    pub what: String,
    /// Which file, or how a list was narrowed.
    pub about: Option<String>,
    /// Which case.
    pub case: Option<Link>,
}

/// What is said of every entry.
const ONE_STANDS: &str = "One entry stands for all that somebody looks at of a case, by the same way, within 10 minutes. \
    Each file and each table that was saved is an entry of its own.";

impl StaffPage for AccessLog {
    fn title(&self) -> String {
        self.heading().to_owned()
    }

    fn nav(&self) -> Nav {
        match self.whose {
            Whose::Anybodys(_) => Nav::AccessLog,
            Whose::Own => Nav::Nowhere,
        }
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            (error_summary(&self.form.errors))
            (page_head(self.heading(), self.intro()))
            form.fc-days.fc-noprint action=(paths::ACCESS_LOG) aria-label="Person and day" novalidate {
                @if let Whose::Anybodys(people) = &self.whose { (self.form.any_of("who", "Person", people)) }
                (self.form.date("on", "Day"))
                (Button::new("Show").style(ButtonStyle::Secondary))
            }
            @if self.rows.is_empty() { (Empty::new("Nothing is on record here.")) } @else { (table("The access log, newest first", &self.rows)) }
            (next_page(self.next.as_deref()))
            p.govuk-body."govuk-!-margin-top-4" { (ONE_STANDS) }
            @if let Some(file) = &self.file { p.govuk-body.fc-noprint { (file) } }
        }
        .render_to(out);
    }
}

impl AccessLog {
    fn heading(&self) -> &'static str {
        match self.whose {
            Whose::Anybodys(_) => "Access log",
            Whose::Own => "What you opened",
        }
    }

    fn intro(&self) -> &'static str {
        match self.whose {
            Whose::Anybodys(_) => {
                "Who of staff saw which case or took what along, newest first. What is about a case goes when the case goes."
            }
            Whose::Own => {
                "What is on record of the cases that you saw and of what you took along, newest first. \
                 Data protection officers and auditors can read it too."
            }
        }
    }

    /// Some of everything.
    pub fn sample() -> Self {
        Self {
            whose: Whose::Anybodys(vec![Pick::new("5", "Amara Osei"), Pick::new("7", "Dana Kowalczyk")]),
            form: FormState::default().answered(&[("who", ""), ("on", "2026-10-13")]),
            rows: vec![
                row(
                    "Dana Kowalczyk",
                    "Saved a list of cases as a file",
                    Some("stage=2"),
                    None,
                ),
                row(
                    "Amara Osei",
                    "Took a file of the case",
                    Some("screenshot.png"),
                    Some("FC-10482"),
                ),
                row("Amara Osei", "Opened the case from a search", None, Some("FC-10482")),
            ],
            file: Some(Link::new("Save as a table (CSV)", paths::ACCESS_LOG_FILE)),
            next: Some(format!("{}?before=1781000000000000.7", paths::ACCESS_LOG)),
        }
    }

    /// One's own.
    pub fn sample_own() -> Self {
        Self {
            whose: Whose::Own,
            form: FormState::default(),
            rows: vec![row("Amara Osei", "Opened the case", None, Some("FC-10482"))],
            file: None,
            next: None,
        }
    }

    /// A day that is none.
    pub fn sample_errors() -> Self {
        Self {
            form: FormState::default()
                .answered(&[("who", "5"), ("on", "yesterday")])
                .wrong("on", "Type a day, for example 2026-10-13"),
            rows: Vec::new(),
            file: None,
            next: None,
            ..Self::sample()
        }
    }
}

fn row(who: &str, what: &str, about: Option<&str>, case: Option<&str>) -> SeenRow {
    SeenRow {
        when: "Tue 13 Oct 2026, 4:20:07pm".to_owned(),
        who: who.to_owned(),
        what: what.to_owned(),
        about: about.map(str::to_owned),
        case: case.map(|case| Link::new(case, &paths::case(case))),
    }
}

fn table<'a>(caption: &'a str, rows: &'a [SeenRow]) -> impl Renderable + 'a {
    let headings = ["What", "Who", "When", "Case"].map(Heading::new);
    list_table(caption, headings, maud! { @for row in rows { (row) } })
}

impl Renderable for SeenRow {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            tr.govuk-table__row.fc-row role="row" {
                td.govuk-table__cell role="cell" {
                    strong.fc-row__title { (self.what) }
                    @if let Some(about) = &self.about { p.fc-row__meta.fc-anywhere."govuk-!-margin-0" { (about) } }
                }
                td.govuk-table__cell role="cell" { span.fc-m.fc-row__meta { "By: " } (self.who) }
                td.govuk-table__cell role="cell" { (self.when) }
                td.govuk-table__cell role="cell" {
                    @if let Some(case) = &self.case { span.fc-m.fc-row__meta { "Case: " } (case) }
                }
            }
        }
        .render_to(out);
    }
}
