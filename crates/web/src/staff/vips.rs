//! Settings: the list of VIPs, whose complaints begin at stage 2 (R55, R88).

pub mod handler;

use hypertext::{Buffer, prelude::*};

use super::parts::form::FormState;
use super::parts::notice::{caution, done};
use super::parts::panel::{page_head, panel};
use super::paths;
use crate::page::form::{Button, error_summary, hidden};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// The list. Fields: `list`, a line each; `mark`, which list it was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vips {
    /// What was just done.
    pub notice: Option<String>,
    /// Which list it is.
    pub mark: String,
    /// The list as it is now, where somebody else changed it meanwhile.
    pub now: Option<String>,
    /// What is typed.
    pub form: FormState,
}

impl StaffPage for Vips {
    fn title(&self) -> String {
        "VIPs".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Vips
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let summary = "A complaint from somebody on this list begins at stage 2, from the moment it is received.";
        maud! {
            (done(self.notice.as_deref()))
            (error_summary(&self.form.errors))
            (page_head("VIPs", summary))
            div.fc-narrow {
                @if let Some(now) = &self.now {
                    (caution("Somebody changed this list while you wrote. What you typed is below; this is how it is now:"))
                    pre.fc-code tabindex="0" { (now) }
                }
                (panel("list-heading", "Who is on it", self.list(shell)))
            }
        }
        .render_to(out);
    }
}

impl Vips {
    fn list<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            p.govuk-body-s {
                "Nobody is ever told that they are on it, and no letter, job or page for complainants says so. It is asked when a complaint \
                 arrives. Open complaints that are here already move to stage 2 when the list is saved; the coordinator then chooses who \
                 investigates."
            }
            form method="post" action=(paths::VIPS) novalidate {
                (shell.fields(&self.form))
                (hidden("mark", &self.mark))
                (self.form.area("list", "One line each").rows(12)
                    .hint("An email address or a username, then a comma, then why. @office.example stands for every address there."))
                (Button::new("Save the list"))
            }
        }
    }

    /// Three lines.
    pub fn sample() -> Self {
        let list = "vc@calderbrook.example, Vice-Chancellor\ngov01, Chair of governors\n@council.example, City council";
        Self {
            notice: Some("The list is saved.".to_owned()),
            mark: "5f3a".to_owned(),
            now: None,
            form: FormState::fresh("v-1").answered(&[("list", list)]),
        }
    }

    /// A line without a reason.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("v-2")
            .answered(&[("list", "vc@calderbrook.example")])
            .wrong(
                "list",
                "Change the list: line 1 has no comma: write who, then a comma, then why",
            );
        Self {
            notice: None,
            form,
            ..Self::sample()
        }
    }

    /// Changed by somebody else meanwhile.
    pub fn sample_changed() -> Self {
        Self {
            notice: None,
            now: Some("vc@calderbrook.example, Vice-Chancellor".to_owned()),
            ..Self::sample()
        }
    }
}
