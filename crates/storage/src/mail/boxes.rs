//! The mailboxes that are read: how far, when they were last reached, and what is wrong with them.

use jiff::Timestamp;

use crate::database::statements;
use crate::{StorageError, Tx};

statements! {
    REACHED = "INSERT INTO mailboxes (name, reached_at) VALUES ($1, $2)
               ON CONFLICT (name) DO UPDATE SET reached_at = excluded.reached_at, fault = NULL, fault_at = NULL";
    CAME = "INSERT INTO mailboxes (name, reached_at, message_at) VALUES ($1, $2, $2)
            ON CONFLICT (name) DO UPDATE SET reached_at = excluded.reached_at, message_at = excluded.message_at";
    FAILED = "INSERT INTO mailboxes (name, fault, fault_at) VALUES ($1, $2, $3)
              ON CONFLICT (name) DO UPDATE SET fault = excluded.fault,
                  fault_at = COALESCE(mailboxes.fault_at, excluded.fault_at)";
    MOVE = "INSERT INTO mailboxes (name, validity, uid) VALUES ($1, $2, $3)
            ON CONFLICT (name) DO UPDATE SET validity = excluded.validity, uid = excluded.uid";
    MARK = "SELECT validity, uid FROM mailboxes WHERE name = $1 AND validity IS NOT NULL";
    ALL = "SELECT name, reached_at, message_at, fault, fault_at FROM mailboxes ORDER BY name";
}

/// How far a mailbox was read: everything up to this UID is durable here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Its UIDVALIDITY: another says that all UIDs were given anew.
    pub validity: u32,
    /// The last UID.
    pub uid: u32,
}

/// What is known of a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// Its name.
    pub name: String,
    /// When it was last reached.
    pub reached_at: Option<Timestamp>,
    /// When the last message came by it.
    pub message_at: Option<Timestamp>,
    /// Why it cannot be reached, and since when.
    pub fault: Option<(String, Timestamp)>,
}

/// Notes that a mailbox was reached: whatever was wrong with it is over.
///
/// # Errors
/// When the database cannot be written.
pub async fn reached(tx: &mut Tx<'_>, name: &str, at: Timestamp) -> Result<(), StorageError> {
    tx.put(REACHED, &[&name, &at.as_microsecond()]).await
}

/// Notes that a message came by it.
///
/// # Errors
/// When the database cannot be written.
pub async fn came(tx: &mut Tx<'_>, name: &str, at: Timestamp) -> Result<(), StorageError> {
    tx.put(CAME, &[&name, &at.as_microsecond()]).await
}

/// Notes that a mailbox cannot be reached; since when is that of the first of these in a row. The words are kept in the clear and name nobody.
///
/// # Errors
/// When the database cannot be written.
pub async fn failed(tx: &mut Tx<'_>, name: &str, why: &str, at: Timestamp) -> Result<(), StorageError> {
    tx.put(FAILED, &[&name, &why, &at.as_microsecond()]).await
}

/// Notes how far a mailbox was read.
///
/// # Errors
/// When the database cannot be written.
pub async fn move_mark(tx: &mut Tx<'_>, name: &str, to: Mark) -> Result<(), StorageError> {
    tx.put(MOVE, &[&name, &i64::from(to.validity), &i64::from(to.uid)])
        .await
}

/// How far a mailbox was read; nothing for one that never was.
///
/// # Errors
/// When the database cannot be read.
pub async fn mark(tx: &mut Tx<'_>, name: &str) -> Result<Option<Mark>, StorageError> {
    tx.optional(MARK, &[&name], |row| {
        Ok(Mark {
            validity: row.natural(0)?,
            uid: row.natural(1)?,
        })
    })
    .await
}

/// Every mailbox that was ever reached for, by name.
///
/// # Errors
/// When the database cannot be read.
pub async fn all(tx: &mut Tx<'_>) -> Result<Vec<Mailbox>, StorageError> {
    tx.all(ALL, &[], |row| {
        let fault: Option<String> = row.get(3)?;
        Ok(Mailbox {
            name: row.get(0)?,
            reached_at: row.instant_if_any(1)?,
            message_at: row.instant_if_any(2)?,
            fault: fault.zip(row.instant_if_any(4)?),
        })
    })
    .await
}
