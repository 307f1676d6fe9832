//! What a letter rests on, for whoever signs it off: point by point the finding, and the evidence and interviews that the investigator named
//! for it (R72, R78).

use hypertext::{Buffer, prelude::*};

use crate::page::form::{Open, details};
use crate::page::timeline::{TimelineFile, files, paragraphs};
use crate::staff::parts::link::Link;
use crate::staff::parts::tag::Tag;

/// The findings behind a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Findings {
    /// For whoever may read what was collected.
    Shown {
        /// Each point that the letter answers.
        points: Vec<FoundPoint>,
        /// What was collected and is named for no point.
        besides: Vec<Link>,
    },
    /// For everybody else: that it is there.
    Withheld,
}

/// What was found on one point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPoint {
    /// "2. We did not tell you about the move".
    pub title: String,
    /// Its outcome.
    pub outcome: Tag,
    /// What was found, as the investigator wrote it.
    pub words: String,
    /// That the letter says it in other words, where it does.
    pub otherwise: Option<String>,
    /// What it rests on.
    pub rests: Vec<Ground>,
}

/// An item of evidence or an interview on which a finding rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// "Evidence 1: Restart log", where it is kept.
    pub link: Link,
    /// Who may see it, or that it counts no more.
    pub tag: Tag,
    /// From whom, and from which day: "Messaging team, Thursday 10 September 2026".
    pub source: String,
    /// Why it was set aside, where it was.
    pub aside: Option<String>,
    /// What opens its words: "What evidence 1 says".
    pub opens: String,
    /// Its words; empty where a file says it all.
    pub words: String,
    /// Files that came with it.
    pub files: Vec<TimelineFile>,
}

impl Findings {
    /// "Findings (3)", for the head of the page.
    pub(super) fn label(&self) -> Option<String> {
        match self {
            Self::Shown { points, .. } => Some(format!("Findings ({})", points.len())),
            Self::Withheld => None,
        }
    }
}

impl Renderable for Findings {
    fn render_to(&self, out: &mut Buffer) {
        match self {
            Self::Shown { points, besides } => maud! {
                p.govuk-body-s.fc-muted { "As the investigator wrote it down. Staff only: the person who complained reads the letter." }
                @for point in points { (point) }
                @if !besides.is_empty() {
                    div.fc-point {
                        h3.govuk-heading-s { "Also collected, and named for no point" }
                        ul.govuk-list { @for link in besides { li { (link) } } }
                    }
                }
            }
            .render_to(out),
            Self::Withheld => maud! {
                p.govuk-body { "Those who investigate this complaint read the findings and what they rest on, and so does whoever signs the letter off." }
            }
            .render_to(out),
        }
    }
}

impl Renderable for FoundPoint {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            div.fc-point {
                h3.govuk-heading-s { (self.title) " " (self.outcome) }
                div.fc-prose { (paragraphs(&self.words)) }
                @if let Some(words) = &self.otherwise { p.govuk-body-s.fc-muted { (words) } }
                @if self.rests.is_empty() {
                    p.govuk-body-s.fc-muted { "No evidence and no interview is named for this point." }
                } @else {
                    p.govuk-body-s.fc-rests__lead { strong { "It rests on" } }
                    ul.govuk-list.fc-rests { @for ground in &self.rests { li { (ground) } } }
                }
            }
        }
        .render_to(out);
    }
}

impl Renderable for Ground {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            p.govuk-body-s { (self.link) " " (self.tag) br; span.fc-muted { (self.source) } }
            @if let Some(why) = &self.aside { p.govuk-body-s { "Set aside: " (why) } }
            @if !self.words.is_empty() {
                (details(self.opens.as_str(), Open::WhenAsked, maud! { div.fc-prose { (paragraphs(&self.words)) } }))
            }
            (files(&self.files))
        }
        .render_to(out);
    }
}
