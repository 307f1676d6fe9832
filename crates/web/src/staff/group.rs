//! Cases about the same matter: linked with a reason, answered each, and taken back with a reason (A27).

use hypertext::{Buffer, prelude::*};

use super::parts::case_head::{CaseBrief, act_head, clock_panel};
use super::parts::form::{FormState, Pick};
use super::parts::group_panel::{GroupLine, group_lines};
use super::parts::panel::panel;
use super::paths;
use crate::page::form::{Button, ButtonStyle, InputKind, Width};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// The group of a case. Fields of the form that links: `other`, `same` (duplicate, same_matter), `reason`; of the form that takes a link back:
/// `linked`, `why`. Both send `step`: link, unlink.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseGroup {
    /// Which case.
    pub case: CaseBrief,
    /// "2 of 3 in a group. 1 other case still waits for a decision."
    pub summary: String,
    /// The other cases of the group.
    pub others: Vec<GroupLine>,
    /// In what ways cases belong together.
    pub ways: Vec<Pick>,
    /// What was typed into the form that links.
    pub linking: FormState,
    /// The links that can be taken back, and what was typed to do so; none where there are none.
    pub unlinking: Option<Unlinking>,
}

/// The form that takes a link back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlinking {
    /// The cases that this one is linked with.
    pub linked: Vec<Pick>,
    /// What was typed so far.
    pub form: FormState,
}

impl StaffPage for CaseGroup {
    fn title(&self) -> String {
        format!("Same matter as {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::AllCases
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        let taken_back = self
            .unlinking
            .as_ref()
            .filter(|unlinking| !unlinking.form.errors.is_empty());
        let errors = taken_back.map_or(&self.linking.errors, |unlinking| &unlinking.form.errors);
        maud! {
            (act_head(&self.case, "Cases about the same matter", errors))
            div.fc-case.fc-case--act {
                div {
                    @if !self.others.is_empty() { (panel("others", "In this group", self.group())) }
                    (panel("link", "Link another case", self.link(shell)))
                    @if let Some(unlinking) = &self.unlinking {
                        (panel("unlink", "Take a link back", self.unlink(shell, unlinking)))
                    }
                }
                aside.fc-rail aria-label="Deadline" { (clock_panel(&self.case)) }
            }
        }
        .render_to(out);
    }
}

impl CaseGroup {
    fn group(&self) -> impl Renderable {
        maud! {
            p.govuk-body { (self.summary) }
            (group_lines(&self.others))
        }
    }

    fn link<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        let form = &self.linking;
        maud! {
            form method="post" action=(paths::case_act(&self.case.reference, "group")) novalidate {
                (shell.fields(form))
                p.govuk-body {
                    "Each case keeps its own dates, owner, decision and letter. Nobody who complained is told of the others. "
                    "The first to arrive leads: what is found there can be taken over in the others as a draft."
                }
                (form.text("other", "Which case?").kind(InputKind::Reference).width(Width::Characters(10)).autocomplete("off")
                    .hint("Its reference, like FC-10482."))
                (form.radios("same", "How do they belong together?", &self.ways))
                (form.area("reason", "Why?").rows(2).hint("Staff only. Kept with both cases."))
                div.fc-compose__foot {
                    (Button::new("Link the two").sends("step", "link"))
                    a.govuk-link href=(self.case.href) { "Cancel" }
                }
            }
        }
    }

    fn unlink<'a>(&'a self, shell: &'a StaffShell, unlinking: &'a Unlinking) -> impl Renderable + 'a {
        let form = &unlinking.form;
        maud! {
            form method="post" action=(paths::case_act(&self.case.reference, "group")) novalidate {
                (shell.fields(form))
                (form.select("linked", "Which link?", &unlinking.linked).width(Width::Half))
                (form.area("why", "Why was it wrong?").rows(2).hint("Staff only. Kept with both cases."))
                div.fc-compose__foot {
                    (Button::new("Take the link back").style(ButtonStyle::Secondary).sends("step", "unlink"))
                }
            }
        }
    }

    /// In a group of three.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample(),
            summary: "2 of 3 in a group. 1 other case still waits for a decision.".to_owned(),
            others: GroupLine::samples(),
            ways: sample_ways(),
            linking: FormState::fresh("g-1").answered(&[("same", "same_matter"), ("seen", "7")]),
            unlinking: Some(Unlinking {
                linked: vec![Pick::new(
                    "FC-10479",
                    "FC-10479, No Wi-Fi on the second floor of the Main Library",
                )],
                form: FormState::fresh("g-2").answered(&[("seen", "7")]),
            }),
        }
    }

    /// Standing alone, sent empty.
    pub fn sample_errors() -> Self {
        let linking = FormState::fresh("g-3")
            .wrong("other", "Enter the reference of a case that you can see, like FC-10482")
            .wrong("reason", "Say why they are about the same matter");
        Self {
            summary: String::new(),
            others: Vec::new(),
            linking,
            unlinking: None,
            ..Self::sample()
        }
    }

    /// In a group, taken back without a reason.
    pub fn sample_unlink_errors() -> Self {
        let mut page = Self::sample();
        if let Some(unlinking) = &mut page.unlinking {
            unlinking.form = FormState::fresh("g-4")
                .answered(&[("linked", "FC-10479")])
                .wrong("why", "Say why the link is taken back");
        }
        page
    }
}

fn sample_ways() -> Vec<Pick> {
    Pick::list(&[
        ("duplicate", "The same complaint, sent twice"),
        ("same_matter", "The same matter, told by others too"),
    ])
}
