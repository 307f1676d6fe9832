//! Draws the published procedure.

use hypertext::prelude::*;
use rules::office::ways::Open;

use super::{Block, ProcedurePage, Promise, PublishedCalendar, PublishedProcedure, Section};
use crate::page::public_shell::{Institution, PublicShell, Section as Navigation, public_page};

/// The page to print: promises, every section, version, calendar.
pub fn procedure(institution: &Institution, page: &ProcedurePage) -> Rendered<String> {
    let published = &page.procedure;
    let shell = PublicShell::new(institution, &published.title).active(Navigation::Procedure);
    let body = maud! {
        div class="fc-proc" {
            nav class="fc-proc__nav fc-noprint" aria-label="On this page" {
                (contents(published))
                button type="button" class="govuk-button govuk-button--secondary govuk-!-margin-top-4" data-print hidden { "Print this page" }
            }
            div {
                h1 class="govuk-heading-xl govuk-!-margin-bottom-2" { (&published.title) }
                p class="govuk-body fc-muted" { "Version " (&published.version) ", in force from " (&published.valid_from) }
                @for words in &published.intro { p class="govuk-body" { (words) } }
                h2 class="govuk-heading-m govuk-!-margin-top-6" id="promises" { "What we promise" }
                (promises(&published.promises))
                (sections_under_title(published))
                (reach(institution))
                (calendar(&page.calendar))
            }
        }
    };
    public_page(&shell, body)
}

/// The promises as a list in the order in which they fall due.
pub fn promises(promises: &[Promise]) -> impl Renderable {
    maud! {
        ol class="fc-promises" {
            @for promise in promises {
                li { strong { (&promise.when) } " " (&promise.what) }
            }
        }
    }
}

/// Links to the sections.
pub fn section_links(procedure: &PublishedProcedure) -> impl Renderable {
    maud! { ul class="fc-toc govuk-body-s" { (section_entries(procedure)) } }
}

/// Links to everything on the page to print.
fn contents(procedure: &PublishedProcedure) -> impl Renderable {
    maud! {
        ul class="fc-toc govuk-body-s" {
            (entry("promises", "What we promise"))
            (section_entries(procedure))
            (entry("reach-us", "How to reach us"))
            (entry("calendar", "The days we count"))
        }
    }
}

fn section_entries(procedure: &PublishedProcedure) -> impl Renderable {
    maud! { @for section in &procedure.sections { (entry(&section.id, &section.heading)) } }
}

fn entry(id: &str, heading: &str) -> impl Renderable {
    maud! { li { a class="govuk-link govuk-link--no-visited-state" href={ "#" (id) } { (heading) } } }
}

/// The sections for a page that has the procedure's title as its second heading.
pub fn sections(procedure: &PublishedProcedure) -> impl Renderable {
    maud! {
        @for section in &procedure.sections {
            div class=(section_class(section)) id=(&section.id) {
                h3 class="govuk-heading-m" { (&section.heading) }
                (section_body(section))
            }
        }
    }
}

fn sections_under_title(procedure: &PublishedProcedure) -> impl Renderable {
    maud! {
        @for section in &procedure.sections {
            div class=(section_class(section)) id=(&section.id) {
                h2 class="govuk-heading-m" { (&section.heading) }
                (section_body(section))
            }
        }
    }
}

const fn section_class(section: &Section) -> &'static str {
    if section.time.is_some() {
        "fc-part fc-part--stage"
    } else {
        "fc-part"
    }
}

fn section_body(section: &Section) -> impl Renderable {
    maud! {
        @if let Some(time) = &section.time { p class="fc-part__time" { (time) } }
        @for block in &section.paragraphs {
            @match block {
                Block::Paragraph(words) => { p class="govuk-body" { (words) } }
                Block::List(lines) => {
                    ul class="govuk-list govuk-list--bullet" { @for line in lines { li { (line) } } }
                }
            }
        }
    }
}

fn reach(institution: &Institution) -> impl Renderable {
    maud! {
        div class="fc-part" id="reach-us" {
            h2 class="govuk-heading-m" { "How to reach us" }
            ul class="govuk-list" {
                li { "Phone: " (institution.phone_link()) ", " (&institution.phone_hours) }
                @if let Some(url) = &institution.chat_url { li { "Chat: " a class="govuk-link" href=(url) { (url) } } }
                @if institution.email_open == Open::On { li { "Email: " (institution.email_link()) } }
                @if let Some(desk) = &institution.desk { li { "In person: " (&desk.place) ", " (&desk.hours) } }
                @if let Some(social) = &institution.social {
                    li { (&social.network) ": " a class="govuk-link" href=(&social.url) { (&social.handle) } }
                }
                @if !institution.post.is_empty() { li { "Letter: " (institution.post.join(", ")) } }
            }
        }
    }
}

/// Where a calendar comes from: a link where it is an address.
fn origin(source: &str) -> impl Renderable {
    let shown = source
        .strip_prefix("https://")
        .map(|rest| rest.trim_start_matches("www."));
    maud! {
        @if let Some(shown) = shown { a class="govuk-link" href=(source) { (shown) } } @else { (source) }
    }
}

fn calendar(calendar: &PublishedCalendar) -> impl Renderable {
    maud! {
        div class="fc-part" id="calendar" {
            h2 class="govuk-heading-m" { "The days we count" }
            p class="govuk-body" {
                "We count working days in this calendar: " (&calendar.name) ". Working days are " (&calendar.working_week) ". "
                "The calendar is complete until " (&calendar.known_until) "."
            }
            table class="govuk-table" {
                caption class="govuk-table__caption" { "Days that do not count" }
                thead class="govuk-table__head" {
                    tr class="govuk-table__row" {
                        th scope="col" class="govuk-table__header" { "Day" }
                        th scope="col" class="govuk-table__header" { "Why" }
                    }
                }
                tbody class="govuk-table__body" {
                    @for day in &calendar.closed_days {
                        tr class="govuk-table__row" {
                            td class="govuk-table__cell" { (&day.date) }
                            td class="govuk-table__cell" { (&day.what) }
                        }
                    }
                }
            }
            p class="govuk-body-s fc-muted" {
                @if calendar.sources.len() == 1 { "Source: " } @else { "Sources: " }
                @for (n, source) in calendar.sources.iter().enumerate() { @if n > 0 { "; " } (origin(source)) }
                ". Read on " (&calendar.read_on) "."
            }
        }
    }
}
