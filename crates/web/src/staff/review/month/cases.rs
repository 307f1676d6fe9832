//! The cases of a month: to discuss with why, behind a figure, and all of them (R80). Only for readers who may see cases.

use hypertext::prelude::*;

use super::MonthPage;
use crate::page::form::{Button, ButtonStyle};
use crate::page::staff_shell::StaffShell;
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::parts::panel::panel;
use crate::staff::parts::tag::Tag;
use crate::staff::paths;

/// The cases of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cases {
    /// "8 of 46, picked by rule".
    pub picked: String,
    /// The cases to discuss.
    pub discuss: Vec<Discussed>,
    /// Where the rest of them stand.
    pub more_to_discuss: Option<Link>,
    /// Cases behind one figure, where one was chosen.
    pub behind: Option<Behind>,
    /// "52 cases were received, taken up again or closed in September. 2 more are about a member of staff: counted, not listed."
    pub listed_words: String,
    /// As many of them as stand on a page.
    pub listed: Vec<Link>,
    /// Where the rest of them stand.
    pub more_listed: Option<Link>,
    /// Those that nobody has categorised (late data).
    pub not_categorised: Vec<Link>,
    /// How many more of those there are than stand on the page.
    pub more_not_categorised: usize,
}

/// A case to discuss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discussed {
    /// Its reference.
    pub case: Link,
    /// A line to know it by.
    pub title: String,
    /// Why it was picked, one each.
    pub why: Vec<String>,
    /// What was decided.
    pub outcome: Option<Tag>,
    /// What the review noted.
    pub notes: Vec<Said>,
    /// Where a note can be added.
    pub add: Option<String>,
}

/// Something that was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The words.
    pub words: String,
    /// "Helen Marsh, Wednesday 14 October, 9:40am"
    pub by: String,
}

/// The cases behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// "Stage 1 on time: late, 3".
    pub title: String,
    /// What must be known about the list: how many are hidden, that it is of today.
    pub words: Vec<String>,
    /// The cases.
    pub rows: Vec<Row>,
}

/// A case behind a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its reference.
    pub case: Link,
    /// "Network and Wi-Fi: Outage".
    pub about: String,
    /// "Thursday 1 October".
    pub received: String,
    /// "Stage 1, told on Friday 9 October, late".
    pub told: String,
}

pub(super) fn discuss<'a>(
    page: &'a MonthPage,
    cases: &'a Cases,
    form: Option<&'a (Link, FormState)>,
    shell: &'a StaffShell,
) -> impl Renderable + 'a {
    maud! {
        section.fc-panel aria-labelledby="discuss" {
            div.fc-panel__head {
                h2 #discuss .govuk-heading-s { "To discuss" }
                span.fc-row__meta { (cases.picked) }
            }
            div.fc-panel__body {
                @if cases.discuss.is_empty() { p."govuk-!-margin-0" { "No rule picks a case, and there was none to draw by lot." } }
                @else { (table(&cases.discuss)) }
                (more(cases.more_to_discuss.as_ref()))
                @if let Some((case, form)) = form { (note_form(page, case, form, shell)) }
            }
        }
    }
}

fn table(discussed: &[Discussed]) -> impl Renderable {
    maud! {
        div.fc-table tabindex="0" role="group" aria-labelledby="discuss" {
            table.govuk-table {
                thead.govuk-table__head {
                    tr.govuk-table__row {
                        @for heading in ["Case", "Why", "Outcome", "Noted by the review"] { th.govuk-table__header scope="col" { (heading) } }
                    }
                }
                tbody.govuk-table__body { @for one in discussed { (one) } }
            }
        }
    }
}

impl Renderable for Discussed {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        maud! {
            tr.govuk-table__row {
                td.govuk-table__cell {
                    a.govuk-link href=(self.case.href) { span.fc-ref { (self.case.label) } } " " (self.title)
                }
                td.govuk-table__cell {
                    span.fc-m { "Why: " }
                    @for (at, why) in self.why.iter().enumerate() { @if at > 0 { "; " } (why) }
                }
                td.govuk-table__cell {
                    @match &self.outcome {
                        Some(outcome) => { (outcome) }
                        None => { span.fc-muted { "Not decided" } }
                    }
                }
                td.govuk-table__cell {
                    (said(&self.notes))
                    @if let Some(href) = &self.add {
                        a.govuk-link.fc-noprint href=(href) { "Add a note" span.govuk-visually-hidden { " on " (self.case.label) } }
                    }
                }
            }
        }
        .render_to(out);
    }
}

fn note_form<'a>(
    page: &'a MonthPage,
    case: &'a Link,
    form: &'a FormState,
    shell: &'a StaffShell,
) -> impl Renderable + 'a {
    maud! {
        form #note .fc-noprint."govuk-!-margin-top-4" method="post" action=(paths::review_act(&page.code, "note")) novalidate {
            (shell.fields(form))
            input type="hidden" name="about" value=(case.label);
            (form.area("case_words", &format!("Note on {}", case.label)).rows(3).hint("Whoever may see cases and reads this review sees it."))
            (Button::new("Add this note").style(ButtonStyle::Secondary))
        }
    }
}

/// What was written down, in order.
pub(super) fn said(notes: &[Said]) -> impl Renderable {
    maud! {
        @if !notes.is_empty() {
            ul.fc-said {
                @for note in notes { li { (note.words) span.fc-said__by { (note.by) } } }
            }
        }
    }
}

pub(super) fn behind(cases: &Cases) -> impl Renderable {
    maud! {
        @if let Some(behind) = &cases.behind {
            section.fc-panel aria-labelledby="behind" {
                div.fc-panel__head { h2 #behind .govuk-heading-s { (behind.title) } }
                div.fc-panel__body {
                    @for words in &behind.words { p { (words) } }
                    @if !behind.rows.is_empty() {
                        div.fc-table tabindex="0" role="group" aria-labelledby="behind" {
                            table.govuk-table {
                                thead.govuk-table__head {
                                    tr.govuk-table__row {
                                        @for heading in ["Case", "About", "Received", "Decision"] { th.govuk-table__header scope="col" { (heading) } }
                                    }
                                }
                                tbody.govuk-table__body {
                                    @for row in &behind.rows {
                                        tr.govuk-table__row {
                                            td.govuk-table__cell { a.govuk-link href=(row.case.href) { span.fc-ref { (row.case.label) } } }
                                            td.govuk-table__cell { (row.about) }
                                            td.govuk-table__cell { span.fc-m { "Received: " } (row.received) }
                                            td.govuk-table__cell { span.fc-m { "Decision: " } (row.told) }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn listed(cases: &Cases) -> impl Renderable {
    maud! {
        (panel("listed", "Every case of this month", maud! {
            p { (cases.listed_words) }
            (references(&cases.listed))
            (more(cases.more_listed.as_ref()))
            @if !cases.not_categorised.is_empty() {
                h3.govuk-heading-s."govuk-!-margin-top-4" { "Nobody has categorised these yet" }
                (references(&cases.not_categorised))
                @if cases.more_not_categorised > 0 { p { "And " (cases.more_not_categorised) " more." } }
            }
        }))
    }
}

fn more(link: Option<&Link>) -> impl Renderable {
    maud! {
        @if let Some(link) = link {
            p.fc-noprint."govuk-!-margin-top-2" { a.govuk-link href=(link.href) { (link.label) } }
        }
    }
}

fn references(cases: &[Link]) -> impl Renderable {
    maud! {
        @if !cases.is_empty() {
            ul.fc-cases { @for case in cases { li { a.govuk-link href=(case.href) { span.fc-ref { (case.label) } } } } }
        }
    }
}
