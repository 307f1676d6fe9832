//! The doctor: wipes every derived table and makes it again from the events, and says which rows differed (invariant 3).

use rules::case::Reference;
use storage::doctor::{self, Difference};
use storage::{Keys, StorageError, Tx, facts};

use crate::in_force::{InForce, Versions, version_of};
use crate::record::{Batch, load_within};
use crate::retention::erased_facts;
use crate::{ActError, Office, review};

/// What the doctor found.
#[derive(Debug)]
pub struct Rebuilt {
    /// How many cases were made again.
    pub cases: usize,
    /// Tables whose rows were not what the events say.
    pub differences: Vec<Difference>,
}

/// Makes every derived row again from the events. One transaction reads the log and writes the tables, so that an act which comes
/// meanwhile waits and is not overwritten by what was before it.
///
/// # Errors
/// When a history cannot be replayed or the store cannot be written. The tables are then as they were.
pub async fn rebuild(office: &Office) -> Result<Rebuilt, ActError> {
    let (versions, active) = (office.versions_by_name(), office.active());
    let keys = office.store.keys().clone();
    office
        .store
        .write(move |tx| Box::pin(async move { rebuild_within(tx, &versions, &active, &keys).await }))
        .await
}

async fn rebuild_within(
    tx: &mut Tx<'_>,
    versions: &Versions,
    active: &InForce,
    keys: &Keys,
) -> Result<Rebuilt, ActError> {
    let before = doctor::snapshot(tx).await?;
    let references = references(tx).await?;
    let gone = erased_facts(tx).await?;
    doctor::wipe_derived(tx).await?;
    for facts in gone.values().flatten() {
        facts::add(tx, &facts.clone().into()).await?;
    }
    let there = references.iter().filter(|reference| !gone.contains_key(*reference));
    for reference in there {
        let loaded = load_within(tx, reference).await?;
        let in_force = version_of(versions, &loaded.case)?;
        Batch::rebuilt(loaded, &in_force, keys)?.write_derived(tx).await?;
    }
    review::rebuild(tx, &active.calendar).await?;
    let after = doctor::snapshot(tx).await?;
    Ok(Rebuilt {
        cases: references.len(),
        differences: before.differences(&after),
    })
}

/// Every case that the log knows, by its first event.
pub(crate) async fn references(tx: &mut Tx<'_>) -> Result<Vec<Reference>, StorageError> {
    let mut references = Vec::new();
    let mut position = 0;
    loop {
        let batch = storage::events::raw_scan(tx, position, 5_000).await?;
        let Some(last) = batch.last() else {
            return Ok(references);
        };
        position = last.position + 1;
        let firsts = batch
            .iter()
            .filter(|event| event.sequence == 1 && event.kind == "case.received");
        references.extend(firsts.filter_map(|event| event.stream.parse().ok()));
    }
}
