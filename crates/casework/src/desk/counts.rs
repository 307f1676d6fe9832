//! The figures beside the names of the lists.

use rules::people::{Act, Person, permission};
use storage::cases;

use crate::{ActError, Office};

/// How many open cases each list holds.
pub type Counts = cases::Counts;

/// The figures for one person; nothing but noughts for somebody who may not see cases (invariant 12).
///
/// # Errors
/// When the store cannot be read.
pub async fn counts(office: &Office, who: &Person) -> Result<Counts, ActError> {
    if !permission::may(who, Act::SeeCases) {
        return Ok(Counts::default());
    }
    let (id, now) = (who.id.0, office.now());
    let today = office.active().setting(now).today();
    Ok(office
        .store
        .read(move |tx| Box::pin(async move { cases::counts(tx, id, now, today).await }))
        .await?)
}
