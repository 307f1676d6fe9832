//! The frame of a page on which the complainant does something to their complaint: the way back, what is wrong, which complaint, what is done.

use hypertext::prelude::*;

use super::paths;
use crate::page::form::{Errors, error_summary};
use crate::page::public_shell::{Institution, PublicShell, Section, public_page};

/// What the frame says.
pub(super) struct ActPage<'a> {
    /// "Stop your complaint".
    pub(super) heading: &'a str,
    /// "FC-10482".
    pub(super) reference: &'a str,
    /// What is wrong with the form that was sent.
    pub(super) errors: &'a Errors,
}

/// Draws what is done inside the frame.
pub(super) fn act_page(institution: &Institution, page: &ActPage<'_>, inside: impl Renderable) -> Rendered<String> {
    let shell = PublicShell::new(institution, page.heading)
        .active(Section::Track)
        .errors(page.errors);
    let body = maud! {
        a href=(paths::complaint(page.reference)) class="govuk-back-link govuk-!-margin-top-0" { "Back to your complaint" }
        div class="fc-form" {
            (error_summary(page.errors))
            span class="govuk-caption-l" { "Complaint " span class="fc-ref" { (page.reference) } }
            h1 class="govuk-heading-xl" { (page.heading) }
            (inside)
        }
    };
    public_page(&shell, body)
}
