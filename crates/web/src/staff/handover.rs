//! Handing a complaint about a member of staff over to their line manager: what happens, the letter as it goes, where it stands (R33 to R35).

use hypertext::{Buffer, prelude::*};

use super::parts::case_head::stub_head;
use super::parts::facts::{Fact, facts};
use super::parts::form::FormState;
use super::parts::link::{Link, back_link};
use super::parts::panel::panel;
use super::paths;
use crate::page::form::{Button, ButtonStyle, error_summary, hidden};
use crate::page::letter_text::{Reader, letter_text};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// The page about the handover of one case. Fields: `step`, `holder_name`, `holder_email`, `why`, `reason`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverPage {
    /// "FC-10482".
    pub reference: String,
    /// True once nobody here can read it.
    pub is_sealed: bool,
    /// Who has it, in facts without a name; none before it is handed over.
    pub held: Vec<Fact>,
    /// Whether whoever has it can be reminded now.
    pub can_chase: bool,
    /// To whom it is on its way.
    pub on_its_way: Option<OnItsWay>,
    /// How the directory came to whom it suggests, a sentence each.
    pub suggested: Vec<String>,
    /// What can be done now.
    pub now: Now,
    /// What was typed so far, and what is wrong with it.
    pub form: FormState,
}

/// A letter that no mail server has taken yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnItsWay {
    /// "Grace Obi, grace.obi@example.ac.uk".
    pub to: String,
    /// "Tuesday 9 June 2026, 9:15am".
    pub since: String,
    /// Why it was not taken, and what happens next.
    pub trouble: Option<String>,
}

/// What can be done now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Now {
    /// Say to whom it goes.
    Ask {
        /// Why somebody else has to have it, where somebody has it.
        because: Option<String>,
    },
    /// Look at the letter, and send it.
    Preview {
        /// The subject line.
        subject: String,
        /// The text.
        text: String,
        /// Whether it is encrypted with the complaint in it, or holds a link, and why: "A letter with a link …".
        carried: String,
    },
    /// Nothing, and why, as a sentence.
    Nothing(String),
}

impl StaffPage for HandoverPage {
    fn title(&self) -> String {
        format!("Hand {} over to a line manager", self.reference)
    }

    fn nav(&self) -> Nav {
        Nav::AllCases
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (back_link(&Link::new(&format!("Case {}", self.reference), &paths::case(&self.reference))))
            (error_summary(&self.form.errors))
            (stub_head(&self.reference, self.heading()))
            @if !self.held.is_empty() { (panel("held", "Where it stands", self.stands(shell))) }
            @if let Some(on_its_way) = &self.on_its_way { (panel("way", "On its way", self.way(shell, on_its_way))) }
            @match &self.now {
                Now::Ask { because } => { (panel("to", if self.is_sealed { "Hand it on" } else { "To whom" }, self.ask(shell, because.as_deref()))) }
                Now::Preview { subject, text, carried } => {
                    (panel("letter", "The letter as it goes", self.preview(shell, (subject, text), carried)))
                }
                Now::Nothing(why) => { @if self.on_its_way.is_none() { p.govuk-body { (why) } } }
            }
        }
        .render_to(out);
    }
}

impl HandoverPage {
    fn heading(&self) -> &'static str {
        match (self.is_sealed, &self.now) {
            (_, Now::Preview { .. }) => "Take it out and send it",
            (true, _) => "With a line manager",
            (false, _) => "Hand it over to a line manager",
        }
    }

    fn stands<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            (facts(&self.held))
            @if self.can_chase {
                form method="post" action=(self.action()) novalidate {
                    (shell.fields(&self.form))
                    (hidden("step", "chase"))
                    (Button::new("Remind them now").style(ButtonStyle::Secondary))
                }
            }
        }
    }

    fn way<'a>(&'a self, shell: &'a StaffShell, way: &'a OnItsWay) -> impl Renderable + 'a {
        maud! {
            p.govuk-body { "To " strong { (way.to) } ", since " (way.since) "." }
            @match &way.trouble {
                Some(trouble) => { p.govuk-body { strong { "It did not arrive. " } (trouble) } }
                None => { p.govuk-body { "Nothing is taken away until their mail server has it. Reload this page in a minute." } }
            }
            form method="post" action=(self.action()) novalidate {
                (shell.fields(&self.form))
                (hidden("step", "back"))
                (self.form.text("reason", "Why do you take it back?"))
                (Button::new("Take it back").style(ButtonStyle::Secondary))
            }
        }
    }

    fn ask<'a>(&'a self, shell: &'a StaffShell, because: Option<&'a str>) -> impl Renderable + 'a {
        maud! {
            @if let Some(because) = because { p.govuk-body { (because) } }
            @if !self.is_sealed {
                ul.govuk-list.govuk-list--bullet {
                    li {
                        "Where their key is known, they get a letter with the complaint in it, encrypted. Else they get a letter with a link, and the \
                         complaint opens with a code that goes to their mailbox. You see which before you send it."
                    }
                    li { "Once their mail server has the letter, words, names, addresses and files leave this system for everybody here, you included." }
                    li { "Reference, dates and stage stay, so that the clock runs and the month counts it." }
                    li { "If the mail server refuses, nothing is taken away." }
                }
            }
            @if !self.suggested.is_empty() {
                p.govuk-body { "The directory suggests whom the form names. " @for line in &self.suggested { (line) " " } "You decide." }
            }
            form method="post" action=(self.action()) novalidate {
                (shell.fields(&self.form))
                (hidden("step", "preview"))
                (self.form.text("holder_name", "Name of the line manager")
                    .hint("The line manager of whoever it is about, or whoever is next above them and free of a conflict."))
                (self.form.text("holder_email", "Their email address").hint("Their own mailbox, not one that a team reads."))
                @if !self.is_sealed {
                    (self.form.text("why", "Why them and not somebody below? (optional)").hint("Kept with the complaint: only they can read it afterwards."))
                }
                div.fc-compose__foot {
                    (Button::new("Look at the letter"))
                    a.govuk-link href=(paths::case(&self.reference)) { "Cancel" }
                }
            }
        }
    }

    fn preview<'a>(
        &'a self,
        shell: &'a StaffShell,
        (subject, text): (&'a str, &'a str),
        carried: &'a str,
    ) -> impl Renderable + 'a {
        let to = format!(
            "{}, {}",
            self.form.answers.get("holder_name"),
            self.form.answers.get("holder_email")
        );
        maud! {
            p.govuk-body { "To " strong { (to) } }
            p.govuk-body { (carried) "." }
            p.govuk-body { "Subject: " (subject) }
            div.fc-letter { (letter_text(text, Reader::Staff)) }
            form method="post" action=(self.action()) novalidate {
                (shell.fields(&self.form))
                (hidden("step", "send"))
                @for field in ["holder_name", "holder_email", "why"] { (hidden(field, self.form.answers.get(field))) }
                div.fc-compose__foot {
                    (Button::new(if self.is_sealed { "Send it to them" } else { "Take out and send" }))
                    a.govuk-link href=(self.action()) { "Change it" }
                }
            }
        }
    }

    fn action(&self) -> String {
        paths::case_act(&self.reference, "handover")
    }

    /// Nothing typed yet.
    pub fn sample() -> Self {
        Self {
            reference: "FC-10482".to_owned(),
            is_sealed: false,
            held: Vec::new(),
            can_chase: false,
            on_its_way: None,
            suggested: Vec::new(),
            now: Now::Ask { because: None },
            form: FormState::fresh("ho-1"),
        }
    }

    /// With somebody whom the directory suggests.
    pub fn sample_suggested() -> Self {
        Self {
            suggested: vec!["Nadia Rahman is asked. They are above Jo Bramley.".to_owned()],
            form: FormState::fresh("ho-6").answered(&[
                ("holder_name", "Nadia Rahman"),
                ("holder_email", "nadia.rahman@calderbrook.example"),
            ]),
            ..Self::sample()
        }
    }

    /// Sent empty.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("ho-2")
            .wrong("holder_name", "Say who is to deal with it")
            .wrong("holder_email", "Enter their e-mail address, like name@example.ac.uk");
        Self { form, ..Self::sample() }
    }

    /// The letter, before it goes.
    pub fn sample_preview() -> Self {
        Self {
            now: Now::Preview {
                subject: "In confidence: a complaint that is yours to deal with (FC-10482)".to_owned(),
                text: "Hello Grace.\n\nSomebody has complained about a member of staff.\n\nIT Services\nCalderbrook University".to_owned(),
                carried: "A letter with a link, and the complaint opens with a code: no key is known for this address"
                    .to_owned(),
            },
            form: FormState::fresh("ho-3").answered(&[
                ("holder_name", "Grace Obi"),
                ("holder_email", "grace.obi@calderbrook.example"),
                ("why", ""),
            ]),
            ..Self::sample()
        }
    }

    /// Their mail server refused it.
    pub fn sample_trouble() -> Self {
        Self {
            on_its_way: Some(OnItsWay {
                to: "Grace Obi, grace.obi@calderbrook.example".to_owned(),
                since: "Monday 12 October 2026, 9:05am".to_owned(),
                trouble: Some("550 5.1.1 no such mailbox. Nobody tries again: take it back and check the address. Nothing was taken away.".to_owned()),
            }),
            now: Now::Nothing("It is on its way to Grace Obi already. Take that back first.".to_owned()),
            form: FormState::fresh("ho-4"),
            ..Self::sample()
        }
    }

    /// With a line manager, and the next stage was asked for.
    pub fn sample_sealed() -> Self {
        Self {
            is_sealed: true,
            can_chase: true,
            held: vec![
                Fact::new("A line manager has it", "since Monday 12 October 2026, 9:06am"),
                Fact::new(
                    "It went as",
                    "an encrypted letter with the complaint in it; 1 file is too large for it and opens with a code",
                ),
                Fact::new("They said that they have it", "Monday 12 October 2026, 9:40am"),
            ],
            now: Now::Ask {
                because: Some(
                    "They asked for stage 2: somebody who has not dealt with it before has to have it.".to_owned(),
                ),
            },
            form: FormState::fresh("ho-5"),
            ..Self::sample()
        }
    }
}
