//! The rail of a case: the deadline and how it came about, what is wrong, what can be done now, people and links.

use hypertext::prelude::*;

use crate::page::clock::clock;
use crate::page::explained::ExplainedDate;
use crate::page::form::{Button, ButtonStyle};
use crate::page::icon::Icon;
use crate::page::staff_shell::StaffShell;
use crate::staff::parts::case_head::CaseBrief;
use crate::staff::parts::facts::{Fact, facts};
use crate::staff::parts::group_panel::GroupPanel;
use crate::staff::parts::notice::{Alert, alerts};
use crate::staff::parts::panel::panel;
use crate::staff::regime::RegimePanel;

/// The rail of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRail {
    /// How the date on the clock came about.
    pub explained: Option<ExplainedDate>,
    /// "Update promised by the end of today" (R24).
    pub promised: Option<String>,
    /// Delivery failures, missed updates, passed dates.
    pub alerts: Vec<Alert>,
    /// What can be done now, and what cannot and why.
    pub actions: Vec<CaseAction>,
    /// Other regimes that apply, with their dates (A38).
    pub regimes: Option<RegimePanel>,
    /// The other cases about the same matter (A27).
    pub group: Option<GroupPanel>,
    /// From, reply by, owner, job ...
    pub people: Vec<Fact>,
}

/// Something that could be done next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseAction {
    /// What it does: "Record decision".
    pub label: String,
    /// How it is done, or why it cannot be.
    pub how: ActionHow,
}

/// How an action is done, or why it cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionHow {
    /// Opens a page. The key is a single-key shortcut.
    Open {
        /// The page.
        href: String,
        /// How much it stands out.
        weight: Weight,
        /// The shortcut, such as 'd'.
        key: Option<char>,
    },
    /// Is done at once by a POST, such as "Take it".
    Do {
        /// Where to.
        action: String,
        /// How much it stands out.
        weight: Weight,
    },
    /// Cannot be done now, and why, as a sentence.
    NotNow(String),
}

/// How much an action stands out. One page has at most one primary action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The likely next thing.
    Primary,
    /// A usual other thing.
    Secondary,
    /// Everything else.
    Link,
}

impl CaseAction {
    /// Opens `href`.
    pub fn open(label: &str, href: &str, weight: Weight) -> Self {
        Self::how(
            label,
            ActionHow::Open {
                href: href.to_owned(),
                weight,
                key: None,
            },
        )
    }

    /// Opens `href`, also by pressing `key`.
    pub fn open_by_key(label: &str, href: &str, weight: Weight, key: char) -> Self {
        Self::how(
            label,
            ActionHow::Open {
                href: href.to_owned(),
                weight,
                key: Some(key),
            },
        )
    }

    /// Is done at once.
    pub fn act(label: &str, action: &str, weight: Weight) -> Self {
        Self::how(
            label,
            ActionHow::Do {
                action: action.to_owned(),
                weight,
            },
        )
    }

    /// Cannot be done now, because of `reason`.
    pub fn not_now(label: &str, reason: &str) -> Self {
        Self::how(label, ActionHow::NotNow(reason.to_owned()))
    }

    fn how(label: &str, how: ActionHow) -> Self {
        Self {
            label: label.to_owned(),
            how,
        }
    }

    fn is_button(&self) -> bool {
        match &self.how {
            ActionHow::Open { weight, .. } => *weight != Weight::Link,
            ActionHow::Do { .. } => true,
            ActionHow::NotNow(_) => false,
        }
    }
}

impl CaseRail {
    /// How a button beside the rail stands out: where the rail has the likely next act, nothing else does.
    pub(super) fn beside(&self) -> ButtonStyle {
        let primary = |action: &CaseAction| {
            matches!(
                action.how,
                ActionHow::Open {
                    weight: Weight::Primary,
                    ..
                } | ActionHow::Do {
                    weight: Weight::Primary,
                    ..
                }
            )
        };
        match self.actions.iter().any(primary) {
            true => ButtonStyle::Secondary,
            false => ButtonStyle::Primary,
        }
    }

    /// Draws the rail.
    pub(super) fn draw<'a>(&'a self, shell: &'a StaffShell, case: &'a CaseBrief) -> impl Renderable + 'a {
        maud! {
            aside.fc-rail aria-label="Deadline, actions and people" {
                (self.deadline(case))
                @if let Some(regimes) = &self.regimes { (panel("reg", "Other regimes", regimes)) }
                @if !self.actions.is_empty() { (panel("act", "What next?", self.buttons(shell))) }
                @if let Some(group) = &self.group { (panel("grp", "Same matter", group)) }
                (panel("ppl", "People and links", facts(&self.people)))
            }
        }
    }

    fn deadline<'a>(&'a self, case: &'a CaseBrief) -> impl Renderable + 'a {
        let more = self.explained.is_some() || self.promised.is_some() || !self.alerts.is_empty();
        maud! {
            div.fc-panel {
                (clock(&case.clock))
                @if more {
                    div.fc-panel__body.fc-rail__more {
                        (alerts(&self.alerts))
                        @if let Some(promised) = &self.promised { p.fc-flag { (Icon::Send) (promised) } }
                        (self.explained)
                    }
                }
            }
        }
    }

    fn buttons<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            div.fc-actions {
                @for action in self.actions.iter().filter(|action| action.is_button()) { (button(action, shell)) }
                @if self.actions.iter().any(|action| !action.is_button()) {
                    ul.govuk-body-s {
                        @for action in self.actions.iter().filter(|action| !action.is_button()) { (line(action)) }
                    }
                }
            }
        }
    }
}

fn button<'a>(action: &'a CaseAction, shell: &'a StaffShell) -> impl Renderable + 'a {
    maud! {
        @match &action.how {
            ActionHow::Open { href, weight, key } => {
                a.govuk-button.govuk-button--secondary[*weight != Weight::Primary] href=(href) role="button"
                    draggable="false" data-module="govuk-button" data-key=[*key] {
                    (action.label)
                    @if let Some(key) = key { " " kbd aria-hidden="true" { (key.to_ascii_uppercase()) } }
                }
            }
            ActionHow::Do { action: to, weight } => {
                form method="post" action=(to) {
                    (shell.csrf_field())
                    (Button::new(action.label.as_str()).style(style(*weight)))
                }
            }
            ActionHow::NotNow(_) => {}
        }
    }
}

fn style(weight: Weight) -> ButtonStyle {
    match weight {
        Weight::Primary => ButtonStyle::Primary,
        Weight::Secondary | Weight::Link => ButtonStyle::Secondary,
    }
}

fn line(action: &CaseAction) -> impl Renderable {
    maud! {
        li {
            @match &action.how {
                ActionHow::Open { href, .. } => { a.govuk-link href=(href) { (action.label) } }
                ActionHow::NotNow(reason) => {
                    span.fc-notnow { (action.label) } span.fc-row__meta { (reason) }
                }
                ActionHow::Do { .. } => {}
            }
        }
    }
}
