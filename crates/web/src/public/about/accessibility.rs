//! How accessible the service is, and how to get it another way (R14).

use hypertext::prelude::*;

use crate::{
    assets,
    page::public_shell::{Institution, PublicShell, public_page},
    public::paths,
};

const LICENCES: &str = assets::url("licences.txt");

/// What was checked, what was not, and what is known to be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessibilityPage {
    /// How the pages were checked, a line each.
    pub checked: Vec<String>,
    /// What nobody has checked yet, a line each.
    pub not_checked: Vec<String>,
    /// What is known not to meet the standard, a line each.
    pub problems: Vec<String>,
    /// When these words were last gone through: "Thursday 1 October 2026".
    pub reviewed_on: String,
}

impl AccessibilityPage {
    /// What is true of the product as it is delivered. An institution adds what it checked itself.
    #[must_use]
    pub fn as_delivered(reviewed_on: impl Into<String>) -> Self {
        Self {
            checked: vec![
                "by software (axe-core) against WCAG 2.2 level AA, each page on a wide and a narrow screen".into(),
                "without script: every page and every form works".into(),
                "on a screen 320 pixels wide: nothing has to be moved sideways to be read".into(),
            ],
            not_checked: vec![
                "with screen readers such as NVDA, JAWS and VoiceOver".into(),
                "with speech control such as Dragon".into(),
            ],
            problems: Vec::new(),
            reviewed_on: reviewed_on.into(),
        }
    }

    /// As delivered.
    #[must_use]
    pub fn sample() -> Self {
        Self::as_delivered("Thursday 1 October 2026")
    }
}

/// Draws the accessibility statement.
pub fn accessibility(institution: &Institution, page: &AccessibilityPage) -> Rendered<String> {
    let shell = PublicShell::new(institution, "Accessibility");
    let body = maud! {
        div class="fc-form" {
            h1 class="govuk-heading-xl" { "Accessibility" }
            p class="govuk-body" {
                "Everybody should be able to complain, however they use the web. The pages of this service are made to meet "
                "the Web Content Accessibility Guidelines (WCAG) version 2.2 at level AA."
            }
            h2 class="govuk-heading-m" { "If a page does not work for you" }
            p class="govuk-body" {
                "Call " (institution.phone_link()) " (" (&institution.phone_hours) ")" (institution.or_write())
                ". We fill in the form for you, read it back, and send our replies in large print, by phone or another way that suits you."
            }
            p class="govuk-body" {
                "Tell us what got in your way, too. That is feedback, and you can give it with the "
                a class="govuk-link" href=(paths::COMPLAIN) { "complaint form" } "."
            }
            h2 class="govuk-heading-m" { "How we checked" }
            (list("The pages were checked:", &page.checked))
            @if !page.not_checked.is_empty() { (list("They were not yet checked by people:", &page.not_checked)) }
            h2 class="govuk-heading-m" { "What does not work yet" }
            @if page.problems.is_empty() {
                p class="govuk-body" { "We know of no part that does not meet the standard. If you find one, tell us." }
            } @else {
                (list("We know that these parts do not meet the standard:", &page.problems))
            }
            p class="govuk-body-s fc-muted" { "We last checked this page on " (&page.reviewed_on) "." }
            p class="govuk-body-s fc-muted" {
                "The typeface is Atkinson Hyperlegible Next, made so that letters and figures cannot be mistaken for each other. "
                a class="govuk-link" href=(LICENCES) { "Licences of the typeface and the page parts" }
            }
        }
    };
    public_page(&shell, body)
}

fn list<'a>(lead: &'a str, lines: &'a [String]) -> impl Renderable {
    maud! {
        p class="govuk-body" { (lead) }
        ul class="govuk-list govuk-list--bullet" { @for line in lines { li { (line) } } }
    }
}
