//! Settings: the ways to complain, as the public pages and letters name them (R11, R15).

pub mod handler;

use hypertext::{Buffer, prelude::*};

use super::parts::form::FormState;
use super::parts::notice::{caution, done};
use super::parts::panel::{page_head, panel};
use super::paths;
use crate::page::form::{Button, Width, error_summary, hidden};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// The ways. Fields: `phone`, `phone_hours`, `email`, `chat`, `chat_hours`, `desk`, `desk_hours`, `social_called`, `social`, `social_link`,
/// `post`, and `open` with the code of each way that is offered; `made_from`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaysPage {
    /// What was just done.
    pub notice: Option<String>,
    /// How they are now, a line each, where somebody else changed them meanwhile.
    pub now: Vec<String>,
    /// How often they were set when this page was made.
    pub seen: String,
    /// What is typed.
    pub form: FormState,
}

impl StaffPage for WaysPage {
    fn title(&self) -> String {
        "Channels".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Ways
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let summary = "How people can complain. What is switched off disappears from the public pages.";
        maud! {
            (done(self.notice.as_deref()))
            (error_summary(&self.form.errors))
            (page_head("Channels", summary))
            @if !self.now.is_empty() {
                (caution("Somebody changed the channels while you wrote. What you wrote is below; this is how they are now:"))
                ul.govuk-list.govuk-list--bullet { @for line in &self.now { li { (line) } } }
            }
            div.fc-narrow {
                form method="post" action=(paths::WAYS) novalidate {
                    (shell.fields(&self.form))
                    (hidden("made_from", &self.seen))
                    (panel("web", "Online form", maud! {
                        p.govuk-body-s { "Open day and night. It cannot be switched off: every other way leads to the same record." }
                    }))
                    (panel("phone-heading", "Phone", self.phone()))
                    (panel("email-heading", "Email", self.email()))
                    (panel("chat-heading", "Chat", self.chat()))
                    (panel("desk-heading", "In person", self.desk()))
                    (panel("social-heading", "Social media", self.social()))
                    (panel("post-heading", "Letters", self.post()))
                    (Button::new("Save the channels"))
                }
            }
        }
        .render_to(out);
    }
}

/// What hours are typed like.
const HOURS: &str = "Like Monday to Friday, 9am to 5pm; Saturday, 10am to 1pm. Or: 24 hours, every day.";

impl WaysPage {
    fn offered<'a>(&'a self, code: &'a str, words: &'a str) -> impl Renderable + 'a {
        let id = format!("open-{code}");
        maud! {
            div.govuk-form-group {
                div.govuk-checkboxes.govuk-checkboxes--small {
                    div.govuk-checkboxes__item {
                        input.govuk-checkboxes__input id=(id) type="checkbox" name="open" value=(code)
                            checked[self.form.answers.chose("open", code)];
                        label.govuk-label.govuk-checkboxes__label for=(id) { (words) }
                    }
                }
            }
        }
    }

    fn phone(&self) -> impl Renderable {
        maud! {
            p.govuk-body-s { "It cannot be switched off: it is what people are told to use when the form fails. Letters state it with its hours." }
            (self.form.text("phone", "Number").width(Width::Half))
            (self.form.text("phone_hours", "When it is answered").hint(HOURS))
        }
    }

    fn email(&self) -> impl Renderable {
        maud! {
            (self.offered("email", "Offer email"))
            (self.form.text("email", "Address"))
        }
    }

    fn chat(&self) -> impl Renderable {
        maud! {
            (self.offered("chat", "Offer a chat"))
            (self.form.text("chat", "Where it starts").hint("The whole address, beginning with https://."))
            (self.form.text("chat_hours", "When somebody answers").hint(HOURS))
        }
    }

    fn desk(&self) -> impl Renderable {
        maud! {
            (self.offered("in_person", "Offer a place to come to"))
            (self.form.text("desk", "Where").hint("Like IT desk, Main Library."))
            (self.form.text("desk_hours", "When somebody is there").hint(HOURS))
        }
    }

    fn social(&self) -> impl Renderable {
        maud! {
            (self.offered("social_media", "Offer an account on a public network"))
            (self.form.text("social_called", "Network").width(Width::Half))
            (self.form.text("social", "Account").width(Width::Half).hint("As people see it."))
            (self.form.text("social_link", "Address of the account").hint("The whole address, beginning with https://."))
        }
    }

    fn post(&self) -> impl Renderable {
        maud! {
            (self.offered("post", "Take letters"))
            (self.form.area("post", "Address").rows(5))
        }
    }

    /// A telephone, an address and a desk.
    pub fn sample() -> Self {
        Self {
            notice: Some("The channels are saved.".to_owned()),
            now: Vec::new(),
            seen: "1".to_owned(),
            form: FormState::fresh("wy-1").answered(&[
                ("phone", "01632 960 417"),
                ("phone_hours", "24 hours, every day"),
                ("open", "email"),
                ("email", "it-feedback@calderbrook.example"),
                ("open", "in_person"),
                ("desk", "IT desk, Main Library"),
                ("desk_hours", "Monday to Friday, 8am to 8pm"),
            ]),
        }
    }

    /// Hours that nobody can read.
    pub fn sample_errors() -> Self {
        let form = Self::sample()
            .form
            .wrong("desk_hours", "“9” is not clear: write times like 9am, 5:30pm or 17:00");
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
            now: vec![
                "Phone: 01632 960 418 (24 hours, every day)".to_owned(),
                "Email: not offered".to_owned(),
            ],
            ..Self::sample()
        }
    }
}
