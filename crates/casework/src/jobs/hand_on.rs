//! Letters that wait for sign-off near their date go to a delegate (P34).

use rules::case::{Change, Reference};
use rules::handling::hand_on::{AtWork, hand_on};
use rules::people::Person;
use storage::cases::{self, CaseFilter, Life, Order};

use crate::record::change_by_itself;
use crate::{ActError, Office};

/// Looks at every letter that waits (there are never many) and hands on what nobody has acted on. Running it twice changes nothing the second
/// time. A case that cannot be read is reported and does not keep the others from being looked at.
///
/// # Errors
/// When the list cannot be read.
pub async fn look(office: &Office) -> Result<usize, ActError> {
    let filter = CaseFilter {
        state_in: vec!["sign_off".to_owned()],
        life: Life::Open,
        ..CaseFilter::default()
    };
    let rows = office
        .store
        .read(move |tx| Box::pin(async move { cases::list(tx, &filter, Order::DueFirst, None, u32::MAX).await }))
        .await?;
    let (people, delegations) = (office.people(), office.delegations());
    let mut people: Vec<Person> = people.values().cloned().collect();
    people.sort_by_key(|person| person.id);
    let at_work = AtWork {
        people: &people,
        delegations: &delegations,
    };
    let mut handed = 0;
    for row in rows {
        match look_at(office, &row.reference, at_work).await {
            Ok(changed) => handed += changed,
            Err(fault) => tracing::error!(case = %row.reference, %fault, "a letter that waits could not be looked at"),
        }
    }
    Ok(handed)
}

async fn look_at(office: &Office, case: &str, at_work: AtWork<'_>) -> Result<usize, ActError> {
    let reference: Reference = case.parse().map_err(|_| ActError::NotFound)?;
    let (_, recorded) = change_by_itself(office, &reference, |case, setting| {
        Ok(Change::of(hand_on(case, at_work, setting).into_iter().collect()))
    })
    .await?;
    Ok(recorded)
}
