//! Draws the home page.

use hypertext::prelude::*;
use rules::office::ways::Open;

use super::{Change, HomePage};
use crate::{
    page::{
        form::{ButtonLink, ButtonStyle},
        icon::Icon,
        public_shell::{Institution, PublicShell, public_page},
    },
    public::{
        paths,
        procedure::{PublishedProcedure, promises, section_links, sections},
    },
};

/// The home page.
pub fn home(institution: &Institution, page: &HomePage) -> Rendered<String> {
    let shell = PublicShell::new(institution, "Make a complaint or give feedback").bands();
    let body = maud! {
        (hero(institution, page))
        div class="govuk-width-container" {
            (ways(institution))
            (procedure(&page.procedure))
            @if !page.changes.is_empty() { (changes(&page.changes)) }
        }
    };
    public_page(&shell, body)
}

fn hero(institution: &Institution, page: &HomePage) -> impl Renderable {
    maud! {
        div class="fc-hero" {
            div class="govuk-width-container" {
                @if let Some(notice) = &page.notice { (notice_box(institution, notice)) }
                div class="fc-hero__grid" {
                    div {
                        h1 class="govuk-heading-xl" { "Tell us when an IT service lets you down" }
                        p class="fc-hero__lead" {
                            "Anyone can complain: students, staff, visitors and the public. It takes about 3 minutes. "
                            "You do not need to sign in, and you can leave out your name."
                        }
                        div class="fc-hero__actions" {
                            (ButtonLink::new("Make a complaint", paths::COMPLAIN).style(ButtonStyle::Large))
                            a class="govuk-link" href=(paths::THANKS) { "Give thanks or a suggestion" }
                        }
                        p class="fc-hero__alt govuk-body" {
                            "Already complained? " a class="govuk-link" href=(paths::TRACK) { "Track your complaint" }
                        }
                    }
                    section class="fc-promise" aria-labelledby="promise" {
                        h2 class="govuk-heading-m" id="promise" { "What we promise" }
                        (promises(&page.procedure.promises))
                    }
                }
            }
        }
    }
}

fn notice_box(institution: &Institution, notice: &str) -> impl Renderable {
    maud! {
        div class="fc-notice" role="region" aria-label="Notice" {
            (Icon::Alert)
            p class="govuk-body" {
                (notice) " Call " (institution.phone_link()) " (" (&institution.phone_hours) ")" (institution.or_write()) "."
            }
        }
    }
}

fn ways(institution: &Institution) -> impl Renderable {
    maud! {
        section class="fc-section" aria-labelledby="ways" {
            h2 class="govuk-heading-l" id="ways" { "Other ways to complain" }
            p class="govuk-body govuk-!-margin-bottom-6" {
                "Use whichever way suits you. We write it down for you, read it back and give you the same kind of reference."
            }
            ul class="fc-ways" {
                (way(Icon::Phone, "Phone", institution.phone_link(), &institution.phone_hours))
                @if let Some(url) = &institution.chat_url {
                    (way(Icon::Chat, "Chat", maud! { a class="govuk-link" href=(url) { "Start a chat" } },
                        institution.chat_hours.as_deref().unwrap_or(&institution.phone_hours)))
                }
                @if institution.email_open == Open::On {
                    (way(Icon::Mail, "Email", institution.email_link(), "Any time, day or night"))
                }
                @if let Some(desk) = &institution.desk {
                    (way(Icon::Person, "In person", maud! { (&desk.place) }, &desk.hours))
                }
                @if let Some(social) = &institution.social {
                    (way(Icon::Send, &social.network, maud! { a class="govuk-link" href=(&social.url) { (&social.handle) } },
                        "We answer with a reference only, and go on in private"))
                }
                @if !institution.post.is_empty() {
                    (way(Icon::Mail, "Letter", maud! { @for line in &institution.post { (line) br; } },
                        "We write it down on the day we open it"))
                }
            }
            p class="govuk-body govuk-!-margin-top-6 govuk-!-margin-bottom-0" {
                "Someone can complain for you: a friend, a tutor or the Students’ Union. If you need large print, a sign "
                "language interpreter or more time, say so on the form or by phone."
            }
        }
    }
}

fn way<'a>(icon: Icon, name: &'a str, what: impl Renderable, when: &'a str) -> impl Renderable {
    maud! {
        li class="fc-card" {
            h3 class="govuk-heading-s" { (icon) (name) }
            p class="fc-big" { (what) }
            p class="fc-muted" { (when) }
        }
    }
}

fn procedure(procedure: &PublishedProcedure) -> impl Renderable {
    maud! {
        section class="fc-section fc-section--rule" id="procedure" aria-labelledby="procedure-heading" {
            div class="fc-proc" {
                nav class="fc-proc__nav" aria-label="Our procedure" {
                    (section_links(procedure))
                    p class="govuk-body-s govuk-!-margin-top-4" {
                        a class="govuk-link" href=(paths::PROCEDURE) { "Print the procedure" }
                    }
                }
                div {
                    h2 class="govuk-heading-l" id="procedure-heading" { (&procedure.title) }
                    @for words in &procedure.intro { p class="govuk-body" { (words) } }
                    (sections(procedure))
                    p class="govuk-body-s fc-muted govuk-!-margin-bottom-0" {
                        "Version " (&procedure.version) ", in force from " (&procedure.valid_from)
                    }
                }
            }
        }
    }
}

fn changes(changes: &[Change]) -> impl Renderable {
    maud! {
        section class="fc-section fc-section--rule" id="you-said" aria-labelledby="you-said-heading" {
            h2 class="govuk-heading-l" id="you-said-heading" { "You said, we did" }
            ul class="fc-ysd" {
                @for change in changes {
                    li {
                        p { b { "You said" } " " (&change.you_said) }
                        p { b { "We did" } " " (&change.we_did) }
                    }
                }
            }
            p class="govuk-body" { a class="govuk-link" href=(paths::CHANGES) { "All changes, and the figures" } }
        }
    }
}
