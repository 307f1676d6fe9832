//! Passing several cases of a list on to one person at once (R40); each is asked by itself, and those that cannot go are named with the reason.

pub mod handler;

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, error_summary, hidden};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::{Link, back_link};
use crate::staff::parts::list_table::{Heading, list_table};
use crate::staff::parts::notice::{caution, done};
use crate::staff::parts::panel::{Empty, page_head, panel};

/// Several cases and who takes them. Fields: `case` (several), `to`, `note`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassOn {
    /// The list that the cases come from.
    pub back: Link,
    /// Where the form goes: the same list.
    pub action: String,
    /// "2 cases are with Dana Kowalczyk now."
    pub passed: Option<String>,
    /// Cases that stayed where they are: "FC-10482: Amara Osei cannot work on Stage 2. Choose an investigator."
    pub stayed: Vec<String>,
    /// The cases of this page of the list.
    pub rows: Vec<Choosable>,
    /// Who could take cases.
    pub people: Vec<Pick>,
    /// What was chosen so far.
    pub form: FormState,
}

/// A case that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choosable {
    /// Its reference, which the form sends.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Who has it now.
    pub owner: String,
    /// The same as the form says it, so that a case which somebody else passed on meanwhile stays with whom they chose.
    pub with: String,
    /// "Fri 16 Oct, 2 days".
    pub due: String,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

impl StaffPage for PassOn {
    fn title(&self) -> String {
        "Pass several on".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::AllCases
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let summary = "Stages and dates stay as they are. Each case goes only to somebody who may have it.";
        maud! {
            (done(self.passed.as_deref()))
            @for words in &self.stayed { (caution(words)) }
            (error_summary(&self.form.errors))
            (back_link(&self.back))
            (page_head("Pass several on", summary))
            @if self.rows.is_empty() {
                (Empty::with_link("No cases match.", self.back.clone()))
            } @else {
                form method="post" action=(self.action) novalidate {
                    (shell.fields(&self.form))
                    (self.table())
                    div.fc-narrow."govuk-!-margin-top-4" { (panel("who", "Who takes them?", self.who())) }
                }
            }
        }
        .render_to(out);
    }
}

impl PassOn {
    fn table(&self) -> impl Renderable {
        let headings = [
            Heading::subject("Case"),
            Heading::from_whom("With"),
            Heading::new("Decision due"),
        ];
        let error = self.form.errors.on("case");
        maud! {
            fieldset.govuk-fieldset aria-describedby=[error.map(|_| "case-error")] {
                legend.govuk-visually-hidden { "Which cases?" }
                @if let Some(error) = error {
                    p.govuk-error-message id="case-error" { span.govuk-visually-hidden { "Error: " } (error) }
                }
                (list_table("Cases that can be passed on", headings, maud! {
                    @for (n, row) in self.rows.iter().enumerate() { (choosable(n, row)) }
                }))
            }
        }
    }

    fn who(&self) -> impl Renderable {
        maud! {
            (self.form.select("to", "Choose", &self.people))
            (self.form.area("note", "What do they need to know?").rows(2).hint("Staff only. It stands on every one of them."))
            (Button::new("Pass them on"))
        }
    }

    /// Three cases, one of which stayed.
    pub fn sample() -> Self {
        let row = |reference: &str, title: &str, owner: &str, is_chosen: bool| Choosable {
            reference: reference.to_owned(),
            title: title.to_owned(),
            owner: owner.to_owned(),
            with: format!("{reference}:1"),
            due: "Fri 16 Oct, 2 days".to_owned(),
            is_chosen,
        };
        Self {
            back: Link::new("All open cases", "/staff/cases"),
            action: "/staff/cases/pass-on".to_owned(),
            passed: Some("2 cases are with Dana Kowalczyk now.".to_owned()),
            stayed: vec!["FC-10444 stays where it is: Dana decided this complaint at an earlier stage.".to_owned()],
            rows: vec![
                row("FC-10444", "Exam software failed for 12 students", "Amara Osei", true),
                row("FC-10463", "Charged twice for poster printing", "Amara Osei", false),
            ],
            people: Pick::list(&[
                ("5", "Dana Kowalczyk, Service Delivery Manager"),
                ("2", "Jo Whitfield, Analyst"),
            ]),
            form: FormState::fresh("po-1"),
        }
    }

    /// Sent without a case and without a person.
    pub fn sample_errors() -> Self {
        Self {
            passed: None,
            stayed: Vec::new(),
            form: FormState::fresh("po-2")
                .wrong("case", "Choose at least one case")
                .wrong("to", "Choose who takes them"),
            ..Self::sample()
        }
    }

    /// A list without a case.
    pub fn sample_empty() -> Self {
        Self {
            passed: None,
            stayed: Vec::new(),
            rows: Vec::new(),
            ..Self::sample()
        }
    }
}

/// The first box has the name of the field, so that the summary of errors leads there.
fn choosable(n: usize, row: &Choosable) -> impl Renderable {
    let id = match n {
        0 => "case".to_owned(),
        n => format!("case-{n}"),
    };
    maud! {
        tr.govuk-table__row.fc-row role="row" {
            td.govuk-table__cell role="cell" {
                div.govuk-checkboxes.govuk-checkboxes--small data-module="govuk-checkboxes" {
                    div.govuk-checkboxes__item {
                        input.govuk-checkboxes__input type="checkbox" id=(id) name="case" value=(row.reference) checked[row.is_chosen];
                        label.govuk-label.govuk-checkboxes__label for=(id) {
                            (row.title) " " span.fc-row__meta { span.fc-ref { (row.reference) } }
                        }
                    }
                }
            }
            td.govuk-table__cell role="cell" { span.fc-m.fc-row__meta { "With: " } (row.owner) (hidden("with", &row.with)) }
            td.govuk-table__cell role="cell" { span.fc-m.fc-row__meta { "Decision due: " } (row.due) }
        }
    }
}
