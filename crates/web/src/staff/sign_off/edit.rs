//! Words of a letter, changed by whoever may sign it off: the findings and promises stay with their author (flow G).

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, error_summary};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::decide::PointField;
use crate::staff::parts::case_head::{CaseBrief, clock_panel};
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::{Link, back_link};
use crate::staff::parts::notice::caution;
use crate::staff::parts::panel::{page_head, panel};
use crate::staff::paths;

/// The words of a letter that waits. Fields: `found`, `did`, `finding-N`, `why`, `version`, `sha256`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditLetter {
    /// Which case.
    pub case: CaseBrief,
    /// First name of the author.
    pub author: String,
    /// The version that is changed, and its hash.
    pub read: (u32, String),
    /// "This letter changed while you were writing. This is version 3."
    pub changed: Option<String>,
    /// The points of complaint with their findings.
    pub points: Vec<PointField>,
    /// What was typed so far.
    pub form: FormState,
}

impl StaffPage for EditLetter {
    fn title(&self) -> String {
        format!("Change the letter of {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::SignOff
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let back = Link::new("Back to the letter", &paths::sign_off(&self.case.reference));
        let sub = format!(
            "You change words; the outcome, what is offered and what is promised stay as {} wrote them. {} is told, and sees what you changed and why.",
            self.author, self.author
        );
        maud! {
            (back_link(&back))
            (error_summary(&self.form.errors))
            (page_head("Change words of the letter", &sub))
            @if let Some(changed) = &self.changed { (caution(changed)) }
            div.fc-case {
                div { (panel("words", "Words of the letter", self.fields(shell))) }
                aside.fc-rail aria-label="Deadline" { (clock_panel(&self.case)) }
            }
        }
        .render_to(out);
    }
}

impl EditLetter {
    fn fields<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        let findings: Vec<(String, String)> = self
            .points
            .iter()
            .map(|point| {
                let label = format!("What we found on point {}: {}", point.number, point.words);
                (format!("finding-{}", point.number), label)
            })
            .collect();
        maud! {
            form method="post" action=(paths::sign_off_edit(&self.case.reference)) novalidate {
                (shell.fields(&self.form))
                input type="hidden" name="version" value=(self.read.0);
                input type="hidden" name="sha256" value=(self.read.1);
                (self.form.area("found", "What we found").rows(8).hint("The person who complained reads this."))
                @for (name, label) in &findings {
                    (self.form.area(name, label).rows(4).hint("The person who complained reads this."))
                }
                (self.form.area("did", "What we have done").rows(4).hint("The person who complained reads this."))
                (self.form.area("why", &format!("Why you changed it, for {}", self.author)).rows(2).hint("Staff only."))
                (Button::new("Save as a new version"))
            }
        }
    }

    /// As the author wrote it.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample_stage_2(),
            author: "Dana".to_owned(),
            read: (2, "3f2a9c4177d0b6e2".repeat(4)),
            changed: None,
            points: vec![PointField {
                number: 1,
                words: "The mailbox was missing for 9 working days".to_owned(),
            }],
            form: FormState::fresh("ge-1").answered(&[
                ("found", "Nobody checked the list of mailboxes before the move."),
                ("finding-1", "It was missing from 2 to 14 October."),
                ("did", "We restored the mailbox."),
            ]),
        }
    }

    /// Nothing said of why.
    pub fn sample_errors() -> Self {
        let page = Self::sample();
        Self {
            changed: Some("This letter changed while you were writing. This is version 2.".to_owned()),
            form: page.form.clone().wrong("why", "Write why, so that the author knows"),
            ..page
        }
    }
}
