//! The keys of line managers: given for their mailboxes by whoever keeps the directory, compared with their owners, and taken away (R34).

use std::sync::Arc;

use rules::case::change::permit;
use rules::confidential::sealing::letter_key::{self, LetterKey};
use rules::office::{OfficeChange, OfficeEvent, letter_keys};
use rules::people::{Act, Actor, Person};
use storage::{StorageError, Tx, openpgp, settings};

use crate::kept::kept;
use crate::office_record::{Beside, History, OfficeAct};
use crate::people::OfficeHand;
use crate::{ActError, Office};

/// Where they lie among the settings, sealed like all of them.
const KEPT: &str = "letter_keys";

/// Every key, by mailbox.
///
/// # Errors
/// When the person may not look after the directory, or the store cannot be read.
pub async fn list(office: &Office, by: &Person) -> Result<Vec<LetterKey>, ActError> {
    permit(by, Act::KeepDirectory)?;
    all(office).await
}

/// The same for a command on this machine.
///
/// # Errors
/// When the store cannot be read.
pub async fn all(office: &Office) -> Result<Vec<LetterKey>, ActError> {
    let read = office.store.read(|tx| Box::pin(kept(tx, KEPT))).await;
    Ok(read?)
}

/// The key that is known for a mailbox, good or not.
pub(crate) async fn of(office: &Office, email: &str) -> Result<Option<LetterKey>, ActError> {
    let email = email.trim().to_lowercase();
    Ok(all(office).await?.into_iter().find(|key| key.email == email))
}

/// What would be taken for a mailbox from a file, for whoever compares its fingerprint first. Nothing is kept.
///
/// # Errors
/// When the person may not look after the directory; see [`letter_key::take`].
pub fn look(hand: OfficeHand<'_>, email: &str, file: &[u8]) -> Result<LetterKey, ActError> {
    permit(hand.by, Act::KeepDirectory)?;
    Ok(letter_key::take(openpgp::read(file), email, hand.office.now())?)
}

/// Takes the key of a file for a mailbox, in place of the one before. Answers the fingerprint of the key.
///
/// # Errors
/// As for [`look`]; when it could not be saved.
pub async fn give(hand: OfficeHand<'_>, email: &str, file: &[u8]) -> Result<String, ActError> {
    let by = hand.by.clone();
    let given = look(hand, email, file)?;
    let act = hand.act(None, beside(&given)?);
    record_given(act, given, move |book| {
        permit(book.actor(&by)?, Act::KeepDirectory)?;
        Ok(())
    })
    .await
}

/// The same by a command on this machine: whoever may run it may do everything.
///
/// # Errors
/// See [`letter_key::take`]; when it could not be saved.
pub async fn give_by_command(office: &Arc<Office>, email: &str, file: &[u8]) -> Result<String, ActError> {
    let given = letter_key::take(openpgp::read(file), email, office.now())?;
    let act = by_command(office, beside(&given)?);
    record_given(act, given, |_| Ok(())).await
}

async fn record_given(
    act: OfficeAct<'_>,
    given: LetterKey,
    may: impl FnOnce(&crate::office_record::Book) -> Result<(), ActError> + Send + 'static,
) -> Result<String, ActError> {
    let before = all(act.office).await?;
    let fingerprint = given.certificate.fingerprint.clone();
    act.record(move |book, _| {
        may(book)?;
        Ok::<OfficeChange, ActError>(letter_keys::give(&before, &given)?)
    })
    .await?;
    Ok(fingerprint)
}

/// Takes the key of a mailbox away: letters to it hold a link again.
///
/// # Errors
/// When the person may not look after the directory, or no key is known for it.
pub async fn take_away(hand: OfficeHand<'_>, email: &str) -> Result<(), ActError> {
    permit(hand.by, Act::KeepDirectory)?;
    let (by, before, email) = (hand.by.clone(), all(hand.office).await?, email.to_owned());
    let taken = hand.act(None, Beside::Nothing).record(move |book, _| {
        permit(book.actor(&by)?, Act::KeepDirectory)?;
        Ok(letter_keys::take_away(&before, &email)?)
    });
    taken.await.map(drop)
}

/// The same by a command on this machine.
///
/// # Errors
/// When no key is known for it.
pub async fn take_away_by_command(office: &Arc<Office>, email: &str) -> Result<(), ActError> {
    let (before, email) = (all(office).await?, email.to_owned());
    let taken = by_command(office, Beside::Nothing)
        .record(move |_, _| Ok::<OfficeChange, ActError>(letter_keys::take_away(&before, &email)?));
    taken.await.map(drop)
}

fn by_command(office: &Arc<Office>, beside: Beside) -> OfficeAct<'_> {
    OfficeAct {
        office,
        actor: Actor::System,
        once: "",
        cases_of: None,
        beside,
        history: History::Untold,
    }
}

fn beside(given: &LetterKey) -> Result<Beside, ActError> {
    Ok(Beside::Text(serde_json::to_string(given)?))
}

/// Writes what an event of the office says about a key; `given` is the key, where it was given.
pub(crate) async fn keep(
    tx: &mut Tx<'_>,
    event: &OfficeEvent,
    given: &Beside,
    at: jiff::Timestamp,
) -> Result<(), ActError> {
    let mut keys: Vec<LetterKey> = kept(tx, KEPT).await?;
    match (event, given) {
        (OfficeEvent::LetterKeyGiven(event), Beside::Text(json)) => {
            let key: LetterKey = serde_json::from_str(json)?;
            keys.retain(|one| one.email != event.email);
            let place = keys.partition_point(|one| one.email < key.email);
            keys.insert(place, key);
        }
        (OfficeEvent::LetterKeyTakenAway(event), _) => keys.retain(|one| one.email != event.email),
        (event, _) => {
            let words = format!("{} came without what its row needs", event.kind());
            return Err(StorageError::Corrupt(words).into());
        }
    }
    Ok(settings::put(tx, KEPT, &serde_json::to_string(&keys)?, at).await?)
}
