//! A complaint about a member of staff: restricting it, saying whom it is about, opening it again (R28, R33, A13, A16).

use hypertext::{Buffer, prelude::*};

use super::parts::case_head::{CaseBrief, act_head, clock_panel};
use super::parts::form::{FormState, Pick};
use super::parts::panel::panel;
use super::parts::people_select::{Candidate, people_select};
use super::parts::staff_named::staff_named;
use super::paths;
use crate::page::form::{Button, ButtonStyle, Errors, hidden};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// Restrict a case. Fields: `reason`, `about` (several), `about_others`, `to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restrict {
    /// Which case.
    pub case: CaseBrief,
    /// What restricting does, one sentence each.
    pub then: Vec<String>,
    /// Everybody whom it could be about.
    pub staff: Vec<Pick>,
    /// Who could deal with it from now on; none while it waits for triage or is closed.
    pub keepers: Option<Vec<Candidate>>,
    /// What was typed so far.
    pub form: FormState,
}

/// A restricted case: who sees it, and what can be changed about that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restricted {
    /// Which case.
    pub case: CaseBrief,
    /// Who can read it, one entry each.
    pub readers: Vec<String>,
    /// Whom it is about, in words.
    pub about: String,
    /// The form that says whom it is about, for those who may.
    pub naming: Option<Naming>,
    /// The form that opens it, for those who may.
    pub opening: Option<Opening>,
}

/// The form that says whom a case is about. Fields: `about` (several), `about_others`, `to`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming {
    /// Everybody whom it could be about.
    pub staff: Vec<Pick>,
    /// Who could deal with it from now on; none while it waits for triage or is closed.
    pub keepers: Option<Vec<Candidate>>,
    /// What was chosen so far.
    pub form: FormState,
}

/// The form that opens a restricted case. Field: `reason`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Why it cannot be opened now, as a sentence.
    pub not_now: Option<String>,
    /// What was typed so far.
    pub form: FormState,
}

impl StaffPage for Restrict {
    fn title(&self) -> String {
        format!("Restrict {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (act_head(&self.case, "It is about a member of staff", &self.form.errors))
            div.fc-case.fc-case--act {
                form.fc-panel method="post" action=(action(&self.case)) novalidate {
                    div.fc-panel__body {
                        (shell.fields(&self.form))
                        (hidden("step", "restrict"))
                        ul.govuk-list.govuk-list--bullet { @for line in &self.then { li { (line) } } }
                        (self.form.area("reason", "Why do you restrict it?").rows(2).hint("Kept with the case, for those who can read it."))
                        (staff_named(&self.form, &self.staff))
                        @if let Some(keepers) = &self.keepers { (people_select(&self.form, "to", "Who deals with it from now on?", keepers)) }
                        div.fc-compose__foot {
                            (Button::new("Restrict it now"))
                            a.govuk-link href=(self.case.href) { "Cancel" }
                        }
                    }
                }
                aside.fc-rail aria-label="Deadline" { (clock_panel(&self.case)) }
            }
        }
        .render_to(out);
    }
}

impl StaffPage for Restricted {
    fn title(&self) -> String {
        format!("Who can see {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (act_head(&self.case, "Who can see this case", &self.errors()))
            div.fc-case.fc-case--act {
                div {
                    (panel("readers", "Who can read it", self.who_reads()))
                    @if let Some(naming) = &self.naming { (panel("naming", "Whom it is about", naming.draw(shell, &self.case))) }
                    @if let Some(opening) = &self.opening {
                        (panel("opening", "It is about nobody of staff", opening.draw(shell, &self.case)))
                    }
                }
                aside.fc-rail aria-label="Deadline" { (clock_panel(&self.case)) }
            }
        }
        .render_to(out);
    }
}

impl Restricted {
    fn errors(&self) -> Errors {
        let naming = self.naming.as_ref().map(|naming| &naming.form.errors);
        let opening = self.opening.as_ref().map(|opening| &opening.form.errors);
        naming
            .into_iter()
            .chain(opening)
            .find(|errors| !errors.is_empty())
            .cloned()
            .unwrap_or_else(Errors::none)
    }

    fn who_reads(&self) -> impl Renderable {
        maud! {
            ul.govuk-list.govuk-list--bullet { @for reader in &self.readers { li { (reader) } } }
            p.govuk-body { "It is about: " strong { (self.about) } }
            p.govuk-body-s { "For everybody else it is as if it did not exist. Whoever opens it is on record, on the audit tab." }
        }
    }
}

impl Naming {
    fn draw<'a>(&'a self, shell: &'a StaffShell, case: &'a CaseBrief) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(action(case)) novalidate {
                (shell.fields(&self.form))
                (hidden("step", "name"))
                (staff_named(&self.form, &self.staff))
                @if let Some(keepers) = &self.keepers { (people_select(&self.form, "to", "Who deals with it from now on?", keepers)) }
                (Button::new("Save whom it is about"))
            }
        }
    }
}

impl Opening {
    fn draw<'a>(&'a self, shell: &'a StaffShell, case: &'a CaseBrief) -> impl Renderable + 'a {
        maud! {
            @match &self.not_now {
                Some(why) => { p.govuk-body { (why) } }
                None => {
                    form method="post" action=(action(case)) novalidate {
                        (shell.fields(&self.form))
                        (hidden("step", "open"))
                        p.govuk-body { "What the person ticked is a hint, and you decide. Everybody who deals with cases can read it then." }
                        (self.form.area("reason", "Why is nobody of staff complained about?").rows(2).hint("Staff only."))
                        (Button::new("Open it to everybody who deals with cases").style(ButtonStyle::Secondary))
                    }
                }
            }
        }
    }
}

fn action(case: &CaseBrief) -> String {
    paths::case_act(&case.reference, "confidential")
}

impl Restrict {
    /// Untouched, for an owner at the Helpline.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample(),
            then: vec![
                "Only a few people can read it from now on, and none of those whom it is about.".to_owned(),
                "Its words leave the job register: job F0981334 becomes a stub.".to_owned(),
                "The date stays as it is.".to_owned(),
            ],
            staff: sample_people(),
            keepers: Some(vec![
                Candidate::free("4", "Nadia Rahman, IT Helpline Manager"),
                Candidate::free("5", "Wendy Pritchard, Complaints Coordinator"),
            ]),
            form: FormState::fresh("lr-1"),
        }
    }

    /// Sent empty.
    pub fn sample_errors() -> Self {
        let form = FormState::fresh("lr-2")
            .wrong("reason", "Say why it is about a member of staff")
            .wrong("about", "Say whom of staff it is about: choose them, or describe them")
            .wrong("to", "Choose who deals with it from now on");
        Self { form, ..Self::sample() }
    }
}

impl Restricted {
    /// For a coordinator, with one person named.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample(),
            readers: vec![
                "Nadia Rahman, IT Helpline Manager, who deals with it".to_owned(),
                "a complaints coordinator, a customer services senior manager or a data protection officer, unless it is about them".to_owned(),
                "senior management, while a letter of it waits for sign-off".to_owned(),
            ],
            about: "Jo Bramley".to_owned(),
            naming: Some(Naming {
                staff: sample_people(),
                keepers: Some(vec![Candidate::free("4", "Nadia Rahman, IT Helpline Manager")]),
                form: FormState::fresh("lr-3").answered(&[("about", "2"), ("to", "4")]),
            }),
            opening: Some(Opening {
                not_now: Some(
                    "Somebody of staff is named in this case. If that is wrong, correct whom it is about first.".to_owned(),
                ),
                form: FormState::fresh("lr-4"),
            }),
        }
    }

    /// For a coordinator, with nobody named yet.
    pub fn sample_unnamed() -> Self {
        Self {
            about: "Nobody is named yet".to_owned(),
            naming: Some(Naming {
                staff: sample_people(),
                keepers: None,
                form: FormState::fresh("lr-5"),
            }),
            opening: Some(Opening {
                not_now: None,
                form: FormState::fresh("lr-6").wrong("reason", "Say why nobody of staff is complained about"),
            }),
            ..Self::sample()
        }
    }

    /// For the manager who deals with it: nothing to change.
    pub fn sample_read_only() -> Self {
        Self {
            naming: None,
            opening: None,
            ..Self::sample()
        }
    }
}

/// People whom a complaint could be about.
pub(crate) fn sample_people() -> Vec<Pick> {
    Pick::list(&[
        ("1", "Amara Osei, IT Helpline"),
        ("2", "Jo Bramley, IT Helpline"),
        ("4", "Nadia Rahman, IT Helpline Manager"),
    ])
}
