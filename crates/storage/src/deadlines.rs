//! The index of deadlines: which dates fall when. Derived; the rules work each date out again from the events.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::database::{Row, statements};
use crate::{StorageError, Tx};

statements! {
    CLEAR = "DELETE FROM deadlines WHERE reference = $1";
    ADD = "INSERT INTO deadlines (reference, clock, kind, due_at, due_on, met) VALUES ($1, $2, $3, $4, $5, $6)";
    DUE = "SELECT DISTINCT reference FROM deadlines
           WHERE NOT met AND due_at < $1 AND reference > $2 ORDER BY reference LIMIT $3";
    RUNNING = "SELECT DISTINCT reference FROM deadlines
               WHERE (NOT met OR due_at >= $1) AND reference > $2 ORDER BY reference LIMIT $3";
    OF_CASE = "SELECT reference, clock, kind, due_at, due_on, met FROM deadlines
               WHERE reference = $1 ORDER BY due_at, clock, kind";
}

/// A date or an instant that a case must meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineRow {
    /// The case.
    pub reference: String,
    /// The name of the clock, for instance `stage-1`.
    pub clock: String,
    /// The instant from which it is missed.
    pub due_at: Timestamp,
    /// The local date, where the deadline is one.
    pub due_on: Option<Date>,
    /// `decision`, `update`, `acknowledge`, `escalation_decision` or `warning`.
    pub kind: String,
    /// True once it was met.
    pub met: bool,
}

/// Puts the deadlines of a case in place of the ones before.
///
/// # Errors
/// When the database cannot be written.
pub async fn replace(tx: &mut Tx<'_>, reference: &str, rows: &[DeadlineRow]) -> Result<(), StorageError> {
    tx.put(CLEAR, &[&reference]).await?;
    add(tx, reference, rows).await
}

/// Writes the deadlines of a case that has none.
///
/// # Errors
/// When the database cannot be written.
pub async fn add(tx: &mut Tx<'_>, reference: &str, rows: &[DeadlineRow]) -> Result<(), StorageError> {
    for DeadlineRow {
        clock,
        kind,
        due_at,
        due_on,
        met,
        ..
    } in rows
    {
        let due_on = due_on.map(|date| date.to_string());
        tx.put(ADD, &[&reference, clock, kind, &due_at.as_microsecond(), &due_on, met])
            .await?;
    }
    Ok(())
}

/// Cases with a deadline not yet met that fell before `before`: a page of references in their order, after the one given. By cases
/// and not by dates, so that dates which stay unmet for long keep nobody from reaching the others.
///
/// # Errors
/// When the database cannot be read.
pub async fn cases_due_before(
    tx: &mut Tx<'_>,
    before: Timestamp,
    after: &str,
    limit: u32,
) -> Result<Vec<String>, StorageError> {
    let before = before.as_microsecond();
    tx.all(DUE, &[&before, &after, &i64::from(limit)], |row| row.get(0))
        .await
}

/// Cases with a date that is not met yet or falls at `now` or later: those that a new calendar can touch. A page of references in their
/// order, after the one given.
///
/// # Errors
/// When the database cannot be read.
pub async fn cases_running(
    tx: &mut Tx<'_>,
    now: Timestamp,
    after: &str,
    limit: u32,
) -> Result<Vec<String>, StorageError> {
    let now = now.as_microsecond();
    tx.all(RUNNING, &[&now, &after, &i64::from(limit)], |row| row.get(0))
        .await
}

/// All deadlines of a case, the earliest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_case(tx: &mut Tx<'_>, reference: &str) -> Result<Vec<DeadlineRow>, StorageError> {
    tx.all(OF_CASE, &[&reference], deadline).await
}

fn deadline(row: &Row<'_>) -> Result<DeadlineRow, StorageError> {
    Ok(DeadlineRow {
        reference: row.get(0)?,
        clock: row.get(1)?,
        kind: row.get(2)?,
        due_at: row.instant(3)?,
        due_on: row.date_if_any(4)?,
        met: row.get(5)?,
    })
}
