//! A history told once more: the same JSON with other dates, names, words and numbers.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use rules::case::Reference;
use serde_json::Value;
use storage::events::{NewEvent, StoredEvent};
use storage::outbox::{NewOutbox, OutboxRow, OutboxState};

use super::{Differs, Original};
use crate::ActError;
use crate::intake::receive::{link_token, receipt_code};

/// How an original becomes a copy.
pub(super) struct Telling {
    /// What stands in place of what, wherever it stands in a text.
    instead: [(String, String); 4],
    earlier: SignedDuration,
    differs: Differs,
}

impl Telling {
    pub(super) fn of(
        original: &Original,
        reference: Reference,
        job: String,
        differs: Differs,
    ) -> Result<Telling, ActError> {
        let received: Value = match original.events.first() {
            Some(first) => serde_json::from_slice(&first.payload)?,
            None => Value::Null,
        };
        let said = |field: &str| received[field].as_str().unwrap_or_default().to_owned();
        Ok(Telling {
            instead: [
                (original.reference.to_string(), reference.to_string()),
                (original.job.clone(), job),
                (said("receipt_code"), receipt_code()?),
                (said("link_token"), link_token()?),
            ],
            earlier: SignedDuration::from_hours(24 * differs.days_earlier),
            differs,
        })
    }

    /// An event of the original in a stream of the copy.
    pub(super) fn event(&self, stored: &StoredEvent, stream: String) -> Result<NewEvent, ActError> {
        let mut told: Value = serde_json::from_slice(&stored.payload)?;
        self.retell(&mut told);
        match stored.kind.as_str() {
            "case.received" => self.say_who(&mut told),
            "case.assigned" => self.say_whose(&mut told),
            _ => {}
        }
        Ok(NewEvent {
            stream,
            sequence: stored.sequence,
            kind: stored.kind.clone(),
            version: stored.version,
            at: stored.at - self.earlier,
            actor: stored.actor.clone(),
            payload: serde_json::to_vec(&told)?,
        })
    }

    /// A letter of the original with how far it is; one that has not left counts as sent, since nobody waits for it.
    pub(super) fn letter(&self, letter: &OutboxRow) -> Result<(NewOutbox, OutboxState, Option<Timestamp>), ActError> {
        let mut told: Value = serde_json::from_slice(&letter.payload)?;
        self.retell(&mut told);
        let new = NewOutbox {
            reference: self.instead[0].1.clone(),
            kind: letter.kind.clone(),
            channel: letter.channel.clone(),
            not_before: letter.not_before - self.earlier,
            created_at: letter.created_at - self.earlier,
            payload: serde_json::to_vec(&told)?,
        };
        Ok((new, letter.state, letter.sent_at.map(|at| at - self.earlier)))
    }

    fn say_who(&self, received: &mut Value) {
        let words = received["words"].as_str().unwrap_or_default();
        received["words"] = format!("{words} {}", self.differs.also_said).into();
        let name = &self.differs.name;
        let called = name.to_lowercase().replace(' ', ".");
        let complainant = &mut received["complainant"];
        for (field, value) in [
            ("name", name.clone()),
            ("email", format!("{called}@calderbrook.example")),
            ("username", called.replace('.', "")),
        ] {
            if complainant[field].is_string() {
                complainant[field] = value.into();
            }
        }
    }

    fn say_whose(&self, assigned: &mut Value) {
        if let Some(owner) = self.differs.owner {
            assigned["to"] = owner.0.into();
        }
    }

    fn retell(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(told) = self.text(text) {
                    *text = told;
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.retell(value)),
            Value::Object(fields) => fields.values_mut().for_each(|value| self.retell(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn text(&self, text: &str) -> Option<String> {
        if begins_like_a_date(text) {
            if let Ok(day) = text.parse::<Date>() {
                return Some((day - self.earlier).to_string());
            }
            if let Ok(at) = text.parse::<Timestamp>() {
                return Some((at - self.earlier).to_string());
            }
        }
        let mut told: Option<String> = None;
        for (was, is) in &self.instead {
            let now = told.as_deref().unwrap_or(text);
            if !was.is_empty() && now.contains(was.as_str()) {
                told = Some(now.replace(was.as_str(), is));
            }
        }
        told
    }
}

/// Dates and instants begin with a year; nothing else is worth reading as one.
fn begins_like_a_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 10 && bytes[..4].iter().all(u8::is_ascii_digit) && bytes[4] == b'-' && bytes[7] == b'-'
}
