//! What the doctor asks of the database itself: which engine it is, how late its clock has it, what waits in it.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::database::statements;
use crate::{Engine, StorageError, Tx, outbox};

statements! {
    STEP = crate::database::LATEST_STEP;
    UNSENT = "SELECT COUNT(*) FROM outbox WHERE state IN ('waiting', 'sending', 'failed')";
    LONGEST = "SELECT MAX(due_on) FROM deadlines WHERE NOT met";
}

/// How a database stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The engine.
    pub engine: Engine,
    /// The version of the engine, in its own words.
    pub version: String,
    /// The number of the latest step that the schema has taken.
    pub step: i64,
    /// What time it is by the clock of the database server; nothing where the engine has the clock of this machine.
    pub clock: Option<Timestamp>,
    /// How many letters have not gone out.
    pub unsent: u64,
    /// Since when the oldest of them has been here.
    pub oldest_unsent: Option<Timestamp>,
    /// The latest date that an open case must meet.
    pub longest_due_on: Option<Date>,
}

/// Looks how a database stands.
///
/// # Errors
/// When it cannot be read.
pub async fn look(tx: &mut Tx<'_>) -> Result<Condition, StorageError> {
    let engine = tx.engine();
    let clock = match engine.clock() {
        Some(sql) => Some(tx.one(sql, &[], |row| row.instant(0)).await?),
        None => None,
    };
    Ok(Condition {
        engine,
        version: tx.one(engine.version(), &[], |row| row.get(0)).await?,
        step: tx.one(STEP, &[], |row| row.get(0)).await?,
        clock,
        unsent: tx.one(UNSENT, &[], |row| row.natural(0)).await?,
        oldest_unsent: outbox::oldest_waiting(tx).await?,
        longest_due_on: tx.one(LONGEST, &[], |row| row.date_if_any(0)).await?,
    })
}
