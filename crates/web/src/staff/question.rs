//! A question to the person who complained: asking it, and recording what became of it. No date waits for the answer (A22, A41).

use hypertext::{Buffer, prelude::*};

use super::parts::case_head::{CaseBrief, act_head, clock_panel};
use super::parts::facts::{Fact, facts};
use super::parts::form::{FormState, Pick};
use super::parts::panel::panel;
use super::paths;
use crate::page::form::{Button, Errors};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// A question. Every form sends `step`. Fields: ask `question`, `ask_by` (letter, phone, in_person, chat), `hoped_by`; answer `answered_by` (told,
/// not_needed), `answer`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionPage {
    /// Which case.
    pub case: CaseBrief,
    /// What can be done now.
    pub now: QuestionNow,
}

/// What can be done about a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuestionNow {
    /// None waits: ask.
    Ask {
        /// How to ask.
        ways: Vec<Pick>,
        /// What follows: what the date does, when they are reminded.
        then: Vec<String>,
        /// What was typed so far.
        form: FormState,
    },
    /// One waits for an answer.
    Waits {
        /// What was asked, when, and what follows when.
        on_record: Vec<Fact>,
        /// How it can come to its end.
        endings: Vec<Pick>,
        /// What was typed so far.
        form: FormState,
    },
}

impl StaffPage for QuestionPage {
    fn title(&self) -> String {
        format!("Question in {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let person = &self.case.person;
        let heading = match &self.now {
            QuestionNow::Ask { .. } => format!("Ask {person} something"),
            QuestionNow::Waits { .. } => format!("Waiting for an answer from {person}"),
        };
        maud! {
            (act_head(&self.case, &heading, self.errors()))
            div.fc-case.fc-case--act {
                div {
                    @match &self.now {
                        QuestionNow::Ask { ways, then, form } => {
                            (panel("asking", "Your question", self.ask(shell, ways, then, form)))
                        }
                        QuestionNow::Waits { on_record, endings, form } => {
                            (panel("record", "What we asked", facts(on_record)))
                            (panel("ending", "When there is an answer", self.answer(shell, endings, form)))
                        }
                    }
                }
                aside.fc-rail aria-label="Deadline" { (clock_panel(&self.case)) }
            }
        }
        .render_to(out);
    }
}

impl QuestionPage {
    fn errors(&self) -> &Errors {
        match &self.now {
            QuestionNow::Ask { form, .. } | QuestionNow::Waits { form, .. } => &form.errors,
        }
    }

    fn action(&self) -> String {
        paths::case_act(&self.case.reference, "question")
    }

    fn ask<'a>(
        &'a self,
        shell: &'a StaffShell,
        ways: &'a [Pick],
        then: &'a [String],
        form: &'a FormState,
    ) -> impl Renderable + 'a {
        let person = &self.case.person;
        maud! {
            form method="post" action=(self.action()) novalidate {
                (shell.fields(form))
                (form.area("question", "What do you need to know?").rows(4)
                    .hint(format!("{} reads it, in the letter and on the tracking page.", self.case.person_first())))
                (form.radios("ask_by", "How do you ask?", ways))
                (form.date("hoped_by", "By which day do you hope for an answer?"))
                ul.govuk-list.govuk-list--bullet { @for line in then { li { (line) } } }
                div.fc-compose__foot {
                    (Button::new(format!("Ask {person}")).sends("step", "ask"))
                    a.govuk-link href=(self.case.href) { "Cancel" }
                }
            }
        }
    }

    fn answer<'a>(&'a self, shell: &'a StaffShell, endings: &'a [Pick], form: &'a FormState) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(self.action()) novalidate {
                (shell.fields(form))
                p.govuk-body { "What " (self.case.person) " writes on the tracking page answers it by itself. Record here what reached you in another way." }
                (form.radios("answered_by", "How did it end?", endings))
                (form.area("answer", "What did they answer, or why is it not needed any more?").rows(3)
                    .hint("Staff only. Kept with the case."))
                div.fc-compose__foot {
                    (Button::new("Record it").sends("step", "answer"))
                    a.govuk-link href=(self.case.href) { "Cancel" }
                }
            }
        }
    }

    /// Nothing was asked yet.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample(),
            now: QuestionNow::Ask {
                ways: Pick::list(&[
                    ("letter", "Send the question by email"),
                    ("phone", "I asked Priya by phone"),
                    ("in_person", "I asked Priya in person"),
                    ("chat", "I asked Priya in the chat"),
                ]),
                then: vec![
                    "The decision stays due by the end of Thursday 15 October 2026: no date waits for an answer."
                        .to_owned(),
                    "We remind Priya after 3 working days, and again after 6.".to_owned(),
                ],
                form: FormState::fresh("q-1").answered(&[("ask_by", "letter"), ("hoped_by", "2026-10-14")]),
            },
        }
    }

    /// Asked without a question.
    pub fn sample_errors() -> Self {
        let mut page = Self::sample();
        if let QuestionNow::Ask { form, .. } = &mut page.now {
            *form = FormState::fresh("q-2")
                .answered(&[("ask_by", "letter"), ("hoped_by", "2026-10-12")])
                .wrong("question", "Write what you ask them")
                .wrong("hoped_by", "Choose today or a day to come");
        }
        page
    }

    /// It waits, and they were reminded once.
    pub fn sample_waits() -> Self {
        Self {
            now: QuestionNow::Waits {
                on_record: vec![
                    Fact::new("Question", "On which floor were you, and at about what time?"),
                    Fact::new("Asked", "Friday 9 October 2026, 9:15am, by email"),
                    Fact::new("Answer hoped for by", "Tuesday 13 October 2026"),
                    Fact::new("Reminded", "Wednesday 14 October 2026, 9am"),
                    Fact::new("Next reminder", "Monday 19 October 2026"),
                    Fact::new(
                        "If no answer comes",
                        "You may close the complaint from Saturday 24 October 2026. Until then, decide on what you know.",
                    ),
                ],
                endings: sample_endings(),
                form: FormState::fresh("q-3"),
            },
            ..Self::sample()
        }
    }

    /// Recorded without saying what they answered.
    pub fn sample_answer_errors() -> Self {
        let mut page = Self::sample_waits();
        if let QuestionNow::Waits { form, .. } = &mut page.now {
            *form = FormState::fresh("q-4")
                .answered(&[("answered_by", "told")])
                .wrong("answer", "Write what they answered");
        }
        page
    }
}

fn sample_endings() -> Vec<Pick> {
    Pick::list(&[
        ("told", "They answered in another way"),
        ("not_needed", "The answer is not needed any more"),
    ])
}
