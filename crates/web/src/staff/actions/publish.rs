//! The words that everybody may read of a change: what people said, and what was done (R39).

use hypertext::{Buffer, prelude::*};

use super::one::BESIDE;
use crate::page::form::{Button, error_summary};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::{Link, back_link};
use crate::staff::parts::panel::{page_head, panel};
use crate::staff::paths;

/// The form. Fields: `you_said`, `we_did`, `service`; to take it back: `remark`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishChange {
    /// "FC-10388-1".
    pub id: String,
    /// What was to be done.
    pub text: String,
    /// What was reported.
    pub reported: String,
    /// The services.
    pub services: Vec<Pick>,
    /// What was typed so far.
    pub form: FormState,
    /// To take it back; nothing while it is not published.
    pub take_back: Option<FormState>,
}

impl StaffPage for PublishChange {
    fn title(&self) -> String {
        "Publish a change".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Actions
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (error_summary(&self.form.errors))
            @if let Some(form) = &self.take_back { (error_summary(&form.errors)) }
            (back_link(&Link::new(&self.text, &paths::action(&self.id))))
            (page_head("You said, we did", "Everybody can read this, without signing in. Name nobody, and quote no case."))
            div.fc-narrow {
                form.fc-panel method="post" action=(paths::publish_action(&self.id)) novalidate {
                    div.fc-panel__body {
                        (shell.fields(&self.form))
                        @if !self.reported.is_empty() { p { "Reported: " (self.reported) } }
                        (self.form.area("you_said", "You said").rows(3))
                        (self.form.area("we_did", "We did").rows(3))
                        (self.form.select("service", "Which service is it about?", &self.services))
                        div.fc-compose__foot {
                            (Button::new("Publish"))
                            a.govuk-link href=(paths::action(&self.id)) { "Cancel" }
                        }
                    }
                }
                @if let Some(form) = &self.take_back {
                    (panel("back", "Take it back", maud! {
                        form method="post" action=(paths::unpublish_action(&self.id)) novalidate {
                            (shell.fields(form))
                            (form.area("remark", "Why?").rows(2))
                            (Button::new("Take it back").style(BESIDE))
                        }
                    }))
                }
            }
        }
        .render_to(out);
    }
}

impl PublishChange {
    /// Published already, and to be said better.
    pub fn sample() -> Self {
        Self {
            id: "FC-10388-1".to_owned(),
            text: "Weekend cover in the halls network contract".to_owned(),
            reported: "The contract was signed on 2 October.".to_owned(),
            services: Pick::list(&[("A3", "Network and Wi-Fi"), ("A13", "IT Helpline and desks")]),
            form: FormState::fresh("p-1").answered(&[
                ("you_said", "The internet in the halls was off over a weekend."),
                ("we_did", "The contract now has cover on Saturdays and Sundays."),
                ("service", "A3"),
            ]),
            take_back: Some(FormState::fresh("p-2")),
        }
    }

    /// Without words.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("p-3")
            .wrong("you_said", "Write what people said, without naming anybody")
            .wrong("we_did", "Write what changed");
        Self {
            form,
            take_back: None,
            ..Self::sample()
        }
    }
}
