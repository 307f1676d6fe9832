//! Letters that were sent: the list, and one letter as plain text.

pub mod handler;

use hypertext::{Buffer, prelude::*};

use super::parts::facts::{Fact, breakable, facts};
use super::parts::letter::subject;
use super::parts::link::{Link, back_link, next_page};
use super::parts::list_table::{Heading, list_table};
use super::parts::notice::caution;
use super::parts::panel::{Empty, page_head, panel};
use super::parts::tag::{Tag, Tone};
use super::paths;
use crate::page::staff_shell::{Nav, StaffPage, StaffShell};

/// Letters, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterBox {
    /// "6 letters. 1 could not be delivered."
    pub summary: String,
    /// What the second column holds.
    pub second: SecondColumn,
    /// The letters.
    pub lines: Vec<LetterLine>,
    /// What to say when there are none.
    pub empty: Empty,
    /// The rest of the list.
    pub next: Option<String>,
}

/// What the second column of the list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondColumn {
    /// Whom a letter went to: only where letters are kept instead of sent.
    To,
    /// The case that it belongs to: the outbox shows no address.
    Case,
}

impl SecondColumn {
    fn words(self) -> &'static str {
        match self {
            Self::To => "To",
            Self::Case => "Case",
        }
    }
}

/// One letter in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterLine {
    /// Its page, by its subject.
    pub letter: Link,
    /// Whom it went to, or the reference of its case.
    pub to: String,
    /// "Today, 9:12am"
    pub when: String,
    /// Sent, waiting, could not be delivered.
    pub state: Tag,
}

/// One letter. Shown as text: a page of ours never runs the HTML of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterView {
    /// Its subject.
    pub subject: String,
    /// To, from, when, state, message number.
    pub facts: Vec<Fact>,
    /// Its text.
    pub text: String,
}

impl StaffPage for LetterBox {
    fn title(&self) -> String {
        "Letters sent".to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Letters
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            (page_head("Letters sent", &self.summary))
            @if self.second == SecondColumn::To { (caution(DEMONSTRATION)) }
            @if self.lines.is_empty() { (self.empty) } @else { (table(self.second, &self.lines)) }
            (next_page(self.next.as_deref()))
        }
        .render_to(out);
    }
}

/// What a page says that shows letters whole: only the demonstration has one.
const DEMONSTRATION: &str = "This letter box belongs to the demonstration. It holds the letters of every case, restricted ones too, with the link and the code of \
    whoever complained, so that you can try the product as that person. An installation has no such page.";

fn table(second: SecondColumn, lines: &[LetterLine]) -> impl Renderable {
    let headings = ["Subject", second.words(), "When", "State"].map(Heading::new);
    list_table(
        "Letters, newest first",
        headings,
        maud! { @for line in lines { (row(second, line)) } },
    )
}

fn row(second: SecondColumn, line: &LetterLine) -> impl Renderable {
    maud! {
        tr.govuk-table__row.fc-row role="row" {
            td.govuk-table__cell role="cell" {
                a.govuk-link.govuk-link--no-visited-state.fc-row__title href=(line.letter.href) { (subject(&line.letter.label)) }
            }
            td.govuk-table__cell role="cell" { span.fc-m.fc-row__meta { (second.words()) ": " } span.fc-address { (breakable(&line.to)) } }
            td.govuk-table__cell role="cell" { (line.when) }
            td.govuk-table__cell role="cell" { (line.state) }
        }
    }
}

impl StaffPage for LetterView {
    fn title(&self) -> String {
        self.subject.clone()
    }

    fn nav(&self) -> Nav {
        Nav::Letters
    }

    fn body(&self, _: &StaffShell, out: &mut Buffer) {
        maud! {
            (back_link(&Link::new("Letters sent", paths::LETTERS)))
            (page_head(&self.subject, ""))
            (caution(DEMONSTRATION))
            (panel("facts", "Sending", facts(&self.facts)))
            (panel("text", "Text", maud! { pre.fc-mail { (self.text) } }))
        }
        .render_to(out);
    }
}

impl LetterBox {
    /// Three letters.
    pub fn sample() -> Self {
        let line = |id: &str, subject: &str, to: &str, when: &str, state: Tag| LetterLine {
            letter: Link::new(subject, &paths::letter(id)),
            to: to.to_owned(),
            when: when.to_owned(),
            state,
        };
        Self {
            summary: "3 letters. 1 could not be delivered.".to_owned(),
            second: SecondColumn::To,
            lines: vec![
                line(
                    "3",
                    "We have your complaint (FC-10488)",
                    "l.fuchs@student.calderbrook.example",
                    "Today, 9:12am",
                    Tag::new("Sent", Tone::Good),
                ),
                line(
                    "2",
                    "Our decision on your complaint (FC-10459)",
                    "r.adair@calderbrook.example",
                    "Yesterday, 4:40pm",
                    Tag::new("Waiting", Tone::Grey),
                ),
                line(
                    "1",
                    "We need more time (FC-10391)",
                    "r.bevan@calderbrok.example",
                    "Yesterday, 2:02pm",
                    Tag::new("Could not be delivered", Tone::Bad),
                ),
            ],
            empty: Empty::new("No letters have been sent yet."),
            next: None,
        }
    }

    /// The outbox of a service that sends its letters.
    pub fn sample_outbox() -> Self {
        let line = |reference: &str, what: &str, state: Tag| LetterLine {
            letter: Link::new(what, &paths::case(reference)),
            to: reference.to_owned(),
            when: "Today, 9:12am".to_owned(),
            state,
        };
        Self {
            summary: "2 letters, newest first. 1 could not be delivered.".to_owned(),
            second: SecondColumn::Case,
            lines: vec![
                line("FC-10488", "Acknowledgement", Tag::new("Sent", Tone::Good)),
                line("FC-10459", "Update", Tag::new("Could not be delivered", Tone::Bad)),
            ],
            ..Self::sample()
        }
    }

    /// None.
    pub fn sample_empty() -> Self {
        Self {
            summary: String::new(),
            lines: Vec::new(),
            ..Self::sample()
        }
    }
}

impl LetterView {
    /// An acknowledgement.
    pub fn sample() -> Self {
        Self {
            subject: "We have your complaint (FC-10488)".to_owned(),
            facts: vec![
                Fact::new("To", "l.fuchs@student.calderbrook.example"),
                Fact::new("From", "feedback@calderbrook.example"),
                Fact::linked("Case", Link::new("FC-10488", "/staff/c/FC-10488")),
                Fact::new("Sent", "Wednesday 14 October 2026, 9:12am"),
                Fact::new("State", "Accepted by the mail server"),
            ],
            text: "Hello Lena.\n\nThank you for telling us. We have your complaint about the help desk. Your reference is FC-10488.\n\n\
                   You will have our decision by the end of Friday 16 October 2026. If we need to investigate, we will tell you why \
                   and give you a new date.\n\nRead our replies or add something:\nhttps://feedback.calderbrook.example/track/FC-10488\n"
                .to_owned(),
        }
    }
}
