//! How far the lists, counts and searches of somebody reach (invariant 12): what [`rules::confidential`] decides, as a test on rows.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use rules::confidential::{Beyond, Reach};

use super::Counts;
use crate::database::{Arguments, statements};
use crate::keys::Keys;
use crate::{StorageError, Tx};

statements! {
    FORGET_KEPT_FROM = "DELETE FROM case_kept_from WHERE reference = $1";
    KEEP_FROM = "INSERT INTO case_kept_from (reference, staff_hash) VALUES ($1, $2)";
}

/// Keeps a case from these members of staff, whom it is about, and from nobody else.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_from(tx: &mut Tx<'_>, reference: &str, staff: &[i64]) -> Result<(), StorageError> {
    tx.put(FORGET_KEPT_FROM, &[&reference]).await?;
    for id in staff {
        let hash = staff_hash(tx.keys, *id);
        tx.put(KEEP_FROM, &[&reference, &hash]).await?;
    }
    Ok(())
}

/// Whether a case lies within a reach. One that is not there lies within none.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_within(tx: &mut Tx<'_>, reference: &str, reach: &Reach) -> Result<bool, StorageError> {
    let mut arguments = Arguments::default();
    let wanted = arguments.add(reference.to_owned());
    let within = within("cases", reach, tx.keys, &mut arguments);
    let sql = format!("SELECT 1 FROM cases WHERE reference = {wanted} AND {within}");
    let found = tx.optional(&sql, &arguments.values(), |row| row.get::<i64>(0)).await?;
    Ok(found.is_some())
}

/// The numbers of the cases that lie beyond a reach: what a list that names cases for another reason leaves out.
///
/// # Errors
/// When the database cannot be read.
pub async fn beyond(tx: &mut Tx<'_>, reach: &Reach) -> Result<BTreeSet<i64>, StorageError> {
    let mut arguments = Arguments::default();
    let within = within("cases", reach, tx.keys, &mut arguments);
    let sql = format!("SELECT number FROM cases WHERE lane <> 'open' AND NOT {within}");
    let found = tx.all(&sql, &arguments.values(), |row| row.get::<i64>(0)).await?;
    Ok(found.into_iter().collect())
}

/// How many letters of the cases within a reach did not arrive and are tried by nobody.
///
/// # Errors
/// When the database cannot be read.
pub async fn letters_lost(tx: &mut Tx<'_>, reach: &Reach) -> Result<i64, StorageError> {
    let mut arguments = Arguments::default();
    let within = within("cases", reach, tx.keys, &mut arguments);
    let sql =
        format!("SELECT CAST(COALESCE(SUM(letters_lost), 0) AS BIGINT) FROM cases WHERE letters_lost > 0 AND {within}");
    tx.one(&sql, &arguments.values(), |row| row.get(0)).await
}

/// What the restricted cases within a reach add to the figures of somebody's desk.
///
/// # Errors
/// When the database cannot be read.
pub async fn restricted_counts(
    tx: &mut Tx<'_>,
    reach: &Reach,
    now: Timestamp,
    today: Date,
) -> Result<Counts, StorageError> {
    if reach.beyond == Beyond::Nothing {
        return Ok(Counts::default());
    }
    let mut arguments = Arguments::default();
    let within = within("cases", reach, tx.keys, &mut arguments);
    let sql = format!(
        "SELECT state, owner_id, due_at, due_on FROM cases WHERE closed_at IS NULL AND lane <> 'open' AND {within}"
    );
    let rows = tx
        .all(&sql, &arguments.values(), |row| {
            let (state, owner): (String, Option<i64>) = (row.get(0)?, row.get(1)?);
            Ok((state, owner, row.instant_if_any(2)?, row.date_if_any(3)?))
        })
        .await?;
    let mut counts = Counts::default();
    for (state, owner, due_at, due_on) in rows {
        let mine = i64::from(owner == Some(reach.of.0));
        let late = due_at.map_or_else(|| due_on.is_some_and(|on| on < today), |at| at <= now);
        counts.mine += mine;
        counts.mine_late += mine * i64::from(late);
        counts.open += 1;
        counts.triage += i64::from(state == "received");
        counts.awaiting_sign_off += i64::from(state == "sign_off");
        counts.escalations += i64::from(state == "escalation_pending");
    }
    Ok(counts)
}

/// The test that a row of `cases`, under this name, lies within a reach.
pub(crate) fn within(cases: &str, reach: &Reach, keys: &Keys, arguments: &mut Arguments) -> String {
    // Never unknown, as a comparison with nobody would be: a search asks for the opposite, and the opposite of unknown hides nothing.
    let own = |arguments: &mut Arguments| {
        let owner = arguments.add(reach.of.0);
        format!("({cases}.owner_id IS NOT NULL AND {cases}.owner_id = {owner})")
    };
    let waiting = format!("{cases}.state = 'sign_off'");
    let beyond = match reach.beyond {
        Beyond::Nothing => return format!("{cases}.lane = 'open'"),
        Beyond::Own => own(arguments),
        Beyond::WaitingLetters => waiting,
        Beyond::OwnAndWaitingLetters => format!("({} OR {waiting})", own(arguments)),
        Beyond::AllWithWords | Beyond::All => "1 = 1".to_owned(),
    };
    // Whoever sees that a sealed case is there sees all of them but their own: it has no owner, and no letter waits.
    let beyond = match reach.beyond {
        Beyond::All => beyond,
        _ => format!("({beyond} AND {cases}.lane <> 'sealed')"),
    };
    let who = arguments.add(staff_hash(keys, reach.of.0));
    format!(
        "({cases}.lane = 'open' OR ({beyond} AND NOT EXISTS (SELECT 1 FROM case_kept_from k
              WHERE k.reference = {cases}.reference AND k.staff_hash = {who})))"
    )
}

/// The same for every case, so that one hash leaves out all of somebody's; without the keys it names nobody.
fn staff_hash(keys: &Keys, id: i64) -> Vec<u8> {
    keys.lookup_hash("kept from", &id.to_string())
}
