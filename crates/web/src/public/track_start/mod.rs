//! Reference and code: the way to a complaint without an account.

mod handler;

pub(super) use handler::{enter, locked_out, show};

use hypertext::prelude::*;

use crate::{
    page::{
        form::{Button, Errors, InputKind, LabelSize, TextInput, Width, error_summary, hidden, not_kept},
        icon::Icon,
        public_shell::{Institution, PublicShell, Section, public_page},
    },
    public::paths,
};

/// The page that asks for reference and code.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrackStartPage {
    /// Ties the form to the browser that asked for it.
    pub key: String,
    /// Field `ref`, as typed. The code is never shown again.
    pub reference: String,
    /// What is wrong: one message for any mismatch, with no hint which part is wrong. Kept on the field `ref`.
    pub errors: Errors,
    /// Set after too many tries: how long to wait.
    pub wait: Option<Wait>,
    /// A form that could not be taken because this browser was let in too long ago, as hidden fields; empty where there is none.
    pub carried: Vec<(String, String)>,
    /// The names of files that came with that form and cannot be carried.
    pub without: Vec<String>,
}

/// Too many tries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// How often was tried.
    pub tries: u32,
    /// "15 minutes".
    pub how_long: String,
}

impl TrackStartPage {
    /// Nothing typed yet.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            key: "77b1c3".into(),
            ..Self::default()
        }
    }

    /// Reference and code did not match.
    #[must_use]
    pub fn sample_mismatch() -> Self {
        Self {
            reference: "FC-10428".into(),
            errors: Errors::none().with(
                "ref",
                "That reference and code do not match. Check both, or let us send you your link again",
            ),
            ..Self::sample()
        }
    }

    /// Let in too long ago, with a message.
    #[must_use]
    pub fn sample_kept() -> Self {
        let carried = [
            ("to", "/track/FC-10482/reply"),
            ("kept.words", "It happened \"again\" today."),
        ];
        Self {
            reference: "FC-10482".into(),
            carried: carried.map(|(name, value)| (name.into(), value.into())).into(),
            ..Self::sample()
        }
    }

    /// The same with files.
    #[must_use]
    pub fn sample_kept_files() -> Self {
        Self {
            without: vec!["router.jpg".into(), "log.txt".into()],
            ..Self::sample_kept()
        }
    }

    /// The same after too many tries.
    #[must_use]
    pub fn sample_kept_wait() -> Self {
        Self {
            wait: Self::sample_wait().wait,
            ..Self::sample_kept()
        }
    }

    /// Too many tries.
    #[must_use]
    pub fn sample_wait() -> Self {
        Self {
            reference: "FC-10428".into(),
            wait: Some(Wait {
                tries: 5,
                how_long: "15 minutes".into(),
            }),
            ..Self::sample()
        }
    }
}

impl TrackStartPage {
    fn carries(&self) -> bool {
        !self.carried.is_empty()
    }
}

/// Draws the page that asks for reference and code.
pub fn track_start(institution: &Institution, page: &TrackStartPage) -> Rendered<String> {
    let shell = PublicShell::new(institution, "Track a complaint")
        .active(Section::Track)
        .errors(&page.errors);
    let body = maud! {
        div class="fc-form" {
            (error_summary(&page.errors))
            h1 class="govuk-heading-xl" { "Track a complaint" }
            @if let Some(wait) = &page.wait { (wait_words(institution, "You have tried", wait)) }
            @if page.carries() { (kept_words(page)) }
            // Who has to wait and left the page would lose what it carries.
            @if page.wait.is_none() || page.carries() { (form(page)) }
            p class="govuk-body" { a class="govuk-link" href=(paths::LOST_CODE) { "I have lost my code" } }
        }
    };
    public_page(&shell, body)
}

fn form(page: &TrackStartPage) -> impl Renderable {
    maud! {
        p class="govuk-body govuk-!-margin-bottom-6" {
            @if page.carries() {
                "Enter your reference and receipt code. Or open the link in any email from us in this browser, come back to this page and press the button."
            } @else {
                "If we have your email address, use the link in any email from us. Otherwise enter your reference and receipt code."
            }
        }
        form action=(paths::TRACK) method="post" novalidate {
            (hidden("key", &page.key))
            (reference_input(&page.reference, &page.errors))
            (TextInput::new("code", "Receipt code")
                .size(LabelSize::Small)
                .hint("16 digits. Spaces do not matter.")
                .kind(InputKind::Code)
                .width(Width::Characters(20))
                .autocomplete("off")
                .error(page.errors.on("code")))
            @for (name, value) in &page.carried { (hidden(name, value)) }
            (Button::new(if page.carries() { "Go on" } else { "See my complaint" }))
        }
    }
}

fn kept_words(page: &TrackStartPage) -> impl Renderable {
    let (first, last) = match (&page.wait, page.errors.is_empty()) {
        (Some(_), _) => ("", "Leave it open, and go on here when the time is over."),
        (None, true) => (
            "You were away for a while, so we ask who you are again. ",
            "You see it again before anything is sent.",
        ),
        (None, false) => ("", "You see it again before anything is sent."),
    };
    maud! {
        div class="fc-notice" {
            (Icon::Alert)
            p class="govuk-body" {
                (first) "What you wrote is kept on this page. " (last)
                @if !page.without.is_empty() { " " span class="fc-file" { (not_kept(&page.without, "on the next page")) } }
            }
        }
    }
}

/// The field `ref`, as typed.
pub(super) fn reference_input<'a>(typed: &'a str, errors: &'a Errors) -> impl Renderable + 'a {
    TextInput::new("ref", "Reference")
        .size(LabelSize::Small)
        .hint("For example, FC-10482")
        .kind(InputKind::Reference)
        .width(Width::Characters(10))
        .autocomplete("off")
        .value(typed)
        .error(errors.on("ref"))
}

/// That something was done too often, and how long to wait.
pub(super) fn wait_words<'a>(institution: &'a Institution, done: &'a str, wait: &'a Wait) -> impl Renderable + 'a {
    maud! {
        div class="fc-notice" {
            (Icon::Clock)
            p class="govuk-body" {
                (done) " " (wait.tries) " times. Wait " (&wait.how_long) ", or call " (institution.phone_link())
                " (" (&institution.phone_hours) ")."
            }
        }
    }
}
