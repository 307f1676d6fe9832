//! The record that a copy was made: in a stream of its own, and on each case of it, in one transaction.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::case::change::{Change, permit};
use rules::case::event::{CopyGiven, Event};
use rules::case::{Reference, Refused};
use rules::confidential::looks::Way;
use rules::confidential::{Guard, Sight, sight};
use rules::people::{Act, Actor, Person};
use rules::subject::{CopyMade, SUBJECT_ACCESS, SubjectEvent, due_on};
use storage::events::{NewEvent, StoredEvent};
use storage::{StorageError, Tx, events};

use crate::looks::{self, Look};
use crate::record::{Batch, Before, TRIES, actor_of, claimed, load};
use crate::{ActError, Office};

/// What is known of a copy when it is put on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The day on which they asked.
    pub asked_on: Date,
    /// The cases in it.
    pub cases: Vec<Reference>,
    /// How many files are in it.
    pub files: u32,
    /// SHA-256 of the page.
    pub page_sha256: String,
    /// SHA-256 of the data file.
    pub data_sha256: String,
    /// In how many places something was left out.
    pub left_out: u32,
    /// Why it is more or less than was suggested.
    pub changed: Option<String>,
    /// The key of the form: the same is one copy.
    pub once: String,
}

/// A copy that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Actor,
    /// What stands on record of it.
    pub made: CopyMade,
    /// Whose it is, as far as one of its cases can still be read.
    pub whose: Option<String>,
}

/// Puts a copy on record, on each of its cases too. Nothing is given that is not on record.
///
/// # Errors
/// When the person may not, the day is yet to come, or a case is not there for them; when it could not be saved.
pub async fn put(office: &Office, by: &Person, made: &Made) -> Result<(), ActError> {
    permit(by, Act::ExportSubject)?;
    let now = office.now();
    let active = office.active();
    if made.asked_on > active.setting(now).today() {
        return Err(Refused::field("asked_on", "Enter the day on which they asked").into());
    }
    let due_on = due_on(made.asked_on, &active.calendar);
    let actor = Actor::Staff(by.id);
    let mut tries = 0;
    loop {
        let number = next(office).await?;
        let mut batches = Vec::with_capacity(made.cases.len());
        for reference in &made.cases {
            let loaded = load(office, reference).await?;
            let seen = sight(&Guard::of(&loaded.case), by).ok_or(ActError::NotFound)?;
            if seen != Sight::Whole && !loaded.case.is_sealed() {
                return Err(ActError::NotFound);
            }
            let in_force = office.procedure_of(&loaded.case)?;
            let change = Change::of(vec![Event::CopyGiven(CopyGiven { number })]);
            batches.push(Batch::prepare(
                office,
                Before::Case(Box::new(loaded)),
                change,
                actor,
                &in_force,
            )?);
        }
        let event = SubjectEvent::CopyMade(CopyMade {
            number,
            asked_on: made.asked_on,
            due_on,
            cases: made.cases.clone(),
            files: made.files,
            page_sha256: made.page_sha256.clone(),
            data_sha256: made.data_sha256.clone(),
            left_out: made.left_out,
            changed: made.changed.clone(),
        });
        let once = Some(format!("copy:{}:{}", by.id.0, made.once)).filter(|_| !made.once.is_empty());
        let written: Result<(), StorageError> = office
            .store
            .write(move |tx| Box::pin(async move { write(tx, (batches, event), (once, actor, now), number).await }))
            .await;
        match written {
            Err(StorageError::Conflict { .. }) if tries < TRIES => tries += 1,
            other => {
                other?;
                break;
            }
        }
    }
    for reference in &made.cases {
        let look = Look {
            who: by.id,
            way: Way::Copy,
            case: Some(reference),
            about: None,
        };
        looks::put(office, look).await?;
    }
    Ok(())
}

async fn write(
    tx: &mut Tx<'_>,
    (batches, event): (Vec<Batch>, SubjectEvent),
    (once, actor, at): (Option<String>, Actor, Timestamp),
    number: u32,
) -> Result<(), StorageError> {
    if !claimed(tx, once, at).await? {
        return Ok(());
    }
    let new = NewEvent {
        stream: SUBJECT_ACCESS.to_owned(),
        sequence: number,
        kind: event.kind().to_owned(),
        version: event.version(),
        at,
        actor: actor.to_string(),
        payload: event.encode(),
    };
    events::append(tx, std::slice::from_ref(&new)).await?;
    for batch in &batches {
        batch.write(tx).await?;
    }
    Ok(())
}

async fn next(office: &Office) -> Result<u32, ActError> {
    let last = office
        .store
        .read(|tx| Box::pin(async move { events::sequence_of(tx, SUBJECT_ACCESS).await }));
    Ok(last.await? + 1)
}

/// The latest copies, the newest first, for whoever makes them.
///
/// # Errors
/// When the person may not, or the store cannot be read.
pub async fn latest(office: &Office, by: &Person, limit: u32) -> Result<Vec<Given>, ActError> {
    permit(by, Act::ExportSubject)?;
    let stored = office
        .store
        .read(move |tx| Box::pin(async move { events::latest(tx, SUBJECT_ACCESS, u32::MAX, limit).await }));
    let mut all = Vec::new();
    for stored in stored.await? {
        let mut given = given(&stored)?;
        // A case that is not theirs to see is not there for them, since who is named in it may be whoever looks (invariant 12). A copy with another case, on
        // whose timeline they find it, stays in the list: a gap would tell what is hidden.
        let (mut seen, mut hidden) = (Vec::new(), false);
        for reference in std::mem::take(&mut given.made.cases) {
            match load(office, &reference).await {
                Err(ActError::NotFound) => seen.push(reference),
                loaded => {
                    let case = loaded?.case;
                    match sight(&Guard::of(&case), by) {
                        Some(sight) => {
                            let whole = sight == Sight::Whole;
                            given.whose = given
                                .whose
                                .or_else(|| whole.then(|| case.complainant.display_name().to_owned()));
                            seen.push(reference);
                        }
                        None => hidden = true,
                    }
                }
            }
        }
        given.made.cases = seen;
        if !hidden || !given.made.cases.is_empty() {
            all.push(given);
        }
    }
    Ok(all)
}

fn given(stored: &StoredEvent) -> Result<Given, ActError> {
    let SubjectEvent::CopyMade(made) = SubjectEvent::decode(&stored.kind, stored.version, &stored.payload)?;
    Ok(Given {
        at: stored.at,
        by: actor_of(stored)?,
        made,
        whose: None,
    })
}
