//! The mail server of a line manager has the letter: the case is sealed, in one transaction, or passed on (R33, A16).
//!
//! Before this moment everything is where it was; after it nothing of the case can be read by what the office shares. A kill before the
//! transaction leaves the letter in the post room, whose next try is the same message; a kill after it finds no letter any more.

use std::sync::Arc;

use rules::case::Reference;
use rules::case::Setting;
use rules::case::facts::Communicated;
use rules::confidential::sealing::hand_over::{Acceptance, accepted};
use rules::confidential::sealing::stub::{history_of, stub_of};
use rules::people::{Actor, StaffId};
use storage::handover::{self, Shown};
use storage::{StorageError, looks, sealed};

use crate::jobs::post::ToSend;
use crate::record::{Batch, Before, Loaded, TRIES, load};
use crate::{ActError, Office};

/// Seals a case, or passes it on, because the letter that hands it over was accepted; nothing where that was done, or taken back.
///
/// # Errors
/// [`StorageError::NoSealedKey`] without the key for it; when it could not be saved. Nothing was taken away then.
pub(crate) async fn seal(office: &Office, letter: &ToSend, communicated: Communicated) -> Result<(), ActError> {
    let reference = &letter.reference;
    let _turn = office.turns.take(reference).await;
    let mut acceptance = Acceptance {
        owed_by: letter.letter.sequence,
        accepted: communicated,
        looked: Vec::new(),
        carried: letter.carried.as_ref().map(|(carried, _)| carried.clone()),
        up_to: letter.carried.as_ref().and_then(|(_, up_to)| *up_to),
    };
    let mut tries = 0;
    loop {
        let loaded = load(office, reference).await?;
        acceptance.looked = looked(office, reference).await?;
        let Some(sealing) = Sealing::prepare(office, loaded, &acceptance)? else {
            return Ok(());
        };
        let sealing = Arc::new(sealing);
        let written: Result<(), StorageError> = office
            .store
            .write(move |tx| {
                let sealing = sealing.clone();
                Box::pin(async move { sealing.write(tx).await })
            })
            .await;
        match written {
            Err(StorageError::Conflict { .. }) if tries < TRIES => tries += 1,
            other => return Ok(other?),
        }
    }
}

/// Who of staff is in the access log with the case itself, not only with its outline.
async fn looked(office: &Office, reference: &Reference) -> Result<Vec<StaffId>, ActError> {
    let wanted = reference.to_string();
    let read = office
        .store
        .read(move |tx| Box::pin(async move { looks::who_saw(tx, &wanted).await }));
    Ok(read.await?.into_iter().map(StaffId).collect())
}

/// Everything that one transaction writes.
struct Sealing {
    reference: String,
    /// True where it is sealed now; else it was, and another has it now.
    is_first: bool,
    link: String,
    owed_by: u32,
    at: jiff::Timestamp,
    batch: Batch,
}

impl Sealing {
    fn prepare(office: &Office, loaded: Loaded, acceptance: &Acceptance) -> Result<Option<Sealing>, ActError> {
        let in_force = office.procedure_of(&loaded.case)?;
        let setting: Setting<'_> = in_force.setting(office.now());
        let change = accepted(&loaded.case, &loaded.history, acceptance, &setting)?;
        let (Some(asked), false) = (loaded.case.seal.asked.clone(), change.events.is_empty()) else {
            return Ok(None);
        };
        let (is_first, reference) = (!loaded.case.is_sealed(), loaded.case.reference.clone());
        let before = match is_first {
            true => as_stub(loaded)?,
            false => loaded,
        };
        let batch = Batch::prepare(office, Before::Case(Box::new(before)), change, Actor::System, &in_force)?;
        Ok(Some(Sealing {
            reference: reference.to_string(),
            is_first,
            link: asked.link,
            owed_by: asked.number,
            at: office.now(),
            batch,
        }))
    }

    async fn write(&self, tx: &mut storage::Tx<'_>) -> Result<(), StorageError> {
        if self.is_first {
            sealed::seal_away(tx, &self.reference, self.at).await?;
        }
        self.batch.write(tx).await?;
        // Whoever had it before is let in no more.
        handover::drop_all(tx, &self.reference).await?;
        let link = Shown {
            reference: &self.reference,
            token: &self.link,
        };
        handover::put(tx, link, self.owed_by, self.at).await
    }
}

/// The same case without words: the rows that follow from it hold none either.
fn as_stub(loaded: Loaded) -> Result<Loaded, ActError> {
    let stub = stub_of(&loaded.history)?;
    let history =
        history_of(&stub).map_err(|fault| StorageError::Corrupt(format!("a stub cannot be read again: {fault}")))?;
    Loaded::replayed(loaded.case.reference, history)
}
