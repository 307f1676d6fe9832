//! A page that says one thing was done: a reply sent, a complaint stopped, thanks received.

use hypertext::prelude::*;

use crate::{
    page::public_shell::{Institution, PublicShell, Section, public_page},
    public::paths,
};

/// What was done and what comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessagePage {
    /// "We have your message".
    pub heading: String,
    /// The reference, where there is one.
    pub reference: Option<String>,
    /// A paragraph each.
    pub words: Vec<String>,
    /// Where to go from here.
    pub onward: Onward,
}

/// Where to go from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Onward {
    /// Back to the complaint that the reference names.
    Complaint,
    /// Home.
    Home,
}

impl MessagePage {
    /// A reply was sent.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            heading: "We have your message".into(),
            reference: Some("FC-10482".into()),
            words: vec!["Amara has it. You will hear from us by Wednesday 14 October 2026.".into()],
            onward: Onward::Complaint,
        }
    }

    /// Stage 2 was asked for.
    #[must_use]
    pub fn sample_stage_2() -> Self {
        Self {
            heading: "We are looking at it again".into(),
            words: vec![
                "A manager who was not involved investigates your complaint.".into(),
                "You will have their written decision by the end of Friday 13 November 2026. They write to you before that with their name.".into(),
            ],
            ..Self::sample()
        }
    }

    /// Somebody corrected their address.
    #[must_use]
    pub fn sample_contact() -> Self {
        Self {
            heading: "We have changed how we reach you".into(),
            words: vec![
                "Our next letters go to priya.nair@calderbrook.example. You can read them on this website too.".into(),
                "The letter that did not reach you is on its way again.".into(),
            ],
            ..Self::sample()
        }
    }

    /// A complaint was stopped.
    #[must_use]
    pub fn sample_stopped() -> Self {
        Self {
            heading: "Your complaint is stopped".into(),
            words: vec!["We do nothing more about it. You can complain again at any time.".into()],
            ..Self::sample()
        }
    }

    /// Thanks were received.
    #[must_use]
    pub fn sample_thanks() -> Self {
        Self {
            heading: "Thank you".into(),
            reference: Some("FC-10490".into()),
            words: vec!["We have your words and pass them on. You do not need to do anything else.".into()],
            onward: Onward::Home,
        }
    }
}

/// Draws the page that says what was done.
pub fn message(institution: &Institution, page: &MessagePage) -> Rendered<String> {
    let section = match page.onward {
        Onward::Complaint => Section::Track,
        Onward::Home => Section::Elsewhere,
    };
    let shell = PublicShell::new(institution, &page.heading).active(section);
    let body = maud! {
        div class="fc-form" {
            div class="govuk-panel govuk-panel--confirmation" {
                h1 class="govuk-panel__title" { (&page.heading) }
                @if let Some(reference) = &page.reference {
                    div class="govuk-panel__body" { "Your reference is " strong class="fc-ref" { (reference) } }
                }
            }
            div class="govuk-!-margin-top-6" { @for words in &page.words { p class="govuk-body" { (words) } } }
            p class="govuk-body" { (onward(page)) }
        }
    };
    public_page(&shell, body)
}

fn onward(page: &MessagePage) -> impl Renderable {
    let (path, words) = match (&page.reference, page.onward) {
        (Some(reference), Onward::Complaint) => (paths::complaint(reference), "Back to your complaint"),
        _ => (paths::HOME.to_owned(), "Back to the start"),
    };
    maud! { a class="govuk-link" href=(path) { (words) } }
}
