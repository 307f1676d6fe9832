//! Throwing away what nobody sent: files that waited a day for their form, and what is left of arrivals that broke off and of erased cases.

use jiff::SignedDuration;
use storage::files;

use super::strays::{self, Strays};
use crate::{ActError, Office};

/// How long a file waits for its form: somebody who comes back the next morning finds it still there. What was begun so long ago and is not
/// finished never will be.
const KEPT_WAITING: SignedDuration = SignedDuration::from_hours(24);

/// What a round of the sweep did.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Swept {
    /// Files that waited too long, or that nobody can open any more.
    pub files: usize,
    /// What was begun and never finished: partial files, and uploads in parts.
    pub unfinished: usize,
    /// What no row knows.
    pub strays: Strays,
}

/// Removes what waited too long, what nobody can open any more, and what belongs to nothing. Running it twice changes nothing.
///
/// # Errors
/// When the database or the store of files cannot be written; the next round tries again, from where this one broke off.
pub async fn sweep(office: &Office) -> Result<Swept, ActError> {
    let before = office.now() - KEPT_WAITING;
    let leaving = office
        .store
        .write(move |tx| Box::pin(async move { files::leaving(tx, before).await }))
        .await?;
    let files = leaving.len();
    remove(office, leaving).await?;
    let strays = strays::sweep(office).await?;
    // The last, since it is what a bucket most often allows to nobody.
    let unfinished = office.store.files().clear_unfinished(before).await?;
    Ok(Swept {
        files,
        unfinished,
        strays,
    })
}

/// Removes the bytes of files that nobody can open any more, and then forgets them: in this order a broken round is finished by the next.
pub(crate) async fn remove(office: &Office, ids: Vec<String>) -> Result<(), ActError> {
    if ids.is_empty() {
        return Ok(());
    }
    for id in &ids {
        office.store.files().remove(id).await?;
    }
    office
        .store
        .write(move |tx| Box::pin(async move { files::forget(tx, &ids).await }))
        .await?;
    Ok(())
}
