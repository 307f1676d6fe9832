//! An act on two cases: both are changed in one transaction, or neither (A27).

use rules::case::{Case, Reference, Refused};
use rules::handling::group::Both;
use storage::StorageError;

use super::batch::claimed;
use super::{Batch, Before, By, TRIES, already_done, check_seen, load, once_key};
use crate::clearance::allowed;
use crate::{ActError, Office};

/// Asks a rule about a case and another and records its answer on both. Answers the first, which is the one that was read.
///
/// # Errors
/// [`ActError::NotFound`] where one of them is not there for whoever acts; what the rule refuses; when it could not be saved.
pub(crate) async fn change_both<R>(
    office: &Office,
    (here, there): (&Reference, &Reference),
    by: By<'_>,
    rule: R,
) -> Result<Case, ActError>
where
    R: Fn(&Case, &Case) -> Result<Both, Refused>,
{
    let _turns = office.turns.take_both(here, there).await;
    let mut tries = 0;
    loop {
        let (here, there) = (load(office, here).await?, load(office, there).await?);
        allowed(office, &here.case, by.actor)?;
        allowed(office, &there.case, by.actor)?;
        if already_done(office, &here, by).await? {
            return Ok(here.case);
        }
        check_seen(&here, by)?;
        let both = rule(&here.case, &there.case)?;
        let key = once_key(&here.case.reference, by);
        let procedures = (office.procedure_of(&here.case)?, office.procedure_of(&there.case)?);
        let prepare = |loaded, change, in_force| {
            Batch::prepare(office, Before::Case(Box::new(loaded)), change, by.actor, in_force)
        };
        let here = prepare(here, both.here, &procedures.0)?;
        let there = prepare(there, both.there, &procedures.1)?;
        let (case, now) = (here.case.clone(), office.now());
        let written = office.store.write(move |tx| {
            Box::pin(async move {
                if claimed(tx, key, now).await? {
                    here.write(tx).await?;
                    there.write(tx).await?;
                }
                Ok(())
            })
        });
        match written.await {
            Err(StorageError::Conflict { .. }) if tries < TRIES => tries += 1,
            other => return other.map(|()| case).map_err(ActError::from),
        }
    }
}
