//! The one writer: a thread that shares one durable commit among the acts that wait for it.

use std::path::Path;
use std::sync::Arc;
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::mpsc::Receiver;

use super::at_once;
use super::connection::command;
use super::log::{LIMITS, Log};
use crate::StorageError;
use crate::database::act::{self, Batch, Job, Keep, Message};
use crate::database::dialect::sqlite::{self as dialect, Durability};
use crate::database::store::Shared;
use crate::database::tx::{Effects, Tx};
use crate::facts::gathered;

/// Starts the thread.
pub(in crate::database) fn start(
    (mut conn, path): (Connection, &Path),
    mut waiting: Receiver<Message>,
    shared: Arc<Shared>,
    durability: Durability,
) -> Result<JoinHandle<()>, StorageError> {
    let log = Log::keep((&mut conn, path.to_owned()), durability, LIMITS)?;
    let thread = std::thread::Builder::new().name("storage-writer".to_owned());
    let thread = thread.spawn(move || {
        while let Some(first) = waiting.blocking_recv() {
            let batch = Batch::gather(first, &mut waiting);
            if !batch.acts.is_empty() {
                write(&mut conn, batch.acts, &shared, &log);
                log.committed(&conn);
            }
            if let Some(reply) = batch.closing {
                drop(log);
                drop(reply.send(dialect::finish(&conn, durability)));
                return;
            }
        }
    });
    thread.map_err(|error| StorageError::Engine(Arc::new(error)))
}

fn write(conn: &mut Connection, mut acts: Vec<Box<dyn Job>>, shared: &Shared, log: &Log) {
    let (committed, effects) = match run_all(conn, &mut acts, shared) {
        Ok(effects) => (Ok(()), effects),
        Err(error) => {
            tracing::error!(%error, acts = acts.len(), "a commit failed and its acts were undone");
            (Err(error), Effects::default())
        }
    };
    if shared.apply(effects)
        // The write-ahead log still holds the page with the key; readers may delay this, then a later one does it.
        && let Err(error) = log.empty(conn)
    {
        tracing::warn!(%error, "the log still holds a destroyed key until the next checkpoint");
    }
    for job in acts {
        job.answer(committed.clone());
    }
}

/// One transaction for the batch. When it errs nothing of the batch was kept.
fn run_all(conn: &mut Connection, acts: &mut [Box<dyn Job>], shared: &Shared) -> Result<Effects, StorageError> {
    let (ready, others) = act::ready_first(acts);
    command(conn, dialect::BEGIN_WRITE)?;
    let ran = run_together(conn, ready, shared).and_then(|together| {
        let mut kept = Effects::default();
        if let Some(ran) = together {
            kept = ran;
        } else {
            command(conn, "ROLLBACK")?;
            command(conn, dialect::BEGIN_WRITE)?;
            run_each(conn, ready, &mut kept, shared)?;
        }
        run_each(conn, others, &mut kept, shared)?;
        settle_tallies(conn, &kept, shared)?;
        dialect::refuse_if_overtaken(conn, shared.knows())?;
        command(conn, "COMMIT")?;
        Ok(kept)
    });
    match ran {
        Ok(kept) => Ok(kept),
        Err(error) => {
            // The engine may have rolled back by itself (a full disk); then this has nothing left to do.
            if !conn.is_autocommit() {
                command(conn, "ROLLBACK")?;
            }
            Err(error)
        }
    }
}

/// Runs acts that may be run again without a savepoint, each of which would cost the search index a flush and the engine a copy of every page that
/// the next act changes. Nothing when one failed after it had written: then all of them are to be undone.
fn run_together(
    conn: &mut Connection,
    acts: &mut [Box<dyn Job>],
    shared: &Shared,
) -> Result<Option<Effects>, StorageError> {
    let mut kept = Effects::default();
    for job in acts {
        let before = conn.total_changes();
        let (keep, effects) = run(conn, &mut **job, &kept, shared)?;
        match keep {
            Keep::Changes => kept.add(effects),
            Keep::Nothing if conn.total_changes() == before => {}
            Keep::Nothing => return Ok(None),
        }
    }
    Ok(Some(kept))
}

fn run_each(
    conn: &mut Connection,
    acts: &mut [Box<dyn Job>],
    kept: &mut Effects,
    shared: &Shared,
) -> Result<(), StorageError> {
    acts.iter_mut()
        .try_for_each(|job| run_one(conn, &mut **job, kept, shared))
}

/// Runs an act in a savepoint of its own, so that it undoes nothing but itself.
fn run_one(conn: &mut Connection, job: &mut dyn Job, kept: &mut Effects, shared: &Shared) -> Result<(), StorageError> {
    command(conn, "SAVEPOINT act")?;
    let (keep, effects) = run(conn, job, kept, shared)?;
    if keep == Keep::Nothing {
        command(conn, "ROLLBACK TO act")?;
        return command(conn, "RELEASE act");
    }
    command(conn, "RELEASE act")?;
    kept.add(effects);
    Ok(())
}

fn settle_tallies(conn: &mut Connection, kept: &Effects, shared: &Shared) -> Result<(), StorageError> {
    let mut tx = Tx::of_sqlite(conn, &shared.keys, &shared.cache);
    tx.effects.follow(kept);
    at_once(gathered::settle(&mut tx)).unwrap_or(Err(StorageError::Awaited))
}

fn run(
    conn: &mut Connection,
    job: &mut dyn Job,
    kept: &Effects,
    shared: &Shared,
) -> Result<(Keep, Effects), StorageError> {
    let mut tx = Tx::of_sqlite(conn, &shared.keys, &shared.cache);
    tx.effects.follow(kept);
    let keep = at_once(job.run(&mut tx)).unwrap_or(Keep::Nothing);
    let effects = std::mem::take(&mut tx.effects);
    // The engine undid the whole transaction by itself.
    if conn.is_autocommit() {
        return Err(StorageError::DiskFull);
    }
    Ok((keep, effects))
}
