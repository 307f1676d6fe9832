//! What is told of one case: dates, words, letters, decisions, notes, files, and who had them.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use super::judged::judged;
use super::told::Told;
use super::what::{is_told, what};
use crate::case::event::Event;
use crate::case::{Case, Recorded, Setting};
use crate::handling::consent::may_be_told;
use crate::people::Actor;
use crate::redaction::each_word;
use crate::retention::keeping;

/// The name of the schema of the data file.
pub const SCHEMA: &str = "redress/subject-access";
/// Its version: it goes up when a field changes its meaning.
pub const VERSION: u32 = 1;

/// A whole copy, as the data file holds it and as the page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Copy {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// [`VERSION`].
    pub version: u32,
    /// Who keeps the data.
    pub controller: String,
    /// The day on which they asked.
    pub asked_on: Date,
    /// The day on which it was made.
    pub made_on: Date,
    /// What must be told beside the data themselves (article 15(1)).
    pub told: Vec<Told>,
    /// Case by case.
    pub cases: Vec<CaseCopy>,
}

impl Copy {
    /// The data file: the whole copy as JSON.
    ///
    /// # Errors
    /// Never for a copy that was made: all of it can be said in JSON.
    pub fn data(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec_pretty(self)
    }
}

/// What is kept of one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseCopy {
    /// Its reference.
    pub reference: String,
    /// The day on which it came.
    pub received_on: Date,
    /// How it came.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Why there is not more of it, and where the rest is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_back: Option<String>,
    /// Where it stands, of a case of which there is no more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stands: Vec<Line>,
    /// The name and the addresses that we have now.
    pub contact: Vec<Line>,
    /// How long it is kept.
    pub kept: String,
    /// Who has had data of it besides the people who deal with it.
    pub recipients: Vec<String>,
    /// What happened, the oldest first.
    pub entries: Vec<Entry>,
    /// The files that belong to it.
    pub files: Vec<FileLine>,
}

impl CaseCopy {
    /// Its reference and its day, and nothing else.
    pub(super) fn bare(case: &Case) -> CaseCopy {
        CaseCopy {
            reference: case.reference.to_string(),
            received_on: case.received.received_on,
            channel: None,
            kind: None,
            held_back: None,
            stands: Vec::new(),
            contact: Vec::new(),
            kept: String::new(),
            recipients: Vec::new(),
            entries: Vec::new(),
            files: Vec::new(),
        }
    }

    /// Every text of it in which somebody else may be named.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        let words = self
            .entries
            .iter()
            .flat_map(|entry| &entry.texts)
            .map(|text| text.text.as_str());
        let behalf = self
            .contact
            .iter()
            .filter(|line| line.name == ON_BEHALF)
            .map(|line| line.value.as_str());
        let files = self.files.iter().map(|file| file.name.as_str());
        let recipients = self.recipients.iter().map(String::as_str);
        words.chain(behalf).chain(files).chain(recipients)
    }
}

/// The line of the contact data that is about somebody else.
pub(super) const ON_BEHALF: &str = "on whose behalf";

/// A name and a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What it is.
    pub name: String,
    /// The value.
    pub value: String,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its number in the case.
    pub number: u32,
    /// When it was recorded.
    pub at: Timestamp,
    /// What it was.
    pub what: String,
    /// Whose doing: `you`, `us` or `the system`.
    pub by: &'static str,
    /// The words of it.
    pub texts: Vec<Text>,
    /// The kind of the event, by which it is judged what is left out.
    #[serde(skip)]
    pub kind: &'static str,
}

/// Words of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Text {
    /// What they are.
    pub name: String,
    /// The words.
    pub text: String,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileLine {
    /// Under which name it came.
    pub name: String,
    /// What it is, and how large.
    pub about: String,
    /// From whom it came: `you` or `us`.
    pub from: &'static str,
    /// Where it lies in the copy, if it is there: what came from somebody else is named and not given.
    pub in_copy: Option<String>,
    /// Its opaque name here.
    #[serde(skip)]
    pub id: String,
    /// How large it is, in bytes.
    #[serde(skip)]
    pub size: u64,
}

/// A case as its complainant is told of it, before anything is left out.
pub fn case_copy(case: &Case, history: &[Recorded], setting: &Setting<'_>) -> CaseCopy {
    let entries = history.iter().filter(|recorded| is_told(&recorded.event));
    // What we found about somebody who has not agreed is told to nobody who speaks for them (A29).
    let lacks = may_be_told(case).is_err();
    let entries = entries.map(|recorded| match lacks && !recorded.event.is_said_by_complainant() {
        true => without_words(entry(recorded)),
        false => entry(recorded),
    });
    CaseCopy {
        channel: Some(case.received.channel.words().to_owned()),
        kind: Some(case.kind.words().to_owned()),
        held_back: lacks.then(|| LACKS_CONSENT.to_owned()),
        contact: contact(case),
        kept: match keeping(case, setting) {
            Ok(keeping) => keeping.explained(),
            Err(not_yet) => not_yet.words(),
        },
        recipients: recipients(case, history),
        entries: entries.collect(),
        files: files(case),
        ..CaseCopy::bare(case)
    }
}

const LACKS_CONSENT: &str = "The person for whom you complain has not agreed that we speak to you about them. So this copy has what you told us, and \
                             not what we wrote or found.";

fn without_words(entry: Entry) -> Entry {
    Entry {
        texts: Vec::new(),
        ..entry
    }
}

fn entry(recorded: &Recorded) -> Entry {
    let kind = recorded.event.kind();
    let mut payload: Value = serde_json::from_slice(&recorded.event.encode()).unwrap_or(Value::Null);
    let mut texts = judged(&recorded.event);
    each_word(kind, &mut payload, &mut |place, text| {
        // What stands there as a code or twice is told where it is words.
        if !text.trim().is_empty() && !place.starts_with("complainant.") && !place.ends_with("proof") {
            texts.push(Text {
                name: called(place),
                text: text.clone(),
            });
        }
    });
    Entry {
        number: recorded.sequence,
        at: recorded.at,
        what: what(kind).to_owned(),
        by: match recorded.actor {
            Actor::Complainant => "you",
            Actor::Staff(_) | Actor::Holder => "us",
            Actor::System => "the system",
        },
        texts,
        kind,
    }
}

/// `decision.points.0.finding` as "finding, point 1".
fn called(place: &str) -> String {
    let parts: Vec<&str> = place.split('.').collect();
    let is_number = |part: &&&str| part.parse::<u32>().is_ok();
    let field = parts
        .iter()
        .rev()
        .find(|part| !is_number(part))
        .copied()
        .unwrap_or(place);
    let number = parts
        .iter()
        .rev()
        .find(is_number)
        .and_then(|part| part.parse::<u32>().ok());
    let field = field.replace('_', " ");
    match number {
        Some(number) => format!("{field}, {}", number + 1),
        None => field,
    }
}

fn contact(case: &Case) -> Vec<Line> {
    let person = &case.complainant;
    let line = |name: &str, value: &Option<String>| {
        value.as_ref().map(|value| Line {
            name: name.to_owned(),
            value: value.clone(),
        })
    };
    let said = [
        line("name", &person.name),
        line("email", &person.email),
        line("phone", &person.phone),
        line("user name", &person.username),
        line("what would help you", &person.needs),
        line(ON_BEHALF, &person.acting_for),
        line("what you are to us", &Some(person.kind.words().to_owned())),
        line(
            "how you want to hear from us",
            &Some(person.reply_by.words().to_owned()),
        ),
    ];
    said.into_iter().flatten().collect()
}

fn recipients(case: &Case, history: &[Recorded]) -> Vec<String> {
    let mut all = Vec::new();
    if case.job.is_some() {
        all.push("the job register of the department: that there is a case, its dates, and news of it".to_owned());
    }
    let by_mail = history.iter().any(|recorded| {
        matches!(
            &recorded.event,
            Event::LetterDelivered(_) | Event::DecisionCommunicated(_) | Event::Acknowledged(_)
        )
    });
    if by_mail {
        all.push("the mail system, and yours: the letters that we sent to you".to_owned());
    }
    for regime in &case.regimes {
        if let Some((elsewhere, _)) = &regime.elsewhere {
            all.push(format!("those who deal with it under other rules: {elsewhere}"));
        }
    }
    all
}

fn files(case: &Case) -> Vec<FileLine> {
    let taken = |number: usize| number + 1;
    let lines = case.files.iter().enumerate().map(|(number, attached)| {
        let theirs = attached.by == Actor::Complainant;
        let kept_back = attached.file.scanned.kept_back();
        let is_there = attached.is_there() && kept_back.is_none();
        FileLine {
            name: attached.file.name.as_str().to_owned(),
            about: match kept_back {
                Some(why) => format!("{}, {why}", attached.file.about()),
                None => attached.file.about(),
            },
            from: if theirs { "you" } else { "us" },
            in_copy: (theirs && is_there)
                .then(|| format!("files/{}-{}-{}", case.reference, taken(number), attached.file.name)),
            id: attached.file.id.clone(),
            size: attached.file.size,
        }
    });
    lines.collect()
}
