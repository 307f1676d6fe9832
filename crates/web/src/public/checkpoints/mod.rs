//! How anybody can check that our record was not changed: the published checkpoints, the public key, and the steps (R89).

mod handler;

use hypertext::prelude::*;

use super::paths;
use crate::page::public_shell::{Institution, PublicShell, public_page};

pub(super) use handler::{how_to_check, key, of_month, show};

/// What is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckpointsPage {
    /// The public key, as one line.
    pub key: String,
    /// The latest checkpoint, as it is checked; nothing before the first month is over.
    pub latest: Option<String>,
    /// Every one, the latest first.
    pub months: Vec<PublishedMonth>,
    /// When the first one comes: "after Saturday 31 October 2026".
    pub next: String,
}

/// A published checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedMonth {
    /// "September 2026".
    pub month: String,
    /// How many entries the log had at the end of it.
    pub entries: u64,
    /// Its text.
    pub href: String,
}

impl CheckpointsPage {
    /// With two months.
    #[must_use]
    pub fn sample() -> Self {
        let month = |name: &str, code: &str, entries| PublishedMonth {
            month: name.to_owned(),
            entries,
            href: paths::checkpoint(code),
        };
        Self {
            key: SAMPLE_KEY.to_owned(),
            latest: Some(SAMPLE_NOTE.to_owned()),
            months: vec![
                month("September 2026", "2026-09", 4211),
                month("August 2026", "2026-08", 3902),
            ],
            next: "after Saturday 31 October 2026".to_owned(),
        }
    }

    /// Before the first month is over.
    #[must_use]
    pub fn sample_none() -> Self {
        Self {
            latest: None,
            months: Vec::new(),
            ..Self::sample()
        }
    }
}

const SAMPLE_KEY: &str = "redress.audit/0c5a1f7e22d94b36+1c0f3a9d+AdEy0m3nP5qRs7tUv9wXyZ1aBc3dEf5gHi7jKl9mNo1p";
const SAMPLE_NOTE: &str = "redress.audit/0c5a1f7e22d94b36\n4211\nz6l1zBqg7Yy0GmJ8cQ4rTRv5c1pN2wXoYk3uHf9sD0E=\n\n\u{2014} redress.audit/0c5a1f7e22d94b36 b0xK7Q3mV9nJt2cRwY5hP8uLz4aE6sDfG1iOqTvXyB0kNjMpWrCe3HgUoSlZ5dA7tFqE9xIvYn2bKcPzRmJwQ4hLu6GsTaXo1DiVf8eNk0=\n";

/// Draws the page.
pub fn checkpoints(institution: &Institution, page: &CheckpointsPage) -> Rendered<String> {
    let shell = PublicShell::new(institution, "Check our record");
    let body = maud! {
        div class="fc-form" {
            h1 class="govuk-heading-xl" { "Check our record" }
            p class="govuk-body" {
                "Everything that happens to a complaint is written into a log that is only ever added to. At the end of each month we sign "
                "the whole log in a few lines, a checkpoint, and publish them here. If anything that was there before is changed, taken out "
                "or put in another order, what we sign next no longer fits, and whoever kept a checkpoint can show it."
            }
            p class="govuk-body" {
                "A checkpoint holds a number and a fingerprint: no word of any complaint, and nobody’s name. We publish one a month and no more, "
                "so that nobody can count what happened on a day."
            }
            (latest(page))
            h2 class="govuk-heading-m" { "The public key" }
            p class="govuk-body" { "With this line anybody can check that a checkpoint or a receipt is ours. Compare it with the one in our yearly report." }
            pre class="fc-code" tabindex="0" aria-label="The public key" { code { (&page.key) } }
            p class="govuk-body" { a class="govuk-link" href=(paths::PUBLIC_KEY) { "The public key as text" } }
            h2 class="govuk-heading-m" { "How to check" }
            p class="govuk-body" {
                "The receipt that you saved is checked on your own computer, without asking us and without our software. "
                a class="govuk-link" href=(paths::HOW_TO_CHECK) { "The steps fit on two pages" } "."
            }
        }
    };
    public_page(&shell, body)
}

fn latest(page: &CheckpointsPage) -> impl Renderable {
    maud! {
        h2 class="govuk-heading-m" { "Published checkpoints" }
        @match &page.latest {
            None => { p class="govuk-body" { "The first is published here " (&page.next) "." } }
            Some(note) => {
                p class="govuk-body" { "The latest:" }
                pre class="fc-code" tabindex="0" aria-label="The latest checkpoint" { code { (note) } }
                (table(&page.months))
                p class="govuk-body" { "The next one comes " (&page.next) "." }
            }
        }
    }
}

fn table(months: &[PublishedMonth]) -> impl Renderable {
    maud! {
        table class="govuk-table" {
            caption class="govuk-visually-hidden" { "Every published checkpoint" }
            thead class="govuk-table__head" {
                tr class="govuk-table__row" {
                    th scope="col" class="govuk-table__header" { "End of" }
                    th scope="col" class="govuk-table__header govuk-table__header--numeric" { "Entries" }
                    th scope="col" class="govuk-table__header" { "Text" }
                }
            }
            tbody class="govuk-table__body" {
                @for month in months {
                    tr class="govuk-table__row" {
                        th scope="row" class="govuk-table__header govuk-!-font-weight-regular" { (&month.month) }
                        td class="govuk-table__cell govuk-table__cell--numeric" { (month.entries) }
                        td class="govuk-table__cell" {
                            a class="govuk-link" href=(&month.href) {
                                "Checkpoint" span class="govuk-visually-hidden" { " of " (&month.month) }
                            }
                        }
                    }
                }
            }
        }
    }
}
