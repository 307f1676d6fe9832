//! Which cookies there are, by name.

use hypertext::prelude::*;

use crate::page::public_shell::{Institution, PublicShell, public_page};

/// The cookies that the service sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CookiesPage {
    /// Each of them.
    pub cookies: Vec<Cookie>,
}

/// One cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cookie {
    /// Its name, as the browser shows it.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// How long it lasts.
    pub lasts: String,
}

impl CookiesPage {
    /// One cookie, for people who follow their complaint.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            cookies: vec![Cookie {
                name: "__Host-visit".into(),
                purpose:
                    "Remembers that you gave your reference and code, so that you can read your complaint and reply"
                        .into(),
                lasts: "Until you close the browser, 24 hours at most".into(),
            }],
        }
    }
}

/// "24 hours" stays on one line; a sentence wraps.
fn kept_together(lasts: &str) -> impl Renderable {
    let short = lasts.chars().count() <= 12;
    maud! { span class=[short.then_some("fc-nowrap")] { (lasts) } }
}

/// Draws the cookies page.
pub fn cookies(institution: &Institution, page: &CookiesPage) -> Rendered<String> {
    let shell = PublicShell::new(institution, "Cookies");
    let body = maud! {
        div class="fc-form" {
            h1 class="govuk-heading-xl" { "Cookies" }
            p class="govuk-body" {
                "A cookie is a small piece of text that a website keeps in your browser. We use cookies only where a page could not work "
                "without them, or to remember what somebody chose. We do not count visitors, and nobody else sets cookies here."
            }
            table class="govuk-table" {
                caption class="govuk-visually-hidden" { "The cookies we use" }
                thead class="govuk-table__head" {
                    tr class="govuk-table__row" {
                        th scope="col" class="govuk-table__header" { "Name" }
                        th scope="col" class="govuk-table__header" { "What it is for" }
                        th scope="col" class="govuk-table__header" { "Kept for" }
                    }
                }
                tbody class="govuk-table__body" {
                    @for cookie in &page.cookies {
                        tr class="govuk-table__row" {
                            th scope="row" class="govuk-table__header govuk-!-font-weight-regular fc-break" { (&cookie.name) }
                            td class="govuk-table__cell" { (&cookie.purpose) }
                            td class="govuk-table__cell" { (kept_together(&cookie.lasts)) }
                        }
                    }
                }
            }
        }
    };
    public_page(&shell, body)
}
