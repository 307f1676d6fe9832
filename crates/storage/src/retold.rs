//! A case that is told anew under a new key, because something was taken out of it: what lies before opens for nobody any more (R31).
//!
//! The key of a case opens its events, its letters, its drafts and the keys of its files. So everything that stays is sealed again in one
//! transaction, and the key that opened what was taken out is overwritten. The old ciphertexts stay in the log, where their hashes prove the order
//! of things, as those of an erased case do.

use jiff::Timestamp;

use crate::database::statements;
use crate::drafts::{DraftPlace, DraftRow};
use crate::events::{SEALING, SealedEvent};
use crate::keys::FileKey;
use crate::outbox::OutboxRow;
use crate::{StorageError, Tx, drafts, files, outbox, stream_keys};

statements! {
    RETOLD_AT = "SELECT COALESCE(MAX(sequence), 0) FROM events WHERE stream = $1 AND kind = 'case.redacted'";
}

/// The kind of the event that tells a case anew: it is the first under its new key.
const RETELLING: &str = "case.redacted";

/// What is sealed under the key of a case besides its events and the rows that are made from them.
pub struct Beside {
    /// Its letters in the post room.
    pub letters: Vec<OutboxRow>,
    /// What people wrote on it and have not sent.
    pub drafts: Vec<(DraftPlace, DraftRow)>,
    files: Vec<(String, FileKey)>,
}

impl Beside {
    /// Forgets a file: nobody can open it from now on, and its bytes go with the next sweep.
    pub fn without_file(&mut self, id: &str) {
        self.files.retain(|(file, _)| file != id);
    }
}

/// Reads all of it, before the key is replaced.
///
/// # Errors
/// [`StorageError::MissingKey`] for a case that was erased; when the database cannot be read.
pub async fn beside(tx: &mut Tx<'_>, reference: &str) -> Result<Beside, StorageError> {
    Ok(Beside {
        letters: outbox::for_case(tx, reference).await?,
        drafts: drafts::all_of(tx, reference).await?,
        files: files::keys_of(tx, reference).await?,
    })
}

/// Gives the case a new key and seals again under it what is given; whatever of it is not given is thrown away. The events of the case, its card
/// and the updates of its job are to be written by the caller, in the same transaction.
///
/// # Errors
/// [`StorageError::MissingKey`] for a case that was erased; when the database cannot be written.
pub async fn renew(tx: &mut Tx<'_>, reference: &str, beside: &Beside, at: Timestamp) -> Result<(), StorageError> {
    stream_keys::renew(tx, reference, at).await?;
    outbox::seal_again(tx, reference, &beside.letters).await?;
    drafts::seal_again(tx, reference, &beside.drafts).await?;
    files::seal_again(tx, reference, &beside.files, at).await
}

/// Whether an event lies before the latest retelling of its case: it opens for nobody, and is to be read by nobody.
pub(crate) async fn is_told_anew(tx: &mut Tx<'_>, event: &SealedEvent) -> Result<bool, StorageError> {
    let retold: u32 = tx.one(RETOLD_AT, &[&event.stream], |row| row.natural(0)).await?;
    Ok(event.sequence < retold)
}

/// The events that the office can read: from the sealing on, and from the latest retelling on.
pub(crate) fn from_the_stub(events: &mut Vec<SealedEvent>) {
    let sealing = events.iter().position(|event| event.kind == SEALING);
    events.drain(..sealing.unwrap_or(0));
    from_retelling(events);
}

/// The events that can be read: from the latest retelling on.
pub(crate) fn from_retelling(events: &mut Vec<SealedEvent>) {
    let retold = events.iter().rposition(|event| event.kind == RETELLING);
    events.drain(..retold.unwrap_or(0));
}
