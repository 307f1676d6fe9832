//! The register of follow-on actions: days in the clear, words sealed under the key of each. Derived from their streams.

mod register;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use rules::follow_on::{FollowOnFacts, FollowOnId, Status};

use crate::database::{Row, statements};
use crate::facts::kept;
use crate::keys::place;
use crate::{StorageError, Tx, stream_keys};

pub use register::{OpenActions, Part, Sizes, count_open, page, sizes};

/// The columns of a row, in the order that [`action`] reads them.
macro_rules! columns {
    () => {
        "id, reference, status, due_on, proposed_on, accepted_on, done_on, verified_on, dropped_on, published_on,
         last_sequence, card"
    };
}

/// Those of an action's days that the figures count, in the order that [`days`] reads them.
macro_rules! days {
    () => {
        "due_on, proposed_on, accepted_on, done_on, verified_on, dropped_on, published_on"
    };
}

statements! {
    PUT = concat!("INSERT INTO follow_on_actions (", columns!(), ", over_on, began_on, is_long)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
           ON CONFLICT (id) DO UPDATE SET reference = excluded.reference, status = excluded.status,
               due_on = excluded.due_on, proposed_on = excluded.proposed_on, accepted_on = excluded.accepted_on,
               done_on = excluded.done_on, verified_on = excluded.verified_on, dropped_on = excluded.dropped_on,
               published_on = excluded.published_on, last_sequence = excluded.last_sequence, card = excluded.card,
               over_on = excluded.over_on, began_on = excluded.began_on, is_long = excluded.is_long");
    GET = concat!("SELECT ", columns!(), " FROM follow_on_actions WHERE id = $1");
    OPEN_OF_CASE = "SELECT id FROM follow_on_actions
                    WHERE reference = $1 AND status IN ('proposed', 'accepted', 'in_progress') ORDER BY id";
    STATUS = "SELECT status FROM follow_on_actions WHERE id = $1";
    ALL = concat!("SELECT ", columns!(), " FROM follow_on_actions ORDER BY id");
    BETWEEN = concat!("SELECT id, status, ", days!(), " FROM follow_on_actions WHERE over_on IS NULL
                 UNION ALL SELECT id, status, ", days!(), " FROM follow_on_actions
                     WHERE over_on BETWEEN $1 AND $3 AND began_on <= $2
                 UNION ALL SELECT id, status, ", days!(), " FROM follow_on_actions
                     WHERE is_long AND over_on > $3 AND began_on <= $2");
    PUBLISHED = concat!("SELECT ", columns!(), " FROM follow_on_actions WHERE published_on IS NOT NULL
                 ORDER BY published_on DESC, id DESC LIMIT $1");
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

/// The days of an action, without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionDays {
    /// What it is called.
    pub id: FollowOnId,
    /// Where it stands.
    pub status: Status,
    /// Its days.
    pub facts: FollowOnFacts,
}

impl ActionRow {
    /// The last day on which something happened to an action that is over: what was counted of it lies before the next day.
    fn over_on(&self) -> Option<Date> {
        let FollowOnFacts {
            done_on,
            verified_on,
            dropped_on,
            published_on,
            ..
        } = self.facts;
        let days = [done_on, verified_on, dropped_on, published_on];
        days.into_iter().flatten().max().filter(|_| !self.status.is_open())
    }

    fn began_on(&self) -> Option<Date> {
        self.facts.proposed_on.or(self.facts.accepted_on)
    }

    /// Whether it was open for so long that it is looked for apart.
    fn is_long(&self) -> bool {
        let days = self.began_on().zip(self.over_on());
        days.is_some_and(|(began_on, over_on)| over_on.duration_since(began_on) > LONG)
    }
}

/// What a case promised and what is still to be done.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_of_case(tx: &mut Tx<'_>, reference: &str) -> Result<Vec<FollowOnId>, StorageError> {
    let ids = tx.all(OPEN_OF_CASE, &[&reference], |row| row.get::<String>(0)).await?;
    let id = |text: &String| {
        text.parse()
            .map_err(|_| StorageError::Corrupt(format!("{text} names no follow-on action")))
    };
    ids.iter().map(id).collect()
}

/// Writes the row of an action, replacing the one before, and counts it where it stands now.
///
/// # Errors
/// When the database cannot be written.
pub async fn put(tx: &mut Tx<'_>, row: &ActionRow, at: Timestamp) -> Result<(), StorageError> {
    let id = row.id.to_string();
    let before = tx.optional(STATUS, &[&id], |row| status(row, 0)).await?;
    if before != Some(row.status) {
        let changes = [(before, -1), (Some(row.status), 1)];
        let changes = changes.into_iter().filter_map(|(status, n)| Some((status?, n)));
        kept::add(tx, changes.map(|(status, n)| (register::name(status), n)).collect());
    }
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
    tx.put(
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
            &row.over_on().map(|day| day.to_string()),
            &row.began_on().map(|day| day.to_string()),
            &row.is_long(),
        ],
    )
    .await?;
    Ok(())
}

/// The whole register, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn all(tx: &mut Tx<'_>) -> Result<Vec<ActionRow>, StorageError> {
    let rows = tx.all(ALL, &[], action).await?;
    opened(tx, rows).await
}

/// These actions, in this order; one that is not there is left out.
///
/// # Errors
/// When the database cannot be read.
pub async fn these(tx: &mut Tx<'_>, ids: &[FollowOnId]) -> Result<Vec<ActionRow>, StorageError> {
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        rows.extend(tx.optional(GET, &[&id.to_string()], action).await?);
    }
    opened(tx, rows).await
}

/// Longer than this is long: what was open in a stretch of days was over by so many days after it, or is among the few that were not.
const LONG: SignedDuration = SignedDuration::from_hours(24 * 184);

/// The days of every action that is open, and of every other that had begun by the last of these days and to which something happened on the
/// first or later: no other can be counted in them.
///
/// # Errors
/// When the database cannot be read.
pub async fn between(tx: &mut Tx<'_>, (first, last): (Date, Date)) -> Result<Vec<ActionDays>, StorageError> {
    let soon = last.checked_add(LONG).unwrap_or(Date::MAX).to_string();
    tx.all(BETWEEN, &[&first.to_string(), &last.to_string(), &soon], |row| {
        Ok(ActionDays {
            id: id(row, 0)?,
            status: status(row, 1)?,
            facts: days(row, 2)?,
        })
    })
    .await
}

/// The published changes, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn published(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<ActionRow>, StorageError> {
    let rows = tx.all(PUBLISHED, &[&i64::from(limit)], action).await?;
    opened(tx, rows).await
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

fn id(row: &Row<'_>, index: usize) -> Result<FollowOnId, StorageError> {
    let id: String = row.get(index)?;
    id.parse()
        .map_err(|error: rules::follow_on::id::NotAFollowOn| StorageError::Corrupt(error.to_string()))
}

fn status(row: &Row<'_>, index: usize) -> Result<Status, StorageError> {
    let status: String = row.get(index)?;
    Status::from_code(&status).ok_or_else(|| StorageError::Corrupt(format!("no follow-on action stands at {status:?}")))
}

fn action(row: &Row<'_>) -> Result<ActionRow, StorageError> {
    Ok(ActionRow {
        id: id(row, 0)?,
        reference: row.get(1)?,
        status: status(row, 2)?,
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
