//! What somebody wrote and has not sent: the words that say so, and the button that keeps it. Theirs alone.

pub mod handler;
mod kept;

use hypertext::prelude::*;

pub(crate) use kept::{drafts_of, gone_on_with, shown};

use super::parts::form::FormState;
use crate::page::form::{Button, ButtonStyle};
use crate::page::icon::Icon;
use crate::page::staff_shell::StaffShell;

/// A draft that waits for the person who wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftShown {
    /// "Your draft note of yesterday, 5:10pm".
    pub heading: String,
    /// Its first words.
    pub excerpt: String,
    /// "Only you can see it. It is kept until Wednesday 9 December 2026."
    pub about: String,
    /// Where the form stands with these words; nothing while it does already.
    pub go_on: Option<String>,
    /// Where it is thrown away (POST).
    pub discard: String,
    /// The form of the button that throws it away.
    pub form: FormState,
}

/// Draws the drafts that wait.
pub fn drafts<'a>(shell: &'a StaffShell, waiting: &'a [DraftShown]) -> impl Renderable + 'a {
    maud! { @for draft in waiting { (one(shell, draft)) } }
}

fn one<'a>(shell: &'a StaffShell, draft: &'a DraftShown) -> impl Renderable + 'a {
    maud! {
        section.fc-draft.fc-noprint aria-label=(draft.heading) {
            p {
                (Icon::Pencil)
                span {
                    strong { (draft.heading) }
                    @if draft.go_on.is_some() && !draft.excerpt.is_empty() { " " q { (draft.excerpt) } }
                    br;
                    span.fc-row__meta { (draft.about) }
                }
            }
            div.fc-draft__do {
                @if let Some(href) = &draft.go_on {
                    a.govuk-link href=(href) { "Go on" span.govuk-visually-hidden { ": " (draft.heading) } }
                }
                form method="post" action=(draft.discard) {
                    (shell.fields(&draft.form))
                    button.fc-link-button type="submit" { "Discard" span.govuk-visually-hidden { ": " (draft.heading) } }
                }
            }
        }
    }
}

/// The button that keeps what is written so far; with script it is kept by itself, and said here.
pub fn save_button<'a>(to: &'a str) -> impl Renderable + 'a {
    maud! {
        (Button::new("Save draft").style(ButtonStyle::Secondary).to(to))
        span.fc-row__meta data-draft-said="" role="status" {}
    }
}

impl DraftShown {
    /// A note of yesterday.
    pub fn sample() -> Self {
        Self {
            heading: "Your draft note of yesterday, 5:10pm".to_owned(),
            excerpt: "Rang Networks: both access points were replaced on …".to_owned(),
            about: "Only you can see it. It is kept until Wednesday 28 October 2026.".to_owned(),
            go_on: Some("/staff/c/FC-10482?write=note&draft=note#write".to_owned()),
            discard: super::paths::draft_discard("FC-10482", "note"),
            form: FormState::fresh("dr-1"),
        }
    }

    /// The same while the form stands with its words.
    pub fn sample_going_on() -> Self {
        Self {
            heading: "This is your draft message of yesterday, 5:10pm".to_owned(),
            go_on: None,
            discard: super::paths::draft_discard("FC-10482", "message"),
            form: FormState::fresh("dr-2"),
            ..Self::sample()
        }
    }
}
