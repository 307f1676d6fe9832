//! Settings: one member of staff; what they are and may do, and what was done about them.

pub mod handler;

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, InputKind, error_summary};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::away::Away;
use crate::staff::parts::facts::{Fact, facts};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::{Link, back_link};
use crate::staff::parts::notice::done;
use crate::staff::parts::panel::{page_head, panel};
use crate::staff::paths;

/// One member of staff. Fields of the form that changes them: `name`, `email`, `job_title`, `roles` (several).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonPage {
    /// Their name.
    pub name: String,
    /// Their job title.
    pub job: String,
    /// What was just done.
    pub notice: Option<String>,
    /// Username, state, open cases.
    pub facts: Vec<Fact>,
    /// What else can be done: a new password, they leave; for somebody who left, they come back.
    pub acts: Vec<Link>,
    /// Where the form goes.
    pub action: String,
    /// Every role with what it may do; empty for somebody who left: there is nothing to change then.
    pub roles: Vec<Pick>,
    /// Their details as they are, or as they were typed.
    pub form: FormState,
    /// Who stands in for them; nothing for somebody for whom nobody can.
    pub away: Option<Away>,
    /// What was done about them, the newest first.
    pub history: Vec<Happened>,
}

/// Something that was done about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// "Monday 12 October, 2:05pm"
    pub when: String,
    /// Who did it.
    pub who: String,
    /// What.
    pub what: String,
    /// More of it, a line each.
    pub detail: Vec<String>,
}

impl StaffPage for PersonPage {
    fn title(&self) -> String {
        self.name.clone()
    }

    fn nav(&self) -> Nav {
        Nav::People
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (done(self.notice.as_deref()))
            (error_summary(&self.form.errors))
            @if let Some(away) = &self.away { (error_summary(&away.form.errors)) }
            (back_link(&Link::new("People", paths::PEOPLE)))
            (page_head(&self.name, &self.job))
            (panel("account", "Account", self.account()))
            @if !self.roles.is_empty() { (panel("change", "Change", self.change(shell))) }
            @if let Some(away) = &self.away { (panel("away", away.whose.heading(), away.draw(shell))) }
            (panel("history", "What was done", history(&self.history)))
        }
        .render_to(out);
    }
}

impl PersonPage {
    fn account(&self) -> impl Renderable {
        maud! {
            (facts(&self.facts))
            @if !self.acts.is_empty() {
                ul.govuk-list."govuk-!-margin-top-4" { @for act in &self.acts { li { (act) } } }
            }
        }
    }

    fn change<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(self.action) novalidate {
                (shell.fields(&self.form))
                div.fc-pair {
                    (self.form.text("name", "Name").kind(InputKind::Name).autocomplete("off"))
                    (self.form.text("email", "Email address").kind(InputKind::Email).autocomplete("off"))
                    (self.form.text("job_title", "Job title, as letters show it"))
                }
                (self.form.boxes("roles", "What may they do?", &self.roles))
                (Button::new("Save"))
            }
        }
    }
}

fn history(history: &[Happened]) -> impl Renderable {
    maud! {
        @if history.is_empty() {
            p.govuk-body { "Nothing since they were added with the installation." }
        } @else {
            dl.govuk-summary-list {
                @for line in history {
                    div.govuk-summary-list__row {
                        dt.govuk-summary-list__key { (line.when) }
                        dd.govuk-summary-list__value {
                            (line.what) ", by " (line.who)
                            @for detail in &line.detail { br; span.fc-row__meta.fc-anywhere { (detail) } }
                        }
                    }
                }
            }
        }
    }
}

impl PersonPage {
    /// An investigator, untouched.
    pub fn sample() -> Self {
        Self {
            name: "Dana Kowalczyk".to_owned(),
            job: "Service Delivery Manager".to_owned(),
            notice: None,
            facts: vec![
                Fact::new("Username", "dana"),
                Fact::new("State", "Works here"),
                Fact::new("Open cases", "4 at stage 2"),
            ],
            acts: vec![
                Link::new("Give them a new password", &paths::person_act("5", "password")),
                Link::new("They leave", &paths::person_act("5", "leave")),
            ],
            action: paths::person("5"),
            roles: super::People::sample().roles,
            form: FormState::fresh("pe-1").answered(&DANA),
            away: None,
            history: vec![
                happened(
                    "Monday 12 October, 2:05pm",
                    "Changed Dana Kowalczyk",
                    &["Roles: given action owner"],
                ),
                happened(
                    "Monday 5 January, 9am",
                    "Added Dana Kowalczyk, Service Delivery Manager",
                    &["Roles: investigator"],
                ),
            ],
        }
    }

    /// Sent with an address that is taken and no role.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("pe-2")
            .answered(&DANA[..3])
            .wrong(
                "email",
                "Somebody already signs in with this email address. Enter another",
            )
            .wrong("roles", "Choose at least one role");
        Self { form, ..Self::sample() }
    }

    /// Somebody who signs letters off and fell ill: who stands in is changed for them.
    pub fn sample_away() -> Self {
        Self {
            name: "Samir Haddad".to_owned(),
            job: "Director of IT Services".to_owned(),
            facts: vec![
                Fact::new("Username", "samir"),
                Fact::new("State", "Works here"),
                Fact::new("Open cases", "None"),
            ],
            form: FormState::fresh("pe-3").answered(&SAMIR),
            away: Some(Away::sample_somebody()),
            history: vec![happened(
                "Today, 9:10am",
                "Helen Marsh stands in for Samir Haddad",
                &["From Monday 6 July 2026 to Friday 17 July 2026"],
            )],
            ..Self::sample()
        }
    }

    /// The same with a last day before the first.
    pub fn sample_away_errors() -> Self {
        let away = Away::sample_somebody();
        let form = FormState::fresh("aw-5")
            .answered(&[
                ("delegate", "7"),
                ("from", "2026-07-10"),
                ("until", "2026-07-09"),
                ("was", "7.2026-07-06.2026-07-17"),
            ])
            .wrong("until", "Choose a last day that is not before the first");
        Self {
            away: Some(Away { form, ..away }),
            ..Self::sample_away()
        }
    }

    /// Somebody who left.
    pub fn sample_former() -> Self {
        Self {
            facts: vec![
                Fact::new("Username", "dana"),
                Fact::new("Email", "dana@calderbrook.example"),
                Fact::new("State", "Left on Tuesday 13 October 2026"),
                Fact::new("Roles they had", "Investigator"),
            ],
            acts: vec![Link::new("They come back", &paths::person_act("5", "return"))],
            roles: Vec::new(),
            history: vec![happened(
                "Yesterday, 4:20pm",
                "Dana Kowalczyk left",
                &["4 open cases passed to Owen Pritchard"],
            )],
            ..Self::sample()
        }
    }
}

const DANA: [(&str, &str); 4] = [
    ("name", "Dana Kowalczyk"),
    ("email", "dana@calderbrook.example"),
    ("job_title", "Service Delivery Manager"),
    ("roles", "investigator"),
];

const SAMIR: [(&str, &str); 4] = [
    ("name", "Samir Haddad"),
    ("email", "samir@calderbrook.example"),
    ("job_title", "Director of IT Services"),
    ("roles", "sign-off"),
];

fn happened(when: &str, what: &str, detail: &[&str]) -> Happened {
    Happened {
        when: when.to_owned(),
        who: "Rosa Lindqvist".to_owned(),
        what: what.to_owned(),
        detail: detail.iter().map(|line| (*line).to_owned()).collect(),
    }
}
