//! The clocks: warnings, breaches, missed updates and reminders become events when their instant comes (P18, A9, A41).

use rules::case::{Change, Reference};
use rules::deadlines::deadlines;
use rules::handling::watch::watch;
use storage::deadlines::cases_due_before;

use crate::record::change_by_itself;
use crate::{ActError, Office};

/// How many cases are looked up at a time.
const PAGE: u32 = 500;

/// Looks at every case with a date that has come and records what follows. Running it twice changes nothing the second time. A case that
/// cannot be read is reported and does not keep the others from being looked at.
///
/// # Errors
/// When the list of dates cannot be read.
pub async fn look(office: &Office) -> Result<usize, ActError> {
    let now = office.now();
    let mut changed = 0;
    let mut after = String::new();
    loop {
        let from = after.clone();
        let due = office
            .store
            .read(move |tx| Box::pin(async move { cases_due_before(tx, now, &from, PAGE).await }))
            .await?;
        for case in &due {
            match look_at(office, case).await {
                Ok(found) => changed += found,
                Err(fault) => tracing::error!(%case, %fault, "the clocks of a case could not be looked at"),
            }
        }
        match due.into_iter().last() {
            Some(last) => after = last,
            None => return Ok(changed),
        }
    }
}

async fn look_at(office: &Office, case: &str) -> Result<usize, ActError> {
    let reference: Reference = case.parse().map_err(|_| ActError::NotFound)?;
    let (_, recorded) = change_by_itself(office, &reference, |case, setting| {
        // A calendar that ends too soon is reported by the doctor; the watch must not stop for it.
        Ok(deadlines(case, setting)
            .map(|dates| watch(case, &dates, setting))
            .unwrap_or_else(|_| Change::default()))
    })
    .await?;
    Ok(recorded)
}
