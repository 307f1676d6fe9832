//! How long a case is kept: its period, a hold, and what becomes of a request to erase it (P40).

use hypertext::{Buffer, prelude::*};

use super::parts::case_head::{CaseBrief, act_head, clock_panel};
use super::parts::form::{FormState, Pick};
use super::parts::notice::caution;
use super::parts::panel::panel;
use super::paths;
use crate::page::form::{Button, ButtonStyle, Errors};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// How long a case is kept. Forms send `step`: hold and lift have `reason`; ask has `asked` (refuse, erase), `exemption`, `refuse_why`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPage {
    /// Which case.
    pub case: CaseBrief,
    /// Its class and its day, or why there is none yet.
    pub period: String,
    /// Since when it is announced, and what keeps it; a sentence each.
    pub standing: Vec<String>,
    /// Holding it, or lifting the hold, for those who may.
    pub hold: Option<HoldForm>,
    /// Deciding on a request to erase it, for those who may.
    pub request: Option<RequestForm>,
}

/// Holding a case or lifting the hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldForm {
    /// Why it is held now, by whom and since when; nothing where it is not.
    pub held: Option<String>,
    /// What was typed so far.
    pub form: FormState,
}

/// A request to erase a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestForm {
    /// Why it cannot be erased now, where it cannot.
    pub not_now: Option<String>,
    /// The grounds on which a request is refused.
    pub exemptions: Vec<Pick>,
    /// What was typed so far.
    pub form: FormState,
}

impl StaffPage for KeptPage {
    fn title(&self) -> String {
        format!("How long {} is kept", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::AllCases
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (act_head(&self.case, "How long it is kept", self.errors()))
            div.fc-case.fc-case--act {
                div {
                    (panel("period", "Its period", self.period()))
                    @if let Some(hold) = &self.hold { (panel("hold", hold.heading(), hold.draw(shell, &self.case))) }
                    @if let Some(request) = &self.request {
                        (panel("request", "They ask for it to be erased", request.draw(shell, &self.case)))
                    }
                }
                aside.fc-rail aria-label="Deadline" { (clock_panel(&self.case)) }
            }
        }
        .render_to(out);
    }
}

impl KeptPage {
    fn period(&self) -> impl Renderable {
        maud! {
            p.govuk-body { (self.period) }
            @for line in &self.standing { p.govuk-body.fc-anywhere { (line) } }
        }
    }

    fn errors(&self) -> &Errors {
        static NONE: Errors = Errors::none();
        let hold = self.hold.as_ref().map(|hold| &hold.form.errors);
        let request = self.request.as_ref().map(|request| &request.form.errors);
        let mut all = [hold, request].into_iter().flatten();
        all.find(|errors| !errors.is_empty()).unwrap_or(&NONE)
    }
}

impl HoldForm {
    fn heading(&self) -> &'static str {
        match self.held {
            Some(_) => "It is held",
            None => "Hold it",
        }
    }

    fn draw<'a>(&'a self, shell: &'a StaffShell, case: &'a CaseBrief) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(paths::case_act(&case.reference, "keeping")) novalidate {
                (shell.fields(&self.form))
                @match &self.held {
                    Some(held) => {
                        p.govuk-body.fc-anywhere { (held) }
                        (self.form.area("reason", "Why need it not be kept any more?").rows(2).hint("Staff only. Its period holds again, and it is announced anew."))
                        (Button::new("Lift the hold").sends("step", "lift").style(ButtonStyle::Secondary))
                    }
                    None => {
                        (self.form.area("reason", "Why must it be kept?").rows(2)
                            .hint("Staff only. A claim, an inquiry, a question of the regulator: it is not erased until the hold is lifted."))
                        (Button::new("Hold it").sends("step", "hold").style(ButtonStyle::Secondary))
                    }
                }
            }
        }
    }
}

impl RequestForm {
    fn draw<'a>(&'a self, shell: &'a StaffShell, case: &'a CaseBrief) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(paths::case_act(&case.reference, "keeping")) novalidate {
                (shell.fields(&self.form))
                @if let Some(words) = &self.not_now { (caution(words)) }
                (self.form.radios("asked", "What do you decide?", &self.answers()))
                (self.form.select("exemption", "On which ground is it refused?", &self.exemptions))
                (self.form.area("refuse_why", "Why?").rows(2).hint("If you refuse. It stays on the case, and goes with it."))
                (Button::new("Confirm").sends("step", "ask").style(ButtonStyle::Warning))
            }
        }
    }

    fn answers(&self) -> Vec<Pick> {
        let erase = self.not_now.is_none().then(|| {
            let then = "Nobody can read it again, and nothing brings it back. What the figures count of it stays.";
            Pick::with_hint("erase", "Erase it now", then)
        });
        let refuse = Pick::with_hint("refuse", "Refuse", "Tell them why; write to them as usual.");
        std::iter::once(refuse).chain(erase).collect()
    }
}

impl KeptPage {
    /// A closed case that goes soon.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample_decided(),
            period: "Settled at stage 1: kept for 3 years after it is closed, which counts from Thursday 19 October 2023. So it goes on Monday 19 \
                     October 2026; only figures without names are kept."
                .to_owned(),
            standing: vec!["Announced since Monday 5 October 2026.".to_owned()],
            hold: Some(HoldForm {
                held: None,
                form: FormState::fresh("k-1"),
            }),
            request: Some(RequestForm {
                not_now: None,
                exemptions: Pick::list(&[("legal_claims", "it is needed for a legal claim")]),
                form: FormState::fresh("k-2"),
            }),
        }
    }

    /// A held case, of which somebody asked to be erased.
    pub fn sample_held() -> Self {
        let mut page = Self::sample();
        page.standing = vec!["Held since Friday 4 September 2026: A claim was announced.".to_owned()];
        page.hold = Some(HoldForm {
            held: Some("A claim was announced. Oliver Tranter, Friday 4 September 2026.".to_owned()),
            form: FormState::fresh("k-3").wrong("reason", "Say why it need not be kept any more"),
        });
        if let Some(request) = &mut page.request {
            request.not_now = Some("This case is held: A claim was announced.".to_owned());
        }
        page
    }
}
