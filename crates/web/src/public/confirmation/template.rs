//! Draws the confirmation.

use hypertext::prelude::*;

use super::{ConfirmationPage, EmailState, Step, StepState, groups_of_four};
use crate::{
    page::{
        icon::Icon,
        public_shell::{Institution, PublicShell, Section, public_page},
        timeline::paragraphs,
    },
    public::paths,
};

/// The confirmation.
pub fn confirmation(institution: &Institution, page: &ConfirmationPage) -> Rendered<String> {
    let shell = PublicShell::new(institution, "We have your complaint").active(Section::Complain);
    let body = maud! {
        div class="fc-two fc-two--even" {
            div {
                div class="govuk-panel govuk-panel--confirmation" {
                    h1 class="govuk-panel__title" { "We have your complaint" }
                    div class="govuk-panel__body" { "Your reference is " strong class="fc-ref" { (&page.reference) } }
                }
                (email(&page.reference, &page.email))
                @if let Some(notice) = &page.notice { div class="govuk-inset-text" { (notice) } }
                (receipt(page))
                h2 class="govuk-heading-m" { "What happens next" }
                (steps(&page.steps))
                h2 class="govuk-heading-m" { "What you told us" }
                (told(&page.told))
                p class="govuk-body" {
                    a class="govuk-link" href=(&page.track_path) { "Add something or track your complaint" }
                }
            }
            div { (beside(institution)) }
        }
    };
    public_page(&shell, body)
}

fn email<'a>(reference: &'a str, state: &'a EmailState) -> impl Renderable + 'a {
    maud! {
        @match state {
            EmailState::Sent { to } => {
                p class="govuk-body govuk-!-margin-top-6" {
                    "We are sending this page to " strong class="fc-break" { (to) } ". If it does not arrive in a few minutes, check your junk folder."
                }
            }
            EmailState::NotGiven => {
                p class="govuk-body govuk-!-margin-top-6" {
                    strong { "This code is the only way back to your complaint." } " You did not give an email address, so write the code down or save it now."
                }
            }
            EmailState::Failed { to } => {
                div class="fc-notice govuk-!-margin-top-6" {
                    (Icon::Alert)
                    p class="govuk-body" {
                        "We could not send an email to " strong class="fc-break" { (to) } ". Keep the code below. "
                        "If the address is wrong, " a class="govuk-link" href=(paths::contact(reference)) { "correct it" } ", and we send it again."
                    }
                }
            }
        }
    }
}

fn receipt(page: &ConfirmationPage) -> impl Renderable {
    let groups = groups_of_four(&page.code);
    maud! {
        section class="fc-receipt" aria-labelledby="receipt-heading" {
            h2 class="govuk-heading-m govuk-!-margin-bottom-1" id="receipt-heading" { "Your receipt code" }
            p class="govuk-body-s govuk-!-margin-bottom-2" { "Use it with your reference to read our replies and add to your complaint." }
            p class="fc-receipt__code" id="code" {
                @for (at, group) in groups.iter().enumerate() {
                    @if at > 0 { " " }
                    span { (group) }
                }
            }
            div class="fc-receipt__actions" {
                a class="govuk-button govuk-button--secondary" href=(&page.receipt_path) download { "Save as a file" }
                button type="button" class="govuk-button govuk-button--secondary" data-copy="#code" hidden { "Copy code" }
                button type="button" class="govuk-button govuk-button--secondary" data-print hidden { "Print" }
                span data-copied role="status" class="govuk-body-s" {}
            }
            p class="govuk-body-s govuk-!-margin-top-4" {
                "Keep it private: anyone with the code can read your complaint. Lost it? "
                a class="govuk-link" href=(paths::LOST_CODE) { "How to get back in" }
            }
        }
    }
}

fn steps(steps: &[Step]) -> impl Renderable {
    maud! {
        ol class="fc-steps" {
            @for step in steps {
                @match step.state {
                    StepState::Done => {
                        li class="is-done" { (Icon::Check) strong { (&step.when) } " " (&step.what) }
                    }
                    StepState::Next => { li class="is-now" { strong { (&step.when) } " " (&step.what) } }
                    StepState::Later => { li { strong { (&step.when) } " " (&step.what) } }
                }
            }
        }
    }
}

fn told(told: &[(String, String)]) -> impl Renderable {
    maud! {
        dl class="govuk-summary-list" {
            @for (question, answer) in told {
                div class="govuk-summary-list__row" {
                    dt class="govuk-summary-list__key" { (question) }
                    dd class="govuk-summary-list__value fc-prose" { (paragraphs(answer)) }
                }
            }
        }
    }
}

fn beside(institution: &Institution) -> impl Renderable {
    maud! {
        aside class="fc-aside" aria-labelledby="sooner-heading" {
            h2 class="govuk-heading-s" id="sooner-heading" { "Need it sooner?" }
            p class="govuk-body-s" {
                "If this is stopping you from studying or working today, call " (institution.phone_link()) " and give your reference."
            }
        }
    }
}
