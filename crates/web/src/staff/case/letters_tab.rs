//! The letters of a case: each version of the decision's words, compared with another, and each letter as it went out (R77, R78).

use hypertext::prelude::*;

use crate::page::form::{Button, ButtonStyle};
use crate::page::letter_text::{Reader, letter_text};
use crate::staff::parts::changes::{Changes, legend};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::panel::{Empty, panel};
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;

/// The letters tab. Fields of the form that compares, which is read and not sent: `of`, `with`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LettersTab {
    /// The versions of the decision, the newest first.
    pub versions: Vec<VersionLine>,
    /// What is compared with what.
    pub compared: Option<Compared>,
    /// The letters that went out, the newest first.
    pub sent: Vec<SentLetter>,
}

/// One version of a decision's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionLine {
    /// Its number.
    pub number: u32,
    /// "Draft by Dana Kowalczyk, yesterday at 4:20pm"
    pub saved: String,
    /// Waits for sign-off, approved.
    pub tags: Vec<Tag>,
    /// Why an approver changed it.
    pub why: Option<String>,
    /// Where it is opened, compared with the one before.
    pub href: String,
}

/// A version beside an older one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// "Version 3, compared with version 1"
    pub heading: String,
    /// What is different.
    pub changes: Changes,
    /// Every version, to choose another two.
    pub picks: Vec<Pick>,
    /// Which two are shown.
    pub form: FormState,
}

/// A letter as it went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentLetter {
    /// "The decision, version 2"
    pub title: String,
    /// "By email to priya@example.org, 14 October 2026, 10:05am"
    pub how: String,
    /// The beginning of its hash, and whether it is what was approved.
    pub proof: Option<(String, Tag)>,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub text: String,
}

impl LettersTab {
    /// Draws the tab on the page of this case.
    pub(crate) fn draw(&self, reference: &str) -> impl Renderable {
        maud! {
            @if self.versions.is_empty() && self.sent.is_empty() {
                (Empty::new("No decision is drafted yet, and no letter went out."))
            }
            @if !self.versions.is_empty() { (panel("versions", "Versions of the decision", self.list())) }
            @if let Some(compared) = &self.compared { (panel("changes", &compared.heading, compared.draw(reference))) }
            @if !self.sent.is_empty() { (panel("sent", "Letters as they went out", self.letters())) }
        }
    }

    fn list(&self) -> impl Renderable {
        maud! {
            ol.govuk-list.fc-versions {
                @for version in &self.versions {
                    li {
                        a.govuk-link href=(version.href) { "Version " (version.number) }
                        @for tag in &version.tags { " " (tag) }
                        br;
                        span.fc-muted { (version.saved) }
                        @if let Some(why) = &version.why { p.govuk-body-s { "Why: " (why) } }
                    }
                }
            }
        }
    }

    fn letters(&self) -> impl Renderable {
        maud! {
            @for letter in &self.sent {
                details.govuk-details {
                    summary.govuk-details__summary { span.govuk-details__summary-text { (letter.title) } }
                    div.govuk-details__text {
                        p.govuk-body-s { "Subject: " (letter.subject) }
                        div.fc-note.fc-note--out { (letter_text(&letter.text, Reader::Staff)) }
                    }
                }
                p.govuk-body-s.fc-muted {
                    (letter.how)
                    @if let Some((hash, holds)) = &letter.proof { br; "Fingerprint " code { (hash) } " " (holds) }
                }
            }
        }
    }
}

impl Compared {
    fn draw(&self, reference: &str) -> impl Renderable {
        maud! {
            form method="get" action={ (paths::case_act(reference, "letters")) "#changes" } {
                div.fc-pair {
                    (self.form.select("of", "Version", &self.picks))
                    (self.form.select("with", "Compared with", &self.picks))
                }
                (Button::new("Compare").style(ButtonStyle::Secondary))
            }
            p.govuk-body { strong { (self.changes.summary()) "." } }
            @if !self.changes.is_empty() { (legend()) }
            (self.changes)
        }
    }
}

impl LettersTab {
    /// Three versions, two of them compared, and the letter that went out.
    pub fn sample() -> Self {
        let href =
            |of: u32, with: u32| format!("{}?of={of}&with={with}#changes", paths::case_act("FC-10391", "letters"));
        let picks = ["3", "2", "1"].map(|number| Pick::new(number, &format!("Version {number}")));
        let line = |number: u32, saved: &str| VersionLine {
            number,
            saved: saved.to_owned(),
            tags: Vec::new(),
            why: None,
            href: href(number, number.saturating_sub(1).max(1)),
        };
        Self {
            versions: vec![
                VersionLine {
                    tags: vec![Tag::new("Approved", Tone::Good)],
                    why: Some("The apology belongs first.".to_owned()),
                    ..line(3, "Changed by Wendy Marsh at sign-off, today at 9:05am")
                },
                line(2, "Saved by Dana Kowalczyk, yesterday at 4:10pm"),
                line(1, "Saved by Dana Kowalczyk, Monday at 11:20am"),
            ],
            compared: Some(Compared {
                heading: "Version 3, compared with version 2".to_owned(),
                changes: Changes::between(
                    "Version 3 with the changes since version 2",
                    "Dear Dr Bevan.\n\nWhat we found\n\nThe mailbox was removed with the old server. Nobody checked the list.\n\n- Check every shared mailbox before a server is removed\n\nDana Kowalczyk",
                    "Dear Dr Bevan.\n\nWe are sorry that you lost a week of letters.\n\nWhat we found\n\nThe mailbox was removed with the old server, because nobody checked the list.\n\n- Check every shared mailbox before a server is removed\n\nDana Kowalczyk",
                ),
                picks: picks.to_vec(),
                form: FormState::fresh("").answered(&[("of", "3"), ("with", "2")]),
            }),
            sent: vec![SentLetter {
                title: "The decision, version 3".to_owned(),
                how: "By email to Dr Bevan, today at 9:06am".to_owned(),
                proof: Some((
                    "3f2a 9c41 77d0 b6e2".to_owned(),
                    Tag::new("Exactly what was approved", Tone::Good),
                )),
                subject: "Our decision on your complaint (FC-10391)".to_owned(),
                text: "Dear Dr Bevan.\n\nWe are sorry that you lost a week of letters.\n\nDana Kowalczyk".to_owned(),
            }],
        }
    }

    /// Nothing yet.
    pub fn sample_empty() -> Self {
        Self {
            versions: Vec::new(),
            compared: None,
            sent: Vec::new(),
        }
    }
}
