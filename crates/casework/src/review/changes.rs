//! You said, we did: published changes and the figures of the last twelve months, for everybody (R39).

use std::sync::Arc;

use jiff::civil::Date;
use rules::review::compare::received_by_month;
use rules::review::suppress::{shown, shown_rate};
use rules::review::{Month, Period, Reader, Shown};
use storage::{facts, follow_on};

use super::months::on_time;
use super::rows::Card;
use crate::office::InForce;
use crate::{ActError, Office};

/// A change that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What people said.
    pub you_said: String,
    /// What changed.
    pub we_did: String,
    /// The service, as a code of the procedure.
    pub service: Option<String>,
    /// The day of publication.
    pub on: Date,
}

/// A month as everybody may read it: numbers below 5 are hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicMonth {
    /// The month.
    pub month: Month,
    /// Complaints received.
    pub received: Shown,
    /// Stage 1 decisions within the limit, and all of them.
    pub stage_1: (Shown, Shown),
}

/// What everybody may read.
#[derive(Debug, Clone)]
pub struct Changes {
    /// The latest first.
    pub changes: Vec<Change>,
    /// The last twelve months that are over, the earliest first; months before the first case are left out.
    pub months: Vec<PublicMonth>,
    /// The procedure in force, for the names of services.
    pub in_force: Arc<InForce>,
}

/// The most changes that a page shows.
const MOST: u32 = 60;

/// The latest published changes.
///
/// # Errors
/// When the store cannot be read.
pub async fn latest(office: &Office, limit: u32) -> Result<Vec<Change>, ActError> {
    let rows = office
        .store
        .read(move |tx| Box::pin(async move { follow_on::published(tx, limit).await }))
        .await?;
    let mut changes = Vec::new();
    for row in rows.into_iter().filter(|row| !row.card.is_empty()) {
        let card: Card = serde_json::from_slice(&row.card)?;
        let (Some(wording), Some(on)) = (card.wording, row.facts.published_on) else {
            continue;
        };
        changes.push(Change {
            service: wording.service.or(card.service),
            you_said: wording.you_said,
            we_did: wording.we_did,
            on,
        });
    }
    Ok(changes)
}

/// Published changes and the figures of the last twelve months.
///
/// # Errors
/// When the store cannot be read.
pub async fn published(office: &Office) -> Result<Changes, ActError> {
    let changes = latest(office, MOST).await?;
    let in_force = office.active();
    let last = Month::of(in_force.setting(office.now()).today()).earlier(1);
    let year = Period {
        first: last.earlier(11).period().first,
        last: last.period().last,
    };
    let look = office.store.read(move |tx| {
        Box::pin(async move {
            Ok::<_, ActError>((
                facts::first_month(tx).await?,
                facts::arrivals_by_month(tx, year).await?,
                facts::decisions_by_month(tx, year).await?,
            ))
        })
    });
    let (first, arrived, decided) = look.await?;
    let months: Vec<Month> = year
        .months()
        .into_iter()
        .filter(|month| first.is_some_and(|first| *month >= first))
        .collect();
    let months = received_by_month(&arrived, &months)
        .into_iter()
        .map(|(month, received)| PublicMonth {
            month,
            received: shown(received, Reader::NotEntitled),
            stage_1: shown_rate(on_time(&decided, month, 1), Reader::NotEntitled),
        });
    Ok(Changes {
        changes,
        months: months.collect(),
        in_force: in_force.clone(),
    })
}
