//! Draws "You said, we did".

use hypertext::prelude::*;

use super::{Area, ChangesPage, Figures};
use crate::page::chart::under_heading;
use crate::page::form::ButtonLink;
use crate::page::public_shell::{Institution, PublicShell, public_page};
use crate::public::paths;

/// The page.
pub fn changes(institution: &Institution, page: &ChangesPage) -> Rendered<String> {
    let shell = PublicShell::new(institution, "You said, we did");
    let body = maud! {
        h1 class="govuk-heading-xl" { "You said, we did" }
        p class="govuk-body-l fc-lead" {
            "Every month we read the complaints of the month before, and decide what has to change."
        }
        @if page.areas.is_empty() {
            p class="govuk-body" { "We publish the first changes in " (&page.first_in) "." }
        }
        @if !page.areas.is_empty() { div class="fc-areas" { @for area in &page.areas { (drawn(area)) } } }
        @if let Some(figures) = &page.figures { (in_figures(figures)) }
        (ButtonLink::new("Make a complaint", paths::COMPLAIN))
    };
    public_page(&shell, body)
}

fn drawn(area: &Area) -> impl Renderable {
    maud! {
        section {
            h2 class="govuk-heading-m" { (&area.name) }
            ul class="fc-ysd" {
                @for change in &area.changes {
                    li {
                        p { b { "You said" } " " (&change.you_said) }
                        p { b { "We did" } " " (&change.we_did) }
                        p class="fc-muted" { (&change.when) }
                    }
                }
            }
        }
    }
}

fn in_figures(figures: &Figures) -> impl Renderable {
    maud! {
        section class="fc-section fc-section--rule" aria-labelledby="figures" {
            h2 class="govuk-heading-l" id="figures" { "The last 12 months in figures" }
            p class="govuk-body fc-lead" {
                "Where fewer than 5 people stand behind a number we do not show it, so that nobody can be recognised."
            }
            div class="fc-figs" {
                (under_heading(&figures.received))
                figure class="fc-fig" {
                    figcaption {
                        h3 class="govuk-heading-s" { (&figures.on_time) }
                        p { "Stage 1 decisions told within the limit that we promise, without extension; and those that were late" }
                    }
                    (table(figures))
                }
            }
        }
    }
}

fn table(figures: &Figures) -> impl Renderable {
    maud! {
        table class="govuk-table" {
            caption class="govuk-visually-hidden" { "Stage 1 decisions by month" }
            thead class="govuk-table__head" {
                tr class="govuk-table__row" {
                    th class="govuk-table__header" scope="col" { "Month" }
                    th class="govuk-table__header govuk-table__header--numeric" scope="col" { "Decided" }
                    th class="govuk-table__header govuk-table__header--numeric" scope="col" { "Late" }
                }
            }
            tbody class="govuk-table__body" {
                @for [month, decided, late] in &figures.months {
                    tr class="govuk-table__row" {
                        th class="govuk-table__header govuk-!-font-weight-regular" scope="row" { (month) }
                        td class="govuk-table__cell govuk-table__cell--numeric" { (decided) }
                        td class="govuk-table__cell govuk-table__cell--numeric" { (late) }
                    }
                }
            }
        }
    }
}
