//! Settings: the directory. How old its copy is, where it comes from, what is odd in it, and having it read again (R34, R88).

pub mod handler;

use hypertext::{Buffer, prelude::*};

use super::parts::facts::{Fact, facts};
use super::parts::form::FormState;
use super::parts::notice::{Alert, alerts, caution, done};
use super::parts::panel::{Empty, page_head, panel};
use super::paths;
use crate::page::form::{Button, ButtonStyle};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// The directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    /// What was just done.
    pub notice: Option<String>,
    /// How the copy stands; none where no directory is configured.
    pub copy: Option<CopyShown>,
    /// The key of the form that has it read.
    pub form: FormState,
}

/// How the copy stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyShown {
    /// What is wrong now, in sentences: it is old, or could not be read.
    pub alerts: Vec<Alert>,
    /// Something to know that is not wrong: that it is about to be read.
    pub caution: Option<String>,
    /// Source, age, how many people.
    pub facts: Vec<Fact>,
    /// What somebody should mend in the directory itself.
    pub to_mend: Vec<Odd>,
    /// What is no fault and good to know.
    pub to_know: Vec<Odd>,
}

/// Something odd.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Odd {
    /// "Line manager not in the directory"
    pub what: String,
    /// How many it concerns.
    pub count: u32,
    /// The first of them: "Ada Green, Bea Boss and 4 more".
    pub who: String,
}

impl StaffPage for Directory {
    fn title(&self) -> String {
        "Directory".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Directory
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let summary = "Who belongs to the institution, in which unit and under which line manager. It is read from another system and kept here, sealed.";
        maud! {
            (done(self.notice.as_deref()))
            (page_head("Directory", summary))
            @match &self.copy {
                None => {
                    (Empty::new("No directory is configured. Until there is one, a person chooses who deals with a complaint about somebody."))
                }
                Some(copy) => {
                    (alerts(&copy.alerts))
                    @if let Some(words) = &copy.caution { (caution(words)) }
                    div.fc-narrow {
                        (panel("copy", "The copy", self.copy(shell, copy)))
                        @if !copy.to_mend.is_empty() { (panel("mend", "To mend in the directory", list(&copy.to_mend))) }
                        @if !copy.to_know.is_empty() { (panel("know", "Good to know", list(&copy.to_know))) }
                    }
                }
            }
            div.fc-narrow {
                (panel("keys", "Keys of line managers", maud! {
                    p.govuk-body { "With their key, a complaint about a member of staff goes to a line manager inside the letter, encrypted." }
                    p.govuk-body { a.govuk-link href=(paths::LETTER_KEYS) { "Look at the keys, or add one" } }
                }))
            }
        }
        .render_to(out);
    }
}

impl Directory {
    fn copy<'a>(&'a self, shell: &'a StaffShell, copy: &'a CopyShown) -> impl Renderable + 'a {
        maud! {
            (facts(&copy.facts))
            form."govuk-!-margin-top-4" method="post" action=(paths::DIRECTORY) {
                (shell.fields(&self.form))
                (Button::new("Read it now").style(ButtonStyle::Secondary))
            }
        }
    }

    /// A copy of this morning with some gaps.
    pub fn sample() -> Self {
        let odd = |what: &str, count, who: &str| Odd {
            what: what.to_owned(),
            count,
            who: who.to_owned(),
        };
        Self {
            notice: Some("It is read within a minute.".to_owned()),
            form: FormState::fresh("d-1"),
            copy: Some(CopyShown {
                alerts: Vec::new(),
                caution: None,
                facts: vec![
                    Fact::new(
                        "Source",
                        "ldaps://ldap.calderbrook.example (ou=people,dc=calderbrook,dc=example)",
                    ),
                    Fact::new("People", "4,812"),
                    Fact::new("Read", "Today, 8:02am (2 hours ago)"),
                    Fact::new("Says the same since", "Monday 12 October, 2:02am"),
                ],
                to_mend: vec![
                    odd(
                        "Line manager not in the directory",
                        3,
                        "Kai Wu, Moira Finch, Olu Bankole",
                    ),
                    odd(
                        "Manages others, and is away or left",
                        12,
                        "Petra Vale, Tomos Moss and 10 more",
                    ),
                ],
                to_know: vec![odd(
                    "Name that somebody else has too",
                    2,
                    "Daniel Green (dgreen1), Daniel Green (dgreen2)",
                )],
            }),
        }
    }

    /// A server that has been down for days.
    pub fn sample_old() -> Self {
        let sample = Self::sample();
        let copy = sample.copy.map(|copy| CopyShown {
            alerts: vec![
                Alert::new("The copy is 3 days old. Whoever left or changed since is not known here."),
                Alert::new("The last 14 readings failed: ldaps://ldap.calderbrook.example: It did not answer in time."),
            ],
            caution: Some("Somebody asked for it to be read; that begins within a minute.".to_owned()),
            ..copy
        });
        Self {
            notice: None,
            copy,
            ..sample
        }
    }

    /// None configured.
    pub fn sample_none() -> Self {
        Self {
            notice: None,
            copy: None,
            form: FormState::fresh("d-2"),
        }
    }
}

fn list(odd: &[Odd]) -> impl Renderable {
    maud! {
        dl.govuk-summary-list {
            @for one in odd {
                div.govuk-summary-list__row {
                    dt.govuk-summary-list__key { (one.what) }
                    dd.govuk-summary-list__value { strong { (one.count) } ": " (one.who) }
                }
            }
        }
    }
}
