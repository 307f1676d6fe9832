//! Who gets to a case at all: the rule of sight before every act, and on record before every look (invariant 12, R31).

use rules::case::{Case, Change, Reference};
use rules::confidential::{Guard, Sight, sight, viewed};
use rules::people::{Actor, Person};
use storage::StorageError;

use crate::record::{Batch, Before, Loaded, TRIES, load};
use crate::{ActError, Office};

/// An act of somebody who may not see the case is answered as if there were none (invariant 12).
pub(crate) fn allowed(office: &Office, case: &Case, actor: Actor) -> Result<(), ActError> {
    sees(office, case, actor, Sight::Whole)
}

/// The same for an act that needs to see only so much.
pub(crate) fn sees(office: &Office, case: &Case, actor: Actor, least: Sight) -> Result<(), ActError> {
    let Some(id) = actor.staff().filter(|_| case.is_restricted()) else {
        return Ok(());
    };
    let seen = office.person(id).and_then(|person| sight(&Guard::of(case), &person));
    if seen.is_some_and(|seen| seen >= least) {
        Ok(())
    } else {
        Err(ActError::NotFound)
    }
}

/// A case as somebody may see it who looks at it: the look is on record before they see anything (R31).
///
/// # Errors
/// [`ActError::NotFound`] when there is none, or less of it is for them than they ask for.
pub(crate) async fn look(
    office: &Office,
    reference: &Reference,
    who: &Person,
    least: Sight,
) -> Result<Loaded, ActError> {
    let mut tries = 0;
    loop {
        let loaded = load(office, reference).await?;
        let seen = sight(&Guard::of(&loaded.case), who).filter(|seen| *seen >= least);
        let seen = seen.ok_or(ActError::NotFound)?;
        let now = office.now();
        let Some(event) = viewed::look(&loaded.case, &loaded.history, (who.id, seen), now) else {
            return Ok(loaded);
        };
        let in_force = office.procedure_of(&loaded.case)?;
        let change = Change::of(vec![event]);
        let batch = Batch::prepare(
            office,
            Before::Case(Box::new(loaded)),
            change,
            Actor::Staff(who.id),
            &in_force,
        )?;
        let kept = office
            .store
            .write(move |tx| Box::pin(async move { batch.write(tx).await }));
        match kept.await {
            Err(StorageError::Conflict { .. }) if tries < TRIES => tries += 1,
            // The next round finds the entry and answers the case with it.
            other => other?,
        }
    }
}
