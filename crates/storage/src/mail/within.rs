//! What is set aside, as far as somebody may know of it: a message about a case is there for whoever sees that case (invariant 12).

use rules::confidential::Reach;
use rules::mail::Fate;

use super::{ABOUT_NO_CASE, MailRow, message, open};
use crate::cases::reach::within;
use crate::database::Arguments;
use crate::{StorageError, Tx};

/// Messages that ended so and lie within a reach, the newest first, of those before a number.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_fate(
    tx: &mut Tx<'_>,
    fate: Fate,
    reach: &Reach,
    (before, limit): (i64, u32),
) -> Result<Vec<MailRow>, StorageError> {
    let mut arguments = Arguments::default();
    let ended = arguments.add(fate.code().to_owned());
    let below = arguments.add(before);
    let there = there(tx, reach, &mut arguments);
    let most = arguments.add(i64::from(limit));
    let sql = format!(
        "SELECT mail.id, mail.mailbox, mail.arrived_at, mail.size, mail.file, mail.fate, mail.settled_at, mail.reference, mail.tries, mail.about
         {there} AND mail.fate = {ended} AND mail.id < {below} ORDER BY mail.id DESC LIMIT {most}"
    );
    let stored = tx.all(&sql, &arguments.values(), message).await?;
    open(tx, stored).await
}

/// Messages that ended so and are about no case, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn about_no_case(tx: &mut Tx<'_>, fate: Fate, limit: u32) -> Result<Vec<MailRow>, StorageError> {
    let stored = tx
        .all(ABOUT_NO_CASE, &[&fate.code(), &i64::from(limit)], message)
        .await?;
    open(tx, stored).await
}

/// How many messages wait for somebody to say where they belong, of those within a reach.
///
/// # Errors
/// When the database cannot be read.
pub async fn waiting(tx: &mut Tx<'_>, reach: &Reach) -> Result<i64, StorageError> {
    let mut arguments = Arguments::default();
    let waits = arguments.add(Fate::Waits.code().to_owned());
    let there = there(tx, reach, &mut arguments);
    let sql = format!("SELECT COUNT(*) {there} AND mail.fate = {waits}");
    tx.one(&sql, &arguments.values(), |row| row.get(0)).await
}

/// Whether a message lies within a reach.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_within(tx: &mut Tx<'_>, id: i64, reach: &Reach) -> Result<bool, StorageError> {
    let mut arguments = Arguments::default();
    let wanted = arguments.add(id);
    let there = there(tx, reach, &mut arguments);
    let sql = format!("SELECT 1 {there} AND mail.id = {wanted}");
    let found = tx.optional(&sql, &arguments.values(), |row| row.get::<i64>(0)).await?;
    Ok(found.is_some())
}

/// The messages that are there for whoever reaches so far: those about no case, and those about a case within the reach.
fn there(tx: &Tx<'_>, reach: &Reach, arguments: &mut Arguments) -> String {
    let within = within("cases", reach, tx.keys, arguments);
    format!(
        "FROM mail LEFT JOIN cases ON cases.reference = mail.reference
         WHERE (mail.reference IS NULL OR (cases.reference IS NOT NULL AND {within}))"
    )
}
