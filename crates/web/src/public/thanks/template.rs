//! Draws the form for thanks, suggestions and comments.

use hypertext::prelude::*;

use super::{KINDS, ThanksPage};
use crate::{
    page::{
        form::{
            Button, Choice, FileInput, InputKind, LabelSize, Layout, Open, Radios, TextInput, Textarea, Width, details,
            error_summary, fieldset, hidden,
        },
        icon::Icon,
        public_shell::{Institution, PublicShell, Section, public_page},
    },
    public::{complain::LONGEST_WORDS_CHARACTERS, paths},
};

/// The form for thanks, suggestions and comments.
pub fn thanks(institution: &Institution, page: &ThanksPage) -> Rendered<String> {
    let shell = PublicShell::new(institution, "Give thanks or a suggestion")
        .active(Section::Thanks)
        .errors(&page.errors);
    let body = maud! {
        a href=(paths::HOME) class="govuk-back-link govuk-!-margin-top-0" { "Back" }
        div class="fc-form" {
            (error_summary(&page.errors))
            h1 class="govuk-heading-xl" { "Give thanks or a suggestion" }
            form action=(paths::THANKS) method="post" enctype="multipart/form-data" novalidate {
                (hidden("key", &page.key))
                (fields(page))
                div class="fc-reassure" {
                    (Icon::Shield)
                    p class="govuk-body-s" {
                        "Staff of " (&institution.unit) " can see this. If you name somebody, we pass your thanks on to them and to their manager."
                    }
                }
                (Button::new("Send"))
            }
            p class="govuk-body" {
                "Did something go wrong? " a class="govuk-link" href=(paths::COMPLAIN) { "Make a complaint" } " and you will get a decision."
            }
        }
    };
    public_page(&shell, body)
}

fn fields(page: &ThanksPage) -> impl Renderable {
    let kinds = KINDS.map(|(value, words)| Choice::new(value, words));
    maud! {
        (Radios::new("kind", "What is it?", kinds.to_vec())
            .size(LabelSize::Medium)
            .layout(Layout::Inline)
            .chosen(&page.kind)
            .error(page.errors.on("kind")))
        (Textarea::new("words", "What would you like to tell us?")
            .size(LabelSize::Medium)
            .rows(6)
            .limit(LONGEST_WORDS_CHARACTERS)
            .value(&page.words)
            .error(page.errors.on("words")))
        (TextInput::new("about", "Who or what is it about? (optional)")
            .size(LabelSize::Medium)
            .hint("A person, a team or a service.")
            .value(&page.about)
            .error(page.errors.on("about")))
        (fieldset(
            "reach",
            "About you (optional)",
            LabelSize::Medium,
            Some("We write only to say thank you, or if your suggestion leads to a change."),
            maud! {
                (TextInput::new("name", "Name")
                    .kind(InputKind::Name)
                    .autocomplete("name")
                    .width(Width::TwoThirds)
                    .value(&page.name)
                    .error(page.errors.on("name")))
                (TextInput::new("email", "Email address")
                    .kind(InputKind::Email)
                    .autocomplete("email")
                    .width(Width::TwoThirds)
                    .value(&page.email)
                    .error(page.errors.on("email")))
            },
        ))
        (files(page))
    }
}

fn files(page: &ThanksPage) -> impl Renderable {
    let used = !page.received.is_empty() || page.errors.on("files").is_some();
    details(
        "Add files (optional)",
        if used { Open::FromTheStart } else { Open::WhenAsked },
        maud! {
            (FileInput::new("Files", page.file_limits.as_str())
                .size(LabelSize::Small)
                .received(&page.received)
                .errors(&page.errors))
        },
    )
}
