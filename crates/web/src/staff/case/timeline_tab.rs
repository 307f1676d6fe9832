//! The first tab of a case: what the person told us, where one writes, and what happened.

use hypertext::prelude::*;

use super::composer::Composer;
use crate::page::form::ButtonStyle;
use crate::page::staff_shell::StaffShell;
use crate::page::timeline::{TimelineFile, TimelineItem, files, paragraphs, timeline};
use crate::staff::parts::case_head::CaseBrief;
use crate::staff::parts::filters::Filter;
use crate::staff::parts::link::Link;
use crate::staff::unsent::{DraftShown, drafts};

/// The timeline tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineTab {
    /// Their words.
    pub told: Told,
    /// What they wrote here before and did not send.
    pub drafts: Vec<DraftShown>,
    /// Where one writes; nothing when the person may only read.
    pub composer: Option<Composer>,
    /// Everything, what the person can see, staff only.
    pub show: Vec<Filter>,
    /// What happened, newest first.
    pub items: Vec<TimelineItem>,
    /// Older entries.
    pub older: Option<Link>,
}

/// What the person told us, word for word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The words.
    pub words: String,
    /// What would put it right.
    pub to_put_right: Option<String>,
    /// Files that came with it.
    pub files: Vec<TimelineFile>,
}

impl TimelineTab {
    /// Draws the tab; the button of what is written has this style.
    pub(super) fn draw<'a>(
        &'a self,
        shell: &'a StaffShell,
        case: &'a CaseBrief,
        style: ButtonStyle,
    ) -> impl Renderable + 'a {
        maud! {
            (self.told.draw(&case.person))
            (drafts(shell, &self.drafts))
            @if let Some(composer) = &self.composer { (composer.draw(shell, case, style)) }
            section."govuk-!-margin-top-6" aria-labelledby="tl" {
                div.moj-page-header-actions."govuk-!-margin-bottom-3" {
                    div.moj-page-header-actions__title { h2 #tl .govuk-heading-m { "Timeline" } }
                    (self.show())
                }
                (timeline(&self.items))
                @if let Some(older) = &self.older { p.govuk-body."govuk-!-margin-top-4" { (older) } }
            }
        }
    }

    fn show(&self) -> impl Renderable {
        maud! {
            @if !self.show.is_empty() {
                p.govuk-body-s."govuk-!-margin-0".fc-noprint {
                    "Show: "
                    @for (n, filter) in self.show.iter().enumerate() {
                        @if n > 0 { " · " }
                        @if filter.current { strong { (filter.label) } }
                        @else { a.govuk-link href=(filter.href) { (filter.label) } }
                    }
                }
            }
        }
    }
}

impl Told {
    fn draw<'a>(&'a self, person: &'a str) -> impl Renderable + 'a {
        maud! {
            section.fc-panel aria-labelledby="told" {
                div.fc-panel__head {
                    h2 #told .govuk-heading-s { "What " (person) " told us" }
                }
                div.fc-panel__body.fc-prose {
                    (paragraphs(&self.words))
                    @if let Some(wish) = &self.to_put_right { p { strong { "To put it right: " } (wish) } }
                    (files(&self.files))
                }
            }
        }
    }
}
