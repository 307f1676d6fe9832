//! Sums by month, for months beside months: read from the kept tallies, whatever the number of cases.

use jiff::civil::Date;
use rules::case::Reference;
use rules::case::vocabulary::FeedbackKind;
use rules::procedure::InFigures;
use rules::review::facts::Timing;
use rules::review::figure::{Figure, on_time_figure};
use rules::review::period::{Month, Period};
use rules::review::tally::{self, category};
use rules::review::{Alike, MonthArrivals, MonthDecisions};

use super::kept::beginning_with;
use super::parts::reference;
use crate::{Param, StorageError, Tx};

pub(super) const LATEST_ALIKE: &str = "SELECT reference FROM case_facts
     WHERE received_on BETWEEN $1 AND $2 AND kind = $3 AND counted = $4 AND service = $5 AND problem = $6 AND NOT restricted
     ORDER BY received_on DESC, reference DESC LIMIT $7";
pub(super) const NOT_CATEGORISED: &str = "SELECT reference FROM case_facts
     WHERE received_on BETWEEN $1 AND $2 AND kind = $3 AND counted = $4 AND service IS NULL AND NOT restricted
     ORDER BY reference";
pub(super) const FIRST: &str = "SELECT MIN(received_on) FROM case_facts";

/// How many complaints arrived in each of these months, by category.
///
/// # Errors
/// When the database cannot be read.
pub async fn arrivals_by_month(tx: &mut Tx<'_>, months: &[Month]) -> Result<Vec<MonthArrivals>, StorageError> {
    let mut arrivals = Vec::new();
    for month in months {
        for (what, n) in beginning_with(tx, &tally::month(*month), &category::beginning()).await? {
            let (service, problem) = category::of(&what).ok_or_else(|| no_tally(&what))?;
            arrivals.push(complaints(*month, (service, problem), n)?);
        }
    }
    Ok(arrivals)
}

/// How many complaints arrived in each of these months, whatever they are about.
///
/// # Errors
/// When the database cannot be read.
pub async fn received_by_month(tx: &mut Tx<'_>, months: &[Month]) -> Result<Vec<MonthArrivals>, StorageError> {
    let wanted = tally::part(Figure::Volume, "kind", FeedbackKind::Complaint.code());
    let mut arrivals = Vec::new();
    for month in months {
        for (what, n) in beginning_with(tx, &tally::month(*month), &wanted).await? {
            if what.is_empty() {
                arrivals.push(complaints(*month, (None, None), n)?);
            }
        }
    }
    Ok(arrivals)
}

fn complaints(
    month: Month,
    (service, problem): (Option<String>, Option<String>),
    n: i64,
) -> Result<MonthArrivals, StorageError> {
    Ok(MonthArrivals {
        month,
        kind: FeedbackKind::Complaint,
        counted: InFigures::Counted,
        service,
        problem,
        n: natural(n)?,
    })
}

/// How many decisions on counted complaints were told in each of these months, at the first stage (1) and at later ones (2), by how they stood
/// to their date.
///
/// # Errors
/// When the database cannot be read.
pub async fn decisions_by_month(tx: &mut Tx<'_>, months: &[Month]) -> Result<Vec<MonthDecisions>, StorageError> {
    let mut decisions = Vec::new();
    for month in months {
        for stage in [1, 2] {
            let beginning = tally::part(on_time_figure(stage), "decisions", "");
            for (timing, n) in beginning_with(tx, &tally::month(*month), &beginning).await? {
                decisions.push(MonthDecisions {
                    month: *month,
                    stage,
                    timing: Timing::from_code(&timing),
                    n: natural(n)?,
                });
            }
        }
    }
    Ok(decisions)
}

fn natural(n: i64) -> Result<u32, StorageError> {
    u32::try_from(n).map_err(|_| StorageError::Corrupt(format!("a tally stands at {n}")))
}

fn no_tally(what: &str) -> StorageError {
    StorageError::Corrupt(format!("{what:?} names no tally"))
}

/// How many counted complaints with a category arrived on each day of a period: where clusters are looked for.
///
/// # Errors
/// When the database cannot be read.
pub async fn arrivals_by_day(tx: &mut Tx<'_>, period: Period) -> Result<Vec<Alike>, StorageError> {
    let mut arrived = Vec::new();
    let mut next = Some(period.first);
    while let Some(day) = next.filter(|day| *day <= period.last) {
        for (what, n) in beginning_with(tx, &tally::day(day), &category::beginning()).await? {
            if let (Some(service), Some(problem)) = category::of(&what).ok_or_else(|| no_tally(&what))? {
                arrived.push(Alike {
                    received_on: day,
                    service,
                    problem,
                    n: natural(n)?,
                });
            }
        }
        next = day.tomorrow().ok();
    }
    Ok(arrived)
}

/// The latest counted complaints about one service and problem that arrived in a period, without those about a member of staff; the earliest of
/// these first.
///
/// # Errors
/// When the database cannot be read.
pub async fn latest_alike(
    tx: &mut Tx<'_>,
    (service, problem): (&str, &str),
    period: Period,
    limit: u32,
) -> Result<Vec<Reference>, StorageError> {
    let (first, last) = (period.first.to_string(), period.last.to_string());
    let (kind, counted) = (FeedbackKind::Complaint.code(), InFigures::Counted.code());
    let params: [&dyn Param; 7] = [&first, &last, &kind, &counted, &service, &problem, &i64::from(limit)];
    let mut latest = tx
        .all(LATEST_ALIKE, &params, |row| reference(&row.get::<String>(0)?))
        .await?;
    latest.reverse();
    Ok(latest)
}

/// Counted complaints that arrived in a period and were given no category, without those about a member of staff, by their names.
///
/// # Errors
/// When the database cannot be read.
pub async fn not_categorised(tx: &mut Tx<'_>, period: Period) -> Result<Vec<Reference>, StorageError> {
    let (first, last) = (period.first.to_string(), period.last.to_string());
    let (kind, counted) = (FeedbackKind::Complaint.code(), InFigures::Counted.code());
    tx.all(NOT_CATEGORISED, &[&first, &last, &kind, &counted], |row| {
        reference(&row.get::<String>(0)?)
    })
    .await
}

/// The month in which the first of all cases arrived.
///
/// # Errors
/// When the database cannot be read.
pub async fn first_month(tx: &mut Tx<'_>) -> Result<Option<Month>, StorageError> {
    let first: Option<Date> = tx.one(FIRST, &[], |row| row.date_if_any(0)).await?;
    Ok(first.map(Month::of))
}
