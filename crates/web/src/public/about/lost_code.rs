//! What to do about a lost code: the link goes out again, to the address that we have and to no other.

use hypertext::prelude::*;

use crate::{
    page::{
        form::{Button, Errors, InputKind, LabelSize, TextInput, Width, error_summary, hidden},
        public_shell::{Institution, PublicShell, Section, public_page},
    },
    public::{
        paths,
        track_start::{Wait, reference_input, wait_words},
    },
};

/// The page about a lost code. It says the same whatever was typed, so it tells a stranger nothing about any case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LostCodePage {
    /// Ties the form to the browser that asked for it.
    pub key: String,
    /// Field `ref`, as typed.
    pub reference: String,
    /// Field `email`, as typed.
    pub email: String,
    /// What is missing in the form; never whether it fits.
    pub errors: Errors,
    /// The form was sent.
    pub sent: Sent,
    /// Set after too many requests: how long to wait.
    pub wait: Option<Wait>,
}

/// Whether the form was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sent {
    /// Not yet.
    #[default]
    NotYet,
    /// It was, and whatever follows from it is on its way.
    Yes,
}

impl LostCodePage {
    /// Nothing typed yet.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            key: "91c3aa".into(),
            ..Self::default()
        }
    }

    /// Sent empty.
    #[must_use]
    pub fn sample_errors() -> Self {
        Self {
            errors: Errors::none()
                .with("ref", "Enter your reference, like FC-10482")
                .with("email", "Enter the email address that you gave us"),
            ..Self::sample()
        }
    }

    /// Sent.
    #[must_use]
    pub fn sample_sent() -> Self {
        Self {
            sent: Sent::Yes,
            ..Self::sample()
        }
    }

    /// Too many requests.
    #[must_use]
    pub fn sample_wait() -> Self {
        Self {
            wait: Some(Wait {
                tries: 5,
                how_long: "15 minutes".into(),
            }),
            ..Self::sample()
        }
    }
}

/// Draws the page about a lost code.
pub fn lost_code(institution: &Institution, page: &LostCodePage) -> Rendered<String> {
    let shell = PublicShell::new(institution, "I have lost my code")
        .active(Section::Track)
        .errors(&page.errors);
    let body = maud! {
        a href=(paths::TRACK) class="govuk-back-link govuk-!-margin-top-0" { "Back" }
        div class="fc-form" {
            (error_summary(&page.errors))
            h1 class="govuk-heading-xl" { "I have lost my code" }
            h2 class="govuk-heading-m" { "If you gave us an email address" }
            @match (page.sent, &page.wait) {
                (_, Some(wait)) => { (wait_words(institution, "A link was asked for", wait)) }
                (Sent::Yes, None) => { (sent(institution)) }
                (Sent::NotYet, None) => { (form(page)) }
            }
            h2 class="govuk-heading-m govuk-!-margin-top-7" { "If you did not give an email address" }
            p class="govuk-body" {
                "We cannot show that a complaint is yours without the code, so we cannot open it for you. We go on dealing with it. "
                "If you know your reference, call us and we add what you want to say."
            }
            p class="govuk-body" {
                "Have you lost the reference too? " a class="govuk-link" href=(paths::COMPLAIN) { "Send it again" }
                " and say that you complained before and when."
            }
        }
    };
    public_page(&shell, body)
}

fn form(page: &LostCodePage) -> impl Renderable {
    maud! {
        p class="govuk-body" {
            "Look for an email from us. Each one has a link to your complaint, and you do not need the code to use it. "
            "If you cannot find one, we send you the link again, only to the address you gave us."
        }
        form action=(paths::LOST_CODE) method="post" novalidate {
            (hidden("key", &page.key))
            (reference_input(&page.reference, &page.errors))
            (TextInput::new("email", "The email address that you gave us")
                .size(LabelSize::Small)
                .kind(InputKind::Email)
                .autocomplete("email")
                .width(Width::TwoThirds)
                .value(&page.email)
                .error(page.errors.on("email")))
            (Button::new("Send me the link"))
        }
    }
}

/// The same words whether anything was sent or not.
fn sent(institution: &Institution) -> impl Renderable {
    maud! {
        div class="govuk-inset-text" role="status" {
            "If that is a reference of ours and the address that we have for it, an email with your link is on its way. "
            "For your safety we do not say here whether it is."
        }
        p class="govuk-body" {
            "If nothing comes in a few minutes, check your junk folder and what you typed. You can also call "
            (institution.phone_link()) " (" (&institution.phone_hours) ")" (institution.or_write()) "."
        }
        p class="govuk-body" { a class="govuk-link" href=(paths::LOST_CODE) { "Try again" } }
    }
}
