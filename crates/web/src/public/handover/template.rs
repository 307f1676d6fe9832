//! How the pages of a line manager look: one column, one thing to press at a time.

use hypertext::prelude::*;
use rules::case::vocabulary::Outcome;

use super::{HandoverPage, Part, ReadingPage, Said};
use crate::page::form::{
    Button, ButtonStyle, Choice, InputKind, LabelSize, Radios, TextInput, Width, error_summary, hidden,
};
use crate::page::public_shell::{Institution, PublicShell, public_page};
use crate::page::record::summary_row;

/// Draws the page at the link.
pub fn handover(institution: &Institution, page: &HandoverPage) -> Rendered<String> {
    let heading = heading(page);
    let shell = PublicShell::new(institution, heading).errors(&page.errors);
    let body = maud! {
        div class="fc-form" {
            (error_summary(&page.errors))
            span class="govuk-caption-l" { "In confidence, " span class="fc-ref" { (&page.reference) } }
            h1 class="govuk-heading-xl" { (heading) }
            @match page.part {
                Part::Whole => { (whole(institution, page)) }
                Part::Have => { (have(page)) }
                Part::Finished => { (finished(page)) }
                Part::Code => { (code(page)) }
                Part::Said(said) => { (said_so(page, said)) }
            }
        }
    };
    public_page(&shell, body)
}

fn heading(page: &HandoverPage) -> &'static str {
    match page.part {
        Part::Whole => "A complaint for you to deal with",
        Part::Have => "Tell us that you have it",
        Part::Finished => "Tell us that you have finished",
        Part::Code => "Enter the code that we sent you",
        Part::Said(Said::Have) => "Thank you. You have it",
        Part::Said(Said::Told) => "Thank you. We noted that you wrote to them",
        Part::Said(Said::Finished) => "Thank you. It is finished",
    }
}

fn whole(institution: &Institution, page: &HandoverPage) -> impl Renderable {
    maud! {
        (standing(page))
        h2 class="govuk-heading-m" { "Read it" }
        p class="govuk-body" {
            "We send a code to your mailbox, " strong { (&page.mailbox) } ". It works once, for 15 minutes. Nobody can read the complaint with the link alone."
        }
        form action=(at(page, "/code")) method="post" novalidate {
            (hidden("key", &page.key))
            (Button::new("Send me a code"))
        }
        @if page.taken.is_none() && page.is_open {
            h2 class="govuk-heading-m" { "Tell us that you have it" }
            (have(page))
        }
        @if page.is_open {
            h2 class="govuk-heading-m" { "Did you write to whoever complained today?" }
            p class="govuk-body" { "Until they have your decision they hear from you every few days, also if there is nothing new." }
            form action=(at(page, "/told")) method="post" novalidate {
                (hidden("key", &page.key))
                (Button::new("Yes, I wrote to them").style(ButtonStyle::Secondary))
            }
            h2 class="govuk-heading-m" { "When they have your decision" }
            p class="govuk-body" { a class="govuk-link" href=(at(page, "/finished")) { "Tell us that you have finished" } }
        }
        h2 class="govuk-heading-m" { "If you cannot deal with it" }
        p class="govuk-body" {
            "You are too close to it, it is about you, or you are away: call " (institution.phone_link()) " (" (&institution.phone_hours)
            ") and give the reference. You do not have to say why. Somebody else has to deal with it."
        }
    }
}

fn standing(page: &HandoverPage) -> impl Renderable {
    maud! {
        dl class="govuk-summary-list" {
            @if let Some(by) = &page.decision_by {
                (summary_row("Your decision is due", &format!("By the end of {by}")))
            }
            (summary_row("You said that you have it", page.taken.as_deref().unwrap_or("Not yet")))
            @if let Some(finished) = &page.finished {
                (summary_row("You said that you have finished", finished))
            }
        }
    }
}

fn have(page: &HandoverPage) -> impl Renderable {
    maud! {
        p class="govuk-body" { "Then we stop reminding you, and we know that it arrived." }
        form action=(at(page, "/have")) method="post" novalidate {
            (hidden("key", &page.key))
            (Button::new("I have it").style(match page.part {
                Part::Have => ButtonStyle::Primary,
                _ => ButtonStyle::Secondary,
            }))
        }
    }
}

fn finished(page: &HandoverPage) -> impl Renderable {
    maud! {
        p class="govuk-body" { "The day and how it ended, and nothing else: we keep no names and no words of it." }
        form action=(at(page, "/finished")) method="post" novalidate {
            (hidden("key", &page.key))
            (TextInput::new("on", "On which day did you tell them your decision?")
                .size(LabelSize::Medium)
                .kind(InputKind::Date)
                .width(Width::OneThird)
                .value(&page.on)
                .error(page.errors.on("on")))
            (Radios::new("outcome", "How did it end?", outcomes())
                .chosen(&page.outcome)
                .error(page.errors.on("outcome")))
            (Button::new("I have finished"))
        }
        p class="govuk-body" { a class="govuk-link" href=(&page.here) { "Back" } }
    }
}

fn outcomes() -> Vec<Choice<'static>> {
    let choice = |outcome: &Outcome| Choice::new(outcome.code(), rules::sentence::capital(outcome.words()));
    Outcome::ALL.iter().map(choice).collect()
}

fn code(page: &HandoverPage) -> impl Renderable {
    maud! {
        p class="govuk-body" {
            "We sent a code with 6 digits to " strong { (&page.mailbox) } ". It can take a minute. Look in your junk folder too."
        }
        form action=(at(page, "/read")) method="post" novalidate {
            (hidden("key", &page.key))
            (TextInput::new("code", "Code")
                .size(LabelSize::Small)
                .kind(InputKind::Code)
                .width(Width::OneThird)
                .error(page.errors.on("code")))
            (Button::new("Read the complaint"))
        }
        form action=(at(page, "/code")) method="post" novalidate {
            (hidden("key", &page.key))
            (Button::new("Send me another code").style(ButtonStyle::Secondary))
        }
    }
}

fn said_so(page: &HandoverPage, said: Said) -> impl Renderable {
    let words = match said {
        Said::Have => {
            "Deal with it by email or in person. When they have your decision, tell us that you have finished."
        }
        Said::Told => "When they have your decision, tell us that you have finished.",
        Said::Finished => {
            "There is nothing more for you to do, unless whoever complained asks for somebody else to look again. That is not you."
        }
    };
    maud! {
        p class="govuk-body" { (words) }
        p class="govuk-body" { a class="govuk-link" href=(&page.here) { "Back to this complaint" } }
    }
}

fn at(page: &HandoverPage, act: &str) -> String {
    format!("{}{act}", page.here)
}

/// Draws the record.
pub fn reading_page(institution: &Institution, page: &ReadingPage) -> Rendered<String> {
    let shell = PublicShell::new(institution, "The complaint");
    let body = maud! {
        a href=(&page.here) class="govuk-back-link govuk-!-margin-top-0" { "Back" }
        div class="fc-form" {
            span class="govuk-caption-l" { "In confidence, " span class="fc-ref" { (&page.reference) } }
            h1 class="govuk-heading-xl" { "The complaint" }
            p class="govuk-inset-text" { "This page closes after an hour. Do not forward it, and do not put it into any job system." }
            (page.record)
            form action=(format!("{}/close", page.here)) method="post" novalidate {
                (hidden("key", &page.key))
                (Button::new("I have read it: close this page").style(ButtonStyle::Secondary))
            }
        }
    };
    public_page(&shell, body)
}
