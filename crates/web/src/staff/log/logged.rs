//! What to read out after a complaint was logged: the reference, the date and how to follow it.

use hypertext::{Buffer, prelude::*};

use crate::page::form::{ButtonLink, ButtonStyle};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::notice::done;
use crate::staff::paths;

/// A complaint that was just logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// Something about the time of receipt that the clerk should know.
    pub notice: Option<String>,
    /// Its reference.
    pub reference: String,
    /// The reference letter by letter: "F C, one zero four eight eight".
    pub spoken_reference: String,
    /// The code with which the person opens their page; staff see it only here, and only for an hour.
    pub receipt_code: String,
    /// Words to read out.
    pub say: String,
    /// What happens next, one sentence each: acknowledgement, stage and date, job number.
    pub next: Vec<String>,
    /// The case's page, for somebody who may open it.
    pub href: Option<String>,
}

impl StaffPage for Logged {
    fn title(&self) -> String {
        format!("Logged: {}", self.reference)
    }

    fn nav(&self) -> Nav {
        Nav::Nowhere
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            (done(self.notice.as_deref()))
            div.fc-logged {
                h1.govuk-heading-l { "Logged" }
                div.fc-panel {
                    div.fc-panel__body {
                        dl.fc-receipt {
                            div { dt { "Reference" } dd.fc-receipt__big { span.fc-ref { (self.reference) } } dd { (self.spoken_reference) } }
                            div { dt { "Receipt code" } dd.fc-receipt__code { span.fc-ref { (self.receipt_code) } } dd { "They need it with the reference to see their complaint. You can read it here for an hour." } }
                        }
                    }
                }
                div.fc-say."govuk-!-margin-top-4" {
                    h2.govuk-heading-s."govuk-!-margin-bottom-1" { "Say this" }
                    p { (self.say) }
                }
                h2.govuk-heading-m."govuk-!-margin-top-5" { "What happens next" }
                ul.govuk-list.govuk-list--bullet { @for line in &self.next { li { (line) } } }
                div.fc-compose__foot {
                    @if let Some(href) = &self.href { (ButtonLink::new("Open the case", href.as_str())) }
                    (ButtonLink::new("Log another", paths::LOG).style(ButtonStyle::Secondary))
                }
            }
        }
        .render_to(out);
    }
}

impl Logged {
    /// Logged by phone at stage 1.
    pub fn sample() -> Self {
        Self {
            notice: None,
            reference: "FC-10491".to_owned(),
            spoken_reference: "F C, one zero four nine one".to_owned(),
            receipt_code: "4021 7733 0195 6468".to_owned(),
            say: "“I am sorry about that. Your reference is F C, one zero four nine one. We will give you a decision by Monday \
                  19 October. How would you like to hear?”"
                .to_owned(),
            next: vec![
                "We are sending an acknowledgement to l.marchetti@calderbrook.example now.".to_owned(),
                "Stage 1: decision due by the end of Monday 19 October 2026.".to_owned(),
                "Job F0981334 was raised, as a child of F0980554.".to_owned(),
            ],
            href: Some(paths::case("FC-10491")),
        }
    }

    /// About a member of staff, by a clerk who cannot open it any more.
    pub fn sample_restricted() -> Self {
        Self {
            next: vec![
                "We are sending the reference and the code to l.marchetti@calderbrook.example now.".to_owned(),
                "It is about a member of staff: the complaints coordinator decides who deals with it, and the Helpline cannot open it."
                    .to_owned(),
            ],
            href: None,
            ..Self::sample()
        }
    }

    /// Resolved on the call and closed in the same save (R48, R61).
    pub fn sample_resolved() -> Self {
        Self {
            say: "“I am glad we could sort that out. Your reference is F C, one zero four nine one. If you are not happy after \
                  all, tell us and a manager will look into it.”"
                .to_owned(),
            next: vec![
                "The complaint is resolved and closed. It still counts.".to_owned(),
                "We are sending what you agreed to l.marchetti@calderbrook.example, and how to take it further.".to_owned(),
            ],
            ..Self::sample()
        }
    }
}
