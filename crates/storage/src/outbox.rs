//! The outbox: what must leave the house, kept in the same transaction as the act that owes it.

use jiff::Timestamp;

pub use row::{NewOutbox, OutboxRow, OutboxState, Try};

use crate::database::{Row, statements};
use crate::keys::place;
use crate::{StorageError, Tx, counters, stream_keys};

mod row;

statements! {
    ADD = "INSERT INTO outbox (id, reference, kind, channel, state, attempts, not_before, created_at, payload)
           VALUES ($1, $2, $3, $4, 'waiting', 0, $5, $6, $7)";
    SENT = "UPDATE outbox SET state = 'sent', sent_at = $2, lease_until = NULL WHERE id = $1 AND state <> 'sent'";
    CAME_BACK = "UPDATE outbox SET state = 'given_up', last_error = $2 WHERE id = $1 AND state IN ('sent', 'waiting', 'failed')";
    FAILED = "UPDATE outbox SET state = 'failed', last_error = $2, not_before = $3, lease_until = NULL
              WHERE id = $1 AND attempts = $4 AND state NOT IN ('sent', 'replaced')";
    BROKEN_OFF = "SELECT id FROM outbox WHERE state = 'sending' AND lease_until <= $1";
    PUT_BACK = "UPDATE outbox SET state = 'waiting', lease_until = NULL WHERE id = $1 AND attempts = $2 AND state = 'sending'";
    POSTPONED = "UPDATE outbox SET state = 'waiting', lease_until = NULL, not_before = $3, attempts = attempts - 1
                 WHERE id = $1 AND attempts = $2 AND state = 'sending'";
    EARLIER = "SELECT id, kind FROM outbox WHERE reference = $1 AND id < $2 AND channel = $3 ORDER BY id";
    LOST = "SELECT id, reference, kind, channel, state, attempts, not_before, lease_until, created_at, sent_at,
                   last_error, payload
            FROM outbox WHERE state = 'given_up' AND id < $1 ORDER BY id DESC LIMIT $2";
    HELD = "SELECT 1 FROM outbox WHERE id = $1 AND state = 'sending' AND attempts = $2 AND lease_until > $3";
    GIVEN_UP = "UPDATE outbox SET state = 'given_up', last_error = $2, lease_until = NULL
                WHERE id = $1 AND attempts = $3 AND state NOT IN ('sent', 'replaced')";
    REPLACED = "UPDATE outbox SET state = 'replaced', lease_until = NULL
                WHERE id = $1 AND state IN ('waiting', 'sending', 'failed')";
    GET = "SELECT id, reference, kind, channel, state, attempts, not_before, lease_until, created_at, sent_at, last_error,
                  payload
           FROM outbox WHERE id = $1";
    SEAL_AGAIN = "UPDATE outbox SET payload = $2, last_error = $3 WHERE id = $1";
    IDS_OF_CASE = "SELECT id FROM outbox WHERE reference = $1";
    THROW_AWAY = "DELETE FROM outbox WHERE id = $1";
    OLDEST = "SELECT MIN(created_at) FROM outbox WHERE state IN ('waiting', 'sending', 'failed')";
    UNSENT_OF_CASE = "SELECT COUNT(*) FROM outbox WHERE reference = $1 AND state IN ('waiting', 'sending', 'failed')";
    FOR_CASE = "SELECT id, reference, kind, channel, state, attempts, not_before, lease_until, created_at, sent_at,
                       last_error, payload
                FROM outbox WHERE reference = $1 ORDER BY id";
    RECENT = "SELECT id, reference, kind, channel, state, attempts, not_before, lease_until, created_at, sent_at,
                     last_error, payload
              FROM outbox ORDER BY id DESC LIMIT $1";
}

/// Adds a message and gives its number; after the commit the store tells whoever waits on `outbox_changed`.
///
/// # Errors
/// When the database cannot be written.
pub async fn add(tx: &mut Tx<'_>, message: &NewOutbox) -> Result<i64, StorageError> {
    let id = number(tx, 1).await?;
    put(tx, id, message).await?;
    Ok(id)
}

/// The first of so many numbers for messages.
///
/// # Errors
/// When the database cannot be written.
pub async fn number(tx: &mut Tx<'_>, many: i64) -> Result<i64, StorageError> {
    counters::take(tx, "outbox", 1, many).await
}

/// Adds a message under a number that was taken before.
///
/// # Errors
/// When the database cannot be written.
pub async fn put(tx: &mut Tx<'_>, id: i64, message: &NewOutbox) -> Result<(), StorageError> {
    let NewOutbox {
        reference,
        kind,
        channel,
        not_before,
        created_at,
        payload,
    } = message;
    let sealed = stream_keys::seal(tx, reference, *created_at, &payload_place(id), payload).await?;
    let (not_before, created_at) = (not_before.as_microsecond(), created_at.as_microsecond());
    tx.put(ADD, &[&id, reference, kind, channel, &not_before, &created_at, &sealed])
        .await?;
    tx.effects.outbox = true;
    Ok(())
}

/// Takes up to `limit` messages that are due, oldest first, and holds them for `lease_seconds`. A message whose
/// lease ran out is taken again: sending may happen twice, never not at all.
///
/// # Errors
/// When the database cannot be written.
pub async fn claim(
    tx: &mut Tx<'_>,
    now: Timestamp,
    lease_seconds: i64,
    limit: u32,
) -> Result<Vec<OutboxRow>, StorageError> {
    let lease_until = now
        .as_microsecond()
        .saturating_add(lease_seconds.saturating_mul(1_000_000));
    let limit = i64::from(limit);
    let mut stored = tx
        .all(
            tx.engine().claim_outbox(),
            &[&now.as_microsecond(), &lease_until, &limit],
            message,
        )
        .await?;
    stored.sort_by_key(|(row, ..)| (row.not_before, row.id));
    open(tx, stored).await
}

/// Messages of whose latest try nobody wrote down what became of it: its worker ended, or slept until its lease was over. They may have left.
/// Asked before they are claimed again.
///
/// # Errors
/// When the database cannot be read.
pub async fn broken_off(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<i64>, StorageError> {
    tx.all(BROKEN_OFF, &[&now.as_microsecond()], |row| row.get(0)).await
}

/// Whether a message is still in the hands of whoever claimed it: nobody took its place, no other node claimed it after the lease ran out, and it
/// is not so late that one may at any moment.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_held(tx: &mut Tx<'_>, ours: Try, now: Timestamp) -> Result<bool, StorageError> {
    let Try { id, attempts } = ours;
    let found = tx
        .optional(HELD, &[&id, &attempts, &now.as_microsecond()], |row| row.get::<i64>(0))
        .await?;
    Ok(found.is_some())
}

/// Gives a message back that was claimed and not sent, so that it is claimed anew; nothing where that happened already.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_back(tx: &mut Tx<'_>, ours: Try) -> Result<(), StorageError> {
    tx.put(PUT_BACK, &[&ours.id, &ours.attempts]).await
}

/// Puts off a message that was claimed and that nobody tried: the claim does not count as a try.
///
/// # Errors
/// When the database cannot be written.
pub async fn postpone(tx: &mut Tx<'_>, ours: Try, not_before: Timestamp) -> Result<(), StorageError> {
    tx.put(POSTPONED, &[&ours.id, &ours.attempts, &not_before.as_microsecond()])
        .await
}

/// Records that a message which had left came back: it counts as given up. Nothing where it is being sent.
///
/// # Errors
/// When the database cannot be written.
pub async fn came_back(tx: &mut Tx<'_>, id: i64, why: &str) -> Result<(), StorageError> {
    let Some(sealed) = seal_error(tx, id, why).await? else {
        return Ok(());
    };
    tx.put(CAME_BACK, &[&id, &sealed]).await
}

/// Number and kind of the earlier messages of a case that leave by the same way, the oldest first, whatever became of them.
///
/// # Errors
/// When the database cannot be read.
pub async fn earlier(
    tx: &mut Tx<'_>,
    reference: &str,
    than: i64,
    channel: &str,
) -> Result<Vec<(i64, String)>, StorageError> {
    tx.all(EARLIER, &[&reference, &than, &channel], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
    .await
}

/// Messages that nobody tries any more, the newest first, below a number.
///
/// # Errors
/// When the database cannot be read.
pub async fn lost(tx: &mut Tx<'_>, below: i64, limit: u32) -> Result<Vec<OutboxRow>, StorageError> {
    let stored = tx.all(LOST, &[&below, &i64::from(limit)], message).await?;
    open(tx, stored).await
}

/// Records that a message left.
///
/// # Errors
/// When the database cannot be written.
pub async fn sent(tx: &mut Tx<'_>, id: i64, at: Timestamp) -> Result<(), StorageError> {
    tx.put(SENT, &[&id, &at.as_microsecond()]).await?;
    Ok(())
}

/// Records that a try failed and when to try again; nothing where the message was claimed anew since.
///
/// # Errors
/// When the database cannot be written.
pub async fn failed(tx: &mut Tx<'_>, ours: Try, error: &str, not_before: Timestamp) -> Result<(), StorageError> {
    let Try { id, attempts } = ours;
    let Some(sealed) = seal_error(tx, id, error).await? else {
        return Ok(());
    };
    tx.put(FAILED, &[&id, &sealed, &not_before.as_microsecond(), &attempts])
        .await
}

/// Records that a message will not be tried again; nothing where it was claimed anew since.
///
/// # Errors
/// When the database cannot be written.
pub async fn give_up(tx: &mut Tx<'_>, ours: Try, error: &str) -> Result<(), StorageError> {
    let Try { id, attempts } = ours;
    let Some(sealed) = seal_error(tx, id, error).await? else {
        return Ok(());
    };
    tx.put(GIVEN_UP, &[&id, &sealed, &attempts]).await
}

/// Takes back a message that has not left, because another takes its place. One that was given up or sent stays what it is.
///
/// # Errors
/// When the database cannot be written.
pub async fn replace(tx: &mut Tx<'_>, id: i64) -> Result<(), StorageError> {
    tx.put(REPLACED, &[&id]).await?;
    Ok(())
}

/// A message by its number.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(tx: &mut Tx<'_>, id: i64) -> Result<Option<OutboxRow>, StorageError> {
    let stored = tx.all(GET, &[&id], message).await?;
    Ok(open(tx, stored).await?.pop())
}

/// Since when the oldest unsent message has been here; `None` when nothing waits.
///
/// # Errors
/// When the database cannot be read.
pub async fn oldest_waiting(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StorageError> {
    tx.one(OLDEST, &[], |row| row.instant_if_any(0)).await
}

/// How many messages of a case have not left and are still tried.
///
/// # Errors
/// When the database cannot be read.
pub async fn unsent_of_case(tx: &mut Tx<'_>, reference: &str) -> Result<i64, StorageError> {
    tx.one(UNSENT_OF_CASE, &[&reference], |row| row.get(0)).await
}

/// The messages of a case, the oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn for_case(tx: &mut Tx<'_>, reference: &str) -> Result<Vec<OutboxRow>, StorageError> {
    let stored = tx.all(FOR_CASE, &[&reference], message).await?;
    open(tx, stored).await
}

/// Seals the messages of a case again, under the key that it has now; those that are not given are thrown away.
pub(crate) async fn seal_again(tx: &mut Tx<'_>, reference: &str, rows: &[OutboxRow]) -> Result<(), StorageError> {
    let all: Vec<i64> = tx.all(IDS_OF_CASE, &[&reference], |row| row.get(0)).await?;
    for id in all {
        let Some(row) = rows.iter().find(|row| row.id == id) else {
            tx.put(THROW_AWAY, &[&id]).await?;
            continue;
        };
        let payload = stream_keys::seal(tx, reference, row.created_at, &payload_place(id), &row.payload).await?;
        let error = match &row.last_error {
            Some(error) => {
                Some(stream_keys::seal(tx, reference, row.created_at, &error_place(id), error.as_bytes()).await?)
            }
            None => None,
        };
        tx.put(SEAL_AGAIN, &[&id, &payload, &error]).await?;
    }
    Ok(())
}

/// The latest messages of all cases, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn recent(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<OutboxRow>, StorageError> {
    let stored = tx.all(RECENT, &[&i64::from(limit)], message).await?;
    open(tx, stored).await
}

/// A message as it lies there: the row without what is sealed, the sealed error and the sealed payload.
type Stored = (OutboxRow, Option<Vec<u8>>, Vec<u8>);

async fn open(tx: &mut Tx<'_>, stored: Vec<Stored>) -> Result<Vec<OutboxRow>, StorageError> {
    let mut rows = Vec::with_capacity(stored.len());
    for (mut row, error, payload) in stored {
        row.payload = stream_keys::open_if_kept(tx, &row.reference, &payload_place(row.id), &payload).await?;
        if let Some(error) = error {
            let words = stream_keys::open_if_kept(tx, &row.reference, &error_place(row.id), &error).await?;
            row.last_error = Some(String::from_utf8_lossy(&words).into_owned());
        }
        rows.push(row);
    }
    Ok(rows)
}

/// The sealed words of a failure; `None` when there is no such message.
async fn seal_error(tx: &mut Tx<'_>, id: i64, error: &str) -> Result<Option<Vec<u8>>, StorageError> {
    let Some(row) = get(tx, id).await? else { return Ok(None) };
    let sealed = stream_keys::seal(tx, &row.reference, row.created_at, &error_place(id), error.as_bytes()).await;
    match sealed {
        // The case was erased in the meantime: its errors are not kept either.
        Err(StorageError::MissingKey { .. }) => Ok(Some(Vec::new())),
        sealed => sealed.map(Some),
    }
}

fn payload_place(id: i64) -> Vec<u8> {
    place(&["outbox-payload", &id.to_string()])
}

fn error_place(id: i64) -> Vec<u8> {
    place(&["outbox-error", &id.to_string()])
}

fn message(row: &Row<'_>) -> Result<Stored, StorageError> {
    let message = OutboxRow {
        id: row.get(0)?,
        reference: row.get(1)?,
        kind: row.get(2)?,
        channel: row.get(3)?,
        state: OutboxState::named(&row.get::<String>(4)?)?,
        attempts: row.get(5)?,
        not_before: row.instant(6)?,
        lease_until: row.instant_if_any(7)?,
        created_at: row.instant(8)?,
        sent_at: row.instant_if_any(9)?,
        last_error: None,
        payload: Vec::new(),
    };
    Ok((message, row.get(10)?, row.get(11)?))
}
