//! Keys by which a form that comes twice counts once: kept for as long as a form can come again, and no longer.

use jiff::SignedDuration;
use storage::{StorageError, idempotency, throttle};

use crate::{ActError, Office};

/// A form that was left open over a long vacation still counts once. What it was answered with, sealed beside its key, tells of a case; it goes with
/// the key.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 92);
/// Longer than any window in which tries are counted.
const TRIES: SignedDuration = SignedDuration::from_hours(24 * 7);

/// Throws away the keys of old forms with what they were answered, and counts of tries that are long over. Tells how many there were.
///
/// # Errors
/// When the store cannot be written.
pub(crate) async fn sweep(office: &Office) -> Result<u64, ActError> {
    let now = office.now();
    let swept = office.store.write(move |tx| {
        Box::pin(async move {
            let keys = idempotency::sweep(tx, now - KEPT).await?;
            Ok::<_, StorageError>(keys + throttle::sweep(tx, now - TRIES).await?)
        })
    });
    Ok(swept.await?)
}
