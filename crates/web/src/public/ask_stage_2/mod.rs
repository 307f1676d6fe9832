//! Asking for stage 2 (R52): one box, which may stay blank.

mod handler;

pub(super) use handler::{can_ask, send, show};

use hypertext::prelude::*;

use crate::{
    page::{
        form::{Button, Errors, LabelSize, Textarea, hidden},
        public_shell::Institution,
    },
    public::{
        act_page::{ActPage, act_page},
        complain::LONGEST_WORDS_CHARACTERS,
        paths,
    },
};

/// The page that asks what we got wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskStage2Page {
    /// "FC-10482".
    pub reference: String,
    /// Makes a second press harmless.
    pub key: String,
    /// Field `words`, as typed.
    pub words: String,
    /// By when they get the decision if they ask today: "20 working days".
    pub limit: String,
    /// How we get in touch if they leave the box blank.
    pub reach: Reach,
    /// The day to ask by, if it has passed (A19).
    pub late_after: Option<String>,
    /// What is wrong with it.
    pub errors: Errors,
}

/// How we can get in touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// We call this number.
    Phone(String),
    /// We write to this address.
    Email(String),
    /// We can only write on this website.
    Site,
}

impl AskStage2Page {
    /// Within the time.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            reference: "FC-10482".into(),
            key: "aa12".into(),
            words: String::new(),
            limit: "20 working days".into(),
            reach: Reach::Phone("01632 960 123".into()),
            late_after: None,
            errors: Errors::none(),
        }
    }

    /// After the day to ask by, and too long.
    #[must_use]
    pub fn sample_late() -> Self {
        Self {
            words: "I was away with a placement.".into(),
            reach: Reach::Site,
            late_after: Some("Thursday 12 November 2026".into()),
            errors: Errors::none().with(
                "words",
                "Write no more than 20,000 characters, or send the rest as a message",
            ),
            ..Self::sample()
        }
    }
}

/// Draws the page that asks what we got wrong.
pub fn ask_stage_2(institution: &Institution, page: &AskStage2Page) -> Rendered<String> {
    let frame = ActPage {
        heading: "Ask for stage 2",
        reference: &page.reference,
        errors: &page.errors,
    };
    let inside = maud! {
        p class="govuk-body" {
            "A manager who was not involved looks at your complaint again and writes to you within " (&page.limit) " of today."
        }
        @if let Some(day) = &page.late_after {
            div class="govuk-inset-text" {
                "The day to ask by was " (day) ". You can still ask. Tell us why it is later, and a manager decides whether to look again."
            }
        }
        form action=(paths::stage_2(&page.reference)) method="post" novalidate {
            (hidden("key", &page.key))
            (Textarea::new("words", "What did we get wrong or miss? (optional)")
                .size(LabelSize::Medium)
                .hint(blank_means(&page.reach))
                .rows(6)
                .limit(LONGEST_WORDS_CHARACTERS)
                .value(&page.words)
                .error(page.errors.on("words")))
            (Button::new("Ask for stage 2"))
        }
    };
    act_page(institution, &frame, inside)
}

fn blank_means(reach: &Reach) -> String {
    let contact = match reach {
        Reach::Phone(number) => format!("we call you on {number} and ask"),
        Reach::Email(address) => format!("we write to {address} and ask"),
        Reach::Site => "we ask you in a message on this website".to_owned(),
    };
    format!(
        "You do not need new evidence. If you leave this blank, {contact}. The manager and the people who help them will see it."
    )
}
