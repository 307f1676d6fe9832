//! The tasks of an investigation, each with its state, and the one to go on with (R71 to R79, P33).

use hypertext::{Buffer, prelude::*};

use crate::page::form::ButtonLink;
use crate::page::form::Errors;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::page::timeline::paragraphs;
use crate::staff::parts::case_head::{CaseBrief, act_head, clock_panel};
use crate::staff::parts::group_panel::GroupPanel;
use crate::staff::parts::link::Link;
use crate::staff::parts::notice::done;
use crate::staff::parts::panel::panel;
use crate::staff::parts::tag::Tag;

/// The list of tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskList {
    /// Which case.
    pub case: CaseBrief,
    /// What was just done.
    pub notice: Option<String>,
    /// The letter came back from sign-off.
    pub returned: Option<Returned>,
    /// The tasks in their order.
    pub tasks: Vec<TaskLine>,
    /// The task to go on with: "Continue: evidence".
    pub next: Option<Link>,
    /// What cannot be sent yet and why; empty where nothing stands in the way.
    pub before_sending: String,
    /// By when the person hears from us again (R74).
    pub next_update: Option<String>,
    /// The other cases about the same matter (A27).
    pub group: Option<GroupPanel>,
}

/// One task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskLine {
    /// "Agree the points"
    pub name: String,
    /// Where it is done; nothing where it cannot be started.
    pub href: Option<String>,
    /// What stands beneath: by whom and when it was done, what is open, why it cannot be started, that it is optional.
    pub hint: String,
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

impl StaffPage for TaskList {
    fn title(&self) -> String {
        format!("Investigation of {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            (done(self.notice.as_deref()))
            (act_head(&self.case, "Investigation", &Errors::none()))
            div.fc-case.fc-case--act {
                div {
                    @if let Some(returned) = &self.returned { (returned) }
                    (panel("tasks", "Tasks", self.lines()))
                    @if let Some(next) = &self.next { p { (ButtonLink::new(next.label.as_str(), next.href.as_str())) } }
                    @if !self.before_sending.is_empty() { p.govuk-body.fc-muted { (self.before_sending) } }
                }
                aside.fc-rail aria-label="Deadlines" {
                    (clock_panel(&self.case))
                    @if let Some(update) = &self.next_update { (panel("update", "Next update", maud! { p.govuk-body { (update) } })) }
                    @if let Some(group) = &self.group { (panel("grp", "Same matter", group)) }
                }
            }
        }
        .render_to(out);
    }
}

impl TaskList {
    fn lines(&self) -> impl Renderable {
        maud! {
            ul.govuk-task-list.fc-tasks {
                @for (n, task) in self.tasks.iter().enumerate() { (line(n, task)) }
            }
        }
    }
}

fn line(n: usize, task: &TaskLine) -> impl Renderable {
    let linked = task.href.as_ref().map(|_| "govuk-task-list__item--with-link");
    let described = format!("task-{n}-hint task-{n}-status");
    maud! {
        li.govuk-task-list__item.[linked] {
            div.govuk-task-list__name-and-hint {
                @match &task.href {
                    Some(href) => { a.govuk-link.govuk-task-list__link href=(href) aria-describedby=(described) { (task.name) } }
                    None => { div { (task.name) } }
                }
                div.govuk-task-list__hint id={ "task-" (n) "-hint" } { (task.hint) }
            }
            div.govuk-task-list__status id={ "task-" (n) "-status" } { (task.status) }
        }
    }
}

impl Renderable for Returned {
    fn render_to(&self, out: &mut Buffer) {
        panel(
            "returned",
            &self.by,
            maud! { div.fc-note.fc-note--staff { (paragraphs(&self.words)) } },
        )
        .render_to(out);
    }
}
