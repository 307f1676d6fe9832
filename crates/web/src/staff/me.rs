//! The person who is signed in: roles, password, keyboard shortcuts.

pub mod handler;

use hypertext::{Buffer, prelude::*};

use super::away::Away;
use super::parts::facts::{Fact, facts};
use super::parts::form::{FormState, Pick};
use super::parts::link::Link;
use super::parts::notice::done;
use super::parts::panel::{page_head, panel};
use super::paths;
use crate::page::form::{Button, ButtonStyle, InputKind, Width, error_summary};
use crate::page::keys::shortcuts;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// The person who is signed in. Fields of the password form: `present_password`, `new_password`,
/// `again_password`; of the form of preferences:
/// `theme` (light, dark, auto), `keys` (on, off).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// Name.
    pub name: String,
    /// Username, email address, job, roles.
    pub facts: Vec<Fact>,
    /// Where it stands what they opened; nothing for somebody who sees no cases.
    pub opened: Option<Link>,
    /// What was just done.
    pub notice: Option<String>,
    /// How a password must be.
    pub password_rule: String,
    /// What to do about the fields; passwords are never shown again.
    pub form: FormState,
    /// What is preferred now.
    pub preferences: FormState,
    /// Who stands in for them; nothing for somebody for whom nobody can.
    pub away: Option<Away>,
}

impl StaffPage for Me {
    fn title(&self) -> String {
        self.name.clone()
    }

    fn nav(&self) -> Nav {
        Nav::Nowhere
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (done(self.notice.as_deref()))
            (error_summary(&self.form.errors))
            @if let Some(away) = &self.away { (error_summary(&away.form.errors)) }
            (page_head(&self.name, ""))
            div.fc-narrow {
                (panel("facts", "You", facts(&self.facts)))
                @if let Some(opened) = &self.opened { p.govuk-body { (opened) } }
                @if let Some(away) = &self.away { (panel("away", away.whose.heading(), away.draw(shell))) }
                (panel("change", "Change your password", self.password(shell)))
                (panel("look", "Look and keyboard", self.look(shell)))
                (panel("shortcuts", "Keyboard shortcuts", shortcuts()))
            }
        }
        .render_to(out);
    }
}

impl Me {
    fn password<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(paths::ME) novalidate {
                (shell.fields(&self.form))
                (self.form.text("present_password", "Password now").kind(InputKind::Password).autocomplete("current-password").width(Width::Half))
                (self.form.text("new_password", "New password").kind(InputKind::Password).autocomplete("new-password").width(Width::Half)
                    .hint(self.password_rule.as_str()))
                (self.form.text("again_password", "New password again").kind(InputKind::Password).autocomplete("new-password").width(Width::Half))
                (Button::new("Change password"))
            }
        }
    }

    fn look<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(paths::PREFERENCES) novalidate {
                (shell.fields(&self.preferences))
                div.fc-pair {
                    (self.preferences.radios("theme", "Colours", &Pick::list(&THEMES)))
                    (self.preferences.radios("keys", "Single-key shortcuts", &Pick::list(&KEYS))
                        .hint("Turn them off if you dictate, or press keys by accident. Ctrl Enter always works."))
                }
                (Button::new("Save").style(ButtonStyle::Secondary))
            }
        }
    }

    /// Untouched.
    pub fn sample() -> Self {
        Self {
            name: "Amara Osei".to_owned(),
            facts: vec![
                Fact::new("Username", "a.osei"),
                Fact::new("Email", "a.osei@calderbrook.example"),
                Fact::new("Job", "IT Helpline"),
                Fact::new("May", "Log, acknowledge, decide at stage 1"),
            ],
            opened: Some(Link::new("What you opened", paths::ACCESS_LOG)),
            notice: None,
            password_rule: "At least 12 characters. Three words are good.".to_owned(),
            form: FormState::fresh("me-1"),
            preferences: FormState::fresh("me-3").answered(&[("theme", "light"), ("keys", "on")]),
            away: None,
        }
    }

    /// Somebody who signs letters off, with somebody who stands in.
    pub fn sample_away() -> Self {
        Self {
            name: "Samir Haddad".to_owned(),
            away: Some(Away::sample()),
            ..Self::sample()
        }
    }

    /// The same with a first day after the last.
    pub fn sample_away_errors() -> Self {
        let away = Away::sample();
        let form = FormState::fresh("aw-3")
            .answered(&[("delegate", "7"), ("from", "2026-07-10"), ("until", "2026-07-09")])
            .wrong("until", "Choose a last day that is not before the first");
        Self {
            away: Some(Away { form, ..away }),
            ..Self::sample_away()
        }
    }

    /// A password changed wrongly.
    pub fn sample_errors() -> Self {
        Self {
            form: FormState::fresh("me-2")
                .wrong("present_password", "That is not your present password")
                .wrong("again_password", "Type the same new password twice"),
            ..Self::sample()
        }
    }
}

const THEMES: [(&str, &str); 3] = [("light", "Light"), ("dark", "Dark"), ("auto", "As my machine is set")];

const KEYS: [(&str, &str); 2] = [("on", "On"), ("off", "Off")];
