//! The consent of the person for whom somebody complains: where it stands, asking for it, recording it, taking it back (A29).

use hypertext::{Buffer, prelude::*};

use super::parts::case_head::{CaseBrief, act_head, clock_panel};
use super::parts::facts::{Fact, facts};
use super::parts::form::{FormState, Pick};
use super::parts::panel::panel;
use super::paths;
use crate::page::form::{Button, ButtonStyle, Errors};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// The consent of somebody. Every form sends `step`. Fields: ask `ask_by` (letter, phone, in_person), `message`; give `way`, `given_on`, `words`;
/// withdraw `reason`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentPage {
    /// Which case.
    pub case: CaseBrief,
    /// What is on record.
    pub on_record: Vec<Fact>,
    /// What can be done now.
    pub forms: ConsentForms,
}

/// What can be done about a consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsentForms {
    /// It is missing: record it, or ask for it.
    Missing {
        /// How they said that they agree.
        ways: Vec<Pick>,
        /// What was typed into the form that records it.
        giving: FormState,
        /// How to ask, and what was typed; nothing once the case is closed.
        asking: Option<(Vec<Pick>, FormState)>,
    },
    /// It is there: it can be withdrawn.
    Given {
        /// What was typed so far.
        withdrawing: FormState,
    },
}

impl StaffPage for ConsentPage {
    fn title(&self) -> String {
        format!("Consent in {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (act_head(&self.case, "Consent of the person it is about", self.errors()))
            div.fc-case.fc-case--act {
                div {
                    (panel("record", "What is on record", self.record()))
                    @match &self.forms {
                        ConsentForms::Missing { ways, giving, asking } => {
                            (panel("give", "They agree", self.give(shell, ways, giving)))
                            @if let Some((ways, form)) = asking {
                                (panel("ask", &format!("Ask {} for it", self.case.person), self.ask(shell, ways, form)))
                            }
                        }
                        ConsentForms::Given { withdrawing } => {
                            (panel("withdraw", "They no longer agree", self.withdraw(shell, withdrawing)))
                        }
                    }
                }
                aside.fc-rail aria-label="Deadline" { (clock_panel(&self.case)) }
            }
        }
        .render_to(out);
    }
}

impl ConsentPage {
    fn errors(&self) -> &Errors {
        match &self.forms {
            ConsentForms::Given { withdrawing } => &withdrawing.errors,
            ConsentForms::Missing { giving, asking, .. } => match asking {
                Some((_, form)) if giving.errors.is_empty() => &form.errors,
                _ => &giving.errors,
            },
        }
    }

    fn record(&self) -> impl Renderable {
        maud! {
            (facts(&self.on_record))
            @if matches!(self.forms, ConsentForms::Missing { .. }) {
                p.govuk-body."govuk-!-margin-top-3" {
                    "Until they agree, no news and no decision can be sent to " (self.case.person)
                    ", and their page says only how far we are. The date stays as it is."
                }
            }
        }
    }

    fn action(&self) -> String {
        paths::case_act(&self.case.reference, "consent")
    }

    fn give<'a>(&'a self, shell: &'a StaffShell, ways: &'a [Pick], form: &'a FormState) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(self.action()) novalidate {
                (shell.fields(form))
                (form.radios("way", "How did they say so?", ways))
                (form.date("given_on", "On which day?"))
                (form.area("words", "What did they say, or where is the paper?").rows(3).hint("Staff only. Kept with the case."))
                div.fc-compose__foot {
                    (Button::new("Record the consent").sends("step", "give"))
                    a.govuk-link href=(self.case.href) { "Cancel" }
                }
            }
        }
    }

    fn ask<'a>(&'a self, shell: &'a StaffShell, ways: &'a [Pick], form: &'a FormState) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(self.action()) novalidate {
                (shell.fields(form))
                (form.radios("ask_by", "How?", ways))
                (form.area("message", "Anything to add?").rows(2)
                    .hint(format!("{} reads it. The letter says why we need it and how the person can tell us.", self.case.person_first())))
                div.fc-compose__foot { (Button::new("Ask for it").style(ButtonStyle::Secondary).sends("step", "ask")) }
            }
        }
    }

    fn withdraw<'a>(&'a self, shell: &'a StaffShell, form: &'a FormState) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(self.action()) novalidate {
                (shell.fields(form))
                p.govuk-body { "From then on nothing more goes to " (self.case.person) ", and their page says only how far we are." }
                (form.area("reason", "How did they tell us, and what did they say?").rows(3).hint("Staff only. Kept with the case."))
                div.fc-compose__foot {
                    (Button::new("Record that they no longer agree").sends("step", "withdraw"))
                    a.govuk-link href=(self.case.href) { "Cancel" }
                }
            }
        }
    }

    /// Not asked for yet.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample(),
            on_record: vec![
                Fact::new("Complains for", "Jonah Adeyemi"),
                Fact::new("Consent", "Not given yet"),
                Fact::new("Asked for", "Not yet"),
            ],
            forms: ConsentForms::Missing {
                ways: sample_ways(),
                giving: FormState::fresh("n-1").answered(&[("seen", "4"), ("given_on", "2026-10-14")]),
                asking: Some((
                    Pick::list(&[
                        ("letter", "Send the letter by email"),
                        ("phone", "I asked Priya by phone"),
                        ("in_person", "I asked Priya in person"),
                    ]),
                    FormState::fresh("n-2").answered(&[("seen", "4"), ("ask_by", "letter")]),
                )),
            },
        }
    }

    /// Recorded with much missing.
    pub fn sample_errors() -> Self {
        let mut page = Self::sample();
        if let ConsentForms::Missing { giving, .. } = &mut page.forms {
            *giving = FormState::fresh("n-3")
                .wrong("way", "Choose how they said so")
                .wrong(
                    "given_on",
                    "Choose the day on which they agreed: today, or one that has passed",
                )
                .wrong("words", "Write what they said, or where the signed paper is kept");
        }
        page
    }

    /// Given.
    pub fn sample_given() -> Self {
        Self {
            on_record: vec![
                Fact::new(
                    "Consent",
                    "Given on Monday 12 October 2026, on the phone\n\"Priya may know everything.\"",
                ),
                Fact::new("Asked for", "Friday 9 October 2026, 9:15am, by email"),
            ],
            forms: ConsentForms::Given {
                withdrawing: FormState::fresh("n-4").answered(&[("seen", "9")]),
            },
            ..Self::sample()
        }
    }

    /// Withdrawn without saying how.
    pub fn sample_withdraw_errors() -> Self {
        Self {
            forms: ConsentForms::Given {
                withdrawing: FormState::fresh("n-5").wrong("reason", "Write how they told us, and what they said"),
            },
            ..Self::sample_given()
        }
    }

    /// Asked for once the case is closed: it can be recorded, and nobody is asked.
    pub fn sample_closed() -> Self {
        let mut page = Self {
            case: CaseBrief::sample_decided(),
            ..Self::sample()
        };
        if let ConsentForms::Missing { asking, .. } = &mut page.forms {
            *asking = None;
        }
        page
    }
}

fn sample_ways() -> Vec<Pick> {
    Pick::list(&[
        ("paper", "On paper, signed"),
        ("email", "By email, from their own address"),
        ("phone", "On the phone"),
        ("in_person", "In person"),
    ])
}
