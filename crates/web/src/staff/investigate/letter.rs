//! The letter of a stage 2 investigation: its words, what changes, what was learnt, how it looks, and sending it (R72, R77-R79).

use hypertext::{Buffer, prelude::*};

use super::list::Returned;
use super::task::Record;
use crate::page::form::{Button, ButtonStyle, Layout};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};
use crate::page::timeline::paragraphs;
use crate::staff::decide::LEARNING;
use crate::staff::parts::case_head::{CaseBrief, act_head, clock_panel};
use crate::staff::parts::checks::{Check, checks};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::group_panel::GroupPanel;
use crate::staff::parts::letter::Letter;
use crate::staff::parts::link::Link;
use crate::staff::parts::notice::{caution, done};
use crate::staff::parts::panel::{panel, panel_with_link};
use crate::staff::paths;
use crate::staff::serve::decision::Lists;

/// The letter of an investigation. Fields: `found`, `did`; `remedy` (several); for each action `action-1-what`, `action-1-owner`, `action-1-by`;
/// `root_cause`, `learning` (yes, no), `learned`. Buttons send `step`: save, more-actions, send, ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterPage {
    /// Which case.
    pub case: CaseBrief,
    /// What was just done: "Draft saved at 9:39am."
    pub notice: Option<String>,
    /// The letter came back from sign-off.
    pub returned: Option<Returned>,
    /// What was found on each point, as the letter answers it.
    pub findings: Vec<Record>,
    /// What must be done before it can be sent; empty where nothing stands in the way.
    pub before_sending: String,
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
    /// The other cases about the same matter, and the findings of the leading one to take over (A27).
    pub group: Option<GroupPanel>,
    /// That the words were taken over from another case.
    pub taken_over: Option<String>,
    /// What was typed so far.
    pub form: FormState,
}

impl StaffPage for LetterPage {
    fn title(&self) -> String {
        format!("Letter, investigation of {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::MyWork
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (done(self.notice.as_deref()))
            (act_head(&self.case, "Letter", &self.form.errors))
            @if let Some(words) = &self.taken_over { (caution(words)) }
            div.fc-case.fc-case--act {
                div {
                    @if let Some(returned) = &self.returned { (returned) }
                    form.fc-reveal method="post" action=(paths::investigation_task(&self.case.reference, "letter")) novalidate {
                        (shell.fields(&self.form))
                        (panel_with_link("findings", "Findings", &self.to_findings(), self.findings()))
                        (panel("the-letter", "Words for the letter", self.letter()))
                        (panel("changes", "Putting it right", self.changes()))
                        (panel("learn", "Learning", self.learning()))
                        (panel("preview", "The letter so far", &self.preview))
                        @if !self.before_sending.is_empty() { (caution(&self.before_sending)) }
                        div #send .fc-compose__foot.fc-foot-buttons {
                            (Button::new(self.button.as_str()).sends("step", "send"))
                            @if self.may_ask { (Button::new("Ask for sign-off first").style(ButtonStyle::Secondary).sends("step", "ask")) }
                            (Button::new("Save draft and see the letter").style(ButtonStyle::Secondary).sends("step", "save"))
                            span.fc-row__meta { (self.sign_off) }
                        }
                    }
                }
                aside.fc-rail aria-label="Deadline, tasks and checks" {
                    (clock_panel(&self.case))
                    @if let Some(group) = &self.group { (panel("grp", "Same matter", group)) }
                    (panel("tasks", "Tasks", maud! {
                        p.govuk-body-s { a.govuk-link href=(paths::case_act(&self.case.reference, "investigation")) { "All tasks" } }
                    }))
                    @if !self.checks.is_empty() { (panel("chk", "Checks on the letter", checks(&self.checks))) }
                }
            }
        }
        .render_to(out);
    }
}

impl LetterPage {
    fn to_findings(&self) -> Link {
        Link::new(
            "Change the findings",
            &paths::investigation_task(&self.case.reference, "findings"),
        )
    }

    fn findings(&self) -> impl Renderable {
        maud! {
            @for finding in &self.findings {
                div.fc-point {
                    h3.govuk-heading-s { (finding.title) @if let Some(tag) = &finding.tag { " " (tag) } }
                    div.fc-prose { (paragraphs(&finding.words)) }
                }
            }
        }
    }

    fn letter(&self) -> impl Renderable {
        let who = self.case.person_first();
        maud! {
            p.govuk-body-s.fc-muted { "The letter is made from what you write here. It begins with the decision and answers each point with its finding. Name no other member of staff." }
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
}
