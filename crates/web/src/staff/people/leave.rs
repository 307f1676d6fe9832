//! Settings: somebody leaves, and their open cases go to somebody else in the same act (R40).

pub mod handler;

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, ButtonStyle, error_summary};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::{Link, back_link};
use crate::staff::parts::notice::caution;
use crate::staff::parts::panel::{page_head, panel};
use crate::staff::parts::people_select::{Candidate, people_select};

/// Somebody leaves. Field: `to`, who takes their open cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leave {
    /// Their name.
    pub name: String,
    /// Their page.
    pub back: Link,
    /// Where the form goes.
    pub action: String,
    /// Why they cannot leave now; then there is no form.
    pub in_the_way: Option<String>,
    /// "Dana Kowalczyk has 4 open cases: 1 at stage 1, 3 at stage 2."
    pub cases: String,
    /// "Who takes all of them?"
    pub question: String,
    /// What to do if one person is not enough; nothing where there is one case.
    pub several: Option<String>,
    /// Who could take them all; empty where there is no case to take.
    pub successors: Vec<Candidate>,
    /// What was chosen so far.
    pub form: FormState,
}

impl StaffPage for Leave {
    fn title(&self) -> String {
        self.heading()
    }

    fn nav(&self) -> Nav {
        Nav::People
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (error_summary(&self.form.errors))
            (back_link(&self.back))
            (page_head(&self.heading(), ""))
            div.fc-narrow {
                @match &self.in_the_way {
                    Some(words) => { (caution(words)) }
                    None => { (panel("leaving", "What happens then", self.form(shell))) }
                }
            }
        }
        .render_to(out);
    }
}

impl Leave {
    fn heading(&self) -> String {
        format!("{} leaves", self.name)
    }

    fn form<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            p.govuk-body {
                "They are signed out everywhere and can no longer sign in. Their name stays on everything that they did. \
                 They can come back later."
            }
            p.govuk-body { (self.cases) }
            p.govuk-body-s {
                "Complaints about a member of staff are not counted here, if there are any: those who can read them see that their owner has \
                 left, and pass them on."
            }
            form method="post" action=(self.action) novalidate {
                (shell.fields(&self.form))
                @if !self.successors.is_empty() {
                    (people_select(&self.form, "to", &self.question, &self.successors))
                    @if let Some(words) = &self.several { p.govuk-body { (words) } }
                }
                div.fc-compose__foot {
                    (Button::new("Close their account").style(ButtonStyle::Warning))
                    a.govuk-link href=(self.back.href) { "Cancel" }
                }
            }
        }
    }

    /// An investigator with four open cases.
    pub fn sample() -> Self {
        Self {
            name: "Dana Kowalczyk".to_owned(),
            back: Link::new("Dana Kowalczyk", "/staff/settings/people/5"),
            action: "/staff/settings/people/5/leave".to_owned(),
            in_the_way: None,
            cases: "Dana Kowalczyk has 4 open cases: 1 at stage 1, 3 at stage 2.".to_owned(),
            question: "Who takes all of them?".to_owned(),
            several: Some(
                "If they should go to several people, have a complaints coordinator pass them on first, each on its own page."
                    .to_owned(),
            ),
            successors: vec![
                Candidate::barred(
                    "1",
                    "Amara Osei, IT Helpline",
                    "Amara Osei cannot work on Investigation",
                ),
                Candidate::free("6", "Owen Pritchard, Infrastructure Manager"),
            ],
            form: FormState::fresh("le-1"),
        }
    }

    /// Sent without a choice.
    pub fn sample_errors() -> Self {
        Self {
            form: FormState::fresh("le-2").wrong(
                "to",
                "Dana Kowalczyk still has 4 open cases. Choose who takes them, or have them passed on first",
            ),
            ..Self::sample()
        }
    }

    /// Somebody with nothing open.
    pub fn sample_free() -> Self {
        Self {
            cases: "Dana Kowalczyk has no open cases.".to_owned(),
            successors: Vec::new(),
            ..Self::sample()
        }
    }

    /// The only administrator.
    pub fn sample_last_administrator() -> Self {
        Self {
            in_the_way: Some(
                "Rosa Lindqvist is the only administrator. Make somebody else an administrator first.".to_owned(),
            ),
            ..Self::sample_free()
        }
    }
}
