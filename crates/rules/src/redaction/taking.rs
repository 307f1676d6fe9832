//! A passage on its way out of everything that holds it: events, letters, drafts, notes of reviews.

use serde_json::Value;

use super::passage::Passage;
use crate::case::event::{Place, Received};
use crate::case::{Case, Event, Recorded, Tombstone};
use crate::stored::Unreadable;

/// What stands in place of what was taken out, in every copy and letter: it names the tombstone.
pub fn marker(number: u32) -> String {
    format!("[taken out, no. {number}]")
}

/// A history as staff read it: what stands in place of the words says by whom, when and why.
///
/// # Errors
/// When an event could not be read again.
pub fn spelled(
    case: &Case,
    history: Vec<Recorded>,
    words: impl Fn(&Tombstone) -> String,
) -> Result<Vec<Recorded>, Unreadable> {
    if case.tombstones.is_empty() {
        return Ok(history);
    }
    let spelt: Vec<(String, String)> = case
        .tombstones
        .iter()
        .map(|tombstone| (marker(tombstone.number), words(tombstone)))
        .collect();
    let spell = |path: &str, text: &mut String| {
        // A title is a line: its marker leads to the words below.
        if path.ends_with("title") {
            return;
        }
        for (marker, words) in &spelt {
            if text.contains(marker) {
                *text = text.replace(marker, words);
            }
        }
    };
    let told = history.into_iter().map(|recorded| {
        let event = changed(&recorded.event, |payload| {
            super::words::each(recorded.event.kind(), payload, &mut |path, text| spell(path, text));
        })?;
        Ok(Recorded { event, ..recorded })
    });
    told.collect()
}

/// An event after a change of its payload.
pub(super) fn changed(event: &Event, change: impl FnOnce(&mut Value)) -> Result<Event, Unreadable> {
    // Encoding an event gives JSON by definition.
    let mut payload: Value = serde_json::from_slice(&event.encode()).unwrap_or(Value::Null);
    change(&mut payload);
    Event::decode(event.kind(), event.version(), payload.to_string().as_bytes())
}

/// What is taken out, and what stands there instead.
#[derive(Debug, Clone)]
pub struct Taking {
    passage: Passage,
    marker: String,
    /// A title that was cut within the passage, and what it is now: letters and lists quote it.
    title: Option<(Passage, String)>,
}

impl Taking {
    pub(super) fn of(passage: Passage, received: &Received, number: u32) -> Taking {
        let marker = marker(number);
        let title = received.title.trim_end_matches('…').trim_end();
        let cut = passage.begins_at_the_end_of(title).and_then(|at| {
            let rest = title[..at].trim_end();
            let new = format!("{rest} {marker}");
            Some((Passage::of(title)?, new.trim_start().to_owned()))
        });
        let title = cut.filter(|_| passage.is_in(&received.words));
        Taking { passage, marker, title }
    }

    /// A text without it; nothing where it does not stand there.
    pub fn from_text(&self, text: &str) -> Option<String> {
        let without = self.passage.replaced(text, &self.marker);
        let title = self.title.as_ref();
        let retitled = title.and_then(|(old, new)| old.replaced(without.as_deref().unwrap_or(text), new));
        retitled.or(without)
    }

    /// Takes it out of every text of what a form or a letter holds; true where it stood there.
    pub fn from_all(&self, value: &mut Value) -> bool {
        let mut found = false;
        match value {
            Value::String(text) => {
                if let Some(without) = self.from_text(text) {
                    (*text, found) = (without, true);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| found |= self.from_all(item)),
            Value::Object(fields) => {
                for value in fields.values_mut() {
                    found |= self.from_all(value);
                }
                rewrite_page(fields, found);
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
        found
    }

    /// Where it stands in an event.
    pub(super) fn places(&self, recorded: &Recorded) -> Vec<(Place, String)> {
        let mut places = Vec::new();
        let mut payload: Value = serde_json::from_slice(&recorded.event.encode()).unwrap_or(Value::Null);
        super::words::each(recorded.event.kind(), &mut payload, &mut |path, text| {
            if self.from_text(text).is_some() {
                let place = Place {
                    event: recorded.sequence,
                    field: path.to_owned(),
                };
                places.push((place, self.around(text)));
            }
        });
        places
    }

    /// The event without it, at the places that are asked for.
    pub(super) fn event_without(&self, recorded: &Recorded, asked: &[Place]) -> Result<Event, Unreadable> {
        let event = &recorded.event;
        let is_asked = |path: &str| {
            asked
                .iter()
                .any(|place| place.event == recorded.sequence && place.field == path)
        };
        changed(event, |payload| {
            let mut found = false;
            super::words::each(event.kind(), payload, &mut |path, text| {
                if let Some(without) = self.from_text(text).filter(|_| is_asked(path)) {
                    (*text, found) = (without, true);
                }
            });
            if found {
                tidy(payload, &self.marker);
            }
        })
    }

    /// A few words around it.
    fn around(&self, text: &str) -> String {
        const BESIDE: usize = 60;
        let found = self.passage.places(text).into_iter().next();
        let place = found.or_else(|| {
            self.title
                .as_ref()
                .and_then(|(old, _)| old.places(text).into_iter().next())
        });
        let Some(place) = place else { return String::new() };
        let before: Vec<char> = text[..place.start].chars().rev().take(BESIDE).collect();
        let after: String = text[place.end..].chars().take(BESIDE).collect();
        let before: String = before.into_iter().rev().collect();
        format!("{before}{}{after}", &text[place])
    }
}

/// What follows for the rest of an event: the page of a letter is made from its text again, its proof is none any more, an address that is none is
/// not there at all, and nothing points into words that moved.
fn tidy(payload: &mut Value, marker: &str) {
    let Some(fields) = payload.as_object_mut() else { return };
    if fields.contains_key("text") && fields.contains_key("communicated") {
        fields.remove("sha256");
    }
    // The page of an e-mail, where it stands beside its text.
    if fields.contains_key("came_with") && fields.get("html").is_some_and(Value::is_string) {
        rewrite_page(fields, true);
    }
    for whose in ["complainant", "contact"] {
        if let Some(person) = fields.get_mut(whose).and_then(Value::as_object_mut) {
            let mut gone = false;
            for address in ["email", "phone"] {
                if let Some(value) = person.get_mut(address)
                    && value.as_str().is_some_and(|text| text.contains(marker))
                {
                    (*value, gone) = (Value::Null, true);
                }
            }
            // Whoever gave an address was not anonymous, and is not counted as that now (A28).
            let named = ["name", "email", "phone", "username"];
            let is_anonymous = named.iter().all(|field| person.get(*field).is_none_or(Value::is_null));
            if gone && is_anonymous {
                person.insert("name".to_owned(), Value::String(marker.to_owned()));
            }
        }
    }
    if let Some(spans) = fields
        .get_mut("suggested")
        .and_then(|suggested| suggested.get_mut("spans"))
    {
        *spans = Value::Array(Vec::new());
    }
    if let Some(words) = fields.get_mut("letter").and_then(|letter| letter.get_mut("words"))
        && let Some(words) = words.as_object_mut()
    {
        rewrite_page(words, true);
    }
}

/// A letter in words: its page is made from its text again, where something was taken out of that.
fn rewrite_page(words: &mut serde_json::Map<String, Value>, changed: bool) {
    let text = words.get("text").and_then(Value::as_str).map(escaped);
    if let (true, Some(text), Some(html)) = (changed, text, words.get_mut("html")) {
        *html = Value::String(format!("<pre>{text}</pre>"));
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
