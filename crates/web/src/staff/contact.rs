//! How the person is reached: correct it, send again what did not arrive, or keep that they were told another way (R18, R19, A7, A8).

mod sample;

use hypertext::{Buffer, prelude::*};

use super::parts::case_head::{CaseBrief, act_head, clock_panel};
use super::parts::facts::{Fact, facts};
use super::parts::form::{FormState, Pick};
use super::parts::panel::panel;
use super::paths;
use crate::page::form::{Button, ButtonStyle, InputKind, Width, hidden};
use crate::page::icon::Icon;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// How the person is reached. Fields: `name`, `email`, `phone`, `reply_by`, `learnt`, `again` (letters); the form sends `step` save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactPage {
    /// Which case.
    pub case: CaseBrief,
    /// What did not arrive, one line each.
    pub failed: Vec<FailedLetter>,
    /// How they can be replied to.
    pub replies: Vec<Pick>,
    /// Letters that can be sent again.
    pub again: Vec<Pick>,
    /// What they gave at first, where it was corrected since.
    pub at_first: Vec<Fact>,
    /// What was typed so far.
    pub form: FormState,
    /// The form for what was told another way; nothing where nothing waits to be told.
    pub told: Option<ToldForm>,
}

/// A letter that did not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedLetter {
    /// "The decision did not arrive."
    pub what: String,
    /// What the mail server said, in words.
    pub why: String,
    /// What happens by itself, and what to do.
    pub next: String,
}

/// They were told another way. Fields: `told_letter`, `told_by`, `told_on`, `told_at`, `told_words`; the form sends `step` told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldForm {
    /// What waits to be told.
    pub letters: Vec<Pick>,
    /// By what means it can be told.
    pub ways: Vec<Pick>,
    /// What was typed so far.
    pub form: FormState,
}

impl StaffPage for ContactPage {
    fn title(&self) -> String {
        format!("How we reach {}, {}", self.case.person, self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::AllCases
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        // Only one of the two forms was sent, so only one of them has errors.
        let told = self.told.as_ref().map(|told| &told.form.errors);
        let errors = told.filter(|errors| !errors.is_empty()).unwrap_or(&self.form.errors);
        maud! {
            (act_head(&self.case, &format!("How we reach {}", self.case.person), errors))
            div.fc-case.fc-case--act {
                div {
                    (self.failures())
                    (self.details(shell))
                    @if let Some(told) = &self.told { (told.draw(shell, &self.case)) }
                }
                aside.fc-rail aria-label="Deadline and what they gave at first" {
                    (clock_panel(&self.case))
                    @if !self.at_first.is_empty() { (panel("first", "What they gave at first", facts(&self.at_first))) }
                }
            }
        }
        .render_to(out);
    }
}

impl ContactPage {
    fn failures(&self) -> impl Renderable {
        maud! {
            @for letter in &self.failed {
                div.fc-alert.fc-alert--bad { p { (Icon::Alert) span { strong { (letter.what) } " " (letter.why) " " (letter.next) } } }
            }
        }
    }

    fn details<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        let form = &self.form;
        let button = if self.again.is_empty() {
            "Save"
        } else {
            "Save and send again"
        };
        maud! {
            form.fc-panel method="post" action=(paths::case_act(&self.case.reference, "contact")) novalidate aria-labelledby="details" {
                div.fc-panel__head { h2 #details .govuk-heading-s { "Contact details" } }
                div.fc-panel__body {
                    (shell.fields(form))
                    (hidden("step", "save"))
                    (form.text("name", "Name").kind(InputKind::Name).autocomplete("off").width(Width::TwoThirds))
                    (form.text("email", "Email address").kind(InputKind::Email).autocomplete("off").width(Width::TwoThirds))
                    (form.text("phone", "Phone number").kind(InputKind::Phone).autocomplete("off").width(Width::Half))
                    (form.radios("reply_by", "How do they want to hear from us?", &self.replies))
                    (form.text("learnt", "How do you know?").hint("If you change something. Staff only. For example: rang and had it spelt."))
                    (self.send_again())
                    p.govuk-body-s {
                        "What they gave at first stays on record. " (self.case.person)
                        " sees on the tracking page that it was changed; only people who deal with the case see the details."
                    }
                    div.fc-compose__foot { (Button::new(button)) a.govuk-link href=(self.case.href) { "Cancel" } }
                }
            }
        }
    }

    /// Where nothing can be sent again the field has no boxes, but a refusal that names it is still shown.
    fn send_again(&self) -> impl Renderable {
        maud! {
            @if !self.again.is_empty() { (self.form.boxes("again", "Send again", &self.again)) }
            @else if let Some(message) = self.form.errors.on("again") {
                p #again .govuk-error-message { span.govuk-visually-hidden { "Error: " } (message) }
            }
        }
    }
}

/// How somebody can be replied to, as sent and as read.
pub(crate) const REPLIES: [(&str, &str); 3] = [
    ("email", "By email"),
    ("phone", "By phone"),
    ("tracking_page", "Only on the tracking page"),
];

/// By what means something can be told in place of a letter.
pub(crate) const WAYS: [(&str, &str); 5] = [
    ("phone", "By phone"),
    ("in_person", "In person"),
    ("chat", "In the chat"),
    ("social_media", "On social media"),
    ("post", "On paper, posted or handed over"),
];

impl ToldForm {
    fn draw<'a>(&'a self, shell: &'a StaffShell, case: &'a CaseBrief) -> impl Renderable + 'a {
        let form = &self.form;
        maud! {
            form.fc-panel method="post" action=(paths::case_act(&case.reference, "contact")) novalidate aria-labelledby="told" {
                div.fc-panel__head { h2 #told .govuk-heading-s { "They were told another way" } }
                div.fc-panel__body {
                    (shell.fields(form))
                    (hidden("step", "told"))
                    p.govuk-body { "For a decision, the date counts from when they were told. The case then no longer waits for the letter." }
                    (self.which())
                    (form.radios("told_by", "How?", &self.ways))
                    div.fc-pair.fc-pair--fields {
                        (form.date("told_on", "On which day?"))
                        (form.text("told_at", "At what time?").width(Width::Characters(5)).hint("For example 4:30pm. Blank means now."))
                    }
                    (form.area("told_words", "What did you tell them?").rows(3)
                        .hint(format!("{} can read this on the tracking page.", case.person_first())))
                    div.fc-compose__foot { (Button::new("Keep as told").style(ButtonStyle::Secondary)) a.govuk-link href=(case.href) { "Cancel" } }
                }
            }
        }
    }

    /// One letter is named, several are chosen from.
    fn which(&self) -> impl Renderable {
        maud! {
            @match self.letters.as_slice() {
                [only] => { (hidden("told_letter", &only.value)) p.govuk-body { "What: " strong { (only.label) } } }
                several => { (self.form.radios("told_letter", "What?", several)) }
            }
        }
    }
}
