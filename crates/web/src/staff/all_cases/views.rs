//! Saved views of the list of all cases: a name for what it is narrowed by. Theirs alone, or everybody's in the office (R40).

pub mod handler;
mod shelf;

use hypertext::{Buffer, prelude::*};

pub(super) use shelf::{above, gone, start};

use crate::page::form::{Button, ButtonStyle, Errors, Width, error_summary, hidden};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::{Link, back_link};
use crate::staff::parts::notice::done;
use crate::staff::parts::panel::{Empty, page_head, panel};
use crate::staff::paths;

/// The form that saves what a list is narrowed by. Fields: `name`, `query`, `share` (yes).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveView {
    /// What the list is narrowed by, as its address asks it.
    pub query: String,
    /// Whether they may save it for everybody.
    pub sharing: Sharing,
    /// What was typed so far.
    pub form: FormState,
}

/// Whether somebody may save views for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharing {
    /// They lead work.
    Offered,
    /// Their own only.
    OwnOnly,
}

/// The saved views, to be renamed, deleted and chosen from. Fields of a rename: `name`; of the view that opens the list: `start`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Views {
    /// What was just done.
    pub notice: Option<String>,
    /// What is wrong with a name, at `name` or at `name-own-3`.
    pub errors: Errors,
    /// The view that could not be saved as typed.
    pub save: Option<SaveView>,
    /// Their own and the office's.
    pub views: Vec<ViewShown>,
    /// With which view the list opens.
    pub start: FormState,
}

/// A saved view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewShown {
    /// "own-3".
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What was typed instead, if that could not be used.
    pub typed: Option<String>,
    /// Where its list is.
    pub href: String,
    /// "12 cases. Only you see this view."
    pub about: String,
    /// Somebody who left, a service that is gone: what it asks for and finds as it was.
    pub gone: Vec<String>,
    /// Where it is renamed and deleted; nothing for a view of the office that is not theirs to change.
    pub form: Option<FormState>,
}

impl Renderable for SaveView {
    fn render_to(&self, out: &mut Buffer) {
        let share = [Pick::with_hint(
            "yes",
            "Show it to everybody in the office",
            "Each of them sees and counts only the cases that are theirs to see.",
        )];
        maud! {
            (hidden("query", &self.query))
            (self.form.text("name", "Name of the view").width(Width::Half).hint("It keeps the filters, and nothing about any case."))
            @if self.sharing == Sharing::Offered { (self.form.boxes("share", "Who sees it?", &share)) }
            (Button::new("Save this view").style(ButtonStyle::Secondary))
        }
        .render_to(out);
    }
}

/// Draws the whole form, folded, under the filters of a list.
pub(super) fn save_form<'a>(shell: &'a StaffShell, save: &'a SaveView) -> impl Renderable + 'a {
    maud! {
        details.govuk-details.fc-finder__save.fc-noprint {
            summary.govuk-details__summary { span.govuk-details__summary-text { "Save this view" } }
            div.govuk-details__text { (post(shell, save)) }
        }
    }
}

fn post<'a>(shell: &'a StaffShell, save: &'a SaveView) -> impl Renderable + 'a {
    maud! {
        form method="post" action=(paths::VIEWS) novalidate { (shell.fields(&save.form)) (save) }
    }
}

impl StaffPage for Views {
    fn title(&self) -> String {
        "Saved views".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::AllCases
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let summary =
            "A view is a name for what the list of all cases is narrowed by. It holds nothing about any case.";
        maud! {
            (done(self.notice.as_deref()))
            (error_summary(&self.errors))
            (back_link(&Link::new("All cases", paths::CASES_OPEN)))
            (page_head("Saved views", summary))
            div.fc-narrow {
                @if let Some(save) = &self.save { (panel("save", "Save this view", post(shell, save))) }
                @if self.views.is_empty() {
                    (Empty::with_link("No view is saved yet. Narrow the list of all cases, then save what it is narrowed by.", Link::new("Go to all cases", paths::CASES_OPEN)))
                } @else {
                    (panel("opens", "The list opens with", self.start(shell)))
                    @for view in &self.views { (view.draw(shell, &self.errors)) }
                }
            }
        }
        .render_to(out);
    }
}

impl Views {
    fn start<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        let every = Pick::new("none", "Every open case");
        let views = self.views.iter().map(|view| Pick::new(&view.id, &view.name));
        let picks: Vec<Pick> = std::iter::once(every).chain(views).collect();
        maud! {
            form method="post" action=(paths::VIEWS_START) novalidate {
                (shell.fields(&self.start))
                (self.start.radios("start", "When you go to all cases, show", &picks))
                (Button::new("Save"))
            }
        }
    }
}

impl ViewShown {
    fn draw<'a>(&'a self, shell: &'a StaffShell, errors: &'a Errors) -> impl Renderable + 'a {
        let field = format!("name-{}", self.id);
        let error = errors.on(&field).map(str::to_owned);
        let value = self.typed.clone().unwrap_or_else(|| self.name.clone());
        maud! {
            section.fc-panel.fc-view aria-label=(self.name) {
                div.fc-panel__body {
                    p.govuk-body."govuk-!-margin-bottom-1" { a.govuk-link href=(self.href) { (self.name) } }
                    p.govuk-body-s.fc-muted { (self.about) }
                    @for words in &self.gone { p.govuk-body-s { (words) } }
                    @if let Some(form) = &self.form {
                        form.fc-view__do method="post" action=(paths::view(&self.id)) novalidate {
                            (shell.fields(form))
                            div.govuk-form-group.govuk-form-group--error[error.is_some()] {
                                label.govuk-label.govuk-label--s for=(field) { "Name" span.govuk-visually-hidden { " of " (self.name) } }
                                @if let Some(error) = &error {
                                    p.govuk-error-message id={ (field) "-error" } { span.govuk-visually-hidden { "Error: " } (error) }
                                }
                                input.govuk-input id=(field) name="name" value=(value) aria-describedby=[error.as_ref().map(|_| format!("{field}-error"))];
                            }
                            (Button::new(format!("Rename {}", self.name)).style(ButtonStyle::Secondary))
                        }
                        form method="post" action=(paths::view_delete(&self.id)) {
                            (shell.fields(form))
                            button.fc-link-button type="submit" { "Delete " (self.name) }
                        }
                    }
                }
            }
        }
    }
}

impl SaveView {
    /// Narrowed to what is late, by somebody who may share it.
    pub fn sample() -> Self {
        Self {
            query: "stage=2&owner=5".to_owned(),
            sharing: Sharing::Offered,
            form: FormState::fresh("v-1"),
        }
    }
}

impl Views {
    /// Two of their own, and one of the office.
    pub fn sample() -> Self {
        let view = |id: &str, name: &str, about: &str| ViewShown {
            id: id.to_owned(),
            name: name.to_owned(),
            typed: None,
            href: "/staff/cases?late=yes".to_owned(),
            about: about.to_owned(),
            gone: Vec::new(),
            form: Some(FormState::fresh(&format!("v-{id}"))),
        };
        Self {
            notice: Some("The view is saved.".to_owned()),
            errors: Errors::none(),
            save: None,
            views: vec![
                view("own-1", "Late at stage 2", "1 case. Only you see this view."),
                ViewShown {
                    gone: vec!["Kit Vale has left. The view shows what is still with them.".to_owned()],
                    ..view("own-2", "With Kit", "No cases. Only you see this view.")
                },
                ViewShown {
                    form: None,
                    ..view(
                        "office-1",
                        "Nobody has it yet",
                        "3 cases. Everybody in the office sees this view.",
                    )
                },
            ],
            start: FormState::fresh("v-0").answered(&[("start", "own-1")]),
        }
    }

    /// A name that is given already.
    pub fn sample_errors() -> Self {
        let words = "There is a view called “Late at stage 2” already. Choose another name";
        Self {
            notice: None,
            errors: Errors::none().with("name", words),
            save: Some(SaveView {
                form: FormState::fresh("v-9")
                    .answered(&[("name", "Late at stage 2")])
                    .wrong("name", words),
                ..SaveView::sample()
            }),
            ..Self::sample()
        }
    }

    /// None yet.
    pub fn sample_empty() -> Self {
        Self {
            notice: None,
            views: Vec::new(),
            ..Self::sample()
        }
    }
}
