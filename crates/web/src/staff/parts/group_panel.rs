//! The other cases about the same matter, as a panel beside a case and beside the form that decides it (A27).

use hypertext::prelude::*;

use super::link::Link;
use crate::page::icon::Icon;

/// The other cases of a group, as far as the reader sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupPanel {
    /// "2 of 3 in a group. 1 other case still waits for a decision."
    pub summary: String,
    /// The others.
    pub others: Vec<GroupLine>,
    /// Where links are made and taken back, or the findings of the leading case are taken over.
    pub links: Vec<Link>,
}

/// One other case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupLine {
    /// Its reference, linked.
    pub link: Link,
    /// Its title.
    pub title: String,
    /// "Leads the group. With Amara O., decision due Thu 12 June"
    pub standing: String,
}

impl Renderable for GroupPanel {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        maud! {
            p.govuk-body-s { (self.summary) }
            (group_lines(&self.others))
            @for link in &self.links { p.govuk-body-s."govuk-!-margin-bottom-1" { (link) } }
        }
        .render_to(out);
    }
}

/// Draws the cases of a group as a list.
pub fn group_lines(lines: &[GroupLine]) -> impl Renderable {
    maud! {
        ul.fc-checks."govuk-!-margin-bottom-3" {
            @for line in lines {
                li {
                    span { (Icon::Flag) }
                    span { (line.link) " " (line.title) br; span.fc-row__meta { (line.standing) } }
                }
            }
        }
    }
}

impl GroupLine {
    /// A case of a group.
    pub fn sample(reference: &str, title: &str, standing: &str) -> Self {
        Self {
            link: Link::new(reference, &crate::staff::paths::case(reference)),
            title: title.to_owned(),
            standing: standing.to_owned(),
        }
    }

    /// Two others, of which one is decided.
    pub fn samples() -> Vec<Self> {
        vec![
            Self::sample(
                "FC-10479",
                "No Wi-Fi on the second floor of the Main Library",
                "Leads the group. Decided, with Amara O.",
            ),
            Self::sample(
                "FC-10490",
                "My test was cut off in the library",
                "With Jo W., Fri 16 Oct, 2 days",
            ),
        ]
    }
}

impl GroupPanel {
    /// Beside a case.
    pub fn sample() -> Self {
        Self {
            summary: "2 of 3 in a group. 1 other case still waits for a decision.".to_owned(),
            others: GroupLine::samples(),
            links: vec![Link::new(
                "Link another case, or take a link back",
                &crate::staff::paths::case_act("FC-10482", "group"),
            )],
        }
    }

    /// Beside the form that decides it.
    pub fn sample_deciding() -> Self {
        Self {
            links: vec![Link::new(
                "Take over what FC-10479 found, as a draft",
                &format!("{}?from=FC-10479", crate::staff::paths::case_act("FC-10482", "decide")),
            )],
            ..Self::sample()
        }
    }
}
