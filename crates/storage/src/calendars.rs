//! The working-day calendars, version by version, as their text.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::database::{Row, statements};
use crate::{StorageError, Tx};

statements! {
    PUT = "INSERT INTO calendars (id, version, valid_from, text, published_at, active) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (id, version) DO UPDATE SET active = excluded.active";
    RETIRE = "UPDATE calendars SET active = FALSE WHERE id = $1 AND version <> $2";
    GET = "SELECT id, version, valid_from, text, published_at, active FROM calendars WHERE id = $1 AND version = $2";
    ACTIVE = "SELECT id, version, valid_from, text, published_at, active FROM calendars
              WHERE id = $1 AND active ORDER BY valid_from DESC LIMIT 1";
    LIST = "SELECT id, version, valid_from, text, published_at, active FROM calendars
            ORDER BY published_at DESC, id, version DESC";
}

/// A version of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarRow {
    /// The calendar's code, for instance `england-and-wales`.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The first date that it covers.
    pub valid_from: Date,
    /// The whole file.
    pub text: String,
    /// When it was published.
    pub published_at: Timestamp,
    /// True for the one that clocks count by.
    pub active: bool,
}

/// Keeps a version. Making it active takes that from the others of the same calendar.
///
/// # Errors
/// [`StorageError::Taken`] when this version is kept already with another text.
pub async fn put(tx: &mut Tx<'_>, row: &CalendarRow) -> Result<(), StorageError> {
    if get(tx, &row.id, &row.version)
        .await?
        .is_some_and(|kept| kept.text != row.text)
    {
        return Err(StorageError::Taken(format!(
            "version {} of {} with another text",
            row.version, row.id
        )));
    }
    let CalendarRow {
        id,
        version,
        valid_from,
        text,
        published_at,
        active,
    } = row;
    let (valid_from, published_at) = (valid_from.to_string(), published_at.as_microsecond());
    tx.exec(PUT, &[id, version, &valid_from, text, &published_at, active])
        .await?;
    if *active {
        tx.exec(RETIRE, &[id, version]).await?;
    }
    Ok(())
}

/// A version of a calendar.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(tx: &mut Tx<'_>, id: &str, version: &str) -> Result<Option<CalendarRow>, StorageError> {
    tx.optional(GET, &[&id, &version], calendar).await
}

/// The version that clocks count by.
///
/// # Errors
/// When the database cannot be read.
pub async fn active(tx: &mut Tx<'_>, id: &str) -> Result<Option<CalendarRow>, StorageError> {
    tx.optional(ACTIVE, &[&id], calendar).await
}

/// All versions of all calendars, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<CalendarRow>, StorageError> {
    tx.all(LIST, &[], calendar).await
}

fn calendar(row: &Row<'_>) -> Result<CalendarRow, StorageError> {
    Ok(CalendarRow {
        id: row.get(0)?,
        version: row.get(1)?,
        valid_from: row.date(2)?,
        text: row.get(3)?,
        published_at: row.instant(4)?,
        active: row.get(5)?,
    })
}
