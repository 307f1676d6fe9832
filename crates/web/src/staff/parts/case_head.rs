//! The head of every page about one case, and of the pages on which somebody does something to it.

use hypertext::prelude::*;
use rules::sentence::capital;

use super::link::{Link, back_link};
use super::tag::{Tag, tags};
use crate::page::clock::{Clock, clock};
use crate::page::form::{Errors, error_summary};

/// Which case a page is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseBrief {
    /// The reference (R85).
    pub reference: String,
    /// The short title.
    pub title: String,
    /// The case's page.
    pub href: String,
    /// First name or name of the person who complained; "the person" when unknown.
    pub person: String,
    /// Stage, category, kind.
    pub tags: Vec<Tag>,
    /// The deadline that counts now.
    pub clock: Clock,
}

/// The head of a page about a case of which its reader sees no word: the reference, and what the page is.
pub fn stub_head(reference: &str, heading: &str) -> impl Renderable {
    maud! {
        div.moj-page-header-actions {
            div.moj-page-header-actions__title {
                p.fc-eyebrow { span.fc-ref { (reference) } }
                h1.govuk-heading-l { (heading) }
            }
        }
    }
}

/// The head of a page on which somebody does something to a case: the way back, what is wrong with the form, which case,
/// what is done.
pub fn act_head(case: &CaseBrief, heading: &str, errors: &Errors) -> impl Renderable {
    maud! {
        a.govuk-back-link."govuk-!-margin-top-0".fc-noprint href=(case.href) {
            "Case " span.fc-ref { (case.reference) }
        }
        (error_summary(errors))
        div.moj-page-header-actions.fc-noprint {
            div.moj-page-header-actions__title {
                p.fc-eyebrow { span.fc-ref { (case.reference) } " · " (case.title) }
                h1.govuk-heading-l { (heading) }
                (tags(&case.tags))
            }
        }
    }
}

/// The head of a page that shows a case, with what is wrong with a form on it.
pub fn view_head(back: &Link, eyebrow: &str, case: &CaseBrief, errors: Option<&Errors>) -> impl Renderable {
    maud! {
        (back_link(back))
        @if let Some(errors) = errors { (error_summary(errors)) }
        div.moj-page-header-actions {
            div.moj-page-header-actions__title {
                p.fc-eyebrow { span.fc-ref { (case.reference) } " · " (eyebrow) }
                h1.govuk-heading-l { (case.title) }
                (tags(&case.tags))
            }
        }
    }
}

/// The deadline in a box of its own, for the rail beside a form.
pub fn clock_panel(case: &CaseBrief) -> impl Renderable {
    maud! { div.fc-panel { (clock(&case.clock)) } }
}

impl CaseBrief {
    /// The person where a sentence begins: "The person" when unknown.
    #[must_use]
    pub fn person_first(&self) -> String {
        capital(&self.person)
    }

    /// A stage 1 case that is due tomorrow.
    pub fn sample() -> Self {
        use super::tag::Tone;
        use crate::page::clock::ClockState;
        Self {
            reference: "FC-10482".to_owned(),
            title: "Wi-Fi dropping in the Main Library during a timed test".to_owned(),
            href: "/staff/c/FC-10482".to_owned(),
            person: "Priya".to_owned(),
            tags: vec![
                Tag::new("Stage 1", Tone::Brand),
                Tag::new("Wi-Fi and network", Tone::Grey),
                Tag::new("Student", Tone::Grey),
            ],
            clock: Clock::new(ClockState::Soon, "Decision due tomorrow", 2, 3)
                .with_sub("Thursday 15 October 2026, day 2 of 3"),
        }
    }

    /// A stage 1 case that is one day late.
    pub fn sample_late() -> Self {
        use crate::page::clock::ClockState;
        Self {
            reference: "FC-10471".to_owned(),
            title: "Password reset took two days before a deadline".to_owned(),
            href: "/staff/c/FC-10471".to_owned(),
            person: "Jonah".to_owned(),
            clock: Clock::new(ClockState::Over, "Late by 1 day", 3, 3).with_sub("Was due Tuesday 13 October 2026"),
            ..Self::sample()
        }
    }

    /// A stage 1 case whose decision was sent.
    pub fn sample_decided() -> Self {
        use crate::page::clock::ClockState;
        Self {
            clock: Clock::new(ClockState::Done, "Decided on Friday 9 October", 2, 3).with_sub("On time, day 2 of 3"),
            ..Self::sample_late()
        }
    }

    /// A stage 2 case that is due tomorrow.
    pub fn sample_stage_2() -> Self {
        use super::tag::Tone;
        use crate::page::clock::ClockState;
        Self {
            reference: "FC-10391".to_owned(),
            title: "Shared mailbox lost after email migration".to_owned(),
            href: "/staff/c/FC-10391".to_owned(),
            person: "Dr Bevan".to_owned(),
            tags: vec![
                Tag::new("Stage 2", Tone::Brand),
                Tag::new("Email and calendar", Tone::Grey),
                Tag::new("Staff", Tone::Grey),
                Tag::new("Not happy with stage 1", Tone::Grey),
            ],
            clock: Clock::new(ClockState::Soon, "Decision due tomorrow", 19, 20)
                .with_sub("Thursday 15 October 2026, day 19 of 20"),
        }
    }
}
