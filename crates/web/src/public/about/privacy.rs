//! Who sees a complaint, what is kept and for how long (R31 to R36).

use hypertext::prelude::*;

use crate::page::public_shell::{Institution, PublicShell, public_page};

/// What differs from one institution to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivacyPage {
    /// How long each kind of record is kept.
    pub keeping: Vec<KeepingPeriod>,
    /// Where to ask about personal data: an email address.
    pub data_protection_email: Option<String>,
    /// The institution's own privacy notice.
    pub notice_url: Option<String>,
}

/// How long a kind of record is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeepingPeriod {
    /// "Your complaint, our replies and your contact details".
    pub what: String,
    /// "2 years after we close it".
    pub how_long: String,
    /// What happens after that: "only figures without names are kept".
    pub then: String,
}

impl PrivacyPage {
    /// What happens after every one of the periods, if it is the same.
    fn then(&self) -> Option<&str> {
        let first = self.keeping.first()?.then.as_str();
        let same = self.keeping.iter().all(|period| period.then == first);
        Some(first).filter(|first| same && !first.is_empty())
    }
}

impl PrivacyPage {
    /// With two keeping periods.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            keeping: vec![
                keeping(
                    "Your complaint, our replies and your contact details",
                    "2 years after we close it",
                ),
                keeping("Figures without names", "As long as they are useful"),
            ],
            data_protection_email: Some("dpo@calderbrook.example".into()),
            notice_url: Some("https://calderbrook.example/privacy".into()),
        }
    }
}

fn keeping(what: &str, how_long: &str) -> KeepingPeriod {
    KeepingPeriod {
        what: what.into(),
        how_long: how_long.into(),
        then: String::new(),
    }
}

/// Draws the privacy page.
pub fn privacy(institution: &Institution, page: &PrivacyPage) -> Rendered<String> {
    let shell = PublicShell::new(institution, "Privacy: who sees your complaint");
    let body = maud! {
        div class="fc-form" {
            h1 class="govuk-heading-xl" { "Privacy: who sees your complaint" }
            (who_sees(institution))
            h2 class="govuk-heading-m" { "What we keep, and for how long" }
            p class="govuk-body" {
                "We keep what you tell us, the files you send, what we write to you, and a record of who opened your complaint and what they did. "
                "You choose how much to tell us: your name and how to reach you are optional."
            }
            (periods(page))
            (questions(page))
        }
    };
    public_page(&shell, body)
}

fn who_sees(institution: &Institution) -> impl Renderable {
    maud! {
        p class="govuk-body" { "Only people who need to deal with your complaint can open it:" }
        ul class="govuk-list govuk-list--bullet" {
            li { "the person who deals with it, and the people who help them" }
            li { "the manager who looks at it again, if you ask us to" }
            li { "the senior managers who review every complaint once a month" }
        }
        p class="govuk-body" {
            "We do not share your name or your contact details outside " (&institution.unit) " unless you agree. "
            "If you agree, you can change your mind."
        }
        h2 class="govuk-heading-m" { "If it is about a member of staff" }
        p class="govuk-body" {
            "We take your complaint out of our shared system and seal it. Their line manager deals with it. The person it is about "
            "and their team cannot open it or find it."
        }
        p class="govuk-body" {
            "Software helps us to notice when a complaint seems to name somebody. It only suggests: a person decides, and nothing about "
            "your complaint is decided by software."
        }
        h2 class="govuk-heading-m" { "Reports and changes we publish" }
        p class="govuk-body" { "Reports to other managers and the changes we publish name nobody." }
    }
}

fn periods(page: &PrivacyPage) -> impl Renderable {
    let then = page.then();
    maud! {
        dl class="govuk-summary-list" {
            @for period in &page.keeping {
                div class="govuk-summary-list__row" {
                    dt class="govuk-summary-list__key" { (&period.what) }
                    dd class="govuk-summary-list__value" {
                        (&period.how_long)
                        @if then.is_none() && !period.then.is_empty() { "; then " (&period.then) }
                    }
                }
            }
        }
        @if let Some(then) = then { p class="govuk-body" { "When that time is over, " (then) "." } }
    }
}

fn questions(page: &PrivacyPage) -> impl Renderable {
    maud! {
        @if let Some(address) = &page.data_protection_email {
            h2 class="govuk-heading-m" { "Your rights" }
            p class="govuk-body" {
                "You can ask what we hold about you, and ask us to correct or delete it. Write to "
                a class="govuk-link" href={ "mailto:" (address) } { (address) } "."
            }
        }
        @if let Some(url) = &page.notice_url {
            p class="govuk-body" { a class="govuk-link" href=(url) { "The university’s privacy notice" } }
        }
    }
}
