//! Stopping a complaint: asked once, with a reason only if they like.

mod handler;

pub(super) use handler::{send, show};

use hypertext::prelude::*;

use crate::{
    page::{
        form::{Button, ButtonStyle, Errors, LabelSize, Textarea, hidden},
        public_shell::Institution,
    },
    public::{
        act_page::{ActPage, act_page},
        paths,
    },
};

/// The page that asks whether to stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StopPage {
    /// "FC-10482".
    pub reference: String,
    /// What the complaint is about, in a few words.
    pub title: String,
    /// Makes a second press harmless.
    pub key: String,
    /// Field `reason`, as typed.
    pub reason: String,
    /// What is wrong with it.
    pub errors: Errors,
}

impl StopPage {
    /// Nothing typed yet.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            reference: "FC-10482".into(),
            title: "Wi-Fi dropping in the Main Library".into(),
            key: "bb34".into(),
            reason: String::new(),
            errors: Errors::none(),
        }
    }
}

/// Draws the page that asks whether to stop.
pub fn stop(institution: &Institution, page: &StopPage) -> Rendered<String> {
    let frame = ActPage {
        heading: "Stop your complaint",
        reference: &page.reference,
        errors: &page.errors,
    };
    let back = paths::complaint(&page.reference);
    let inside = maud! {
        p class="govuk-body" { "Your complaint: " strong { (&page.title) } }
        ul class="govuk-list govuk-list--bullet" {
            li { "We stop working on it and you get no decision." }
            li { "We keep a record that you complained and that you stopped it." }
            li { "You can complain again at any time." }
        }
        form action=(paths::stop(&page.reference)) method="post" novalidate {
            (hidden("key", &page.key))
            (Textarea::new("reason", "Why are you stopping it? (optional)")
                .size(LabelSize::Medium)
                .hint("It helps us to know whether we put it right. The people who dealt with your complaint will see it.")
                .rows(3)
                .value(&page.reason)
                .error(page.errors.on("reason")))
            div class="govuk-button-group" {
                (Button::new("Stop my complaint").style(ButtonStyle::Warning))
                a class="govuk-link" href=(&back) { "Keep it going" }
            }
        }
    };
    act_page(institution, &frame, inside)
}
