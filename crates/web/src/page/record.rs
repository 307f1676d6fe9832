//! A sealed record as whoever was let in reads it: the complaint, who complained, and what was said.

use casework::sealing::record::SealedRecord;
use hypertext::prelude::*;
use jiff::Timestamp;
use rules::case::{AttachedFile, Event, Recorded};
use rules::people::StaffId;

use super::timeline::{TimelineFile, files, paragraphs};

/// The record, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordText {
    /// "Tuesday 9 June 2026, 9:15am".
    pub received: String,
    /// How it came.
    pub channel: String,
    /// Whom of us it is about, in words.
    pub about: String,
    /// Their words.
    pub words: String,
    /// What would put it right.
    pub wanted: Option<String>,
    /// Who complained and how they are reached, one entry each: what, and the value.
    pub complainant: Vec<(String, String)>,
    /// What happened before it was handed over, the oldest first.
    pub before: Vec<Spoken>,
    /// What they added since.
    pub added: Vec<Spoken>,
    /// Files that came with it.
    pub files: Vec<TimelineFile>,
}

/// Words with their moment and who said them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// Who, and when.
    pub title: String,
    /// The words.
    pub words: String,
}

/// How a page writes moments, names and the addresses of files.
pub struct Manner<'a> {
    /// A moment in words.
    pub when: &'a dyn Fn(Timestamp) -> String,
    /// Somebody's name.
    pub name: &'a dyn Fn(StaffId) -> Option<String>,
    /// The address of a file, by its opaque name.
    pub href: &'a dyn Fn(&str) -> String,
}

impl RecordText {
    /// The words of a record.
    pub fn of(record: &SealedRecord, manner: &Manner<'_>) -> RecordText {
        let case = &record.case;
        let file = |attached: &AttachedFile| TimelineFile {
            name: attached.file.name.to_string(),
            href: (manner.href)(&attached.file.id),
            about: attached.file.about(),
        };
        let added = |added: &casework::sealing::record::Added| Spoken {
            title: format!("They wrote, {}", (manner.when)(added.at)),
            words: added.words.clone(),
        };
        let before = record.history.iter();
        RecordText {
            received: (manner.when)(case.received.received_at),
            channel: case.received.channel.words().to_owned(),
            about: about(record, manner),
            words: case.received.words.clone(),
            wanted: case.received.wanted.clone(),
            complainant: complainant(record),
            before: before.filter_map(|recorded| said(recorded, manner)).collect(),
            added: record.added.iter().map(added).collect(),
            files: case.files.iter().map(file).collect(),
        }
    }

    /// With everything that it can hold.
    #[must_use]
    pub fn sample() -> Self {
        Self {
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
            files: Vec::new(),
        }
    }
}

impl Renderable for RecordText {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        maud! {
            h2 class="govuk-heading-m" { "What went wrong" }
            (paragraphs(&self.words))
            @if let Some(wanted) = &self.wanted {
                h2 class="govuk-heading-m" { "What would put it right" }
                (paragraphs(wanted))
            }
            @if !self.files.is_empty() { (files(&self.files)) }
            h2 class="govuk-heading-m" { "Who and when" }
            dl class="govuk-summary-list" {
                (summary_row("It is about", &self.about))
                (summary_row("It came", &format!("{}, {}", self.received, self.channel)))
                @for (what, value) in &self.complainant { (summary_row(what, value)) }
            }
            (spoken("What they added since it was handed over", &self.added))
            (spoken("What was said before it was handed over", &self.before))
        }
        .render_to(out);
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

fn spoken<'a>(heading: &'a str, spoken: &'a [Spoken]) -> impl Renderable + 'a {
    maud! {
        @if !spoken.is_empty() {
            h2 class="govuk-heading-m govuk-!-margin-top-4" { (heading) }
            @for one in spoken {
                h3 class="govuk-heading-s" { (&one.title) }
                (paragraphs(&one.words))
            }
        }
    }
}

fn about(record: &SealedRecord, manner: &Manner<'_>) -> String {
    let named = &record.case.named;
    let people = named.people.iter().filter_map(|id| (manner.name)(*id));
    let mut about: Vec<String> = people.collect();
    about.extend(named.others.clone());
    match about.is_empty() {
        true => "Nobody by name".to_owned(),
        false => about.join(", "),
    }
}

fn complainant(record: &SealedRecord) -> Vec<(String, String)> {
    let who = &record.case.complainant;
    let known = [
        ("Name", who.name.clone()),
        ("Email", who.email.clone()),
        ("Phone", who.phone.clone()),
        ("Username", who.username.clone()),
        ("They complain for", who.acting_for.clone()),
        ("What would help them", who.needs.clone()),
    ];
    let mut shown: Vec<(String, String)> = known
        .into_iter()
        .filter_map(|(what, value)| Some((what.to_owned(), value?)))
        .collect();
    shown.push(("They want to hear by".to_owned(), who.reply_by.words().to_owned()));
    shown
}

/// What was said before the sealing, by whomever.
fn said(recorded: &Recorded, manner: &Manner<'_>) -> Option<Spoken> {
    let (who, words) = match &recorded.event {
        Event::MessageReceived(message) => ("They wrote", &message.words),
        Event::UpdateSent(update) => ("We wrote to them", &update.words),
        Event::NoteAdded(note) => ("Note of the office", &note.words),
        Event::LaneRestricted(reason) => ("Why it was restricted", &reason.reason),
        Event::EscalationRequested(asked) => ("They asked for stage 2", asked.words.as_ref()?),
        Event::DecisionRecorded(decision) => ("The decision of the stage before", &decision.decision.reasons),
        _ => return None,
    };
    Some(Spoken {
        title: format!("{who}, {}", (manner.when)(recorded.at)),
        words: words.clone(),
    })
}
