//! Sums by month, for months beside months: read from an index and no row, whatever the number of cases.

use jiff::civil::Date;
use rules::case::Reference;
use rules::case::vocabulary::FeedbackKind;
use rules::procedure::InFigures;
use rules::review::facts::Timing;
use rules::review::period::{Month, Period};
use rules::review::{Arrival, MonthArrivals, MonthDecisions};

use super::parts::{code, code_if_any};
use crate::database::Row;
use crate::{StorageError, Tx};

pub(super) const ARRIVALS_BY_MONTH: &str =
    "SELECT substr(received_on, 1, 7), kind, counted, service, problem, COUNT(*) FROM case_facts
     WHERE received_on BETWEEN $1 AND $2
     GROUP BY substr(received_on, 1, 7), kind, counted, service, problem ORDER BY 1, 2, 3, 4, 5";
pub(super) const DECISIONS_BY_MONTH: &str = "SELECT substr(told_on, 1, 7), stage, timing, COUNT(*) FROM case_stays
     WHERE told_on BETWEEN $1 AND $2 AND in_figures
     GROUP BY substr(told_on, 1, 7), stage, timing ORDER BY 1, 2, 3";
pub(super) const ARRIVALS: &str = "SELECT reference, restricted, received_on, service, problem FROM case_facts
     WHERE received_on BETWEEN $1 AND $2 AND kind = $3 AND counted = $4 AND service IS NOT NULL AND problem IS NOT NULL
     ORDER BY received_on, reference";
pub(super) const FIRST: &str = "SELECT MIN(received_on) FROM case_facts";

/// How many arrived in each month of a period, by kind and category.
///
/// # Errors
/// When the database cannot be read.
pub async fn arrivals_by_month(tx: &mut Tx<'_>, period: Period) -> Result<Vec<MonthArrivals>, StorageError> {
    let (first, last) = (period.first.to_string(), period.last.to_string());
    tx.all(ARRIVALS_BY_MONTH, &[&first, &last], |row| {
        Ok(MonthArrivals {
            month: month(row)?,
            kind: code(row, 1, FeedbackKind::from_code)?,
            counted: code(row, 2, InFigures::from_code)?,
            service: row.get(3)?,
            problem: row.get(4)?,
            n: row.get(5)?,
        })
    })
    .await
}

/// How many decisions on counted complaints were told in each month of a period, by stage and by how they stood to their date.
///
/// # Errors
/// When the database cannot be read.
pub async fn decisions_by_month(tx: &mut Tx<'_>, period: Period) -> Result<Vec<MonthDecisions>, StorageError> {
    let (first, last) = (period.first.to_string(), period.last.to_string());
    tx.all(DECISIONS_BY_MONTH, &[&first, &last], |row| {
        Ok(MonthDecisions {
            month: month(row)?,
            stage: row.get(1)?,
            timing: code_if_any(row, 2, Timing::from_code)?,
            n: row.get(3)?,
        })
    })
    .await
}

/// Counted complaints with a category that arrived in a period, by day: where clusters are looked for.
///
/// # Errors
/// When the database cannot be read.
pub async fn arrivals(tx: &mut Tx<'_>, period: Period) -> Result<Vec<Arrival>, StorageError> {
    let (first, last) = (period.first.to_string(), period.last.to_string());
    let (kind, counted) = (FeedbackKind::Complaint.code(), InFigures::Counted.code());
    tx.all(ARRIVALS, &[&first, &last, &kind, &counted], |row| {
        let reference: String = row.get(0)?;
        let restricted: bool = row.get(1)?;
        let reference: Reference = reference
            .parse()
            .map_err(|_| StorageError::Corrupt(format!("{reference} is no reference")))?;
        Ok(Arrival {
            reference: (!restricted).then_some(reference),
            received_on: row.date(2)?,
            service: row.get(3)?,
            problem: row.get(4)?,
        })
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

fn month(row: &Row<'_>) -> Result<Month, StorageError> {
    let text: String = row.get(0)?;
    text.parse()
        .map_err(|error: rules::review::period::NotAMonth| StorageError::Corrupt(error.to_string()))
}
