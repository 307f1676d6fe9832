//! Settings: the wording of letters, in versions that can be compared and taken back (R16).

pub mod handler;

use hypertext::{Buffer, prelude::*};

use super::parts::facts::{Fact, facts};
use super::parts::form::FormState;
use super::parts::line_diff::LineDiff;
use super::parts::link::{Link, back_link};
use super::parts::list_table::{Heading, list_table};
use super::parts::notice::{caution, done};
use super::parts::panel::{page_head, panel};
use super::paths;
use crate::page::form::{Button, ButtonStyle, Open, details, error_summary, hidden};
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// The letters and where their words come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordingList {
    /// The letters, in the order in which a case meets them.
    pub letters: Vec<LetterLine>,
}

/// A letter in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterLine {
    /// Its page.
    pub page: Link,
    /// Where its words come from: "Built in", "Version 2, written in the office".
    pub origin: String,
    /// Who wrote them, and when; empty where nobody did.
    pub written: String,
}

/// The wording of one letter. Fields: `wording_text`, `made_from`; the buttons save or show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordingPage {
    /// What was just done.
    pub notice: Option<String>,
    /// "The acknowledgement".
    pub name: String,
    /// Its code, as addresses name it.
    pub code: String,
    /// Where its words come from.
    pub origin: String,
    /// The number of the version that was looked at.
    pub seen: String,
    /// What must be said: "the reference, the stage".
    pub must_say: String,
    /// Why the words cannot be used.
    pub findings: Vec<String>,
    /// What somebody else wrote meanwhile, beside what is typed.
    pub meanwhile: Option<LineDiff>,
    /// How it reads with example facts.
    pub preview: Option<PreviewShown>,
    /// What is typed; none for somebody who may only look.
    pub form: Option<FormState>,
    /// The words, for somebody who may only look.
    pub text: String,
    /// Its versions, the newest first.
    pub versions: Vec<VersionLine>,
    /// The facts that it may state.
    pub facts: Vec<Fact>,
}

/// How a letter reads with example facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewShown {
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The same with the least that such a letter is sent with.
    pub sparse: String,
}

/// A version in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionLine {
    /// Its page.
    pub page: Link,
    /// Who, and when.
    pub written: String,
    /// "In use", "Version 1 again".
    pub about: String,
}

/// One version of the wording of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordingVersion {
    /// "Version 2 of the acknowledgement".
    pub heading: String,
    /// Who wrote it, and when.
    pub written: String,
    /// What it changed.
    pub changed: LineDiff,
    /// Its words.
    pub text: String,
    /// The code of the letter.
    pub code: String,
    /// Its number; the form goes back to it. None where it is in use, or for somebody who may only look.
    pub again: Option<(String, FormState)>,
    /// The number of the version in use.
    pub seen: String,
}

impl StaffPage for WordingList {
    fn title(&self) -> String {
        "Wording of letters".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Wording
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        let summary =
            "What the office writes takes the place of what was installed. Letters that went out keep their words.";
        maud! {
            (page_head("Wording of letters", summary))
            (list_table("Letters", ["Letter", "Where its words come from", "Written"].map(Heading::new), maud! {
                @for line in &self.letters {
                    tr.govuk-table__row.fc-row role="row" {
                        td.govuk-table__cell role="cell" { (line.page) }
                        td.govuk-table__cell role="cell" { (line.origin) }
                        td.govuk-table__cell role="cell" { (line.written) }
                    }
                }
            }))
        }
        .render_to(out);
    }
}

impl StaffPage for WordingPage {
    fn title(&self) -> String {
        format!("Wording: {}", self.name)
    }

    fn nav(&self) -> Nav {
        Nav::Wording
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (back_link(&Link::new("Wording of letters", paths::WORDING)))
            (done(self.notice.as_deref()))
            @if let Some(form) = &self.form { (error_summary(&form.errors)) }
            (page_head(&self.name, &self.origin))
            @if let Some(diff) = &self.meanwhile {
                (caution("Somebody changed this wording while you wrote. What you wrote is below. What would change if you save it over theirs:"))
                (diff)
            }
            div.fc-case.fc-case--act {
                div {
                    @if !self.findings.is_empty() {
                        (panel("findings", "What to put right", maud! {
                            ul.govuk-list.govuk-list--bullet { @for words in &self.findings { li { (words) } } }
                        }))
                    }
                    @if let Some(preview) = &self.preview { (panel("preview", "How it reads", preview)) }
                    @match &self.form {
                        Some(form) => (panel("words", "The words", self.editable(form, shell))),
                        None => (panel("words", "The words", maud! { pre.fc-code.fc-mail tabindex="0" { (self.text) } })),
                    }
                    (panel("versions", "Versions", self.history(shell)))
                }
                aside.fc-rail aria-label="Facts" {
                    (panel("must", "It must say", maud! { p.govuk-body-s { (self.must_say) } }))
                    (panel("facts", "Facts that it can state", facts(&self.facts)))
                }
            }
        }
        .render_to(out);
    }
}

impl WordingPage {
    fn editable<'a>(&'a self, form: &'a FormState, shell: &'a StaffShell) -> impl Renderable + 'a {
        let mail = paths::wording_act(&self.code, "mail");
        maud! {
            form.fc-source method="post" action=(paths::wording(&self.code)) novalidate {
                (shell.fields(form))
                (hidden("made_from", &self.seen))
                (form.area("wording_text", "Wording").rows(22)
                    .hint("The first line is the subject. {{ reference }} puts in a fact, **words** are bold, {% if phone %} … {% endif %} \
                           leaves out what does not apply."))
                div.fc-compose__foot {
                    (Button::new("Save the wording"))
                    (Button::new("Show how it reads").style(ButtonStyle::Secondary).sends("do", "preview"))
                    button.govuk-button.govuk-button--secondary type="submit" formaction=(mail) formtarget="_blank" {
                        "Open as an email" span.govuk-visually-hidden { " (opens in a new tab)" }
                    }
                }
            }
        }
    }

    fn history<'a>(&'a self, shell: &'a StaffShell) -> impl Renderable + 'a {
        maud! {
            @if self.versions.is_empty() {
                p.govuk-body { "The office has not written this letter yet. What was installed is in use." }
            } @else {
                (list_table("Versions", ["Version", "Written", "State"].map(Heading::new), maud! {
                    @for line in &self.versions {
                        tr.govuk-table__row.fc-row role="row" {
                            td.govuk-table__cell role="cell" { (line.page) }
                            td.govuk-table__cell role="cell" { (line.written) }
                            td.govuk-table__cell role="cell" { (line.about) }
                        }
                    }
                }))
                @if let Some(form) = &self.form {
                    form."govuk-!-margin-top-4" method="post" action=(paths::wording_act(&self.code, "again")) {
                        (shell.fields(form))
                        (hidden("made_from", &self.seen))
                        (hidden("number", "installed"))
                        (Button::new("Go back to what was installed").style(ButtonStyle::Secondary))
                    }
                }
            }
        }
    }

    /// A letter that the office wrote.
    pub fn sample() -> Self {
        let text = "Subject: We have your complaint ({{ reference }})\n\nHello {{ greeting }}.\n";
        Self {
            notice: Some("Saved. The next letter uses these words.".to_owned()),
            name: "The acknowledgement".to_owned(),
            code: "acknowledgement".to_owned(),
            origin: "Version 2, written in the office.".to_owned(),
            seen: "2".to_owned(),
            must_say: "The reference, the stage, the date of the decision".to_owned(),
            findings: Vec::new(),
            meanwhile: None,
            preview: None,
            form: Some(FormState::fresh("wo-1").answered(&[("wording_text", text)])),
            text: text.to_owned(),
            versions: vec![
                VersionLine {
                    page: Link::new("Version 2", &paths::wording_version("acknowledgement", 2)),
                    written: "Tuesday 9 June 2026, 9:15am, Rosa Lindqvist".to_owned(),
                    about: "In use".to_owned(),
                },
                VersionLine {
                    page: Link::new("Version 1", &paths::wording_version("acknowledgement", 1)),
                    written: "Monday 8 June 2026, 2:05pm, Rosa Lindqvist".to_owned(),
                    about: String::new(),
                },
            ],
            facts: vec![Fact::new("{{ reference }}", "the reference of the case")],
        }
    }

    /// With how it reads.
    pub fn sample_preview() -> Self {
        Self {
            notice: None,
            preview: Some(PreviewShown {
                subject: "We have your complaint (FC-10482)".to_owned(),
                text: "Hello Priya.\n".to_owned(),
                sparse: "Hello.\n".to_owned(),
            }),
            ..Self::sample()
        }
    }

    /// With what to put right.
    pub fn sample_errors() -> Self {
        let form = Self::sample().form.unwrap_or_default();
        let words = "Line 3: \"nobody\" asks for a fact that does not exist";
        Self {
            notice: None,
            findings: vec![
                words.to_owned(),
                "It does not say the stage. Write {{ stage }} where it belongs.".to_owned(),
            ],
            form: Some(form.wrong(
                "wording_text",
                "Put right the 2 things that are listed, then save again",
            )),
            ..Self::sample()
        }
    }

    /// Changed by somebody else meanwhile.
    pub fn sample_changed() -> Self {
        Self {
            notice: None,
            meanwhile: Some(LineDiff::between("Hello.\n", "Hello {{ greeting }}.\n")),
            ..Self::sample()
        }
    }

    /// For somebody who may only look, and nobody wrote anything yet.
    pub fn sample_read_only() -> Self {
        Self {
            notice: None,
            origin: "Built in.".to_owned(),
            form: None,
            versions: Vec::new(),
            ..Self::sample()
        }
    }
}

impl Renderable for PreviewShown {
    fn render_to(&self, out: &mut Buffer) {
        maud! {
            p.govuk-body-s { strong { "Subject: " } (self.subject) }
            pre.fc-code.fc-mail tabindex="0" { (self.text) }
            (details("With as few facts as such a letter can have", Open::WhenAsked, maud! {
                pre.fc-code.fc-mail tabindex="0" { (self.sparse) }
            }))
        }
        .render_to(out);
    }
}

impl StaffPage for WordingVersion {
    fn title(&self) -> String {
        self.heading.clone()
    }

    fn nav(&self) -> Nav {
        Nav::Wording
    }

    fn body(&self, shell: &StaffShell, out: &mut Buffer) {
        maud! {
            (back_link(&Link::new("The wording", &paths::wording(&self.code))))
            (page_head(&self.heading, &self.written))
            (panel("changed", "What it changed", maud! {
                @if self.changed.is_empty() { p.govuk-body { "No line differs from the words before it." } } @else { (self.changed) }
            }))
            (panel("text", "Its words", maud! { pre.fc-code.fc-mail tabindex="0" { (self.text) } }))
            @if let Some((number, form)) = &self.again {
                form method="post" action=(paths::wording_act(&self.code, "again")) {
                    (shell.fields(form))
                    (hidden("made_from", &self.seen))
                    (hidden("number", number))
                    (Button::new("Use this version again"))
                }
            }
        }
        .render_to(out);
    }
}

impl WordingVersion {
    /// A version that another followed.
    pub fn sample() -> Self {
        Self {
            heading: "Version 1 of the acknowledgement".to_owned(),
            written: "Monday 8 June 2026, 2:05pm, Rosa Lindqvist".to_owned(),
            changed: LineDiff::between("Dear {{ greeting }}.\n", "Hello {{ greeting }}.\n"),
            text: "Hello {{ greeting }}.\n".to_owned(),
            code: "acknowledgement".to_owned(),
            again: Some(("1".to_owned(), FormState::fresh("wo-2"))),
            seen: "2".to_owned(),
        }
    }
}

impl WordingList {
    /// Two letters, one of them written in the office.
    pub fn sample() -> Self {
        let line = |name: &str, code: &str, origin: &str, written: &str| LetterLine {
            page: Link::new(name, &paths::wording(code)),
            origin: origin.to_owned(),
            written: written.to_owned(),
        };
        Self {
            letters: vec![
                line(
                    "The acknowledgement",
                    "acknowledgement",
                    "Version 2, written in the office",
                    "Tuesday 9 June 2026, 9:15am, Rosa Lindqvist",
                ),
                line("The update", "update", "Built in", ""),
            ],
        }
    }
}
