//! Draws a complaint for the person who made it.

use hypertext::prelude::*;

use super::{
    Action, AfterDecision, From, PointsStanding, Question, Reply, Status, TrackPage, Undelivered, Update,
    decided::decision, explained::explained_date, points::section,
};
use crate::{
    page::{
        clock::clock,
        form::{Button, ButtonStyle, Errors, FileInput, Open, Textarea, details, error_summary, hidden},
        icon::Icon,
        letter_text::{Reader, letter_text},
        public_shell::{Institution, PublicShell, Section, public_page},
        timeline::{files, paragraphs},
    },
    public::{complain::LONGEST_WORDS_CHARACTERS, paths},
};

/// A complaint, open or decided.
pub fn track(institution: &Institution, page: &TrackPage) -> Rendered<String> {
    let title = format!("Complaint {}", page.reference);
    let mut shell = PublicShell::new(institution, &title).active(Section::Track);
    if let Some(errors) = wrong(page) {
        shell = shell.errors(errors);
    }
    let body = maud! {
        div class="fc-two fc-two--even" {
            div {
                @if let Some(errors) = wrong(page) { (error_summary(errors)) }
                span class="govuk-caption-l" { "Complaint " span class="fc-ref" { (&page.reference) } }
                h1 class="govuk-heading-xl govuk-!-margin-bottom-6" { (&page.title) }
                @if let Some(undelivered) = &page.undelivered { (not_delivered(undelivered)) }
                @if let Some(words) = &page.held { (held(words)) }
                (where_it_stands(institution, page))
                @if let Some(question) = &page.question {
                    (asked(question))
                    @if let Some(reply) = &page.reply { (reply_form(page, reply, ReplyTo::Question)) }
                }
                @if let Some(points) = &page.points { (section(&page.reference, points)) }
                (set_apart(&page.set_apart))
                @if let Some(date) = &page.explained { (explained_date(date)) }
                (updates(page))
                @if let (None, Some(reply)) = (&page.question, &page.reply) {
                    (reply_form(page, reply, ReplyTo::Anything))
                }
            }
            div { (beside(page)) }
        }
    };
    public_page(&shell, body)
}

fn not_delivered(undelivered: &Undelivered) -> impl Renderable {
    maud! {
        div class="fc-notice govuk-!-margin-bottom-6" {
            (Icon::Alert)
            p class="govuk-body" { (&undelivered.words) " " a class="govuk-link" href=(&undelivered.path) { "Change how we reach you" } }
        }
    }
}

/// Our question comes before everything that happened: it is what they can do now.
fn asked(question: &Question) -> impl Renderable {
    maud! {
        section class="fc-status govuk-!-margin-top-6" aria-labelledby="question-heading" {
            h2 class="fc-status__big" id="question-heading" { "We have a question for you" }
            div class="fc-msg fc-prose" { (paragraphs(&question.words)) }
            p { (&question.hoped_by) " " (&question.meanwhile) }
        }
    }
}

/// What they wrote about something else, and where it is dealt with.
fn set_apart(made: &[Action]) -> impl Renderable {
    maud! {
        @if !made.is_empty() {
            h2 class="govuk-heading-m govuk-!-margin-top-6" { "Also from you" }
            p class="govuk-body" { "Something that you wrote here is about something else. We deal with it as a complaint of its own, with its own date:" }
            ul class="govuk-list" {
                @for Action { words, path } in made { li { a class="govuk-link" href=(path) { (words) } } }
            }
        }
    }
}

/// What a message answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ReplyTo {
    /// Our question.
    Question,
    /// Nothing in particular.
    Anything,
}

fn held(words: &str) -> impl Renderable {
    maud! {
        div class="fc-notice govuk-!-margin-bottom-6" {
            (Icon::Lock)
            p class="govuk-body" { (words) }
        }
    }
}

/// The decision comes first and stands for the status, unless we are looking at it again: then that is the news.
fn where_it_stands(institution: &Institution, page: &TrackPage) -> impl Renderable {
    maud! {
        @match &page.decision {
            None => { (status(&page.status)) }
            Some(made) if matches!(made.next, AfterDecision::Asked { .. }) => {
                (status(&page.status))
                (decision(institution, made, None))
            }
            Some(made) => { (decision(institution, made, page.status.clock.as_ref())) }
        }
    }
}

fn status(status: &Status) -> impl Renderable {
    maud! {
        section class="fc-status" aria-labelledby="now-heading" {
            h2 class="fc-status__big" id="now-heading" { (&status.heading) }
            p {
                (&status.sentence)
                @if let Some(day) = &status.decision_by { " You will have our decision by the end of " strong { (day) } "." }
            }
            @if let Some(shown) = &status.clock { (clock(shown)) }
        }
    }
}

fn updates(page: &TrackPage) -> impl Renderable {
    maud! {
        h2 class="govuk-heading-m" id="updates" { "Updates" }
        @if !page.updates.iter().any(|update| matches!(update.from, From::Us | From::OurLetter)) {
            p class="govuk-body" {
                "No updates from us yet."
                @if let Some(day) = &page.next_update_by { " You will hear from us by " strong { (day) } "." }
            }
        }
        div class="moj-timeline" {
            @for (at, update) in page.updates.iter().enumerate() { (entry(update, at == 0)) }
        }
    }
}

fn entry(update: &Update, is_newest: bool) -> impl Renderable {
    let now = if is_newest { " moj-timeline__item--now" } else { "" };
    maud! {
        div class={ "moj-timeline__item" (now) } {
            div class="moj-timeline__header" { h3 class="moj-timeline__title" { (&update.title) } }
            p class="moj-timeline__date" { time datetime=(&update.when_machine) { (&update.when) } }
            @if update.words.is_some() || !update.files.is_empty() {
                div class="moj-timeline__description" {
                    @if let Some(words) = &update.words { (message(update.from, words)) }
                    (files(&update.files))
                }
            }
        }
    }
}

fn message(from: From, words: &str) -> impl Renderable {
    maud! {
        @match from {
            From::Us => { div class="fc-msg fc-prose" { (paragraphs(words)) } }
            From::You => { div class="fc-msg fc-msg--you fc-prose" { (paragraphs(words)) } }
            From::OurLetter => {
                (details("Read our letter", Open::WhenAsked, maud! { div class="fc-prose" { (letter_text(words, Reader::Addressee)) } }))
            }
            From::YourComplaint => {
                (details("Read what you told us", Open::WhenAsked, maud! { div class="fc-prose" { (paragraphs(words)) } }))
            }
        }
    }
}

/// The one form of the page that came back, if any.
fn wrong(page: &TrackPage) -> Option<&Errors> {
    let asked = page.points.as_ref().and_then(|points| match &points.standing {
        PointsStanding::Asked(form) => Some(&form.errors),
        PointsStanding::Said(_) => None,
    });
    let reply = page.reply.as_ref().map(|reply| &reply.errors);
    asked.filter(|errors| !errors.is_empty()).or(reply)
}

/// While we ask something of them, or they may ask for stage 2, that is what the page is for.
fn style(page: &TrackPage) -> ButtonStyle {
    let asked = page.points.as_ref().map(|points| &points.standing);
    let next = page.decision.as_ref().map(|decision| &decision.next);
    match (asked, next) {
        (Some(PointsStanding::Asked(_)), _) => ButtonStyle::Secondary,
        (_, Some(AfterDecision::AskForStage2 { .. } | AfterDecision::AskLate { .. })) => ButtonStyle::Secondary,
        _ => ButtonStyle::Primary,
    }
}

fn reply_form(page: &TrackPage, reply: &Reply, to: ReplyTo) -> impl Renderable {
    let (reference, style) = (&page.reference, style(page));
    let heading = match to {
        ReplyTo::Question => "Answer our question",
        ReplyTo::Anything => "Reply or add something",
    };
    let label = match (&reply.to, to) {
        (Some(name), ReplyTo::Question) => format!("Your answer to {name}"),
        (None, ReplyTo::Question) => "Your answer".to_owned(),
        (Some(name), ReplyTo::Anything) => format!("Your message to {name}"),
        (None, ReplyTo::Anything) => "Your message".to_owned(),
    };
    let button = match to {
        ReplyTo::Question => "Send answer",
        ReplyTo::Anything => "Send message",
    };
    maud! {
        h2 class="govuk-heading-m govuk-!-margin-top-8 fc-noprint" id="reply-heading" { (heading) }
        form class="fc-noprint" action=(paths::reply(reference)) method="post" enctype="multipart/form-data" novalidate {
            (hidden("key", &reply.key))
            (Textarea::new("words", label.as_str())
                .hint("Only the staff who can read your complaint can see it.")
                .limit(LONGEST_WORDS_CHARACTERS)
                .rows(4)
                .value(&reply.words)
                .error(reply.errors.on("words")))
            @if !reply.file_limits.is_empty() {
                (FileInput::new("Files (optional)", reply.file_limits.as_str())
                    .received(&reply.received)
                    .errors(&reply.errors))
            }
            (Button::new(button).style(style))
        }
    }
}

fn beside(page: &TrackPage) -> impl Renderable {
    maud! {
        aside class="fc-aside" aria-labelledby="can-heading" {
            h2 class="govuk-heading-s" id="can-heading" { "What you can do" }
            ul class="fc-linklist govuk-body-s" {
                @if page.reply.is_some() { li { a class="govuk-link" href="#reply-heading" { (if page.question.is_some() { "Answer our question" } else { "Reply or add something" }) } } }
                @for Action { words, path } in &page.actions { li { a class="govuk-link" href=(path) { (words) } } }
            }
            @if page.decision.is_none() {
                p class="govuk-body-s fc-muted" { "When you get our decision, this page tells you what you can do if you are not happy with it." }
            }
        }
    }
}
