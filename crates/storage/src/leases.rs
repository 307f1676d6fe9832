//! Leases: what only one node may do at a time, for how long, and how a node that slept finds out that it is not its turn any more.

use jiff::{SignedDuration, Timestamp};

use crate::database::statements;
use crate::{StorageError, Tx};

statements! {
    GET = "SELECT holder, fence, until FROM leases WHERE name = $1";
    PUT = "INSERT INTO leases (name, holder, fence, until) VALUES ($1, $2, $3, $4)
           ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, fence = excluded.fence, until = excluded.until";
    LET_GO = "UPDATE leases SET until = $3 WHERE name = $1 AND fence = $2";
}

/// A lease that a node holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// What it is for.
    pub name: String,
    /// The number of this holding: whoever takes the lease after us has a larger one.
    pub fence: i64,
    /// Until when it is held.
    pub until: Timestamp,
}

/// Takes or renews a lease for `seconds`; nothing while another node holds it.
///
/// ```
/// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
/// use storage::{Keys, StorageError, Store, leases};
/// let store = Store::in_memory(Keys::for_tests())?;
/// let now = jiff::Timestamp::UNIX_EPOCH;
/// let (ours, theirs) = store
///     .write(move |tx| {
///         Box::pin(async move {
///             let ours = leases::take(tx, "timetable", "one node", now, 60).await?;
///             let theirs = leases::take(tx, "timetable", "another", now, 60).await?;
///             Ok::<_, StorageError>((ours, theirs))
///         })
///     })
///     .await?;
/// assert_eq!((ours.map(|lease| lease.fence), theirs), (Some(1), None));
/// # Ok::<(), StorageError>(())
/// # }).unwrap();
/// ```
///
/// # Errors
/// When the database cannot be written.
pub async fn take(
    tx: &mut Tx<'_>,
    name: &str,
    holder: &str,
    now: Timestamp,
    seconds: i64,
) -> Result<Option<Lease>, StorageError> {
    let kept = kept(tx, name).await?;
    let fence = match kept {
        None => 1,
        Some((same, fence, _)) if same == holder => fence,
        Some((_, fence, until)) if until <= now => fence + 1,
        Some(_) => return Ok(None),
    };
    let until = now
        .saturating_add(SignedDuration::from_secs(seconds))
        .unwrap_or(Timestamp::MAX);
    tx.put(PUT, &[&name, &holder, &fence, &until.as_microsecond()]).await?;
    Ok(Some(Lease {
        name: name.to_owned(),
        fence,
        until,
    }))
}

/// Whether nobody took the lease since: asked in the transaction that does what the lease is for, so that a node which was paused and wakes does
/// nothing twice.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_held(tx: &mut Tx<'_>, lease: &Lease) -> Result<bool, StorageError> {
    Ok(kept(tx, &lease.name)
        .await?
        .is_some_and(|(_, fence, _)| fence == lease.fence))
}

/// Whether somebody holds the lease of this name at an instant.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_taken(tx: &mut Tx<'_>, name: &str, now: Timestamp) -> Result<bool, StorageError> {
    Ok(kept(tx, name).await?.is_some_and(|(_, _, until)| now < until))
}

/// Gives a lease back before its time, so that nobody waits for its end. One that was lost stays with whoever has it.
///
/// # Errors
/// When the database cannot be written.
pub async fn let_go(tx: &mut Tx<'_>, lease: &Lease, now: Timestamp) -> Result<(), StorageError> {
    tx.put(LET_GO, &[&lease.name, &lease.fence, &now.as_microsecond()])
        .await?;
    Ok(())
}

async fn kept(tx: &mut Tx<'_>, name: &str) -> Result<Option<(String, i64, Timestamp)>, StorageError> {
    tx.optional(GET, &[&name], |row| Ok((row.get(0)?, row.get(1)?, row.instant(2)?)))
        .await
}
