//! The page of one task of an investigation: what is on record, and what can be added (R72).

use hypertext::{Buffer, prelude::*};

use super::question::TaskForm;
use crate::page::form::{ButtonStyle, Errors};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::page::timeline::{TimelineFile, files, paragraphs};
use crate::staff::parts::case_head::{CaseBrief, act_head, clock_panel};
use crate::staff::parts::facts::{Fact, facts};
use crate::staff::parts::link::Link;
use crate::staff::parts::notice::{caution, done};
use crate::staff::parts::panel::panel;
use crate::staff::parts::tag::Tag;
use crate::staff::paths;

/// One task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskPage {
    /// Which case.
    pub case: CaseBrief,
    /// The last part of its address: "evidence".
    pub task: String,
    /// Its name: "Evidence".
    pub name: String,
    /// What it is for, in a sentence or two.
    pub intro: String,
    /// Where it stands.
    pub standing: Tag,
    /// What was just done.
    pub notice: Option<String>,
    /// What must be known before anything else.
    pub caution: Option<String>,
    /// What is on record.
    pub records: Vec<Record>,
    /// What can be done now.
    pub forms: Vec<TaskForm>,
    /// Why nothing can be done now, or where else it is done.
    pub instead: Vec<Link>,
    /// The task to go on with.
    pub next: Option<Link>,
}

/// Something on record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// "3. Restart log".
    pub title: String,
    /// The end of its address, where other pages lead to it: "evidence-3".
    pub at: Option<String>,
    /// Who sees it, or how it came out.
    pub tag: Option<Tag>,
    /// Source, day and so on.
    pub facts: Vec<Fact>,
    /// The words.
    pub words: String,
    /// Files that came with it.
    pub files: Vec<TimelineFile>,
}

impl StaffPage for TaskPage {
    fn title(&self) -> String {
        format!("{}, investigation of {}", self.name, self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let action = paths::investigation_task(&self.case.reference, &self.task);
        maud! {
            (done(self.notice.as_deref()))
            (act_head(&self.case, &self.name, self.errors()))
            @if let Some(words) = &self.caution { (caution(words)) }
            div.fc-case.fc-case--act {
                div {
                    p.govuk-body { (self.intro) }
                    (panel("record", "On record", self.on_record()))
                    @for (at, form) in self.forms.iter().enumerate() {
                        @let style = if at == 0 { ButtonStyle::Primary } else { ButtonStyle::Secondary };
                        (panel(&format!("form-{}", form.step), &form.heading, form.draw(shell, &action, style)))
                    }
                    @for link in &self.instead { p.govuk-body { (link) } }
                }
                aside.fc-rail aria-label="Deadline and tasks" {
                    (clock_panel(&self.case))
                    (panel("standing", "This task", self.where_to()))
                }
            }
        }
        .render_to(out);
    }
}

impl TaskPage {
    fn errors(&self) -> &Errors {
        const NONE: &Errors = &Errors::none();
        let wrong = self.forms.iter().find(|form| !form.state.errors.is_empty());
        wrong.map_or(NONE, |form| &form.state.errors)
    }

    fn on_record(&self) -> impl Renderable {
        maud! {
            @if self.records.is_empty() { p.govuk-body.fc-muted { "Nothing yet." } }
            @for record in &self.records {
                div.fc-point id=[&record.at] {
                    h3.govuk-heading-s { (record.title) @if let Some(tag) = &record.tag { " " (tag) } }
                    @if !record.words.is_empty() { div.fc-prose { (paragraphs(&record.words)) } }
                    @if !record.facts.is_empty() { (facts(&record.facts)) }
                    (files(&record.files))
                }
            }
        }
    }

    fn where_to(&self) -> impl Renderable {
        maud! {
            p.govuk-body { (self.standing) }
            p.govuk-body-s { a.govuk-link href=(paths::case_act(&self.case.reference, "investigation")) { "All tasks" } }
            @if let Some(next) = &self.next { p.govuk-body-s { "Next: " (next) } }
        }
    }
}
