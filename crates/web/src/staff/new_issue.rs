//! What a message is: a point of this case, or a complaint of its own (A26); after the decision also thanks, or the wish for the next stage (lesson 18).

use hypertext::{Buffer, prelude::*};

use super::parts::case_head::{CaseBrief, act_head, clock_panel};
use super::parts::form::FormState;
use super::parts::panel::panel;
use super::paths;
use crate::page::form::{Button, ButtonStyle, hidden};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::page::timeline::{TimelineFile, files, paragraphs};

/// A message and what can be made of it. Every form sends `step` and `wrote`, the number of the message. Field of a point: `point`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIssuePage {
    /// Which case.
    pub case: CaseBrief,
    /// The number of the message.
    pub wrote: String,
    /// What they wrote.
    pub words: String,
    /// What came with it.
    pub files: Vec<TimelineFile>,
    /// When: "Tuesday 13 October 2026, 4:20pm".
    pub when: String,
    /// The form that makes it a point, or why it cannot be one any more.
    pub point: Result<FormState, String>,
    /// The key of the form that makes it a complaint of its own, or why it cannot be one.
    pub apart: Result<FormState, String>,
    /// By when a decision on a complaint of its own would be due.
    pub due: String,
    /// What else it may be once they have the decision.
    pub after: Option<AfterDecision>,
}

/// What a message may be that was written after the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AfterDecision {
    /// The key of the form that says that it asks for nothing.
    pub content: FormState,
    /// The key of the form that takes it as the wish for the next stage, or why it cannot be one.
    pub unhappy: Result<FormState, String>,
}

impl StaffPage for NewIssuePage {
    fn title(&self) -> String {
        match self.after {
            None => format!("A new issue in {}", self.case.reference),
            Some(_) => format!("What they wrote after the decision on {}", self.case.reference),
        }
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let none = crate::page::form::Errors::none();
        let unhappy = self.after.as_ref().and_then(|after| after.unhappy.as_ref().ok());
        let errors = match (&self.point, &self.apart) {
            _ if unhappy.is_some_and(|form| !form.errors.is_empty()) => unhappy.map_or(&none, |form| &form.errors),
            (Ok(form), _) if !form.errors.is_empty() => &form.errors,
            (_, Ok(form)) => &form.errors,
            _ => &none,
        };
        maud! {
            (act_head(&self.case, if self.after.is_some() { "What did they mean?" } else { "Is this a new issue?" }, errors))
            div.fc-case.fc-case--act {
                div {
                    (panel("wrote", &format!("What {} wrote", self.case.person), self.message()))
                    @match &self.after {
                        None => { (panel("point-of-it", "It belongs to this complaint", self.point(shell))) }
                        Some(after) => {
                            (panel("content", "They say thanks, or that it is settled", self.content(shell, after)))
                            (panel("unhappy", "They are not satisfied", self.unhappy(shell, after)))
                        }
                    }
                    (panel("apart", "It is about something else", self.apart(shell)))
                }
                aside.fc-rail aria-label="Deadline" { (clock_panel(&self.case)) }
            }
        }
        .render_to(out);
    }
}

impl NewIssuePage {
    fn message(&self) -> impl Renderable {
        maud! {
            p.fc-row__meta { (self.when) }
            div.fc-note { (paragraphs(&self.words)) (files(&self.files)) }
        }
    }

    fn action(&self) -> String {
        paths::case_act(&self.case.reference, "issue")
    }

    fn point<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            @match &self.point {
                Ok(form) => {
                    form method="post" action=(self.action()) novalidate {
                        (shell.fields(form))
                        (hidden("wrote", &self.wrote))
                        p.govuk-body { "It becomes a point of this complaint and is answered with it. The date stays as it is." }
                        (form.area("point", "The point, in a sentence").rows(2)
                            .hint(format!("{} reads it with our decision.", self.case.person_first())))
                        (Button::new("Add it as a point").sends("step", "point"))
                    }
                }
                Err(why) => { p.govuk-body { (why) } }
            }
        }
    }

    fn content<'a>(&'a self, shell: &'a StaffShell, after: &'a AfterDecision) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(self.action()) novalidate {
                (shell.fields(&after.content))
                (hidden("wrote", &self.wrote))
                p.govuk-body { "Nothing is opened again, and nothing that was measured changes. A note says that somebody has read it." }
                (Button::new("It asks for nothing more").style(ButtonStyle::Secondary).sends("step", "content"))
            }
        }
    }

    fn unhappy<'a>(&'a self, shell: &'a StaffShell, after: &'a AfterDecision) -> impl Renderable + 'a {
        maud! {
            @match &after.unhappy {
                Ok(form) => {
                    form method="post" action=(self.action()) novalidate {
                        (shell.fields(form))
                        (hidden("wrote", &self.wrote))
                        p.govuk-body { "Their words are their reason. Somebody with authority says whether the next stage begins." }
                        (Button::new("They ask for the next stage").style(ButtonStyle::Secondary).sends("step", "unhappy"))
                    }
                }
                Err(why) => { p.govuk-body { (why) } }
            }
        }
    }

    fn apart<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            @match &self.apart {
                Ok(form) => {
                    form method="post" action=(self.action()) novalidate {
                        (shell.fields(form))
                        (hidden("wrote", &self.wrote))
                        p.govuk-body {
                            "It becomes a complaint of its own, received when " (self.case.person) " wrote it, with its own reference, \
                             acknowledgement and date: at stage 1, " (self.due) ". The message stays here and points to it."
                        }
                        div.fc-compose__foot {
                            (Button::new("Make it a complaint of its own").style(ButtonStyle::Secondary).sends("step", "apart"))
                            a.govuk-link href=(self.case.href) { "Cancel" }
                        }
                    }
                }
                Err(why) => { p.govuk-body { (why) } }
            }
        }
    }

    /// Before the decision.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample(),
            wrote: "9".to_owned(),
            words: "And yesterday the printer on the ground floor took my money and printed nothing.".to_owned(),
            files: vec![TimelineFile::new(
                "printer.png",
                "/staff/c/FC-10482/files/b6",
                "PNG picture, 214 KB, Priya can see this",
            )],
            when: "Tuesday 13 October 2026, 4:20pm".to_owned(),
            point: Ok(FormState::fresh("i-1").answered(&[(
                "point",
                "And yesterday the printer on the ground floor took my money and printed nothing.",
            )])),
            apart: Ok(FormState::fresh("i-2")),
            due: "Friday 16 October 2026".to_owned(),
            after: None,
        }
    }

    /// After the decision.
    pub fn sample_after() -> Self {
        Self {
            words: "Thank you for looking into it. I still do not see why nobody called me back.".to_owned(),
            after: Some(AfterDecision {
                content: FormState::fresh("i-4"),
                unhappy: Ok(FormState::fresh("i-5")),
            }),
            ..Self::sample()
        }
    }

    /// A point without words.
    pub fn sample_errors() -> Self {
        Self {
            point: Ok(FormState::fresh("i-3").wrong("point", "Write the point of complaint")),
            ..Self::sample()
        }
    }

    /// After the decision, and made a complaint of its own already.
    pub fn sample_done() -> Self {
        Self {
            case: CaseBrief::sample_decided(),
            point: Err(
                "This complaint is already decided. A new issue now is a new complaint: log it as one.".to_owned(),
            ),
            apart: Err("This message became FC-10502 already.".to_owned()),
            ..Self::sample()
        }
    }
}
