//! The kept tallies: numbers that go up and down with the facts, in the transaction that changes them.

use std::sync::Arc;

use rules::review::period::Month;
use rules::review::tally::{BALANCE, tallies};
use rules::review::{CaseFacts, discuss};

use super::gathered::{self, Changes, settle};
use crate::database::statements;
use crate::{StorageError, Tx};

statements! {
    AT = "SELECT what, n FROM tallies WHERE place BETWEEN $1 AND $2 AND n <> 0";
    BEGINNING_WITH = "SELECT what, n FROM tallies WHERE place = $1 AND what >= $2 AND what < $3 AND n <> 0 ORDER BY what";
    BEFORE = "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM tallies WHERE place = $1 AND what < $2";
    ALL = "SELECT place, what, n FROM tallies WHERE n <> 0 ORDER BY place, what";
    NONE_YET = "SELECT CASE WHEN EXISTS (SELECT 1 FROM case_facts) AND NOT EXISTS (SELECT 1 FROM tallies) THEN 1 ELSE 0 END";
    TALLY_ACTIONS = "INSERT INTO tallies (place, what, n) SELECT 'actions', status, COUNT(*) FROM follow_on_actions GROUP BY status";
    NO_MARKS = "DELETE FROM case_marks";
    NUMBERS = "SELECT number FROM case_facts WHERE number > $1 ORDER BY number LIMIT $2";
}

/// Cases that are tallied together when all are.
const RUN: i64 = 500;

/// Counts what a case adds now and no longer what it added before.
pub(super) fn change(tx: &mut Tx<'_>, before: Option<&CaseFacts>, now: &Arc<Changes>) {
    let Some(before) = before else {
        return gathered::add(tx, now.clone());
    };
    let mut changes = Changes::clone(now);
    for (name, n) in tallies(before) {
        *changes.entry(name).or_default() -= n;
    }
    gathered::add(tx, Arc::new(changes));
}

/// Adds to the numbers; they are written at the end of the commit.
pub(crate) fn add(tx: &mut Tx<'_>, changes: Changes) {
    gathered::add(tx, Arc::new(changes));
}

/// The numbers from one place to another.
///
/// # Errors
/// When the database cannot be read.
pub async fn tallied(tx: &mut Tx<'_>, first: &str, last: &str) -> Result<Vec<(String, i64)>, StorageError> {
    settle(tx).await?;
    tx.all(AT, &[&first, &last], |row| Ok((row.get(0)?, row.get(1)?))).await
}

/// The numbers of one place whose names begin alike, in the order of their names; each without that beginning.
pub(super) async fn beginning_with(
    tx: &mut Tx<'_>,
    place: &str,
    beginning: &str,
) -> Result<Vec<(String, i64)>, StorageError> {
    settle(tx).await?;
    let after = format!("{beginning}\u{10ffff}");
    tx.all(BEGINNING_WITH, &[&place, &beginning, &after], |row| {
        let what: String = row.get(0)?;
        Ok((what[beginning.len()..].to_owned(), row.get(1)?))
    })
    .await
}

/// How many complaints had begun before a month and not ended.
///
/// # Errors
/// When the database cannot be read.
pub async fn brought_into(tx: &mut Tx<'_>, month: Month) -> Result<i64, StorageError> {
    settle(tx).await?;
    tx.one(BEFORE, &[&BALANCE, &month.to_string()], |row| row.get(0)).await
}

/// Counts and marks all cases, where facts are kept and no tallies are: once, on a database from before they were kept as they are now.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn count_all_once(tx: &mut Tx<'_>) -> Result<(), StorageError> {
    settle(tx).await?;
    let missing: i64 = tx.one(NONE_YET, &[], |row| row.get(0)).await?;
    if missing == 0 {
        return Ok(());
    }
    tx.put(NO_MARKS, &[]).await?;
    let (mut all, mut after) = (Changes::new(), i64::MIN);
    loop {
        let numbers: Vec<i64> = tx.all(NUMBERS, &[&after, &RUN], |row| row.get(0)).await?;
        let Some(last) = numbers.last() else { break };
        after = *last;
        for facts in super::load(tx, &numbers).await? {
            for (name, n) in tallies(&facts) {
                *all.entry(name).or_default() += n;
            }
            super::marks::put(tx, facts.reference.number(), &discuss::marks(&facts)).await?;
        }
    }
    add(tx, all);
    tx.put(TALLY_ACTIONS, &[]).await?;
    Ok(())
}

/// Every number, for the doctor.
pub(crate) async fn all(tx: &mut Tx<'_>) -> Result<Vec<(String, i64)>, StorageError> {
    settle(tx).await?;
    tx.all(ALL, &[], |row| {
        let (place, what): (String, String) = (row.get(0)?, row.get(1)?);
        Ok((format!("{place} {what}"), row.get(2)?))
    })
    .await
}
