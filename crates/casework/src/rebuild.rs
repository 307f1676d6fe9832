//! The doctor: wipes every derived table and makes it again from the events, and says which rows differed (invariant 3).

use rules::case::Reference;
use storage::StorageError;
use storage::doctor::{self, Difference};

use crate::record::{Batch, load};
use crate::{ActError, Office};

/// What the doctor found.
#[derive(Debug)]
pub struct Rebuilt {
    /// How many cases were made again.
    pub cases: usize,
    /// Tables whose rows were not what the events say.
    pub differences: Vec<Difference>,
}

/// Makes every derived row again from the events.
///
/// # Errors
/// When a history cannot be replayed or the store cannot be written. The tables are then as they were: one transaction holds it all.
pub async fn rebuild(office: &Office) -> Result<Rebuilt, ActError> {
    let references = references(office).await?;
    let mut batches = Vec::with_capacity(references.len());
    for reference in &references {
        let loaded = load(office, reference).await?;
        let in_force = office.procedure_of(&loaded.case)?;
        batches.push(Batch::rebuilt(loaded, &in_force)?);
    }
    let cases = batches.len();
    let differences = office
        .store
        .write(move |tx| {
            Box::pin(async move {
                let before = doctor::snapshot(tx).await?;
                doctor::wipe_derived(tx).await?;
                for batch in &batches {
                    batch.write_derived(tx).await?;
                }
                let after = doctor::snapshot(tx).await?;
                Ok::<_, StorageError>(before.differences(&after))
            })
        })
        .await?;
    Ok(Rebuilt { cases, differences })
}

/// Every case that the log knows, by its first event.
async fn references(office: &Office) -> Result<Vec<Reference>, ActError> {
    let mut references = Vec::new();
    let mut position = 0;
    loop {
        let batch = office
            .store
            .read(move |tx| Box::pin(async move { storage::events::raw_scan(tx, position, 5_000).await }))
            .await?;
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
