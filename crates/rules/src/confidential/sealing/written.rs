//! A sealed record in words: the complaint, who complained and what was said, for whoever was let in, on a page or in an encrypted letter (R34).

use jiff::Timestamp;

use crate::case::event::Event;
use crate::case::{Case, Recorded};
use crate::people::StaffId;

/// The words of a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
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
}

/// Words with their moment and who said them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// Who, and when.
    pub title: String,
    /// The words.
    pub words: String,
}

/// How moments and names are written.
pub struct Manner<'a> {
    /// A moment in words.
    pub when: &'a dyn Fn(Timestamp) -> String,
    /// Somebody's name.
    pub name: &'a dyn Fn(StaffId) -> Option<String>,
}

impl Written {
    /// The words of a case with its history; `added` is what the complainant wrote since it is sealed, with its moments.
    pub fn of(case: &Case, history: &[Recorded], added: &[(Timestamp, &str)], manner: &Manner<'_>) -> Written {
        let spoken = |(at, words): &(Timestamp, &str)| Spoken {
            title: format!("They wrote, {}", (manner.when)(*at)),
            words: (*words).to_owned(),
        };
        Written {
            received: (manner.when)(case.received.received_at),
            channel: case.received.channel.words().to_owned(),
            about: about(case, manner),
            words: case.received.words.clone(),
            wanted: case.received.wanted.clone(),
            complainant: complainant(case),
            before: history.iter().filter_map(|recorded| said(recorded, manner)).collect(),
            added: added.iter().map(spoken).collect(),
        }
    }

    /// All of it as plain text, under headings that are lines of their own; `files` are lines about its files.
    pub fn text(&self, reference: &str, files: &[String]) -> String {
        let mut text = format!("The complaint {reference}, in confidence\n");
        let mut part = |heading: &str, words: &str| {
            text.push_str(&format!("\n== {heading} ==\n\n{}\n", words.trim_end()));
        };
        part("What went wrong", &self.words);
        if let Some(wanted) = &self.wanted {
            part("What would put it right", wanted);
        }
        let mut facts = vec![
            format!("It is about: {}", self.about),
            format!("It came: {}, {}", self.received, self.channel),
        ];
        facts.extend(self.complainant.iter().map(|(what, value)| format!("{what}: {value}")));
        part("Who and when", &facts.join("\n"));
        if !files.is_empty() {
            part("Files", &files.join("\n"));
        }
        for (heading, spoken) in self.conversations() {
            let all: Vec<String> = spoken
                .iter()
                .map(|one| format!("-- {} --\n\n{}", one.title, one.words.trim_end()))
                .collect();
            if !all.is_empty() {
                part(heading, &all.join("\n\n"));
            }
        }
        text
    }

    /// What was said, under its headings.
    pub fn conversations(&self) -> [(&'static str, &[Spoken]); 2] {
        [
            ("What they added since it was handed over", self.added.as_slice()),
            ("What was said before it was handed over", self.before.as_slice()),
        ]
    }
}

fn about(case: &Case, manner: &Manner<'_>) -> String {
    let people = case.named.people.iter().filter_map(|id| (manner.name)(*id));
    let mut about: Vec<String> = people.collect();
    about.extend(case.named.others.clone());
    match about.is_empty() {
        true => "Nobody by name".to_owned(),
        false => about.join(", "),
    }
}

fn complainant(case: &Case) -> Vec<(String, String)> {
    let who = &case.complainant;
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
