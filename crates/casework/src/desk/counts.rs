//! The figures beside the names of the lists.

use rules::people::Person;
use storage::cases;

use crate::{ActError, Office};

/// How many open cases each list holds.
pub type Counts = cases::Counts;

/// The figures for one person.
///
/// # Errors
/// When the store cannot be read.
pub async fn counts(office: &Office, who: &Person) -> Result<Counts, ActError> {
    let (id, now) = (who.id.0, office.now());
    let today = office.active().setting(now).today();
    Ok(office
        .store
        .read(move |tx| Box::pin(async move { cases::counts(tx, id, now, today).await }))
        .await?)
}
