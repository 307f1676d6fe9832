//! What to do about a lost code.

use hypertext::prelude::*;

use crate::{
    page::public_shell::{Institution, PublicShell, Section, public_page},
    public::paths,
};

/// Draws the page about a lost code. It says nothing about any case, so it tells a stranger nothing.
pub fn lost_code(institution: &Institution) -> Rendered<String> {
    let shell = PublicShell::new(institution, "I have lost my code").active(Section::Track);
    let body = maud! {
        a href=(paths::TRACK) class="govuk-back-link govuk-!-margin-top-0" { "Back" }
        div class="fc-form" {
            h1 class="govuk-heading-xl" { "I have lost my code" }
            h2 class="govuk-heading-m" { "If you gave us an email address" }
            p class="govuk-body" {
                "Look for an email from us. Each one has a link to your complaint, and you do not need the code to use it."
            }
            p class="govuk-body" {
                "If you cannot find one, call " (institution.phone_link()) " (" (&institution.phone_hours) ") or write to "
                (institution.email_link()) " and give your reference. We send a new link, only to the address you gave us."
            }
            h2 class="govuk-heading-m" { "If you did not give an email address" }
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
