//! A sealed record as whoever was let in reads it: the complaint, who complained, and what was said.

use casework::sealing::record::SealedRecord;
use hypertext::prelude::*;
use jiff::Timestamp;
use rules::case::AttachedFile;
pub use rules::confidential::sealing::written::Manner;
use rules::confidential::sealing::written::{Spoken, Written};

use super::timeline::{TimelineFile, files, paragraphs};

/// The record, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordText {
    /// The complaint, who complained, and what was said.
    pub written: Written,
    /// Files that came with it.
    pub files: Vec<TimelineFile>,
    /// Files that came with what they added since, for each in its order.
    pub added: Vec<Vec<TimelineFile>>,
}

/// What was said in one time: how that is called, the words, and the files that came with each.
type Conversation<'a> = (&'static str, &'a [Spoken], &'a [Vec<TimelineFile>]);

impl RecordText {
    /// The words of a record; `href` is the address of a file, by its opaque name.
    pub fn of(record: &SealedRecord, manner: &Manner<'_>, href: &dyn Fn(&str) -> String) -> RecordText {
        let file = |attached: &AttachedFile| TimelineFile::of(attached, href(&attached.file.id), attached.file.about());
        let added: Vec<(Timestamp, &str)> = record.added.iter().map(|one| (one.at, one.words.as_str())).collect();
        RecordText {
            written: Written::of(&record.case, &record.history, &added, manner),
            files: record.case.files.iter().map(file).collect(),
            added: record
                .added
                .iter()
                .map(|one| one.files.iter().map(file).collect())
                .collect(),
        }
    }

    /// With everything that it can hold.
    #[must_use]
    pub fn sample() -> Self {
        let written = Written {
            received: "Sunday 11 October 2026, 10:05pm".into(),
            channel: "web form".into(),
            about: "Jo Bramley".into(),
            words: "The man at the counter shouted at me.\n\nEverybody in the queue turned round.".into(),
            wanted: Some("An apology.".into()),
            complainant: vec![
                ("Name".into(), "Priya Nair".into()),
                ("Email".into(), "p.nair@student.calderbrook.example".into()),
            ],
            before: vec![Spoken {
                title: "Note, Monday 12 October 2026, 8:50am".into(),
                words: "He was on the desk that evening.".into(),
            }],
            added: vec![Spoken {
                title: "They wrote, Monday 12 October 2026, 7:40pm".into(),
                words: "He did it again today.".into(),
            }],
        };
        let photo = TimelineFile::new(
            "counter.jpg",
            "/handover/FC-10471/secret/files/a1",
            "JPEG picture, 214 KB",
        );
        Self {
            written,
            files: vec![TimelineFile::sample_infected()],
            added: vec![vec![photo]],
        }
    }
}

impl Renderable for RecordText {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        let written = &self.written;
        maud! {
            h2 class="govuk-heading-m" { "What went wrong" }
            (paragraphs(&written.words))
            @if let Some(wanted) = &written.wanted {
                h2 class="govuk-heading-m" { "What would put it right" }
                (paragraphs(wanted))
            }
            @if !self.files.is_empty() { (files(&self.files)) }
            h2 class="govuk-heading-m" { "Who and when" }
            dl class="govuk-summary-list" {
                (summary_row("It is about", &written.about))
                (summary_row("It came", &format!("{}, {}", written.received, written.channel)))
                @for (what, value) in &written.complainant { (summary_row(what, value)) }
            }
            @for (heading, said, with) in self.conversations() { (spoken(heading, said, with)) }
        }
        .render_to(out);
    }
}

impl RecordText {
    /// What was said, under its headings, with the files that came with each. Those from before the sealing stand with the complaint.
    fn conversations(&self) -> [Conversation<'_>; 2] {
        let [(since, added), (until, before)] = self.written.conversations();
        [(since, added, self.added.as_slice()), (until, before, &[])]
    }
}

/// One line of a list of facts.
pub fn summary_row<'a>(key: &'a str, value: &'a str) -> impl Renderable + 'a {
    maud! {
        div class="govuk-summary-list__row" {
            dt class="govuk-summary-list__key" { (key) }
            dd class="govuk-summary-list__value" { (value) }
        }
    }
}

fn spoken<'a>(heading: &'a str, spoken: &'a [Spoken], with: &'a [Vec<TimelineFile>]) -> impl Renderable + 'a {
    maud! {
        @if !spoken.is_empty() {
            h2 class="govuk-heading-m govuk-!-margin-top-4" { (heading) }
            @for (at, one) in spoken.iter().enumerate() {
                h3 class="govuk-heading-s" { (&one.title) }
                (paragraphs(&one.words))
                @if let Some(came) = with.get(at) { (files(came)) }
            }
        }
    }
}
