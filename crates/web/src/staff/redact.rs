//! Taking words or a file out of a case for good: what, where it stands, why, and what was taken out before (R31).

use hypertext::{Buffer, prelude::*};

use super::parts::case_head::{CaseBrief, act_head, clock_panel};
use super::parts::form::{FormState, Pick};
use super::parts::notice::caution;
use super::parts::panel::panel;
use super::paths;
use crate::page::form::{Button, ButtonStyle, hidden};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// Taking something out. Forms send `step`: find has `passage`; take has `passage`, `place` for each place, `redact_why`; file has `file`,
/// `redact_why`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedactPage {
    /// Which case.
    pub case: CaseBrief,
    /// Why nothing can be taken out now, where it cannot.
    pub not_now: Option<String>,
    /// Where the passage stands, once it was looked for.
    pub found: Option<FoundPassage>,
    /// Files that are there.
    pub files: Vec<Pick>,
    /// What was taken out before: a line each.
    pub before: Vec<String>,
    /// What was typed so far.
    pub form: FormState,
}

/// A passage that was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundPassage {
    /// The words.
    pub passage: String,
    /// Where they can be taken out.
    pub places: Vec<Pick>,
    /// Where they stay, and why.
    pub stays: Vec<String>,
}

impl StaffPage for RedactPage {
    fn title(&self) -> String {
        format!("Take something out of {}", self.case.reference)
    }

    fn nav(&self) -> Nav {
        Nav::AllCases
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (act_head(&self.case, "Take something out", &self.form.errors))
            div.fc-case.fc-case--act {
                div {
                    p.govuk-body {
                        "For what should never have been written here: a diagnosis of somebody else, a complaint in the wrong case, a file by mistake. "
                        "It is gone for good, and nobody can bring it back. In its place stands who took it out, when and why. Where an e-mail said it, its original goes as a whole."
                    }
                    @match (&self.not_now, &self.found) {
                        (Some(words), _) => { (caution(words)) }
                        (None, Some(found)) => { (panel("places", "Where it stands", self.places(shell, found))) }
                        (None, None) => {
                            (panel("words", "Words", self.words(shell)))
                            @if !self.files.is_empty() { (panel("files", "A file", self.file(shell))) }
                        }
                    }
                    @if !self.before.is_empty() { (panel("before", "What was taken out before", self.lines(&self.before))) }
                }
                aside.fc-rail aria-label="Deadline" { (clock_panel(&self.case)) }
            }
        }
        .render_to(out);
    }
}

impl RedactPage {
    fn address(&self) -> String {
        paths::case_act(&self.case.reference, "redact")
    }

    fn words<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(self.address()) novalidate {
                (shell.fields(&self.form))
                (self.form.area("passage", "Which words?").rows(3)
                    .hint("Copy them from the case. Next you see everywhere they stand, and nothing is changed before you say so."))
                (Button::new("Find them").sends("step", "find"))
            }
        }
    }

    fn places<'a>(&'a self, shell: &'a StaffShell, found: &'a FoundPassage) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(self.address()) novalidate {
                (shell.fields(&self.form))
                (hidden("passage", &found.passage))
                p.govuk-body { "The words:" }
                blockquote.govuk-inset-text.fc-anywhere { (found.passage) }
                @for line in &found.stays { (caution(line)) }
                @if found.places.is_empty() {
                    p.govuk-body { "They can be taken out nowhere in this case." }
                } @else {
                    (self.form.boxes("place", "Where are they taken out?", &found.places))
                    (self.form.area("redact_why", "Why?").rows(2)
                        .hint("Staff read it in place of the words, for as long as the case is kept. Do not say them again."))
                    p.govuk-body-s {
                        "Letters that wait, unsent drafts, the search and notes of reviews lose the words too. A letter that somebody has already is not "
                        "called back."
                    }
                    (Button::new("Take them out for good").sends("step", "take").style(ButtonStyle::Warning))
                }
            }
            p.govuk-body { a.govuk-link href=(self.address()) { "Look for other words" } }
        }
    }

    fn file<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            form method="post" action=(self.address()) novalidate {
                (shell.fields(&self.form))
                (self.form.select("file", "Which file?", &self.files))
                (self.form.area("redact_why", "Why?").rows(2).hint("Staff read it in place of the file, for as long as the case is kept."))
                (Button::new("Take the file out for good").sends("step", "file").style(ButtonStyle::Warning))
            }
        }
    }

    fn lines<'a>(&self, lines: &'a [String]) -> impl Renderable + 'a {
        maud! {
            ul.govuk-list.govuk-list--spaced { @for line in lines { li.fc-anywhere { (line) } } }
        }
    }
}

impl RedactPage {
    /// Nothing looked for yet.
    pub fn sample() -> Self {
        Self {
            case: CaseBrief::sample_decided(),
            not_now: None,
            found: None,
            files: Pick::list(&[("6", "blood-test.pdf, PDF document, 214 KB")]),
            before: vec![
                "No. 1, Helen Marsh, Monday 5 October 2026, 2 places: The diagnosis of somebody who is not part of this.".to_owned(),
            ],
            form: FormState::fresh("t-1"),
        }
    }

    /// Words that stand in three places, one of which they cannot leave.
    pub fn sample_found() -> Self {
        let form = FormState::fresh("t-2")
            .answered(&[("place", "1:words"), ("place", "5:words")])
            .wrong("redact_why", "Say why it is taken out, without saying it again");
        Self {
            found: Some(FoundPassage {
                passage: "my flatmate Jonah, who has epilepsy".to_owned(),
                places: vec![
                    Pick::with_hint("1:words", "The complaint, Monday 5 October 2026", "…I was with my flatmate Jonah, who has epilepsy, when…"),
                    Pick::with_hint("5:words", "A note by Amara Osei, Tuesday 6 October 2026", "my flatmate Jonah, who has epilepsy"),
                ],
                stays: vec!["In the draft of a letter: The letter that waits for sign-off says it. Have it sent back and changed first.".to_owned()],
            }),
            form,
            ..Self::sample()
        }
    }

    /// A case that its line manager has.
    pub fn sample_not_now() -> Self {
        Self {
            not_now: Some(
                "This case is handed over to a line manager, or about to be. Take that back first.".to_owned(),
            ),
            before: Vec::new(),
            ..Self::sample()
        }
    }
}
