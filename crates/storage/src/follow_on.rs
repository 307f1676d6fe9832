//! The register of follow-on actions: days in the clear, words sealed under the key of each. Derived from their streams.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::confidential::Reach;
use rules::follow_on::{FollowOnFacts, FollowOnId, Status};

use crate::database::{Arguments, Row, statements};
use crate::keys::place;
use crate::{StorageError, Tx, cases, stream_keys};

/// The columns of a row, in the order that [`action`] reads them.
macro_rules! columns {
    () => {
        "id, reference, status, due_on, proposed_on, accepted_on, done_on, verified_on, dropped_on, published_on,
         last_sequence, card"
    };
}

statements! {
    PUT = concat!("INSERT INTO follow_on_actions (", columns!(), ")
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
           ON CONFLICT (id) DO UPDATE SET reference = excluded.reference, status = excluded.status,
               due_on = excluded.due_on, proposed_on = excluded.proposed_on, accepted_on = excluded.accepted_on,
               done_on = excluded.done_on, verified_on = excluded.verified_on, dropped_on = excluded.dropped_on,
               published_on = excluded.published_on, last_sequence = excluded.last_sequence, card = excluded.card");
    OPEN = concat!("SELECT ", columns!(), " FROM follow_on_actions
            WHERE status IN ('proposed', 'accepted', 'in_progress') ORDER BY due_on, id");
    ALL = concat!("SELECT ", columns!(), " FROM follow_on_actions ORDER BY id");
    IN_REVIEW = concat!("SELECT ", columns!(), " FROM follow_on_actions
            WHERE status IN ('proposed', 'accepted', 'in_progress')
               OR ((done_on >= $1 OR dropped_on >= $1) AND COALESCE(accepted_on, proposed_on) <= $2) ORDER BY id");
    PUBLISHED = concat!("SELECT ", columns!(), " FROM follow_on_actions WHERE published_on IS NOT NULL
                 ORDER BY published_on DESC, id DESC LIMIT $1");
    FACTS = "SELECT due_on, proposed_on, accepted_on, done_on, verified_on, dropped_on, published_on
             FROM follow_on_actions ORDER BY id";
}

/// A follow-on action as the register shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionRow {
    /// What it is called.
    pub id: FollowOnId,
    /// The case that promised it, if one did.
    pub reference: Option<String>,
    /// Where it stands.
    pub status: Status,
    /// Its days.
    pub facts: FollowOnFacts,
    /// The number of the last event in this row.
    pub last_sequence: u32,
    /// Its words, owner, cases and public wording, as JSON; sealed where it is stored. Empty once its key was destroyed.
    pub card: Vec<u8>,
}

/// How many actions there are to do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenActions {
    /// Proposed, accepted or in progress.
    pub open: i64,
    /// Of these, with a date that has passed.
    pub overdue: i64,
}

/// Writes the row of an action, replacing the one before.
///
/// # Errors
/// When the database cannot be written.
pub async fn put(tx: &mut Tx<'_>, row: &ActionRow, at: Timestamp) -> Result<(), StorageError> {
    let id = row.id.to_string();
    let card = stream_keys::seal(tx, &row.id.stream(), at, &card_place(&id), &row.card).await?;
    let facts = &row.facts;
    let days = [
        facts.due_on,
        facts.proposed_on,
        facts.accepted_on,
        facts.done_on,
        facts.verified_on,
        facts.dropped_on,
        facts.published_on,
    ];
    let [
        due_on,
        proposed_on,
        accepted_on,
        done_on,
        verified_on,
        dropped_on,
        published_on,
    ] = days.map(|day: Option<Date>| day.map(|day| day.to_string()));
    tx.exec(
        PUT,
        &[
            &id,
            &row.reference,
            &row.status.code(),
            &due_on,
            &proposed_on,
            &accepted_on,
            &done_on,
            &verified_on,
            &dropped_on,
            &published_on,
            &row.last_sequence,
            &card,
        ],
    )
    .await?;
    Ok(())
}

/// Everything that is still to be done, by date.
///
/// # Errors
/// When the database cannot be read.
pub async fn open(tx: &mut Tx<'_>) -> Result<Vec<ActionRow>, StorageError> {
    let rows = tx.all(OPEN, &[], action).await?;
    opened(tx, rows).await
}

/// The whole register, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn all(tx: &mut Tx<'_>) -> Result<Vec<ActionRow>, StorageError> {
    let rows = tx.all(ALL, &[], action).await?;
    opened(tx, rows).await
}

/// What a review may show: all that is still to be done, and what was done or dropped on `first` or later and had begun by `until`.
///
/// # Errors
/// When the database cannot be read.
pub async fn in_review(tx: &mut Tx<'_>, first: Date, until: Date) -> Result<Vec<ActionRow>, StorageError> {
    let rows = tx
        .all(IN_REVIEW, &[&first.to_string(), &until.to_string()], action)
        .await?;
    opened(tx, rows).await
}

/// The published changes, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn published(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<ActionRow>, StorageError> {
    let rows = tx.all(PUBLISHED, &[&i64::from(limit)], action).await?;
    opened(tx, rows).await
}

/// The days of every action, without its words: what the figures are counted from.
///
/// # Errors
/// When the database cannot be read.
pub async fn facts(tx: &mut Tx<'_>) -> Result<Vec<FollowOnFacts>, StorageError> {
    tx.all(FACTS, &[], |row| days(row, 0)).await
}

/// How many are still to be done, and how many of these are overdue today; without those that a case beyond the reach promised.
///
/// # Errors
/// When the database cannot be read.
pub async fn count_open(tx: &mut Tx<'_>, today: Date, reach: &Reach) -> Result<OpenActions, StorageError> {
    let mut arguments = Arguments::default();
    let today = arguments.add(today.to_string());
    let within = cases::reach::within("c", reach, tx.keys, &mut arguments);
    let sql = format!(
        "SELECT COUNT(*), COUNT(CASE WHEN status <> 'proposed' AND due_on < {today} THEN 1 END)
         FROM follow_on_actions WHERE status IN ('proposed', 'accepted', 'in_progress')
             AND NOT EXISTS (SELECT 1 FROM cases c
                 WHERE c.reference = follow_on_actions.reference AND c.lane <> 'open' AND NOT {within})"
    );
    tx.one(&sql, &arguments.values(), |row| {
        Ok(OpenActions {
            open: row.get(0)?,
            overdue: row.get(1)?,
        })
    })
    .await
}

fn days(row: &Row<'_>, first: usize) -> Result<FollowOnFacts, StorageError> {
    Ok(FollowOnFacts {
        due_on: row.date_if_any(first)?,
        proposed_on: row.date_if_any(first + 1)?,
        accepted_on: row.date_if_any(first + 2)?,
        done_on: row.date_if_any(first + 3)?,
        verified_on: row.date_if_any(first + 4)?,
        dropped_on: row.date_if_any(first + 5)?,
        published_on: row.date_if_any(first + 6)?,
    })
}

fn action(row: &Row<'_>) -> Result<ActionRow, StorageError> {
    let (id, status): (String, String) = (row.get(0)?, row.get(2)?);
    Ok(ActionRow {
        id: id
            .parse()
            .map_err(|error: rules::follow_on::id::NotAFollowOn| StorageError::Corrupt(error.to_string()))?,
        reference: row.get(1)?,
        status: Status::from_code(&status)
            .ok_or_else(|| StorageError::Corrupt(format!("no follow-on action stands at {status:?}")))?,
        facts: days(row, 3)?,
        last_sequence: row.get(10)?,
        card: row.get(11)?,
    })
}

async fn opened(tx: &mut Tx<'_>, mut rows: Vec<ActionRow>) -> Result<Vec<ActionRow>, StorageError> {
    for row in &mut rows {
        let place = card_place(&row.id.to_string());
        row.card = stream_keys::open_if_kept(tx, &row.id.stream(), &place, &row.card).await?;
    }
    Ok(rows)
}

fn card_place(id: &str) -> Vec<u8> {
    place(&["follow-on-card", id])
}
