//! Other regimes beside the procedure: which apply to a case, by when each asks for something, and what became of it (A38).

use hypertext::{Buffer, prelude::*};

use super::parts::case_head::{CaseBrief, act_head, clock_panel};
use super::parts::facts::{Fact, facts};
use super::parts::form::{FormState, Pick};
use super::parts::link::Link;
use super::parts::panel::panel;
use super::paths;
use crate::page::clock::{Clock, clock};
use crate::page::explained::ExplainedDate;
use crate::page::form::{Button, ButtonStyle, Errors};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

mod sample;

/// The regimes of a case. Every form sends `step`. Fields: done `duty`, `done_on`, `done_words`; elsewhere `handled`, `handled_now`; tag `regime`,
/// `began_on`, `why`; take `taken`, `taken_why`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegimePage {
    /// Which case.
    pub case: CaseBrief,
    /// Those that apply.
    pub regimes: Vec<RegimeView>,
    /// Recording what was done; nothing where nothing is open.
    pub done: Option<Choice>,
    /// Saying where one is handled now; nothing while the complaint is worked on.
    pub elsewhere: Option<Choice>,
    /// Saying that another one applies; nothing once the case is closed.
    pub tagging: Option<Choice>,
    /// Taking one away; nothing where there is none.
    pub taking: Option<Choice>,
}

/// A form that begins with a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What can be chosen.
    pub picks: Vec<Pick>,
    /// What was typed so far.
    pub form: FormState,
}

/// A regime that applies to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegimeView {
    /// "Complaint about personal data".
    pub name: String,
    /// What it asks, who looks after it, since when it runs, what was done.
    pub facts: Vec<Fact>,
    /// Where it stands: one for each of its dates, or one for all of it.
    pub dates: Vec<RegimeDate>,
}

/// A date of a regime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegimeDate {
    /// By when, or what became of it.
    pub clock: Clock,
    /// How it came about, where there is a date.
    pub explained: Option<ExplainedDate>,
}

/// The regimes of a case beside its page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegimePanel {
    /// Name and dates of each.
    pub regimes: Vec<(String, Vec<RegimeDate>)>,
    /// To the page, for those who may act there.
    pub link: Option<Link>,
}

impl Renderable for RegimePanel {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            p.govuk-body-s { "Their dates run beside ours and move none of them." }
            ul.fc-regimes {
                @for (name, dates) in &self.regimes {
                    li {
                        p.fc-regimes__name { (name) }
                        @for date in dates { (clock(&date.clock)) (date.explained) }
                    }
                }
            }
            @if let Some(link) = &self.link { p.govuk-body-s."govuk-!-margin-bottom-1" { (link) } }
        }
        .render_to(out);
    }
}

impl StaffPage for RegimePage {
    fn title(&self) -> String {
        format!("Other regimes in {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let heading = match self.regimes.is_empty() {
            true => "Another regime also applies",
            false => "Other regimes that apply",
        };
        maud! {
            (act_head(&self.case, heading, self.errors()))
            div.fc-case.fc-case--act {
                div {
                    @for (n, regime) in self.regimes.iter().enumerate() { (panel(&format!("applies-{n}"), &regime.name, regime)) }
                    @if let Some(choice) = &self.done { (panel("done", "Record what was done", self.done(shell, choice))) }
                    @if let Some(choice) = &self.elsewhere { (panel("elsewhere", "It is handled elsewhere now", self.elsewhere(shell, choice))) }
                    @if let Some(choice) = &self.tagging { (panel("tagging", self.tagging_heading(), self.tag(shell, choice))) }
                    @if let Some(choice) = &self.taking { (panel("taking", "It does not apply after all", self.take_away(shell, choice))) }
                }
                aside.fc-rail aria-label="Deadline" { (clock_panel(&self.case)) }
            }
        }
        .render_to(out);
    }
}

impl Renderable for RegimeView {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            @for date in &self.dates { (clock(&date.clock)) (date.explained) }
            (facts(&self.facts))
        }
        .render_to(out);
    }
}

impl RegimePage {
    fn errors(&self) -> &Errors {
        static NONE: Errors = Errors::none();
        let forms = [&self.done, &self.elsewhere, &self.tagging, &self.taking];
        let mut wrong = forms.into_iter().flatten().map(|choice| &choice.form.errors);
        wrong.find(|errors| !errors.is_empty()).unwrap_or(&NONE)
    }

    fn action(&self) -> String {
        paths::case_act(&self.case.reference, "regimes")
    }

    fn tagging_heading(&self) -> &'static str {
        match self.regimes.is_empty() {
            true => "Which regime?",
            false => "Another regime also applies",
        }
    }

    /// What somebody most likely came for is the one primary button.
    fn tagging_style(&self) -> ButtonStyle {
        match self.done.is_some() || self.elsewhere.is_some() {
            true => ButtonStyle::Secondary,
            false => ButtonStyle::Primary,
        }
    }

    fn done<'a>(&'a self, shell: &'a StaffShell, Choice { picks, form }: &'a Choice) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(self.action()) novalidate {
                (shell.fields(form))
                (form.radios("duty", "What was done?", picks))
                (form.date("done_on", "On which day?"))
                (form.area("done_words", "What was done, in a sentence?").rows(2).hint("Staff only. Kept with the case."))
                div.fc-compose__foot {
                    (Button::new("Record it as done").sends("step", "done"))
                    a.govuk-link href=(self.case.href) { "Cancel" }
                }
            }
        }
    }

    fn elsewhere<'a>(&'a self, shell: &'a StaffShell, Choice { picks, form }: &'a Choice) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(self.action()) novalidate {
                (shell.fields(form))
                p.govuk-body { "Nothing else keeps this case open. If what the regime asks for is not done, say who has it from here on." }
                (form.radios("handled", "Which regime?", picks))
                (form.area("handled_now", "Where is it handled now?").rows(2).hint("Staff only. Kept with the case."))
                div.fc-compose__foot {
                    (Button::new("Record where it is handled").style(ButtonStyle::Secondary).sends("step", "elsewhere"))
                }
            }
        }
    }

    fn tag<'a>(&'a self, shell: &'a StaffShell, Choice { picks, form }: &'a Choice) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(self.action()) novalidate {
                (shell.fields(form))
                p.govuk-body {
                    "Its dates run beside the decision date of this case, which stays as it is. " (self.case.person) " is not told by this."
                }
                (form.radios("regime", "Which regime applies too?", picks))
                (form.date("began_on", "On which day did its clock begin?")
                    .hint("The day on which the complaint was received, unless it reached the university on another one."))
                (form.area("why", "What makes it so?").rows(2).hint("If you want to say. Staff only."))
                div.fc-compose__foot {
                    (Button::new("Tag the case").style(self.tagging_style()).sends("step", "tag"))
                    a.govuk-link href=(self.case.href) { "Cancel" }
                }
            }
        }
    }

    fn take_away<'a>(&'a self, shell: &'a StaffShell, Choice { picks, form }: &'a Choice) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(self.action()) novalidate {
                (shell.fields(form))
                (form.radios("taken", "Which regime?", picks))
                (form.area("taken_why", "Why does it not apply?").rows(2).hint("Staff only. It stays on the timeline."))
                div.fc-compose__foot {
                    (Button::new("Take it away").style(ButtonStyle::Secondary).sends("step", "take"))
                }
            }
        }
    }
}
