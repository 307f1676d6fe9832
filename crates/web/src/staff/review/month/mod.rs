//! One month: figures with charts and tables, cases to discuss, actions carried forward, notes, and where the review stands (IA "Monthly review").

mod cases;
mod figures;
mod follow_on;
mod record;
mod sample;

use hypertext::{Buffer, prelude::*};

use super::list::{Notice, notices};
use crate::page::chart::{Chart, charts};
use crate::page::form::{Button, ButtonLink, ButtonStyle, error_summary};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::{Link, back_link};
use crate::staff::parts::notice::{caution, done};
use crate::staff::parts::tag::Tag;
use crate::staff::paths;

pub use cases::{Behind, Cases, Discussed, Row, Said};
pub use figures::{Figure, Folds, Number, Rows, Table};
pub use follow_on::FollowOn;
pub use record::{Correction, MonthCheckpoint, Record};

/// The review of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthPage {
    /// "2026-09": for the addresses of its forms.
    pub code: String,
    /// "Monthly review, by Wednesday 14 October".
    pub eyebrow: String,
    /// "September 2026".
    pub title: String,
    /// "46 complaints, 19 more than in August. 4 decisions were late."
    pub summary: String,
    /// Where it stands.
    pub state: Tag,
    /// What was just done.
    pub notice: Option<String>,
    /// What must be read first: that it is overdue, that the month still runs, that numbers are hidden.
    pub cautions: Vec<String>,
    /// The figures in front.
    pub cards: Vec<Card>,
    /// The charts.
    pub charts: Vec<Chart>,
    /// Potential problems that were noticed in the month.
    pub notices: Vec<Notice>,
    /// What only somebody who may see cases is given.
    pub cases: Option<Cases>,
    /// Follow-on actions.
    pub actions: FollowOn,
    /// The minutes.
    pub minutes: Vec<Said>,
    /// Every figure of the pack.
    pub figures: Vec<Figure>,
    /// Whether all figures are unfolded, for printing.
    pub whole: bool,
    /// What is on record about the review itself.
    pub record: Record,
    /// The forms of somebody who holds the review; none for a reader, and none once it is finished.
    pub hold: Option<Hold>,
}

/// A figure in front.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// "Stage 1 on time".
    pub name: String,
    /// "92%".
    pub value: String,
    /// "33 of 36".
    pub note: String,
    /// To the cases behind it.
    pub href: Option<String>,
}

/// What can be done by whoever holds the review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// A note for the minutes. Field: `minutes`.
    pub minutes: FormState,
    /// A note on one case. Fields: `about` (hidden), `case_words`. Only where one was chosen.
    pub on_case: Option<(Link, FormState)>,
    /// To freeze the figures; nothing once they are.
    pub freeze: Option<FormState>,
}

impl StaffPage for MonthPage {
    fn title(&self) -> String {
        format!("Review of {}", self.title)
    }

    fn nav(&self) -> Nav {
        Nav::Review
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let case_form = self.hold.as_ref().and_then(|hold| hold.on_case.as_ref());
        maud! {
            (done(self.notice.as_deref()))
            @if let Some(hold) = &self.hold {
                (error_summary(&hold.minutes.errors))
                @if let Some((_, form)) = case_form { (error_summary(&form.errors)) }
            }
            (back_link(&Link::new("All months", paths::REVIEW)))
            (self.head())
            @for words in &self.cautions { (caution(words)) }
            (cards(&self.cards))
            (charts(&self.charts))
            (notices(&self.notices))
            @if let Some(cases) = &self.cases { (cases::discuss(self, cases, case_form, shell)) }
            (follow_on::follow_on(self))
            (self.minutes(shell))
            (figures::pack(self))
            @if let Some(cases) = &self.cases { (cases::behind(cases)) (cases::listed(cases)) }
            (record::record(self, shell))
        }
        .render_to(out);
    }
}

impl MonthPage {
    fn head(&self) -> impl Renderable {
        maud! {
            div.moj-page-header-actions {
                div.moj-page-header-actions__title {
                    p.fc-eyebrow { (self.eyebrow) }
                    h1.govuk-heading-l { (self.title) " " (self.state) }
                    p.fc-head__sub.govuk-body-s { (self.summary) }
                }
                div.moj-page-header-actions__actions.fc-noprint {
                    div.govuk-button-group."govuk-!-margin-0" {
                        @if self.hold.is_some() { (ButtonLink::new("Finish this review", paths::review_act(&self.code, "finish"))) }
                        @if self.whole {
                            (ButtonLink::new("Fold the figures again", paths::review(&self.code)).style(ButtonStyle::Secondary))
                        } @else {
                            (ButtonLink::new("Show the whole pack, to print", format!("{}?show=whole", paths::review(&self.code))).style(ButtonStyle::Secondary))
                        }
                    }
                }
            }
        }
    }

    fn minutes<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        let form = self.hold.as_ref().map(|hold| &hold.minutes);
        maud! {
            @if form.is_some() || !self.minutes.is_empty() {
                section.fc-panel aria-labelledby="said" {
                    div.fc-panel__head { h2 #said .govuk-heading-s { "Minutes" } }
                    div.fc-panel__body {
                        (cases::said(&self.minutes))
                        @if let Some(form) = form {
                            form.fc-noprint method="post" action=(paths::review_act(&self.code, "note")) novalidate {
                                (shell.fields(form))
                                (form.area("minutes", "Add to the minutes").rows(3)
                                    .hint("Senior management reads this too: name no complainant and no member of staff."))
                                (Button::new("Add to the minutes").style(ButtonStyle::Secondary))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn cards(cards: &[Card]) -> impl Renderable {
    maud! {
        dl.fc-kpis {
            @for card in cards {
                div.fc-kpi {
                    dt { (card.name) }
                    dd {
                        @match &card.href {
                            Some(href) => { a.govuk-link.govuk-link--no-visited-state href=(href) { (card.value) } }
                            None if card.value.contains(' ') => { span.fc-kpi__words { (card.value) } }
                            None => { (card.value) }
                        }
                    }
                    dd { (card.note) }
                }
            }
        }
    }
}
