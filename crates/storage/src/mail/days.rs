//! What came on each day, counted when it came, beside what the ledger says it became.

use jiff::civil::Date;
use rules::mail::Fate;

use super::named;
use crate::database::statements;
use crate::{StorageError, Tx};

statements! {
    COUNT = "INSERT INTO mail_days (day, mailbox, seen, again) VALUES ($1, $2, $3, $4)
             ON CONFLICT (day, mailbox) DO UPDATE SET seen = mail_days.seen + excluded.seen,
                                                     again = mail_days.again + excluded.again";
    DAYS = "SELECT day, mailbox, seen, again FROM mail_days WHERE day >= $1 AND day <= $2 ORDER BY day DESC, mailbox";
    BECAME = "SELECT arrived_on, mailbox, COALESCE(fate, ''), COUNT(*) FROM mail
              WHERE arrived_on >= $1 AND arrived_on <= $2 GROUP BY arrived_on, mailbox, fate";
    NO_CASE = "SELECT COUNT(*) FROM mail m
               WHERE m.arrived_on >= $1 AND m.arrived_on <= $2 AND m.fate IN ('new_case', 'unreadable', 'added_to_case')
                 AND NOT EXISTS (SELECT 1 FROM stream_keys k WHERE k.stream = m.reference)";
}

/// Whether a message was met for the first time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Met {
    /// For the first time.
    First,
    /// Once more.
    Again,
}

/// One day of one mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The day.
    pub day: Date,
    /// The mailbox.
    pub mailbox: String,
    /// How many messages were taken.
    pub seen: u64,
    /// How many of them were met once more, and taken for the same.
    pub again: u64,
}

/// How many messages of a day and a mailbox became what; none for those that have not ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Became {
    /// The day on which they arrived.
    pub day: Date,
    /// The mailbox.
    pub mailbox: String,
    /// What they became.
    pub fate: Option<Fate>,
    /// How many.
    pub many: u64,
}

/// Counts a message that was taken.
///
/// # Errors
/// When the database cannot be written.
pub async fn count(tx: &mut Tx<'_>, day: Date, mailbox: &str, met: Met) -> Result<(), StorageError> {
    let (seen, again) = match met {
        Met::First => (1_i64, 0_i64),
        Met::Again => (0, 1),
    };
    tx.put(COUNT, &[&day.to_string(), &mailbox, &seen, &again]).await
}

/// What was counted from one day to another, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn counted(tx: &mut Tx<'_>, from: Date, to: Date) -> Result<Vec<Counted>, StorageError> {
    tx.all(DAYS, &[&from.to_string(), &to.to_string()], |row| {
        Ok(Counted {
            day: row.date(0)?,
            mailbox: row.get(1)?,
            seen: row.natural(2)?,
            again: row.natural(3)?,
        })
    })
    .await
}

/// What the messages of these days became, by the ledger.
///
/// # Errors
/// When the database cannot be read.
pub async fn became(tx: &mut Tx<'_>, from: Date, to: Date) -> Result<Vec<Became>, StorageError> {
    tx.all(BECAME, &[&from.to_string(), &to.to_string()], |row| {
        let fate: String = row.get(2)?;
        Ok(Became {
            day: row.date(0)?,
            mailbox: row.get(1)?,
            fate: (!fate.is_empty()).then(|| named(&fate)).transpose()?,
            many: row.natural(3)?,
        })
    })
    .await
}

/// How many messages of these days are said to be at a case that never was. One that was erased has left its mark.
///
/// # Errors
/// When the database cannot be read.
pub async fn without_case(tx: &mut Tx<'_>, from: Date, to: Date) -> Result<u64, StorageError> {
    tx.one(NO_CASE, &[&from.to_string(), &to.to_string()], |row| row.natural(0))
        .await
}
