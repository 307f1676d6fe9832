//! Throwing away what nobody sent: files that waited a day for their form, and what is left of arrivals that broke off and of erased cases.

use jiff::SignedDuration;
use storage::files;

use super::arrival::on_disk;
use crate::{ActError, Office};

/// How long a file waits for its form: somebody who comes back the next morning finds it still there.
const KEPT_WAITING: SignedDuration = SignedDuration::from_hours(24);

/// Removes what waited too long and what nobody can open any more, and tells how many files that were. Running it twice changes nothing.
///
/// # Errors
/// When the store or the folder cannot be written; the next round tries again.
pub async fn sweep(office: &Office) -> Result<usize, ActError> {
    let before = office.now() - KEPT_WAITING;
    let leaving = office
        .store
        .write(move |tx| Box::pin(async move { files::leaving(tx, before).await }))
        .await?;
    let swept = leaving.len();
    remove(office, leaving).await?;
    Ok(swept)
}

/// Removes the bytes of files that nobody can open any more, and then forgets them: in this order a broken round is finished by the next.
pub(super) async fn remove(office: &Office, ids: Vec<String>) -> Result<(), ActError> {
    if ids.is_empty() {
        return Ok(());
    }
    let folder = office.store.files().clone();
    let removed = on_disk(move || {
        ids.iter().try_for_each(|id| folder.remove(id))?;
        Ok(ids)
    })
    .await?;
    office
        .store
        .write(move |tx| Box::pin(async move { files::forget(tx, &removed).await }))
        .await?;
    Ok(())
}
