//! The small acts at the end of a case: close, withdraw, reopen.

use hypertext::{Buffer, prelude::*};

use super::parts::case_head::{CaseBrief, act_head, clock_panel};
use super::parts::form::{FormState, Pick};
use super::parts::letter::Letter;
use super::parts::panel::panel;
use super::paths;
use crate::page::form::{Button, ButtonStyle};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// Close a case without a decision (P32); with one it closes by itself. Fields: `ending`, `reason`, `handled_now`. Buttons send `step`: preview, send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Close {
    /// Which case.
    pub case: CaseBrief,
    /// The letter that goes out; none where nobody is written to (A28).
    pub letter: Option<Preview>,
    /// Why it can end without a decision.
    pub endings: Vec<Pick>,
    /// Other regimes that are still open; the form asks where they are handled now.
    pub regimes: Option<String>,
    /// What closing does, one sentence each.
    pub then: Vec<String>,
    /// What was typed so far.
    pub form: FormState,
}

/// The letter that closing sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// Where it goes, as a sentence.
    pub goes: String,
    /// Its words, once the form says why it ends.
    pub letter: Option<Letter>,
}

/// The person withdraws the complaint. Fields: `reason` (why they withdraw), `told_how` (how they told us), `handled_now`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdraw {
    /// Which case.
    pub case: CaseBrief,
    /// How they told us.
    pub ways: Vec<Pick>,
    /// Other regimes that are still open; the form asks where they are handled now.
    pub regimes: Option<String>,
    /// What was typed so far.
    pub form: FormState,
}

/// Reopen a closed case (A40). Field: `reason`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopen {
    /// Which case.
    pub case: CaseBrief,
    /// The stage and the new date, in sentences.
    pub new_clock: String,
    /// What was typed so far.
    pub form: FormState,
}

/// Where the regimes go on that an ending would leave behind (A38).
fn handled_now<'a>(form: &'a FormState, regimes: Option<&'a str>) -> impl Renderable + 'a {
    maud! {
        @if let Some(regimes) = regimes {
            (form.area("handled_now", "Where is the other regime handled now?").rows(2)
                .hint(format!("Still open: {regimes}. Staff only. Its date is not kept here any more.")))
        }
    }
}

impl StaffPage for Close {
    fn title(&self) -> String {
        format!("Close {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (act_head(&self.case, "Close without a decision", &self.form.errors))
            div.fc-case.fc-case--act {
                div {
                    (self.fields(shell))
                    @if let Some(preview) = &self.letter { (panel("letter", "What they will read", preview)) }
                }
                aside.fc-rail aria-label="Deadline" { (clock_panel(&self.case)) }
            }
        }
        .render_to(out);
    }
}

impl Renderable for Preview {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            p.govuk-body-s { (self.goes) }
            @match &self.letter {
                Some(letter) => { (letter) }
                None => { p.govuk-body { "Choose why it ends and say why, then you can read the letter before it goes." } }
            }
        }
        .render_to(out);
    }
}

impl Close {
    fn fields<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            form.fc-panel method="post" action=(paths::case_act(&self.case.reference, "close")) novalidate {
                div.fc-panel__body {
                    (shell.fields(&self.form))
                    (self.form.radios("ending", "Why does it end without a decision?", &self.endings))
                    (self.form.area("reason", "Say why").rows(4).hint(self.who_reads()))
                    (handled_now(&self.form, self.regimes.as_deref()))
                    ul.govuk-list.govuk-list--bullet { @for line in &self.then { li { (line) } } }
                    div.fc-compose__foot {
                        (Button::new(self.button()).sends("step", "send"))
                        @if self.letter.is_some() {
                            (Button::new("Show me the letter").style(ButtonStyle::Secondary).sends("step", "preview"))
                        }
                        a.govuk-link href=(self.case.href) { "Cancel" }
                    }
                }
            }
        }
    }

    fn who_reads(&self) -> String {
        match self.letter {
            Some(_) => format!("In words for {}: they stand in our letter.", self.case.person),
            None => "Staff only: the monthly review reads it.".to_owned(),
        }
    }

    fn button(&self) -> &'static str {
        match self.letter {
            Some(_) => "Close the case and tell them",
            None => "Close the case",
        }
    }

    /// Untouched.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample(),
            letter: Some(Preview {
                goes: "This goes to p.nair@calderbrook.example by email, and to the tracking page.".to_owned(),
                letter: None,
            }),
            endings: Pick::list(&[
                ("duplicate", "Joined with another complaint"),
                ("not_a_complaint", "A fault report or request"),
                ("no_response", "No answer to our questions"),
                ("logged_in_error", "Logged by mistake"),
                ("referred", "Passed to another procedure"),
                ("refused", "Outside this procedure"),
            ]),
            regimes: None,
            then: vec![
                "It stays on record with the reason.".to_owned(),
                "Job F0981334 is closed too.".to_owned(),
                "We write to Priya that there will be no decision, why, and where else they can turn. Only of a mistake of ours we tell nobody."
                    .to_owned(),
            ],
            form: FormState::fresh("k-1"),
        }
    }

    /// With the letter shown.
    pub fn sample_preview() -> Self {
        Self {
            letter: Some(Preview {
                goes: "This goes to p.nair@calderbrook.example by email, and to the tracking page.".to_owned(),
                letter: Some(Letter::from_text(
                    "Letter to Priya",
                    vec!["Subject: We have closed your complaint (FC-10482)".to_owned()],
                    "Hello Priya.\n\nAnother procedure deals with what you told us. So we have closed it here, and you will get no \
                     decision from us.\n\nWhy\n\nEstates looks after the doors and their card readers.\n\nRead all our letters: \
                     [their link]\n\nAmara Osei\nIT Helpline",
                )),
            }),
            form: FormState::fresh("k-3").answered(&[
                ("ending", "referred"),
                ("reason", "Estates looks after the doors and their card readers."),
            ]),
            ..Self::sample()
        }
    }

    /// From somebody who left no name and no address.
    pub fn sample_anonymous() -> Self {
        Self {
            letter: None,
            then: vec![
                "It stays on record with the reason.".to_owned(),
                "Nobody is written to: there is no way to reach the person, or they have our decision.".to_owned(),
            ],
            ..Self::sample()
        }
    }

    /// Another regime is open, and nothing says where it goes on.
    pub fn sample_regime() -> Self {
        Self {
            regimes: Some("Complaint about personal data".to_owned()),
            form: FormState::fresh("k-4")
                .answered(&[
                    ("ending", "referred"),
                    ("reason", "Estates looks after the doors and their card readers."),
                ])
                .wrong(
                    "handled_now",
                    "Say where the other regime is handled now: what it asks for is not done",
                ),
            ..Self::sample()
        }
    }

    /// Sent empty.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("k-2")
            .wrong("ending", "Choose why it ends without a decision")
            .wrong("reason", "Say why, in words for the complainant: we send them");
        Self { form, ..Self::sample() }
    }
}

impl StaffPage for Withdraw {
    fn title(&self) -> String {
        format!("Withdraw {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (act_head(&self.case, &format!("{} withdraws the complaint", self.case.person), &self.form.errors))
            div.fc-case.fc-case--act {
                form.fc-panel method="post" action=(paths::case_act(&self.case.reference, "withdraw")) novalidate {
                    div.fc-panel__body {
                        (shell.fields(&self.form))
                        p.govuk-body { "Only the person who complained can withdraw it. It stays on record and still counts." }
                        (self.form.radios("told_how", "How did they tell us?", &self.ways))
                        (self.form.area("reason", "What did they say?").rows(3).hint("Their reason, if they gave one."))
                        (handled_now(&self.form, self.regimes.as_deref()))
                        div.fc-compose__foot { (Button::new("Withdraw and confirm to them")) a.govuk-link href=(self.case.href) { "Cancel" } }
                    }
                }
                aside.fc-rail aria-label="Deadline" { (clock_panel(&self.case)) }
            }
        }
        .render_to(out);
    }
}

impl Withdraw {
    /// Untouched.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample(),
            ways: Pick::list(&[
                ("phone", "By phone"),
                ("email", "By email"),
                ("person", "In person"),
                ("page", "On their tracking page"),
            ]),
            regimes: None,
            form: FormState::fresh("w-1"),
        }
    }

    /// Sent empty.
    pub fn sample_errors() -> Self {
        Self {
            form: FormState::fresh("w-2").wrong("told_how", "Choose how they told us"),
            ..Self::sample()
        }
    }
}

impl StaffPage for Reopen {
    fn title(&self) -> String {
        format!("Reopen {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::AllCases
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (act_head(&self.case, "Reopen the case", &self.form.errors))
            div.fc-case.fc-case--act {
                form.fc-panel method="post" action=(paths::case_act(&self.case.reference, "reopen")) novalidate {
                    div.fc-panel__body {
                        (shell.fields(&self.form))
                        p.govuk-body { (self.new_clock) }
                        (self.form.area("reason", "What is new?").rows(3).hint("Staff only. Reopened cases are listed in the monthly review."))
                        div.fc-compose__foot { (Button::new("Reopen the case")) a.govuk-link href=(self.case.href) { "Cancel" } }
                    }
                }
                aside.fc-rail aria-label="Deadline" { (clock_panel(&self.case)) }
            }
        }
        .render_to(out);
    }
}

impl Reopen {
    /// Untouched.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample(),
            new_clock: "It opens again at stage 1 with a new decision date: Monday 19 October 2026.".to_owned(),
            form: FormState::fresh("r-1"),
        }
    }

    /// Sent without a reason.
    pub fn sample_errors() -> Self {
        Self {
            form: FormState::fresh("r-2").wrong("reason", "Say what is new"),
            ..Self::sample()
        }
    }
}
