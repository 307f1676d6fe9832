//! Settings: the calendars of working days, and days off to come (A1, A42).

pub mod handler;
pub mod what_moves;

use hypertext::{Buffer, prelude::*};

use super::parts::form::{FormState, Pick};
use super::parts::list_table::{Heading, list_table};
use super::parts::notice::done;
use super::parts::panel::{page_head, panel};
use super::paths;
use crate::http::asked::address;
use crate::page::form::{Button, Layout, Open, Width, details, error_summary};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// Calendars. Fields of the form that adds a day off: `on`, `name`, `kind`. It only asks what would move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendars {
    /// What was just done.
    pub notice: Option<String>,
    /// The calendars in force, those that count first.
    pub calendars: Vec<CalendarShown>,
    /// What kinds of days can be added; empty for somebody who may only look.
    pub kinds: Vec<Pick>,
    /// What was typed so far.
    pub form: FormState,
}

/// A calendar in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarShown {
    /// "Bank holidays in England and Wales".
    pub name: String,
    /// "Version of Tuesday 24 November 2026. It knows every day until Tuesday 31 December 2030."
    pub about: String,
    /// Whether dates are counted with it.
    pub counting: Counting,
    /// Days off to come.
    pub days: Vec<DayShown>,
}

/// Whether dates under the present procedure are counted with a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// They are.
    Counts,
    /// None is: its days are folded, so that nobody takes them for days off.
    Shelved,
}

/// A day off to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayShown {
    /// Where it can be taken back.
    pub take_back: String,
    /// "Friday 25 December 2026".
    pub day: String,
    /// "Christmas Day".
    pub name: String,
    /// "Bank holiday", "Closure day", "Half day: it stays a working day".
    pub kind: String,
}

impl StaffPage for Calendars {
    fn title(&self) -> String {
        "Calendars".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Calendars
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        let summary = "Decision dates count working days: Monday to Friday without the days below.";
        maud! {
            (done(self.notice.as_deref()))
            (error_summary(&self.form.errors))
            (page_head("Calendars", summary))
            @if !self.kinds.is_empty() {
                div.fc-narrow { (panel("add", "Add a day off", self.add())) }
            }
            @for calendar in &self.calendars {
                h2.govuk-heading-m."govuk-!-margin-top-6" { (calendar.name) }
                p.govuk-body-s.fc-muted { (calendar.about) }
                @match calendar.counting {
                    Counting::Counts => { (self.days(calendar)) }
                    Counting::Shelved => { (details("Its days off to come", Open::WhenAsked, self.days(calendar))) }
                }
            }
        }
        .render_to(out);
    }
}

impl Calendars {
    fn may_change(&self) -> bool {
        !self.kinds.is_empty()
    }

    fn add(&self) -> impl Renderable {
        maud! {
            p.govuk-body {
                "The next page shows which open decision dates move, before anything is changed. A date only ever moves to a later day, and \
                 the person who complained is told."
            }
            form action=(paths::CALENDAR_CHANGE) novalidate {
                (self.form.date("on", "Which day?"))
                (self.form.text("name", "What is it called?").width(Width::Half)
                    .hint("People read it where their date is explained: “Founder’s Day”."))
                (self.form.radios("kind", "What is it?", &self.kinds).layout(Layout::Small))
                (Button::new("Show what would move"))
            }
        }
    }

    fn days<'a>(&'a self, calendar: &'a CalendarShown) -> impl Renderable + 'a {
        let mut headings = ["Day", "What", "Kind"].map(Heading::new).to_vec();
        if self.may_change() {
            headings.push(Heading::new("Change"));
        }
        let caption = format!("Days off to come: {}", calendar.name);
        maud! {
            @if calendar.days.is_empty() {
                p.govuk-body { "No day off is to come in this calendar." }
            } @else {
                (list_table(&caption, headings.as_slice(), maud! {
                    @for day in &calendar.days { (self.day(day)) }
                }))
            }
        }
    }

    fn day<'a>(&'a self, day: &'a DayShown) -> impl Renderable + 'a {
        maud! {
            tr.govuk-table__row.fc-row role="row" {
                td.govuk-table__cell role="cell" { (day.day) }
                td.govuk-table__cell role="cell" { (day.name) }
                td.govuk-table__cell role="cell" { (day.kind) }
                @if self.may_change() {
                    td.govuk-table__cell role="cell" {
                        a.govuk-link href=(day.take_back) { "Take back" span.govuk-visually-hidden { " " (day.day) } }
                    }
                }
            }
        }
    }

    /// Two calendars, with what was just done.
    pub fn sample() -> Self {
        Self {
            notice: Some(
                "The calendar is changed. Open dates were counted again, and whoever has a later one is told."
                    .to_owned(),
            ),
            calendars: vec![
                shown(
                    [
                        "england-and-wales",
                        "Bank holidays in England and Wales",
                        "Tuesday 24 November 2026",
                    ],
                    &[["2026-12-25", "Friday 25 December 2026", "Christmas Day", "Bank holiday"]],
                ),
                shown(
                    [
                        "closures-example",
                        "Closure days of Calderbrook University",
                        "Tuesday 24 November 2026",
                    ],
                    &[
                        [
                            "2026-12-24",
                            "Thursday 24 December 2026",
                            "University closed for Christmas",
                            "Closure day",
                        ],
                        [
                            "2026-12-29",
                            "Tuesday 29 December 2026",
                            "University closed for Christmas",
                            "Closure day",
                        ],
                    ],
                ),
            ],
            kinds: kinds(),
            form: FormState::fresh("cal-1"),
        }
    }

    /// Sent with a Saturday and without a name.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("cal-2")
            .answered(&[("on", "2026-12-26"), ("kind", "closures")])
            .wrong(
                "on",
                "Saturday 26 December 2026 is not a working day already (Saturday)",
            )
            .wrong(
                "name",
                "Say what the day is: people read it where their date is explained",
            );
        Self {
            notice: None,
            form,
            ..Self::sample()
        }
    }

    /// For somebody who may only look, with a calendar that has nothing to come.
    pub fn sample_read_only() -> Self {
        let empty = shown(
            [
                "closures-example",
                "Closure days of Calderbrook University",
                "Tuesday 24 November 2026",
            ],
            &[],
        );
        Self {
            notice: None,
            calendars: [vec![empty], Self::sample().calendars.into_iter().map(shelved).collect()].concat(),
            kinds: Vec::new(),
            ..Self::sample()
        }
    }
}

fn shelved(calendar: CalendarShown) -> CalendarShown {
    CalendarShown {
        counting: Counting::Shelved,
        ..calendar
    }
}

/// Where a day off of a calendar can be taken back.
pub(crate) fn take_back(calendar: &str, on: &str) -> String {
    address(paths::CALENDAR_CHANGE, &[("calendar", calendar), ("take_back", on)])
}

/// The kinds of days that can be added.
pub(crate) fn kinds() -> Vec<Pick> {
    vec![
        Pick::new("closures", "The university is closed"),
        Pick::new("extra_holidays", "An extra bank holiday"),
    ]
}

fn shown([id, name, read_on]: [&str; 3], days: &[[&str; 4]]) -> CalendarShown {
    let day = |[on, day, name, kind]: &[&str; 4]| DayShown {
        take_back: take_back(id, on),
        day: (*day).to_owned(),
        name: (*name).to_owned(),
        kind: (*kind).to_owned(),
    };
    CalendarShown {
        name: name.to_owned(),
        about: format!("Version of {read_on}. It knows every day until Tuesday 31 December 2030."),
        counting: Counting::Counts,
        days: days.iter().map(day).collect(),
    }
}
