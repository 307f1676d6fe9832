//! Settings: the categories on both axes; renamed, added, retired, and published as the next version of the procedure (R60).

pub mod handler;

use hypertext::{Buffer, prelude::*};

use super::parts::form::FormState;
use super::parts::list_table::{Heading, list_table};
use super::parts::notice::caution;
use super::parts::panel::page_head;
use super::paths;
use crate::page::form::{Button, LabelSize, Open, TextInput, Textarea, details, error_summary, hidden};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// How many rows for new categories an axis has.
pub(crate) const NEW_ROWS: usize = 3;

/// The categories. Fields of each row: `category-name-AXIS-CODE`, `category-sub-AXIS-CODE` and, ticked, `retired` with `AXIS-CODE`; of rows to
/// add `category-code-AXIS-new-1` and so on. Sent, the form only asks what would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Categories {
    /// "They are part of the procedure, version 1."
    pub about: String,
    /// That a version is still to come into force, and that this change follows it.
    pub follows: Option<String>,
    /// The axes.
    pub axes: Vec<AxisShown>,
    /// What is typed; none for somebody who may only look.
    pub form: Option<FormState>,
}

/// An axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AxisShown {
    /// Its code.
    pub code: String,
    /// "Which service?".
    pub name: String,
    /// Its categories, those that are offered first.
    pub categories: Vec<CategoryShown>,
}

/// A category as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryShown {
    /// "A3".
    pub code: String,
    /// "Network and Wi-Fi".
    pub name: String,
    /// What belongs to it, a line each: "wifi, Wi-Fi on campus".
    pub subcategories: String,
    /// "Offered" or "No longer offered".
    pub standing: String,
}

impl StaffPage for Categories {
    fn title(&self) -> String {
        "Categories".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Categories
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            @if let Some(form) = &self.form { (error_summary(&form.errors)) }
            (page_head("Categories", &self.about))
            @if let Some(words) = &self.follows { (caution(words)) }
            p.govuk-body {
                "Every complaint gets one of each list. A category that is retired is not offered any more; cases and reviews that carry it keep \
                 its name. A code is never given twice, so that figures of years can be compared."
            }
            @match &self.form {
                Some(form) => (self.editable(form, shell)),
                None => (self.read_only()),
            }
        }
        .render_to(out);
    }
}

impl Categories {
    fn read_only(&self) -> impl Renderable {
        maud! {
            @for axis in &self.axes {
                h2.govuk-heading-m."govuk-!-margin-top-6" { (axis.name) }
                (list_table(&axis.name, ["Code", "Name", "Standing"].map(Heading::new), maud! {
                    @for category in &axis.categories {
                        tr.govuk-table__row.fc-row role="row" {
                            td.govuk-table__cell role="cell" { (category.code) }
                            td.govuk-table__cell role="cell" { (category.name) }
                            td.govuk-table__cell role="cell" { (category.standing) }
                        }
                    }
                }))
            }
        }
    }

    fn editable<'a>(&'a self, form: &'a FormState, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(paths::CATEGORIES) novalidate {
                (shell.fields(form))
                @for axis in &self.axes {
                    section aria-labelledby={ "axis-" (axis.code) } {
                        h2.govuk-heading-m."govuk-!-margin-top-6" id={ "axis-" (axis.code) } { (axis.name) }
                        @for category in &axis.categories { (known(form, &axis.code, category)) }
                        (details(format!("Add to “{}”", axis.name), unfolded(form, &axis.code), maud! {
                            @for row in 1..=NEW_ROWS { (added(form, &axis.code, row)) }
                        }))
                    }
                }
                (Button::new("Show what would change"))
            }
        }
    }

    /// Two short axes.
    pub fn sample() -> Self {
        let category = |code: &str, name: &str, subcategories: &str, standing: &str| CategoryShown {
            code: code.to_owned(),
            name: name.to_owned(),
            subcategories: subcategories.to_owned(),
            standing: standing.to_owned(),
        };
        Self {
            about: "They are part of the procedure, version 1.".to_owned(),
            follows: None,
            axes: vec![
                AxisShown {
                    code: "service".to_owned(),
                    name: "Which service?".to_owned(),
                    categories: vec![
                        category(
                            "A3",
                            "Network and Wi-Fi",
                            "wifi, Wi-Fi on campus\nwired, Wired network",
                            "Offered",
                        ),
                        category("A9", "Telephones", "", "No longer offered"),
                    ],
                },
                AxisShown {
                    code: "problem".to_owned(),
                    name: "What went wrong?".to_owned(),
                    categories: vec![category("B1", "Delay", "", "Offered")],
                },
            ],
            form: Some(FormState::fresh("ct-1").answered(&[("retired", "service-A9")])),
        }
    }

    /// A code that belongs to another, and a version that is to come.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("ct-2")
            .answered(&[
                ("category-code-service-new-1", "A3"),
                ("category-name-service-new-1", "Assistants"),
            ])
            .wrong(
                "category-code-service-new-1",
                "The code A3 belongs to “Network and Wi-Fi”. Choose one that was never used",
            );
        Self {
            follows: Some(
                "Version 2 comes into force on Tuesday 1 December 2026. What you change here follows it, from that day on.".to_owned(),
            ),
            form: Some(form),
            ..Self::sample()
        }
    }

    /// For somebody who may only look.
    pub fn sample_read_only() -> Self {
        Self {
            form: None,
            ..Self::sample()
        }
    }
}

/// What a box holds: what was typed, or what is there.
fn value<'a>(form: &'a FormState, name: &str, known: &'a str) -> &'a str {
    let typed = form.answers.pairs().iter().find(|(typed, _)| typed == name);
    typed.map_or(known, |(_, value)| value.as_str())
}

fn known<'a>(form: &'a FormState, axis: &'a str, category: &'a CategoryShown) -> impl Renderable + 'a {
    let CategoryShown {
        code,
        name,
        subcategories,
        ..
    } = category;
    let row = format!("{axis}-{code}");
    let (name_field, sub_field) = (format!("category-name-{row}"), format!("category-sub-{row}"));
    let (name_value, sub_value) = (value(form, &name_field, name), value(form, &sub_field, subcategories));
    maud! {
        fieldset.govuk-fieldset.fc-category {
            legend.govuk-fieldset__legend { (code) }
            (hidden("known", &row))
            (TextInput::new(name_field.as_str(), "Name").size(LabelSize::Plain)
                .value(name_value).error(form.errors.on(&name_field)))
            (Textarea::new(sub_field.as_str(), "Subcategories: code, comma, name").size(LabelSize::Plain).rows(2)
                .value(sub_value).error(form.errors.on(&sub_field)))
            (retire(form, &row))
        }
    }
}

/// The box that retires a category; its id is its own, since every row has one.
fn retire<'a>(form: &'a FormState, row: &'a str) -> impl Renderable + 'a {
    let ticked = form.answers.chose("retired", row);
    maud! {
        div.govuk-checkboxes.govuk-checkboxes--small {
            div.govuk-checkboxes__item {
                input.govuk-checkboxes__input id={ "retired-" (row) } type="checkbox" name="retired" value=(row) checked[ticked];
                label.govuk-label.govuk-checkboxes__label for={ "retired-" (row) } {
                    "No longer offered" span.govuk-visually-hidden { ": " (row) }
                }
            }
        }
    }
}

/// Rows for new categories are open where something is typed or wrong in them.
fn unfolded(form: &FormState, axis: &str) -> Open {
    let fields =
        (1..=NEW_ROWS).flat_map(|row| ["code", "name", "sub"].map(|part| format!("category-{part}-{axis}-new-{row}")));
    let mut used = fields.filter(|field| !value(form, field, "").trim().is_empty() || form.errors.on(field).is_some());
    match used.next() {
        Some(_) => Open::FromTheStart,
        None => Open::WhenAsked,
    }
}

fn added<'a>(form: &'a FormState, axis: &'a str, row: usize) -> impl Renderable + 'a {
    let field = |part: &str| format!("category-{part}-{axis}-new-{row}");
    let (code, name, sub) = (field("code"), field("name"), field("sub"));
    maud! {
        fieldset.govuk-fieldset.fc-category {
            legend.govuk-fieldset__legend { "New " (row) }
            (TextInput::new(code.as_str(), "Code").size(LabelSize::Plain)
                .value(value(form, &code, "")).error(form.errors.on(&code)))
            (TextInput::new(name.as_str(), "Name").size(LabelSize::Plain)
                .value(value(form, &name, "")).error(form.errors.on(&name)))
            (Textarea::new(sub.as_str(), "Subcategories: code, comma, name").size(LabelSize::Plain).rows(2)
                .value(value(form, &sub, "")).error(form.errors.on(&sub)))
        }
    }
}
