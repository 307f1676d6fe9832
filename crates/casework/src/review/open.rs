//! The month is over: its review begins by itself, with complaints or without (R42, R80, A34).

use std::sync::Arc;

use rules::people::Actor;
use rules::review::{Month, hold};
use storage::{Keys, facts, reviews};

use super::write::{By, Inside, keep};
use crate::{ActError, Office};

/// Begins the review of every month that is over and has none yet, from the month of the first case on; tells which. Running it twice changes
/// nothing the second time.
///
/// # Errors
/// When the store cannot be read or written.
pub async fn open_due(office: &Arc<Office>) -> Result<Vec<Month>, ActError> {
    let inside = Inside::of(office);
    let this_month = Month::of(inside.today());
    let due = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let Some(first) = facts::first_month(tx).await? else {
                    return Ok(Vec::new());
                };
                let begun = reviews::list(tx).await?;
                let months = std::iter::successors(Some(first), |month| Some(month.later(1)));
                let over = months.take_while(|month| *month < this_month);
                let has_none = |month: &Month| !begun.iter().any(|review| review.month == *month);
                Ok::<_, ActError>(over.filter(has_none).collect())
            })
        })
        .await?;
    for month in &due {
        open(office, *month).await?;
    }
    Ok(due)
}

async fn open(office: &Arc<Office>, month: Month) -> Result<(), ActError> {
    // Drawn when the review begins, so that nobody could know which ordinary cases will be read.
    let seed: String = Keys::random::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect();
    let inside = Inside::of(office);
    let change = hold::open(month, &seed, inside.today())?;
    let by = By {
        actor: Actor::System,
        once: String::new(),
    };
    office
        .store
        .write(move |tx| {
            Box::pin(async move {
                if reviews::get(tx, month).await?.is_some() {
                    return Ok(());
                }
                keep(tx, month, change, &by, &inside).await
            })
        })
        .await
}
