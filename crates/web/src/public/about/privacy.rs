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
                "We keep what you tell us, the files you send, what we write to you, and a record of what was done with it, when and by whom. Of a "
                "complaint about a member of staff we also keep who opened it. You choose how much to tell us: your name and how to reach you are optional."
            }
            (periods(page))
            (questions(page))
        }
    };
    public_page(&shell, body)
}

fn who_sees(institution: &Institution) -> impl Renderable {
    maud! {
        p class="govuk-body" { "Only staff of " (&institution.unit) " who deal with complaints can open yours:" }
        ul class="govuk-list govuk-list--bullet" {
            li { "the Helpline and frontline managers, who put things right" }
            li { "the complaints coordinator, and the managers who investigate or look at it again" }
            li { "senior managers, who approve letters and review complaints" }
            li { "the data protection officer and auditors, who check what we do" }
        }
        p class="govuk-body" {
            "We do not share your name or your contact details outside " (&institution.unit) " unless you agree. "
            "If you agree, you can change your mind."
        }
        (about_staff(institution))
        h2 class="govuk-heading-m" { "Reports and changes we publish" }
        p class="govuk-body" { "Reports to other managers and the changes we publish name nobody." }
    }
}

/// What is done today with a complaint about a member of staff, no more and no less: [`rules::confidential::sight`] decides it.
fn about_staff(institution: &Institution) -> impl Renderable {
    maud! {
        h2 class="govuk-heading-m" id="about-staff" { "If it is about a member of staff" }
        p class="govuk-body" { "Tick the box on the form, or tell whoever writes it down for you. From then on only these people can read it:" }
        ul class="govuk-list govuk-list--bullet" {
            li { "the complaints coordinator and the customer services senior managers, who decide who deals with it" }
            li { "the manager who deals with it, who is never the person it is about" }
            li { "senior management, while our letter to you waits for their approval" }
            li { "the data protection officer" }
        }
        p class="govuk-body" {
            "An auditor can see when things happened, and no word of it. For everybody else, the person it is about and the Helpline among "
            "them, it is as if it did not exist: they cannot open it, find it or count it, and our job register holds no word of it."
        }
        p class="govuk-body" {
            "We learn who it is about by reading it. If it is about the complaints coordinator or a senior manager, they could read it before "
            "we know. Then do not use the form: call " (institution.phone_link()) ", and ask for somebody to take it who is not part of it."
        }
        p class="govuk-body" {
            "A person decides whether it is about one of us. If it is not, we deal with it like any other complaint."
        }
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
