//! Settings: who works here and what each may do.

pub mod handler;
pub mod leave;
pub mod password;
pub mod person;

use hypertext::{Buffer, prelude::*};

use super::parts::form::{FormState, Pick};
use super::parts::list_table::{Heading, list_table};
use super::parts::notice::done;
use super::parts::panel::{page_head, panel};
use super::parts::tag::{Tag, Tone};
use super::paths;
use crate::page::form::{Button, InputKind, error_summary};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// People. Fields of the form that adds one: `name`, `username`, `email`, `job_title`, `roles` (several), `password`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People {
    /// "12 people, 2 of whom may sign letters off; 1 has left."
    pub summary: String,
    /// What was just done.
    pub notice: Option<String>,
    /// Who works here.
    pub rows: Vec<Person>,
    /// Every role with what it may do; empty when the reader may only look.
    pub roles: Vec<Pick>,
    /// How an initial password must be: "At least 12 characters."
    pub password_rule: String,
    /// What was typed so far.
    pub form: FormState,
}

/// Somebody who works here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Name.
    pub name: String,
    /// Their page.
    pub href: String,
    /// Username and email address.
    pub contact: String,
    /// Job title.
    pub job: String,
    /// Roles.
    pub roles: Vec<Tag>,
    /// "Works here", "Left on Thursday 1 October 2026".
    pub state: String,
}

impl StaffPage for People {
    fn title(&self) -> String {
        "People".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::People
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (done(self.notice.as_deref()))
            (error_summary(&self.form.errors))
            (page_head("People", &self.summary))
            (table(&self.rows))
            @if !self.roles.is_empty() {
                div."govuk-!-margin-top-6" { (panel("add", "Add somebody", self.add(shell))) }
            }
        }
        .render_to(out);
    }
}

impl People {
    fn add<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(paths::PEOPLE) novalidate {
                (shell.fields(&self.form))
                div.fc-pair {
                    (self.form.text("name", "Name").kind(InputKind::Name).autocomplete("off"))
                    (self.form.text("username", "Username").kind(InputKind::Name).autocomplete("off"))
                    (self.form.text("email", "Email address").kind(InputKind::Email).autocomplete("off"))
                    (self.form.text("job_title", "Job title, as letters show it"))
                }
                (self.form.boxes("roles", "What may they do?", &self.roles))
                (self.form.text("password", "First password").kind(InputKind::Password).autocomplete("new-password")
                    .width(crate::page::form::Width::Half).hint(self.password_rule.as_str()))
                (Button::new("Add them"))
            }
        }
    }
}

fn table(rows: &[Person]) -> impl Renderable {
    let headings = ["Name", "Job", "May", "State"].map(Heading::new);
    list_table("People who work here", headings, maud! { @for row in rows { (row) } })
}

impl Renderable for Person {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            tr.govuk-table__row.fc-row role="row" {
                td.govuk-table__cell role="cell" {
                    a.govuk-link.govuk-link--no-visited-state.fc-row__title href=(self.href) { (self.name) }
                    span.fc-row__meta { (self.contact) }
                }
                td.govuk-table__cell role="cell" { (self.job) }
                td.govuk-table__cell role="cell" { span.fc-tags { @for role in &self.roles { (role) " " } } }
                td.govuk-table__cell role="cell" { (self.state) }
            }
        }
        .render_to(out);
    }
}

impl People {
    /// Four people and the form.
    pub fn sample() -> Self {
        Self {
            summary: "3 people, none of whom may sign letters off; 1 has left.".to_owned(),
            notice: None,
            rows: vec![
                person(
                    ["Amara Osei", "a.osei", "IT Helpline"],
                    &["Frontline handler"],
                    "Works here",
                ),
                person(
                    ["Tom Birch", "t.birch", "Helpline team lead"],
                    &["Frontline handler", "Complaints coordinator"],
                    "Works here",
                ),
                person(
                    ["Dana Kowalczyk", "d.kowalczyk", "Service Delivery Manager"],
                    &["Investigator"],
                    "Works here",
                ),
                person(
                    ["Helen Marsh", "h.marsh", "Deputy Director"],
                    &["Sign-off authority", "Reviewer"],
                    "Left on Thursday 1 October 2026",
                ),
            ],
            roles: vec![
                Pick::with_hint(
                    "handler",
                    "Frontline handler",
                    "Logs, acknowledges, decides at stage 1.",
                ),
                Pick::with_hint("manager", "Frontline manager", "Approves extensions at stage 1."),
                Pick::with_hint(
                    "coordinator",
                    "Complaints coordinator",
                    "Triage, VIP and risk, accepts requests for stage 2.",
                ),
                Pick::with_hint(
                    "investigator",
                    "Investigator",
                    "Investigates at stage 2 and writes the letter.",
                ),
                Pick::with_hint("sign-off", "Sign-off authority", "Approves letters. Never their own."),
                Pick::with_hint(
                    "reviewer",
                    "Reviewer",
                    "Approves extensions at stage 2; monthly review.",
                ),
                Pick::with_hint("auditor", "Auditor", "Reads everything, changes nothing."),
            ],
            password_rule: "At least 12 characters. They change it when they sign in first.".to_owned(),
            form: FormState::fresh("p-1"),
        }
    }

    /// Sent with a username that is taken.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("p-2")
            .answered(&[
                ("name", "Kit Vale"),
                ("username", "t.birch"),
                ("email", "kit"),
                ("job_title", "IT Helpline"),
            ])
            .wrong("username", "Somebody has this username. Choose another")
            .wrong("email", "Enter an email address, like name@example.com")
            .wrong("roles", "Choose at least one role")
            .wrong("password", "Enter a first password of at least 12 characters");
        Self { form, ..Self::sample() }
    }

    /// For somebody who may only look; somebody was just added.
    pub fn sample_read_only() -> Self {
        Self {
            roles: Vec::new(),
            notice: Some("Kit Vale can sign in now.".to_owned()),
            ..Self::sample()
        }
    }
}

fn person([name, username, job]: [&str; 3], roles: &[&str], state: &str) -> Person {
    Person {
        name: name.to_owned(),
        href: super::paths::person("5"),
        contact: format!("{username}, {username}@calderbrook.example"),
        job: job.to_owned(),
        roles: roles.iter().map(|role| Tag::new(role, Tone::Grey)).collect(),
        state: state.to_owned(),
    }
}
