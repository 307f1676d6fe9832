//! Recommend a change: it goes into the register, and waits for senior management unless owner and date are agreed at once (R82).

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, error_summary};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::{Link, back_link};
use crate::staff::parts::panel::page_head;
use crate::staff::paths;

/// The form. Fields: `text`, `service`, `cases` (several), `owner`, `due_on`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommend {
    /// "2026-09".
    pub code: String,
    /// "September 2026".
    pub month: String,
    /// The services.
    pub services: Vec<Pick>,
    /// The cases to discuss, to tick those behind it.
    pub cases: Vec<Pick>,
    /// What was typed so far.
    pub form: FormState,
}

impl StaffPage for Recommend {
    fn title(&self) -> String {
        "Recommend a change".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Review
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (error_summary(&self.form.errors))
            (back_link(&Link::new(&format!("Review of {}", self.month), &paths::review(&self.code))))
            (page_head("Recommend a change", "It goes into the register of follow-on actions and into every review until it is done."))
            form.fc-panel.fc-narrow method="post" action=(paths::review_act(&self.code, "recommend")) novalidate {
                div.fc-panel__body {
                    (shell.fields(&self.form))
                    (self.form.area("text", "What should change?").rows(3).hint("Senior management reads this: name nobody."))
                    (self.form.select("service", "Which service is it about?", &self.services))
                    @if !self.cases.is_empty() { (self.form.boxes("cases", "Which cases are behind it?", &self.cases)) }
                    h2.govuk-heading-s { "Agreed already? Then say who does it by when" }
                    p { "Leave both empty and it waits for senior management to accept it." }
                    div.fc-pair {
                        (self.form.text("owner", "Owner").hint("A team or a person"))
                        (self.form.date("due_on", "By").hint("The day by which it is done"))
                    }
                    div.fc-compose__foot {
                        (Button::new("Add it to the register"))
                        a.govuk-link href=(paths::review(&self.code)) { "Cancel" }
                    }
                }
            }
        }
        .render_to(out);
    }
}

impl Recommend {
    /// Half typed.
    pub fn sample() -> Self {
        Self {
            code: "2026-09".to_owned(),
            month: "September 2026".to_owned(),
            services: Pick::list(&[("A3", "Network and Wi-Fi"), ("A13", "IT Helpline and desks")]),
            cases: vec![
                Pick::with_hint("FC-10388", "FC-10388 Halls network off for 3 days", "Decided late"),
                Pick::with_hint("FC-10402", "FC-10402 Job closed twice, not fixed", "Asked for stage 2"),
            ],
            form: FormState::fresh("r-1").answered(&[
                ("text", "Weekend cover in the halls network contract"),
                ("service", "A3"),
                ("cases", "FC-10388"),
            ]),
        }
    }

    /// No words, and a day that has passed.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("r-2")
            .answered(&[("owner", "Contracts"), ("due_on", "2026-10-01")])
            .wrong("text", "Write what should change")
            .wrong(
                "due_on",
                "Choose a day that is not in the past (Thursday 1 October 2026 is)",
            );
        Self { form, ..Self::sample() }
    }
}
