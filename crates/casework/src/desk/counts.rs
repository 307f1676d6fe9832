//! The figures beside the names of the lists.

use rules::confidential::sight::reach;
use rules::people::{Act, Person, permission};
use storage::{StorageError, cases};

use super::lists::asked_of;
use crate::{ActError, Office};

/// How many open cases each list holds.
pub type Counts = cases::Counts;

/// The figures for one person: what their lists hold, and not one more; nothing but noughts for somebody who may not see cases (invariant 12).
///
/// # Errors
/// When the store cannot be read.
pub async fn counts(office: &Office, who: &Person) -> Result<Counts, ActError> {
    if !permission::may(who, Act::SeeCases) {
        return Ok(Counts::default());
    }
    let (id, now) = (who.id.0, office.now());
    let today = office.active().setting(now).today();
    let (reach, asked) = (reach(who), asked_of(who));
    Ok(office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let open = cases::counts(tx, id, now, today).await?;
                let restricted = cases::restricted_counts(tx, &reach, now, today).await?;
                let asked = cases::count(tx, &asked).await?;
                Ok::<_, StorageError>(Counts {
                    asked,
                    ..open.and(restricted)
                })
            })
        })
        .await?)
}
