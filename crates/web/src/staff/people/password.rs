//! Settings: a first password for somebody, because they forgot theirs or because they come back.

pub mod handler;

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, InputKind, Width, error_summary};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::{Link, back_link};
use crate::staff::parts::notice::caution;
use crate::staff::parts::panel::{page_head, panel};

/// A first password. Field: `password`; what was typed is never shown again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstPassword {
    /// "A new password for Dana Kowalczyk".
    pub heading: String,
    /// Their page.
    pub back: Link,
    /// What happens then.
    pub words: String,
    /// Why it cannot be done now; then there is no form.
    pub in_the_way: Option<String>,
    /// Where the form goes.
    pub action: String,
    /// What the button does.
    pub button: String,
    /// How a password must be.
    pub password_rule: String,
    /// What to do about the field.
    pub form: FormState,
}

impl StaffPage for FirstPassword {
    fn title(&self) -> String {
        self.heading.clone()
    }

    fn nav(&self) -> Nav {
        Nav::People
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (error_summary(&self.form.errors))
            (back_link(&self.back))
            (page_head(&self.heading, ""))
            div.fc-narrow {
                @match &self.in_the_way {
                    Some(words) => { (caution(words)) }
                    None => { (panel("first", "First password", self.form(shell))) }
                }
            }
        }
        .render_to(out);
    }
}

impl FirstPassword {
    fn form<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            p.govuk-body { (self.words) }
            form method="post" action=(self.action) novalidate {
                (shell.fields(&self.form))
                (self.form.text("password", "First password").kind(InputKind::Password).autocomplete("new-password")
                    .width(Width::Half).hint(self.password_rule.as_str()))
                div.fc-compose__foot {
                    (Button::new(self.button.as_str()))
                    a.govuk-link href=(self.back.href) { "Cancel" }
                }
            }
        }
    }

    /// Somebody forgot theirs.
    pub fn sample() -> Self {
        Self {
            heading: "A new password for Dana Kowalczyk".to_owned(),
            back: Link::new("Dana Kowalczyk", "/staff/settings/people/5"),
            words: "The one that they have stops working, and they are signed out everywhere. \
                    Tell them the new one in person or by phone."
                .to_owned(),
            in_the_way: None,
            action: "/staff/settings/people/5/password".to_owned(),
            button: "Give them this password".to_owned(),
            password_rule: "At least 12 characters. They change it on their own page.".to_owned(),
            form: FormState::fresh("pw-1"),
        }
    }

    /// Sent with one that is too short.
    pub fn sample_errors() -> Self {
        Self {
            form: FormState::fresh("pw-2").wrong(
                "password",
                "Enter a password of at least 12 characters. Three or four words are easy to remember",
            ),
            ..Self::sample()
        }
    }

    /// Somebody comes back.
    pub fn sample_return() -> Self {
        Self {
            heading: "Dana Kowalczyk comes back".to_owned(),
            words: "They can sign in again and may do what they could before: investigator. \
                    Tell them the first password in person or by phone."
                .to_owned(),
            action: "/staff/settings/people/5/return".to_owned(),
            button: "Let them come back".to_owned(),
            ..Self::sample()
        }
    }

    /// An administrator's own.
    pub fn sample_own() -> Self {
        Self {
            in_the_way: Some(
                "Change your own password on your own page: it asks for the one that you have now.".to_owned(),
            ),
            ..Self::sample()
        }
    }
}
