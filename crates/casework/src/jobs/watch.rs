//! The clocks: warnings, breaches and missed updates become events when their instant comes (P18, A9).

use std::collections::BTreeSet;

use rules::case::{Change, Reference};
use rules::deadlines::deadlines;
use rules::handling::watch::watch;
use rules::people::Actor;
use storage::deadlines::due_between;

use crate::record::{By, Seen, change};
use crate::{ActError, Office};

/// How many dates one round looks at.
const ROUND: u32 = 500;

/// Looks at every date that has come since the last round and records what follows. Running it twice changes nothing the second time.
///
/// # Errors
/// When the store cannot be read or written.
pub async fn look(office: &Office) -> Result<usize, ActError> {
    let now = office.now();
    let due = office
        .store
        .read(move |tx| Box::pin(async move { due_between(tx, jiff::Timestamp::UNIX_EPOCH, now, ROUND).await }))
        .await?;
    let cases: BTreeSet<String> = due.into_iter().map(|row| row.reference).collect();
    let mut changed = 0;
    for reference in cases {
        let Ok(reference) = reference.parse::<Reference>() else {
            continue;
        };
        changed += look_at(office, &reference).await?;
    }
    Ok(changed)
}

async fn look_at(office: &Office, reference: &Reference) -> Result<usize, ActError> {
    let by = By {
        actor: Actor::System,
        seen: Seen::Whatever,
        once: None,
    };
    let counted = std::sync::atomic::AtomicUsize::new(0);
    change(office, reference, by, |case, setting| {
        // A calendar that ends too soon is reported by the doctor; the watch must not stop for it.
        let events = deadlines(case, setting)
            .map(|dates| watch(case, &dates, setting))
            .unwrap_or_default();
        counted.store(events.len(), std::sync::atomic::Ordering::Relaxed);
        Ok(Change::of(events))
    })
    .await?;
    Ok(counted.into_inner())
}
