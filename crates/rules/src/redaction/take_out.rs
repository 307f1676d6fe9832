//! The rule: who may take what out, where it stands, and the case as it is told from then on.

use serde_json::Value;

use super::passage::Passage;
use super::taking::{Taking, marker};
use super::words::{each, field_of};
use crate::case::change::{Refused, permit};
use crate::case::event::{Event, Kept, NoteKept, Place, Redacted};
use crate::case::tombstone::FILE;
use crate::case::{Case, Recorded, State};
use crate::files::{FileName, SeenBy};
use crate::intake::feedback::clean_text;
use crate::people::{Act, Person};
use crate::stored::Unreadable;

/// What is to be taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// These words, wherever somebody says.
    Passage(String),
    /// The file that came with the event of this number.
    File(u32),
}

/// What somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What.
    pub what: What,
    /// Where, of the places where it stands; of no meaning for a file.
    pub places: Vec<Place>,
    /// Why. It stays.
    pub reason: String,
}

/// A place at which a passage stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub place: Place,
    /// The words around it.
    pub around: String,
    /// Why it stays there, where it has to.
    pub stays: Option<String>,
}

/// The case as it is told from now on.
#[derive(Debug, Clone)]
pub struct Retold {
    /// Its history without what was taken out.
    pub history: Vec<Recorded>,
    /// What happened, to be written as the first event under a new key.
    pub redacted: Redacted,
    /// What takes the passage out of letters, drafts and notes as well; nothing for a file.
    pub taking: Option<Taking>,
    /// The files that go, by their opaque names: the one that was chosen, or the originals of e-mails that hold the passage.
    pub files: Vec<String>,
}

/// Whether somebody may take something out of the case now.
///
/// # Errors
/// When the person may not, or the case is sealed: then its holder has the words.
pub fn can_take_out(case: &Case, by: &Person) -> Result<(), Refused> {
    permit(by, Act::Redact)?;
    match case.is_sealed() || case.seal.asked.is_some() {
        true => Err(Refused::NotNow(
            "This case is handed over to a line manager, or about to be. Take that back first.".to_owned(),
        )),
        false => Ok(()),
    }
}

/// Where a passage stands in the case, the oldest first.
///
/// # Errors
/// When it is too short to be looked for.
pub fn places(case: &Case, history: &[Recorded], passage: &str) -> Result<Vec<Found>, Refused> {
    let taking = taking(case, passage)?;
    let found = history.iter().flat_map(|recorded| {
        taking.places(recorded).into_iter().map(|(place, around)| Found {
            stays: stays(case, recorded, &place),
            place,
            around,
        })
    });
    Ok(found.collect())
}

/// Takes it out: the history without it, and the event that tells of it and holds that history.
///
/// # Errors
/// As for [`can_take_out`]; when nothing is to be taken out, no reason is given, or the reason says it again.
pub fn take_out(case: &Case, history: &[Recorded], asked: &Asked, by: &Person) -> Result<Retold, Refused> {
    can_take_out(case, by)?;
    let reason = clean_text(&asked.reason);
    if reason.is_empty() {
        return Err(Refused::field(
            "reason",
            "Say why it is taken out, without saying it again",
        ));
    }
    let number = number(case);
    let (taken, places, taking, files) = match &asked.what {
        What::File(event) => {
            let (history, id) = without_file(case, history, *event)?;
            let place = Place {
                event: *event,
                field: FILE.to_owned(),
            };
            (history, vec![place], None, vec![id])
        }
        What::Passage(passage) => {
            let taking = taking(case, passage)?;
            if taking.from_text(&reason).is_some() {
                return Err(Refused::field(
                    "reason",
                    "The reason stays on record. Say it without these words",
                ));
            }
            let (mut history, mut places) = without_passage(case, history, &asked.places, &taking)?;
            let mut files = Vec::new();
            for event in originals(case, &history, &places) {
                let (without, id) = without_file(case, &history, event)?;
                history = without;
                files.push(id);
                places.push(Place {
                    event,
                    field: FILE.to_owned(),
                });
            }
            (history, places, Some(taking), files)
        }
    };
    let kept = taken.iter().map(kept).collect();
    Ok(Retold {
        history: taken,
        redacted: Redacted {
            history: kept,
            number,
            reason,
            places,
            notes: notes(case),
        },
        taking,
        files,
    })
}

/// The history that such an event holds, with the event itself after it.
///
/// # Errors
/// When a newer release wrote it, or it is damaged.
pub fn history_from(first: Recorded) -> Result<Vec<Recorded>, crate::confidential::sealing::stub::Damaged> {
    let Event::Redacted(redacted) = first.event else {
        return Ok(vec![first]);
    };
    let mut history = crate::confidential::sealing::stub::history_of(&redacted.history)?;
    history.push(Recorded {
        event: Event::Redacted(Redacted {
            history: Vec::new(),
            ..redacted
        }),
        ..first
    });
    Ok(history)
}

fn number(case: &Case) -> u32 {
    case.tombstones.last().map_or(1, |last| last.number + 1)
}

/// Notes that were kept by an earlier one are kept on.
fn notes(case: &Case) -> Vec<NoteKept> {
    case.tombstones
        .iter()
        .flat_map(|tombstone| tombstone.notes.clone())
        .collect()
}

fn taking(case: &Case, passage: &str) -> Result<Taking, Refused> {
    let passage = Passage::of(&clean_text(passage)).ok_or_else(|| {
        Refused::field(
            "passage",
            "Copy the words that are to be taken out, at least three letters",
        )
    })?;
    Ok(Taking::of(passage, &case.received, number(case)))
}

/// Why something cannot be taken out of a place.
fn stays(case: &Case, recorded: &Recorded, place: &Place) -> Option<String> {
    let field = field_of(&place.field);
    let now = match field {
        "name" => &case.complainant.name,
        "email" => &case.complainant.email,
        "phone" => &case.complainant.phone,
        "username" => &case.complainant.username,
        _ => &None,
    };
    let is_contact = matches!(recorded.event, Event::Received(_) | Event::ContactCorrected(_));
    if is_contact && now.as_ref() == text_at(&recorded.event, &place.field).as_ref() {
        return Some("This is who they are and how we reach them now. Correct the contact details first".to_owned());
    }
    let in_letter = matches!(
        recorded.event,
        Event::SignOffRequested(_) | Event::SignOffEdited(_) | Event::DraftSaved(_)
    );
    (in_letter && matches!(case.state, State::SignOff(..)))
        .then(|| "The letter that waits for sign-off says it. Have it sent back and changed first".to_owned())
}

fn text_at(event: &Event, place: &str) -> Option<String> {
    let mut payload: Value = serde_json::from_slice(&event.encode()).unwrap_or(Value::Null);
    let mut found = None;
    each(event.kind(), &mut payload, &mut |path, text| {
        if path == place {
            found = Some(text.clone());
        }
    });
    found
}

fn without_passage(
    case: &Case,
    history: &[Recorded],
    asked: &[Place],
    taking: &Taking,
) -> Result<(Vec<Recorded>, Vec<Place>), Refused> {
    let mut places = Vec::new();
    let mut retold = Vec::with_capacity(history.len());
    for recorded in history {
        let here = taking.places(recorded).into_iter().map(|(place, _)| place);
        let here: Vec<Place> = here.filter(|place| asked.contains(place)).collect();
        if let Some(why) = here.iter().find_map(|place| stays(case, recorded, place)) {
            return Err(Refused::NotNow(format!("{why}.")));
        }
        let event = match here.is_empty() {
            true => recorded.event.clone(),
            false => taking
                .event_without(recorded, &here)
                .map_err(|fault| unreadable(&fault))?,
        };
        retold.push(Recorded {
            event,
            ..recorded.clone()
        });
        places.extend(here);
    }
    match places.is_empty() {
        true => Err(Refused::field("places", "Choose where it is to be taken out")),
        false => Ok((retold, places)),
    }
}

/// The raw bytes of e-mails that said it, by the numbers of their events: the words stand in them as well, and nobody can take them out of there.
fn originals(case: &Case, history: &[Recorded], places: &[Place]) -> Vec<u32> {
    let is_touched = |event: u32| places.iter().any(|place| place.event == event);
    let mails = history.iter().filter_map(|recorded| match &recorded.event {
        Event::MailKept(kept) if is_touched(kept.came_with) || is_touched(recorded.sequence) => Some(kept.came_with),
        _ => None,
    });
    let mails: Vec<u32> = mails.collect();
    let originals = history.iter().filter(|recorded| match &recorded.event {
        Event::FileAttached(file) => file.seen_by == SeenBy::Staff && mails.contains(&file.came_with),
        _ => false,
    });
    let gone = |event: u32| case.tombstones.iter().any(|tombstone| tombstone.took_file(event));
    originals
        .map(|recorded| recorded.sequence)
        .filter(|event| !gone(*event))
        .collect()
}

fn without_file(case: &Case, history: &[Recorded], number: u32) -> Result<(Vec<Recorded>, String), Refused> {
    let there = || Refused::field("what", "Choose a file that is there");
    if case.tombstones.iter().any(|tombstone| tombstone.took_file(number)) {
        return Err(there());
    }
    let mut retold = history.to_vec();
    let found = retold.iter_mut().find(|recorded| recorded.sequence == number);
    let Some(Recorded {
        event: Event::FileAttached(file),
        ..
    }) = found
    else {
        return Err(there());
    };
    file.name = FileName::of(&marker(self::number(case)));
    file.sha256.clear();
    file.stored_sha256.clear();
    let id = file.id.clone();
    Ok((retold, id))
}

fn kept(recorded: &Recorded) -> Kept {
    let payload = serde_json::from_slice(&recorded.event.encode()).unwrap_or(Value::Null);
    Kept {
        at: recorded.at,
        actor: recorded.actor.to_string(),
        kind: recorded.event.kind().to_owned(),
        version: recorded.event.version(),
        payload,
    }
}

fn unreadable(fault: &Unreadable) -> Refused {
    Refused::Rule(format!(
        "This case could not be told again without these words, and nothing was changed: {fault}."
    ))
}
