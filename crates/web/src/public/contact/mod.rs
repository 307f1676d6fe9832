//! How a person wants to be reached: they add or correct it themselves, and what did not arrive follows (R18, R19).

mod handler;

pub(super) use handler::{send, show, undelivered};

use hypertext::prelude::*;

use crate::{
    page::{
        form::{Button, Choice, Errors, InputKind, LabelSize, Layout, Radios, TextInput, Width, hidden},
        icon::Icon,
        public_shell::Institution,
    },
    public::{
        act_page::{ActPage, act_page},
        complain::REPLY,
        paths,
    },
};

/// The page on which somebody says how to reach them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactPage {
    /// "FC-10482".
    pub reference: String,
    /// Makes a second press harmless.
    pub key: String,
    /// What did not arrive, as a sentence, if something did not.
    pub undelivered: Option<String>,
    /// Field `name`, as typed.
    pub name: String,
    /// Field `email`, as typed.
    pub email: String,
    /// Field `phone`, as typed.
    pub phone: String,
    /// Field `reply`: one of [`REPLY`].
    pub reply: String,
    /// What is wrong with it.
    pub errors: Errors,
}

impl ContactPage {
    /// Somebody whose address works.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            reference: "FC-10482".into(),
            key: "cc56".into(),
            undelivered: None,
            name: "Priya Nair".into(),
            email: "priya.nair@calderbrook.example".into(),
            phone: String::new(),
            reply: "email".into(),
            errors: Errors::none(),
        }
    }

    /// Our letter was refused, and the new address is half of one.
    #[must_use]
    pub fn sample_errors() -> Self {
        Self {
            undelivered: Some(
                "We could not deliver our letter to priya.nair@calderbrok.example. Check the address, and we send it again.".into(),
            ),
            email: "priya.nair@".into(),
            errors: Errors::none().with("email", "Enter an email address, like name@example.com"),
            ..Self::sample()
        }
    }

    /// Somebody who stayed anonymous so far.
    #[must_use]
    pub fn sample_anonymous() -> Self {
        Self {
            name: String::new(),
            email: String::new(),
            reply: "site".into(),
            ..Self::sample()
        }
    }
}

/// Draws the page on which somebody says how to reach them.
pub fn contact(institution: &Institution, page: &ContactPage) -> Rendered<String> {
    let frame = ActPage {
        heading: "Change how we reach you",
        reference: &page.reference,
        errors: &page.errors,
    };
    let back = paths::complaint(&page.reference);
    let inside = maud! {
        @if let Some(words) = &page.undelivered {
            div class="fc-notice" { (Icon::Alert) p class="govuk-body" { (words) } }
        }
        p class="govuk-body" { "All of this is optional. You can always read our replies on this website with your reference and code." }
        (form(page, &back))
    };
    act_page(institution, &frame, inside)
}

fn form<'a>(page: &'a ContactPage, back: &'a str) -> impl Renderable + 'a {
    let replies = REPLY
        .iter()
        .map(|(value, words)| Choice::new(*value, *words))
        .collect::<Vec<_>>();
    maud! {
        form action=(paths::contact(&page.reference)) method="post" novalidate {
            (hidden("key", &page.key))
            (TextInput::new("name", "Name").kind(InputKind::Name).autocomplete("name").size(LabelSize::Small)
                .width(Width::TwoThirds).value(&page.name).error(page.errors.on("name")))
            (TextInput::new("email", "Email address").kind(InputKind::Email).autocomplete("email").size(LabelSize::Small)
                .width(Width::TwoThirds).value(&page.email).error(page.errors.on("email")))
            (TextInput::new("phone", "Phone number").kind(InputKind::Phone).autocomplete("tel").size(LabelSize::Small)
                .width(Width::Half).value(&page.phone).error(page.errors.on("phone")))
            (Radios::new("reply", "How shall we reply?", replies.clone()).size(LabelSize::Small).layout(Layout::Small)
                .chosen(&page.reply).error(page.errors.on("reply")))
            p class="govuk-body" {
                "Only the people who deal with your complaint see this. What you gave us before stays on record."
            }
            div class="govuk-button-group" {
                (Button::new("Save"))
                a class="govuk-link" href=(back) { "Leave it as it is" }
            }
        }
    }
}
