//! The page of a stage 2 investigation: tasks, findings, letter, follow-on actions (R72, R77-R79).

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Button, ButtonStyle, Layout, Width};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::page::timeline::paragraphs;
use crate::staff::decide::{LEARNING, PointField};
use crate::staff::parts::case_head::{CaseBrief, act_head, clock_panel};
use crate::staff::parts::checks::{Check, checks};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::letter::Letter;
use crate::staff::parts::notice::done;
use crate::staff::parts::panel::panel;
use crate::staff::parts::tag::Tag;
use crate::staff::paths;
use crate::staff::serve::decision::Lists;

/// A stage 2 investigation. Fields: for each point `point-1` (outcome) and `finding-1`; `found`, `did`; `remedy` (several);
/// for each action `action-1-what`, `action-1-owner`, `action-1-by`; `root_cause`, `learning` (yes, no), `learned`.
/// Buttons send `step`: save, more-actions, send, ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Investigation {
    /// Which case.
    pub case: CaseBrief,
    /// What was just done: "Draft saved at 9:39am."
    pub notice: Option<String>,
    /// What is to be done, each with its state.
    pub tasks: Vec<Task>,
    /// The letter came back from sign-off.
    pub returned: Option<Returned>,
    /// Points of complaint.
    pub points: Vec<PointField>,
    /// How many empty or filled lines for follow-on actions.
    pub action_lines: u32,
    /// Why sign-off is required, or that it is not (R78).
    pub sign_off: String,
    /// What the sending button does: "Send for sign-off", "Send decision".
    pub button: String,
    /// The author can ask for a sign-off that no rule demands.
    pub may_ask: bool,
    /// Outcomes, remedies and causes, as the procedure lists them.
    pub lists: Lists,
    /// The letter as the answers so far would make it.
    pub preview: Letter,
    /// What was looked at in the letter (P35).
    pub checks: Vec<Check>,
    /// What was typed so far.
    pub form: FormState,
}

/// One task of the investigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// "Agree the points of complaint"
    pub name: String,
    /// Where it is done: a page, or a part of this one.
    pub href: String,
    /// "Done" in green, "Not started" in grey ...
    pub status: Tag,
}

/// What the reader of the letter asked for when sending it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// "Helen Marsh sent it back yesterday at 5:10pm"
    pub by: String,
    /// The comments.
    pub words: String,
}

impl StaffPage for Investigation {
    fn title(&self) -> String {
        format!("Investigate {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (done(self.notice.as_deref()))
            (act_head(&self.case, "Investigation", &self.form.errors))
            div.fc-case.fc-case--act {
                div {
                    @if let Some(returned) = &self.returned {
                        (panel("returned", &returned.by, maud! { div.fc-note.fc-note--staff { (paragraphs(&returned.words)) } }))
                    }
                    form.fc-reveal method="post" action=(paths::case_act(&self.case.reference, "investigation")) novalidate {
                        (shell.fields(&self.form))
                        (panel("findings", "Findings", self.findings()))
                        (panel("the-letter", "Words for the letter", self.letter()))
                        (panel("changes", "Putting it right", self.changes()))
                        (panel("learn", "Learning", self.learning()))
                        (panel("preview", "The letter so far", &self.preview))
                        div.fc-compose__foot.fc-foot-buttons {
                            (Button::new(self.button.as_str()).sends("step", "send"))
                            @if self.may_ask { (Button::new("Ask for sign-off first").style(ButtonStyle::Secondary).sends("step", "ask")) }
                            (Button::new("Save draft and see the letter").style(ButtonStyle::Secondary).sends("step", "save"))
                            span.fc-row__meta { (self.sign_off) }
                        }
                    }
                }
                aside.fc-rail aria-label="Deadline, tasks and checks" {
                    (clock_panel(&self.case))
                    (panel("tasks", "Tasks", self.tasks()))
                    @if !self.checks.is_empty() { (panel("chk", "Checks on the letter", checks(&self.checks))) }
                }
            }
        }
        .render_to(out);
    }
}

impl Investigation {
    fn findings(&self) -> impl Renderable {
        maud! {
            @for point in &self.points {
                div.fc-point {
                    (self.form.area(&format!("finding-{}", point.number), &format!("{}. {}", point.number, point.words)).rows(3)
                        .hint("What we found, and how we know."))
                    (self.form.select(&format!("point-{}", point.number), &format!("Outcome of point {}", point.number), &self.lists.outcomes)
                        .width(Width::Half))
                }
            }
        }
    }

    fn letter(&self) -> impl Renderable {
        let who = &self.case.person;
        maud! {
            p.govuk-body-s.fc-muted { "The letter is made from what you write here. It begins with the decision and answers each point. Name no other member of staff." }
            (self.form.area("found", "What they told us, and what we found").rows(6).hint(format!("{who} reads this first. Say sorry here, and what for, if we got it wrong.")))
            (self.form.area("did", "What we have done to put it right").rows(4).hint(format!("{who} reads this in the letter.")))
        }
    }

    fn changes(&self) -> impl Renderable {
        maud! {
            div.fc-columns {
                (self.form.boxes("remedy", "What are we offering?", &self.lists.remedies).hint("Tick all that apply. Leave empty if none."))
            }
            h3.govuk-heading-s { "What are we changing?" }
            p.govuk-body-s.fc-muted { "Each change has an owner, which is a team or a job, and a date. It stays open until it is done." }
            @for n in 1..=self.action_lines { (self.action(n)) }
            (Button::new("Add another change").style(ButtonStyle::Secondary).sends("step", "more-actions"))
        }
    }

    fn action(&self, n: u32) -> impl Renderable {
        let names = ["what", "owner", "by"].map(|part| format!("action-{n}-{part}"));
        let legend = format!("Change {n}");
        maud! {
            fieldset.govuk-fieldset.fc-action {
                legend.govuk-visually-hidden { (legend) }
                (self.form.text(&names[0], "Change"))
                (self.form.text(&names[1], "Owner"))
                (self.form.date(&names[2], "By"))
            }
        }
    }

    fn learning(&self) -> impl Renderable {
        maud! {
            p.govuk-body-s.fc-muted { "Staff only. Goes into the monthly review without names." }
            div.fc-pair {
                (self.form.select("root_cause", "Root cause", &self.lists.root_causes))
                (self.form.radios("learning", "Is there something to learn?", &Pick::list(&LEARNING)).layout(Layout::Inline))
            }
            div.fc-reveal__learning { (self.form.area("learned", "What should change?").rows(2)) }
        }
    }

    fn tasks(&self) -> impl Renderable {
        maud! {
            ul.govuk-task-list.fc-tasks {
                @for (n, task) in self.tasks.iter().enumerate() {
                    li.govuk-task-list__item.govuk-task-list__item--with-link {
                        div.govuk-task-list__name-and-hint {
                            a.govuk-link.govuk-task-list__link href=(task.href) aria-describedby={ "task-" (n) } { (task.name) }
                        }
                        div.govuk-task-list__status id={ "task-" (n) } { (task.status) }
                    }
                }
            }
        }
    }
}
