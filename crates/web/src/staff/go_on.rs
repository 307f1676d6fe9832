//! A form that waited until somebody was signed in again: what they wrote, and a button that sends it where it was going.

mod doing;
mod shown;

pub(super) use shown::go_on;

use hypertext::{Buffer, prelude::*};

use super::parts::answers::Answers;
use super::parts::facts::{Fact, facts};
use super::parts::form::FormState;
use super::parts::notice::caution;
use super::parts::panel::{page_head, panel};
use crate::page::form::{Button, ChooseAgain, FileReceived, MULTIPART};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::page::timeline::paragraphs;

/// A form that waits for a press. It carries every field as it was sent; nothing of it is kept here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoOn {
    /// Why it waits.
    pub why: Why,
    /// What was being done: "Note on FC-10482".
    pub doing: String,
    /// As whom it will be done: "Amara Osei, IT Helpline".
    pub who: String,
    /// What was written: label and words.
    pub words: Vec<(String, String)>,
    /// Whether there is more in the form than words.
    pub more: More,
    /// Files that came with it and could not be kept.
    pub choose_again: Option<ChooseAgain>,
    /// Where it goes.
    pub to: String,
    /// All that it carries.
    pub form: FormState,
}

/// Why a form waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// They were signed out while they wrote.
    SignedInAgain,
    /// The page was made for another session than the one that is open now.
    OtherSession,
}

/// What a form holds apart from words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum More {
    /// Something was chosen or ticked.
    Choices,
    /// Nothing.
    Nothing,
}

impl StaffPage for GoOn {
    fn title(&self) -> String {
        self.heading().to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Nowhere
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let lines = [Fact::new("What", &self.doing), Fact::new("Signed in as", &self.who)];
        maud! {
            (page_head(self.heading(), ""))
            div.fc-narrow {
                p.govuk-body { strong { "Nothing has been sent yet." } " " (self.since()) (self.next()) }
                (facts(&lines))
                @if !self.words.is_empty() { (panel("wrote", "What you wrote", words(&self.words))) }
                form method="post" action=(self.to) enctype=[self.choose_again.as_ref().map(|_| MULTIPART)] {
                    (shell.fields(&self.form))
                    (self.form.answers.hidden(&["csrf", "once", "seen"]))
                    @if let Some(again) = &self.choose_again {
                        @if let Some(words) = again.words() { (caution(&words)) }
                        (again.field())
                    }
                    div.fc-compose__foot.fc-foot-buttons {
                        (Button::new("Go on"))
                        a.govuk-link href=(self.to) { "Do not send it" }
                    }
                }
            }
        }
        .render_to(out);
    }
}

impl GoOn {
    fn heading(&self) -> &'static str {
        match self.why {
            Why::SignedInAgain => "You are signed in again",
            Why::OtherSession => "You were away for a while",
        }
    }

    fn since(&self) -> &'static str {
        match self.why {
            Why::SignedInAgain => "",
            Why::OtherSession => "You have signed in again since this page was opened. ",
        }
    }

    fn next(&self) -> &'static str {
        match (self.words.is_empty(), self.more) {
            (true, More::Choices) => "What you chose is kept. Go on where you were.",
            (true, More::Nothing) => "You had pressed a button. Go on where you were.",
            (false, More::Choices) => "Read what you wrote, then go on. What you chose beside it is kept too.",
            (false, More::Nothing) => "Read what you wrote, then go on.",
        }
    }

    /// A note, after signing in again.
    pub fn sample() -> Self {
        let note = "Rang Dr Nair twice, no answer.\n\nShe asked for a call after 4pm: ring again tomorrow <before> the meeting.";
        Self {
            why: Why::SignedInAgain,
            doing: "Note on FC-10482".to_owned(),
            who: "Amara Osei, Helpline".to_owned(),
            words: vec![("Note".to_owned(), note.to_owned())],
            more: More::Nothing,
            choose_again: None,
            to: "/staff/c/FC-10482/note".to_owned(),
            form: FormState::fresh("go-1").answered(&[("seen", "9"), ("note", note)]),
        }
    }

    /// A decision, from a page of another session.
    pub fn sample_other_session() -> Self {
        let wrote = [
            ("found", "What we found", "Two Wi-Fi points restarted four times."),
            (
                "did",
                "What we have done",
                "Replaced both on Wednesday.\nWrote to the library.",
            ),
        ];
        let answers = Answers::of(&[("outcome", "upheld"), ("step", "preview")]);
        Self {
            why: Why::OtherSession,
            doing: "Decision on FC-10482".to_owned(),
            words: wrote
                .iter()
                .map(|(_, label, words)| ((*label).to_owned(), (*words).to_owned()))
                .collect(),
            more: More::Choices,
            to: "/staff/c/FC-10482/decide".to_owned(),
            form: FormState {
                answers: wrote
                    .iter()
                    .fold(answers, |answers, (name, _, words)| answers.and(name, words)),
                ..FormState::fresh("go-2")
            },
            ..Self::sample()
        }
    }

    /// A note, some of whose files we have from an earlier try.
    pub fn sample_received() -> Self {
        let received = vec![FileReceived {
            id: "0b1d8b9027d8246723d11f87acc71868".to_owned(),
            name: "switch.jpg".to_owned(),
            about: "JPEG picture, 2.9 MB".to_owned(),
        }];
        Self {
            choose_again: Some(ChooseAgain {
                received,
                ..ChooseAgain::sample()
            }),
            ..Self::sample()
        }
    }

    /// A note that came with files.
    pub fn sample_files() -> Self {
        Self {
            choose_again: Some(ChooseAgain::sample()),
            ..Self::sample()
        }
    }

    /// A choice without words.
    pub fn sample_choice() -> Self {
        Self {
            doing: "Urgency of FC-10482".to_owned(),
            words: Vec::new(),
            more: More::Choices,
            to: "/staff/c/FC-10482/urgency".to_owned(),
            form: FormState::fresh("go-3").answered(&[("urgency", "urgent")]),
            ..Self::sample()
        }
    }
}

fn words(words: &[(String, String)]) -> impl Renderable {
    maud! {
        @for (n, (label, words)) in words.iter().enumerate() {
            h3.govuk-heading-s."govuk-!-margin-bottom-2"."govuk-!-margin-top-4"[n > 0] { (label) }
            div.fc-note { (paragraphs(words)) }
        }
    }
}
