//! What remains of a case that is sealed: every event at its place, without words, names, addresses and files (R33, A14).
//!
//! A stub replays to a case whose dates, stages, outcomes and figures are those of the whole one. What is kept is listed field by field;
//! whatever is not in the list is taken out, so that a new kind of event shows nothing until somebody decides that it may.

use serde_json::Value;

use crate::case::event::{Kept, Received, Withheld};
use crate::case::facts::Complainant;
use crate::case::{Event, Recorded};
use crate::confidential::StaffNamed;
use crate::people::{Actor, NotAnActor};
use crate::stored::Unreadable;

/// The title of every stub, here and in the job register (R33).
pub const TITLE: &str = "Feedback, handled separately";

/// Stands where somebody gave a name.
const WITHHELD: &str = "withheld";

/// The text fields that a stub keeps of each kind of event: codes, dates, and what the clock and the figures need. Numbers and yes or no
/// stay; every other text becomes empty. A kind that is not here is withheld whole.
const KEEPS: &[(&str, &[&str])] = &[
    (
        "case.received",
        &[
            "kind",
            "channel",
            "received_at",
            "received_on",
            "procedure",
            "procedure_version",
            "reply_by",
            // The complainant comes back with these, and staff are never shown them.
            "receipt_code",
            "link_token",
            "case",
        ],
    ),
    ("job.created", &["number", "profile"]),
    ("ack.sent", &["at", "by"]),
    ("ack.delivery_failed", &["letter"]),
    ("letter.delivery_failed", &["letter"]),
    ("letter.owed_again", &["letter", "by"]),
    ("letter.reported", &["letter", "told"]),
    ("letter.delivered", &["at", "by", "letter"]),
    ("case.reclassified", &["to"]),
    ("category.set", &["service", "problem"]),
    ("urgency.set", &["urgency"]),
    ("risk.assessed", &[]),
    ("vip.flagged", &["source"]),
    ("point.added", &[]),
    ("point.set_aside", &[]),
    ("stage.entered", &["clock_from", "reason", "stage_id"]),
    ("case.assigned", &[]),
    ("extension.requested", &["reason_code"]),
    (
        "extension.approved",
        &["approved_at", "new_due_on", "old_due_on", "reason_code"],
    ),
    ("extension.refused", &[]),
    ("update.sent", &["by", "next_on"]),
    ("update.missed", &["clock", "due_at"]),
    ("clock.warned", &["clock", "due_at"]),
    ("clock.breached", &["clock", "due_at"]),
    ("clock.recomputed", &["calendar", "clock", "from", "new_on", "old_on"]),
    ("draft.saved", DECISION),
    ("signoff.requested", &["kind", "sha256"]),
    ("signoff.approved", &["sha256"]),
    ("signoff.edited", DECISION),
    ("signoff.handed_on", &[]),
    ("signoff.returned", &[]),
    ("decision.recorded", DECISION),
    ("decision.communicated", &["at", "by", "letter", "sha256"]),
    ("escalation.requested", &["channel"]),
    ("escalation.accepted", &[]),
    ("escalation.refused", &[]),
    ("case.closed", &["ending"]),
    ("case.withdrawn", &[]),
    ("case.reopened", &[]),
    ("rootcause.set", &["cause"]),
    ("learning.recorded", &["answer"]),
    ("action.created", &["due_on"]),
    ("lane.restricted", &[]),
    ("lane.opened", &[]),
    ("staff.named", &[]),
    ("record.viewed", &["saw"]),
    ("link.requested", &["channel"]),
    ("group.linked", &["with", "part", "same"]),
    ("group.unlinked", &["with"]),
    ("consent.asked", &["by"]),
    ("consent.given", &["on", "way"]),
    ("consent.withdrawn", &[]),
    ("issue.set_apart", &["to"]),
    ("info.requested", &["by", "hoped_by"]),
    ("info.reminded", &[]),
    ("info.received", &["by"]),
    ("regime.tagged", &["regime", "began_on", "clocks"]),
    ("regime.taken_away", &["regime"]),
    ("regime.done", &["regime", "clock", "on"]),
    ("regime.elsewhere", &["regime"]),
    ("seal.taken_back", &[]),
    ("hold.set", &[]),
    ("hold.lifted", &[]),
    ("erasure.refused", &[]),
    ("case.redacted", &[]),
    ("copy.given", &[]),
];

/// The codes and dates of a decision, drafted or made.
const DECISION: &[&str] = &[
    "outcome",
    "due_on",
    "kind",
    "resolution_kinds",
    "root_cause",
    "satisfaction",
    "answer",
    "sha256",
    "letter_sha256",
];

/// The stub of a history, an event for an event.
///
/// # Errors
/// When an event without its words could not be read again: a field that is no free text is missing in the list of what is kept.
pub fn stub_of(history: &[Recorded]) -> Result<Vec<Kept>, Unreadable> {
    history.iter().map(kept).collect()
}

/// A stub as a history, to be replayed.
///
/// # Errors
/// When a newer release wrote it, or it is damaged.
pub fn history_of(stub: &[Kept]) -> Result<Vec<Recorded>, Damaged> {
    (1_u32..)
        .zip(stub)
        .map(|(sequence, kept)| recorded(sequence, kept))
        .collect()
}

/// Whether a sealed case takes this event: one that says nothing which a stub would not keep. What its holder and the office do about the handover
/// names nobody whom it is about, and what the post room reports is a letter made from the stub.
pub fn is_wordless(event: &Event) -> bool {
    let about_the_handover = event.kind().starts_with("seal.") || event.kind() == "case.sealed";
    let reported = matches!(
        event,
        Event::LetterDelivered(_) | Event::LetterFailed(_) | Event::LetterReported(_) | Event::Acknowledged(_)
    );
    about_the_handover || reported || without_words(event).is_ok_and(|blank| blank == *event)
}

/// Why a stub cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Damaged {
    /// An event of it.
    #[error(transparent)]
    Event(#[from] Unreadable),
    /// Whoever did it.
    #[error(transparent)]
    Actor(#[from] NotAnActor),
}

fn kept(recorded: &Recorded) -> Result<Kept, Unreadable> {
    let event = without_words(&recorded.event)?;
    Ok(Kept {
        at: recorded.at,
        actor: recorded.actor.to_string(),
        kind: event.kind().to_owned(),
        version: event.version(),
        payload: payload(&event),
    })
}

fn recorded(sequence: u32, kept: &Kept) -> Result<Recorded, Damaged> {
    let actor: Actor = kept.actor.parse()?;
    let event = Event::decode(&kept.kind, kept.version, kept.payload.to_string().as_bytes())?;
    Ok(Recorded {
        sequence,
        at: kept.at,
        actor,
        event,
    })
}

fn without_words(event: &Event) -> Result<Event, Unreadable> {
    let Some((_, keeps)) = KEEPS.iter().find(|(kind, _)| *kind == event.kind()) else {
        return Ok(Event::Withheld(Withheld::default()));
    };
    let mut words = payload(event);
    if let Some(fields) = words.as_object_mut() {
        // Whom the finder thought of (A13).
        fields.remove("suggested");
    }
    blank(&mut words, None, keeps);
    let blanked = Event::decode(event.kind(), event.version(), words.to_string().as_bytes())?;
    Ok(tidied(blanked))
}

fn payload(event: &Event) -> Value {
    // Encoding an event gives JSON by definition; what did not would be withheld.
    serde_json::from_slice(&event.encode()).unwrap_or(Value::Null)
}

fn blank(value: &mut Value, key: Option<&str>, keeps: &[&str]) {
    match value {
        Value::String(text) if key.is_none_or(|key| !keeps.contains(&key)) => text.clear(),
        Value::Array(items) => items.iter_mut().for_each(|item| blank(item, key, keeps)),
        Value::Object(fields) => {
            for (key, value) in fields {
                blank(value, Some(key), keeps);
            }
        }
        _ => {}
    }
}

/// What an empty text would claim to be there, a stub does not have at all.
fn tidied(event: Event) -> Event {
    match event {
        Event::Received(received) => Event::Received(Received {
            title: TITLE.to_owned(),
            wanted: None,
            existing_job: None,
            complainant: Complainant {
                name: None,
                email: None,
                phone: None,
                // The figures tell anonymous complaints apart (A28).
                username: (!received.complainant.is_anonymous()).then(|| WITHHELD.to_owned()),
                needs: None,
                acting_for: received.complainant.acting_for.as_ref().map(|_| WITHHELD.to_owned()),
                ..received.complainant
            },
            ..received
        }),
        Event::JobRaised(mut job) => {
            job.parent = None;
            Event::JobRaised(job)
        }
        Event::StaffNamed(named) => Event::StaffNamed(StaffNamed {
            people: named.people,
            others: None,
        }),
        other => other,
    }
}
