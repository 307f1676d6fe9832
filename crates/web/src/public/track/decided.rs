//! Draws a decision: the decision first, then the letter, then what they can do.

use hypertext::prelude::*;

use super::{AfterDecision, Decision, Signpost};
use crate::page::{
    clock::{Clock, clock},
    form::ButtonLink,
    letter_text::{Reader, letter_text},
    public_shell::Institution,
    timeline::{Words, paragraphs},
};

pub(super) fn decision(institution: &Institution, decision: &Decision, shown: Option<&Clock>) -> impl Renderable {
    maud! {
        section class="fc-decision" aria-labelledby="decision-heading" {
            p class="fc-decision__about" { (&decision.about) }
            h2 class="fc-decision__heading" id="decision-heading" { (&decision.heading) }
            @if let Some(shown) = shown { (clock(shown)) }
            div class="fc-prose" {
                @match &decision.letter {
                    Words::Letter(text) => { (letter_text(text, Reader::Addressee)) }
                    Words::Typed(text) | Words::Folded { whole: text, .. } => { (paragraphs(text)) }
                }
                @if !decision.signed.is_empty() {
                    p { @for (at, line) in decision.signed.iter().enumerate() { @if at > 0 { br; } (line) } }
                }
            }
        }
        @if !decision.changes.is_empty() {
            h2 class="govuk-heading-m" { "What we are changing" }
            ul class="govuk-list govuk-list--bullet" { @for change in &decision.changes { li { (change) } } }
        }
        h2 class="govuk-heading-m" id="not-happy" { "If you are not happy with this" }
        (after(institution, &decision.next))
    }
}

fn after(institution: &Institution, next: &AfterDecision) -> impl Renderable {
    maud! {
        @match next {
            AfterDecision::AskForStage2 { path, last_day } => {
                p class="govuk-body" {
                    "You can ask for a stage 2 investigation. A manager who was not involved looks at it again. "
                    "You do not need to give reasons or new evidence."
                    @if let Some(day) = last_day { " Ask by the end of " strong { (day) } "." }
                }
                (ButtonLink::new("Ask for stage 2", path))
            }
            AfterDecision::AskLate { path, last_day } => {
                p class="govuk-body" {
                    "The day to ask for stage 2 by was " (last_day) ". You can still ask, and tell us why it is later. A manager decides whether "
                    "to look again and writes to you either way. You can also call " (institution.phone_link()) "."
                }
                (ButtonLink::new("Ask for stage 2", path))
            }
            AfterDecision::Asked { on } => {
                p class="govuk-body" { "You asked for stage 2 on " strong { (on) } ". The top of this page says how far we are." }
            }
            AfterDecision::Elsewhere(signposts) => { (elsewhere(signposts)) }
        }
    }
}

fn elsewhere(signposts: &[Signpost]) -> impl Renderable {
    maud! {
        p class="govuk-body" { "This was the last step of our procedure. If you still do not agree, you can go to:" }
        ul class="govuk-list govuk-list--bullet govuk-list--spaced" {
            @for signpost in signposts {
                li {
                    @if let Some(url) = &signpost.url { a class="govuk-link" href=(url) { (&signpost.name) } }
                    @else { strong { (&signpost.name) } }
                    ": " (&signpost.about)
                }
            }
        }
    }
}
