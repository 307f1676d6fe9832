//! The checkpoints that are printed and published: those of month ends, and no others, so that nobody can count what happened on a day.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rules::audit::SignedCheckpoint;
use rules::review::{Month, Period};
use storage::audit::{self, MonthEnd};
use storage::{StorageError, Tx};

use crate::{ActError, Office};

/// A checkpoint that stands in the pack of its month and on the public page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedCheckpoint {
    /// The month whose last checkpoint it is.
    pub month: Month,
    /// How many entries the log had.
    pub entries: u64,
    /// The day on which it was signed, where the office is.
    pub signed_on: Date,
    /// The signed note, as it is checked.
    pub note: String,
}

/// The checkpoints of the months that are over, the latest first. A month in which none was signed has none.
///
/// # Errors
/// When the store cannot be read.
pub async fn published(office: &Office) -> Result<Vec<PublishedCheckpoint>, ActError> {
    let zone = office.active().calendar.time_zone().clone();
    let last = Month::of(zone.to_datetime(office.now()).date()).earlier(1);
    let read = office.store.read(move |tx| {
        Box::pin(async move {
            let Some(first) = audit::first_signed_at(tx).await? else {
                return Ok(Vec::new());
            };
            let first = zone.to_datetime(first).date();
            let months = Period::between(first, last.period().last).map_or_else(Vec::new, |over| over.months());
            let mut found = Vec::new();
            for month in months.into_iter().rev() {
                found.extend(end_of(tx, month, &zone).await?);
            }
            Ok::<_, ActError>(found)
        })
    });
    read.await
}

/// The checkpoint of a month that is over.
///
/// # Errors
/// When the store cannot be read.
pub async fn published_for(office: &Office, month: Month) -> Result<Option<PublishedCheckpoint>, ActError> {
    let zone = office.active().calendar.time_zone().clone();
    if month >= Month::of(zone.to_datetime(office.now()).date()) {
        return Ok(None);
    }
    Ok(office
        .store
        .read(move |tx| Box::pin(async move { end_of(tx, month, &zone).await }))
        .await?)
}

/// The last checkpoint that was signed in a month, by the clock on the wall.
async fn end_of(tx: &mut Tx<'_>, month: Month, zone: &TimeZone) -> Result<Option<PublishedCheckpoint>, StorageError> {
    let [begins, ends] = [month, month.later(1)].map(|month| midnight(month, zone));
    let found = audit::last_before(tx, ends?).await?;
    let begins = begins?;
    found
        .filter(|found| found.signed_at >= begins)
        .map(|found| of(month, found, zone))
        .transpose()
}

fn midnight(month: Month, zone: &TimeZone) -> Result<Timestamp, StorageError> {
    let first = month.period().first.at(0, 0, 0, 0);
    zone.to_timestamp(first)
        .map_err(|error| StorageError::Corrupt(format!("{month} has no beginning: {error}")))
}

fn of(month: Month, found: MonthEnd, zone: &TimeZone) -> Result<PublishedCheckpoint, StorageError> {
    let signed = SignedCheckpoint::parse(&found.note);
    let signed = signed.map_err(|error| StorageError::Corrupt(format!("the checkpoint of {month}: {error}")))?;
    Ok(PublishedCheckpoint {
        month,
        entries: signed.untrusted().size(),
        signed_on: zone.to_datetime(found.signed_at).date(),
        note: found.note,
    })
}
