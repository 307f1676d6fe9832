//! What stands on record of cases that are gone.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rules::case::Reference;
use rules::people::Actor;
use rules::retention::{ERASURES, Erased, ErasureEvent};
use rules::review::CaseFacts;
use storage::events::{NewEvent, StoredEvent};
use storage::{StorageError, Tx, events, facts, stream_keys};

use crate::record::actor_of;
use crate::{ActError, Office};

/// A case that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// When it was erased.
    pub at: Timestamp,
    /// By whom: the worker, or whoever decided on a request.
    pub actor: Actor,
    /// Its place among all erasures, counted from 1.
    pub sequence: u32,
    /// What stands on record of it.
    pub erased: Erased,
}

/// What stands on record of a case that was erased; `None` of every other.
///
/// # Errors
/// When the store cannot be read.
pub async fn erased(office: &Office, reference: &Reference) -> Result<Option<Gone>, ActError> {
    let wanted = reference.clone();
    let look = office.store.read(move |tx| {
        Box::pin(async move {
            let stream = wanted.to_string();
            let Some(at) = stream_keys::destroyed_at(tx, &stream).await? else {
                return Ok(None);
            };
            let stored = events::of_stream_at(tx, ERASURES, at).await?;
            let gone = stored.iter().map(gone).collect::<Result<Vec<_>, ActError>>()?;
            Ok::<_, ActError>(gone.into_iter().find(|gone| gone.erased.reference == wanted))
        })
    });
    look.await
}

/// The latest erasures before one of them, the newest first.
///
/// # Errors
/// When the store cannot be read.
pub async fn latest(office: &Office, before: Option<u32>, limit: u32) -> Result<Vec<Gone>, ActError> {
    let before = before.unwrap_or(u32::MAX);
    let stored = office
        .store
        .read(move |tx| Box::pin(async move { events::latest(tx, ERASURES, before, limit).await }));
    stored.await?.iter().map(gone).collect()
}

/// Puts an erasure on record.
pub(super) async fn put(
    tx: &mut Tx<'_>,
    erased: Erased,
    (actor, at): (Actor, Timestamp),
) -> Result<ErasureEvent, StorageError> {
    let event = ErasureEvent::Erased(erased);
    let new = NewEvent {
        stream: ERASURES.to_owned(),
        sequence: events::sequence_of(tx, ERASURES).await? + 1,
        kind: event.kind().to_owned(),
        version: event.version(),
        at,
        actor: actor.to_string(),
        payload: event.encode(),
    };
    events::append(tx, std::slice::from_ref(&new)).await?;
    Ok(event)
}

/// What the figures count of every case that is gone, as the record of its erasure says, or as it stands in the tables where there is none; nothing
/// inside where nothing is kept of it. For the doctor.
pub(crate) async fn erased_facts(tx: &mut Tx<'_>) -> Result<BTreeMap<Reference, Option<CaseFacts>>, ActError> {
    let mut all = BTreeMap::new();
    for stream in stream_keys::destroyed_since(tx, Timestamp::UNIX_EPOCH).await? {
        let Ok(reference) = stream.parse::<Reference>() else {
            continue;
        };
        let standing = facts::load(tx, &[reference.number()]).await?.pop();
        all.insert(reference, standing);
    }
    if all.is_empty() {
        return Ok(all);
    }
    for stored in events::load(tx, ERASURES).await? {
        let Erased { reference, facts, .. } = gone(&stored)?.erased;
        all.insert(reference, facts.map(|facts| *facts));
    }
    Ok(all)
}

fn gone(stored: &StoredEvent) -> Result<Gone, ActError> {
    let ErasureEvent::Erased(erased) = ErasureEvent::decode(&stored.kind, stored.version, &stored.payload)?;
    Ok(Gone {
        at: stored.at,
        actor: actor_of(stored)?,
        sequence: stored.sequence,
        erased,
    })
}
