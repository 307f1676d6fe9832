//! Taking words or a file out of a case for good: the case is told anew under a new key, in one transaction, and only a tombstone stays (R31).

use std::sync::Arc;

use jiff::Timestamp;
use rules::case::change::{Change, permit};
use rules::case::event::NoteKept;
use rules::case::{Case, Event, Refused};
use rules::people::{Act, Actor};
use rules::redaction::{self, Asked, Found, Taking};
use storage::outbox::{OutboxRow, OutboxState};
use storage::retold::{self, Beside};
use storage::{StorageError, Tx};

use super::Hand;
use crate::letter::Waiting;
use crate::record::{Batch, Before, By, Loaded, TRIES, already_done, check_seen, claimed, load, once_key};
use crate::review::notes_on;
use crate::secrets::Secrets;
use crate::{ActError, Office};

/// Where a passage stands in a case, for whoever may take it out. A case that was only looked through is not changed by it.
///
/// # Errors
/// [`ActError::NotFound`] where there is no such case for whoever asks; what [`redaction::can_take_out`] and [`redaction::places`] refuse.
pub async fn places(hand: Hand<'_>, passage: &str) -> Result<Vec<Found>, ActError> {
    permit(hand.by, Act::SeeCases)?;
    let loaded = load(hand.office, hand.reference).await?;
    crate::clearance::allowed(hand.office, &loaded.case, Actor::Staff(hand.by.id))?;
    redaction::can_take_out(&loaded.case, hand.by)?;
    let secrets = Secrets::of(&loaded.case.received);
    let found = redaction::places(&loaded.case, &loaded.history, passage)?;
    let masked = found.into_iter().map(|found| Found {
        around: secrets.masked(&found.around),
        ..found
    });
    Ok(masked.collect())
}

/// Takes words or a file out. When this answers, no row of the database holds them in a form that anybody can open.
///
/// # Errors
/// As for [`places`]; what [`redaction::take_out`] refuses; when a letter with these words is on its way; when it could not be saved. Nothing was
/// changed then.
pub async fn take_out(hand: Hand<'_>, asked: &Asked) -> Result<Case, ActError> {
    permit(hand.by, Act::SeeCases)?;
    let (office, by) = (hand.office, hand.as_by());
    let _turn = office.turns.take(hand.reference).await;
    let mut tries = 0;
    loop {
        let loaded = load(office, hand.reference).await?;
        crate::clearance::allowed(office, &loaded.case, by.actor)?;
        if already_done(office, &loaded, by).await? {
            return Ok(loaded.case);
        }
        check_seen(&loaded, by)?;
        let redaction = Redaction::prepare(hand, (loaded, asked), by).await?;
        let (case, removes) = (redaction.batch.case.clone(), !redaction.files.is_empty());
        let redaction = Arc::new(redaction);
        let written: Result<(), ActError> = office
            .store
            .write(move |tx| {
                let redaction = redaction.clone();
                Box::pin(async move { redaction.write(tx).await })
            })
            .await;
        match written {
            Err(ActError::Storage(StorageError::Conflict { .. })) if tries < TRIES => tries += 1,
            Err(fault) => return Err(fault),
            Ok(()) => {
                if removes {
                    crate::retention::remove_left_files(office).await?;
                }
                return Ok(case);
            }
        }
    }
}

/// Everything that one transaction writes.
struct Redaction {
    batch: Batch,
    once: Option<String>,
    reference: String,
    taking: Option<Taking>,
    files: Vec<String>,
    /// Notes of reviews as they are now, by which it is known whether one was added meanwhile.
    notes: Vec<NoteKept>,
    now: Timestamp,
}

impl Redaction {
    async fn prepare(hand: Hand<'_>, (loaded, asked): (Loaded, &Asked), by: By<'_>) -> Result<Redaction, ActError> {
        let office = hand.office;
        let mut retold = redaction::take_out(&loaded.case, &loaded.history, asked, hand.by)?;
        let notes = notes(office, &loaded.case).await?;
        retold
            .redacted
            .notes
            .extend(notes.iter().map(|note| without(note, retold.taking.as_ref())));
        let reference = loaded.case.reference.clone();
        let once = once_key(&reference, by);
        let in_force = office.procedure_of(&loaded.case)?;
        let before = Loaded::replayed(reference.clone(), retold.history)?;
        let change = Change::of(vec![Event::Redacted(retold.redacted)]);
        Ok(Redaction {
            batch: Batch::prepare(office, Before::Case(Box::new(before)), change, by.actor, &in_force)?,
            once,
            reference: reference.to_string(),
            taking: retold.taking,
            files: retold.files,
            notes,
            now: office.now(),
        })
    }

    async fn write(&self, tx: &mut Tx<'_>) -> Result<(), ActError> {
        if !claimed(tx, self.once.clone(), self.now).await? {
            return Ok(());
        }
        if notes_on(tx, &self.reference).await? != self.notes {
            return Err(self.changed_meanwhile());
        }
        let mut beside = retold::beside(tx, &self.reference).await?;
        for file in &self.files {
            beside.without_file(file);
        }
        if let Some(taking) = &self.taking {
            take_from_letters(&mut beside, taking, self.now)?;
            take_from_drafts(&mut beside, taking)?;
        }
        retold::renew(tx, &self.reference, &beside, self.now).await?;
        Ok(self.batch.write(tx).await?)
    }

    fn changed_meanwhile(&self) -> ActError {
        StorageError::Conflict {
            stream: self.reference.clone(),
            sequence: self.batch.case.sequence,
        }
        .into()
    }
}

async fn notes(office: &Office, case: &Case) -> Result<Vec<NoteKept>, ActError> {
    let reference = case.reference.to_string();
    let look = office
        .store
        .read(move |tx| Box::pin(async move { notes_on(tx, &reference).await }));
    look.await
}

fn without(note: &NoteKept, taking: Option<&Taking>) -> NoteKept {
    let words = taking.and_then(|taking| taking.from_text(&note.words));
    NoteKept {
        words: words.unwrap_or_else(|| note.words.clone()),
        ..note.clone()
    }
}

/// Letters that have not left go without it; what left, or will not leave, is not kept a second time. One whose words were approved is never changed.
fn take_from_letters(beside: &mut Beside, taking: &Taking, now: Timestamp) -> Result<(), ActError> {
    let mut kept = Vec::with_capacity(beside.letters.len());
    for mut row in std::mem::take(&mut beside.letters) {
        let said_in_error = row.last_error.as_deref().and_then(|error| taking.from_text(error));
        row.last_error = said_in_error.or(row.last_error);
        let Some(without) = letter_without(&row, taking)? else {
            kept.push(row);
            continue;
        };
        let is_held = row.state == OutboxState::Sending && row.lease_until.is_some_and(|until| until > now);
        match row.state {
            OutboxState::Sent | OutboxState::Replaced | OutboxState::GivenUp => {}
            _ if is_held => {
                return Err(refused(
                    "A letter with these words is going out at this moment. Try again in a minute.",
                ));
            }
            _ if without.words.is_some() => {
                return Err(refused(
                    "A letter with these words is written out and on its way. Wait until it has arrived, or is given up.",
                ));
            }
            _ => {
                row.payload = serde_json::to_vec(&without)?;
                kept.push(row);
            }
        }
    }
    beside.letters = kept;
    Ok(())
}

/// The letter without it; nothing where it does not say it.
fn letter_without(row: &OutboxRow, taking: &Taking) -> Result<Option<Waiting>, ActError> {
    let mut letter: Waiting = serde_json::from_slice(&row.payload)?;
    let (mut facts, mut words) = (
        serde_json::to_value(&letter.facts)?,
        serde_json::to_value(&letter.words)?,
    );
    let found = taking.from_all(&mut facts) | taking.from_all(&mut words);
    if !found {
        return Ok(None);
    }
    letter.facts = serde_json::from_value(facts)?;
    letter.words = serde_json::from_value(words)?;
    Ok(Some(letter))
}

fn take_from_drafts(beside: &mut Beside, taking: &Taking) -> Result<(), ActError> {
    for (_, draft) in &mut beside.drafts {
        let mut fields: serde_json::Value = serde_json::from_slice(&draft.fields)?;
        if taking.from_all(&mut fields) {
            draft.fields = serde_json::to_vec(&fields)?;
        }
    }
    Ok(())
}

fn refused(words: &str) -> ActError {
    Refused::NotNow(words.to_owned()).into()
}
