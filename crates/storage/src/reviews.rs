//! The reviews that were begun, one row a month. Derived from the streams of the reviews.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::review::{Month, Progress};

use crate::database::{Row, statements};
use crate::keys::{hex, place};
use crate::{StorageError, Tx, stream_keys};

statements! {
    PUT = "INSERT INTO reviews (month, progress, opened_at, held_on, finished_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (month) DO UPDATE SET progress = excluded.progress, opened_at = excluded.opened_at,
               held_on = excluded.held_on, finished_at = excluded.finished_at";
    GET = "SELECT month, progress, opened_at, held_on, finished_at FROM reviews WHERE month = $1";
    LIST = "SELECT month, progress, opened_at, held_on, finished_at FROM reviews ORDER BY month DESC";
}

/// A review as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow {
    /// The month.
    pub month: Month,
    /// Where it stands.
    pub progress: Progress,
    /// When it began.
    pub opened_at: Timestamp,
    /// The day of the meeting.
    pub held_on: Option<Date>,
    /// When it was finished.
    pub finished_at: Option<Timestamp>,
}

/// Writes the row of a review, replacing the one before.
///
/// # Errors
/// When the database cannot be written.
pub async fn put(tx: &mut Tx<'_>, row: &ReviewRow) -> Result<(), StorageError> {
    let held_on = row.held_on.map(|day| day.to_string());
    tx.put(
        PUT,
        &[
            &row.month.to_string(),
            &row.progress.code(),
            &row.opened_at.as_microsecond(),
            &held_on,
            &row.finished_at.map(Timestamp::as_microsecond),
        ],
    )
    .await?;
    Ok(())
}

/// The row of a month's review; `None` when it has not begun.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(tx: &mut Tx<'_>, month: Month) -> Result<Option<ReviewRow>, StorageError> {
    tx.optional(GET, &[&month.to_string()], review).await
}

/// Every review, the latest month first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<ReviewRow>, StorageError> {
    tx.all(LIST, &[], review).await
}

/// Seals the words of a note on a case under the key of the case, for one place in the stream of a review. In hexadecimal digits.
///
/// # Errors
/// [`StorageError::MissingKey`] when the case was erased.
pub async fn seal_note(
    tx: &mut Tx<'_>,
    (month, sequence): (Month, u32),
    reference: &str,
    (words, at): (&str, Timestamp),
) -> Result<String, StorageError> {
    let sealed = stream_keys::seal(tx, reference, at, &note_place(month, sequence), words.as_bytes()).await?;
    Ok(hex(&sealed))
}

/// Opens such words; nothing once the case is erased, or has another key.
///
/// # Errors
/// When they were changed.
pub async fn open_note(
    tx: &mut Tx<'_>,
    (month, sequence): (Month, u32),
    reference: &str,
    sealed: &str,
) -> Result<Option<String>, StorageError> {
    let pairs = (0..sealed.len()).step_by(2).map(|start| sealed.get(start..start + 2));
    let bytes: Option<Vec<u8>> = pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect();
    let bytes = bytes.ok_or_else(|| StorageError::Corrupt("a note is not written in digits".to_owned()))?;
    match stream_keys::open(tx, reference, &note_place(month, sequence), &bytes).await {
        Ok(words) => Ok(Some(String::from_utf8_lossy(&words).into_owned())),
        Err(StorageError::MissingKey { .. }) => Ok(None),
        // The case has another key since: it was sealed, or told anew.
        Err(StorageError::Corrupt(_)) if stream_keys::was_replaced(tx, reference).await? => Ok(None),
        Err(other) => Err(other),
    }
}

fn note_place(month: Month, sequence: u32) -> Vec<u8> {
    place(&["review-note", &month.to_string(), &sequence.to_string()])
}

fn review(row: &Row<'_>) -> Result<ReviewRow, StorageError> {
    let (month, progress): (String, String) = (row.get(0)?, row.get(1)?);
    Ok(ReviewRow {
        month: month
            .parse()
            .map_err(|error: rules::review::period::NotAMonth| StorageError::Corrupt(error.to_string()))?,
        progress: Progress::from_code(&progress)
            .ok_or_else(|| StorageError::Corrupt(format!("no review stands at {progress:?}")))?,
        opened_at: row.instant(2)?,
        held_on: row.date_if_any(3)?,
        finished_at: row.instant_if_any(4)?,
    })
}
