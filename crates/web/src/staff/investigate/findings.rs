//! What was found on each point: words, outcome, and the evidence on which it rests (R72, P38).

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, Width};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::staff::parts::case_head::{CaseBrief, act_head, clock_panel};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::Link;
use crate::staff::parts::notice::{caution, done};
use crate::staff::parts::panel::panel;
use crate::staff::parts::tag::Tag;
use crate::staff::paths;

/// The findings. Fields: for each point `finding-1`, `point-1` (outcome), `rests-1` (several: `e2` for evidence, `i1` for an interview).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingsPage {
    /// Which case.
    pub case: CaseBrief,
    /// What was just done.
    pub notice: Option<String>,
    /// Why they cannot be written now.
    pub refused: Option<String>,
    /// Where the task stands.
    pub standing: Tag,
    /// The points.
    pub points: Vec<FindingField>,
    /// Upheld and so on, as the procedure lists them.
    pub outcomes: Vec<Pick>,
    /// How the outcome of the case follows from those of the points (P38).
    pub rule: String,
    /// The task to go on with.
    pub next: Option<Link>,
    /// What was typed so far.
    pub form: FormState,
}

/// A point with what its finding can rest on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingField {
    /// Its number.
    pub number: u32,
    /// What they complain of.
    pub words: String,
    /// Evidence and interviews that belong to it.
    pub rests: Vec<Pick>,
}

impl StaffPage for FindingsPage {
    fn title(&self) -> String {
        format!("Findings, investigation of {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let action = paths::investigation_task(&self.case.reference, "findings");
        maud! {
            (done(self.notice.as_deref()))
            (act_head(&self.case, "Findings", &self.form.errors))
            @if let Some(words) = &self.refused { (caution(words)) }
            div.fc-case.fc-case--act {
                form method="post" action=(action) novalidate {
                    (shell.fields(&self.form))
                    @for point in &self.points {
                        (panel(&format!("p-{}", point.number), &format!("{}. {}", point.number, point.words), self.point(point)))
                    }
                    p.govuk-body.fc-muted { (self.rule) }
                    @if self.refused.is_none() {
                        div.fc-compose__foot { (Button::new("Save findings").sends("step", "save")) }
                    }
                }
                aside.fc-rail aria-label="Deadline and tasks" {
                    (clock_panel(&self.case))
                    (panel("standing", "This task", maud! {
                        p.govuk-body { (self.standing) }
                        p.govuk-body-s { a.govuk-link href=(paths::case_act(&self.case.reference, "investigation")) { "All tasks" } }
                        @if let Some(next) = &self.next { p.govuk-body-s { "Next: " (next) } }
                    }))
                }
            }
        }
        .render_to(out);
    }
}

impl FindingsPage {
    fn point<'a>(&'a self, point: &'a FindingField) -> impl Renderable + 'a {
        let names = ["finding", "point", "rests"].map(|part| format!("{part}-{}", point.number));
        let what = format!("What did you find on point {}?", point.number);
        let outcome = format!("Outcome of point {}", point.number);
        let seen = format!(
            "{} reads this in the letter. Name no other member of staff.",
            self.case.person_first()
        );
        maud! {
            (self.form.area(&names[0], &what).rows(4).hint(seen.as_str()))
            (self.form.select(&names[1], &outcome, &self.outcomes).width(Width::Half))
            @if !point.rests.is_empty() {
                (self.form.boxes(&names[2], "What does it rest on?", &point.rests).hint("Only those who investigate see this."))
            }
        }
    }
}
