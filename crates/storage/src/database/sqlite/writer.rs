//! The one writer: a thread that shares one durable commit among the acts that wait for it.

use std::sync::Arc;
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::mpsc::Receiver;

use super::at_once;
use super::connection::command;
use crate::StorageError;
use crate::database::act::{Batch, Job, Keep, Message};
use crate::database::dialect::sqlite::{self as dialect, Durability};
use crate::database::store::Shared;
use crate::database::tx::{Effects, Tx};

/// Starts the thread.
pub(in crate::database) fn start(
    mut conn: Connection,
    mut waiting: Receiver<Message>,
    shared: Arc<Shared>,
    durability: Durability,
) -> Result<JoinHandle<()>, StorageError> {
    let thread = std::thread::Builder::new().name("storage-writer".to_owned());
    let thread = thread.spawn(move || {
        while let Some(first) = waiting.blocking_recv() {
            let batch = Batch::gather(first, &mut waiting);
            if !batch.acts.is_empty() {
                write(&mut conn, batch.acts, &shared);
            }
            if let Some(reply) = batch.closing {
                drop(reply.send(dialect::finish(&conn, durability)));
                return;
            }
        }
    });
    thread.map_err(|error| StorageError::Engine(Arc::new(error)))
}

fn write(conn: &mut Connection, mut acts: Vec<Box<dyn Job>>, shared: &Shared) {
    let (committed, effects) = match run_all(conn, &mut acts, shared) {
        Ok(effects) => (Ok(()), effects),
        Err(error) => {
            tracing::error!(%error, acts = acts.len(), "a commit failed and its acts were undone");
            (Err(error), Effects::default())
        }
    };
    if shared.apply(effects)
        // The write-ahead log still holds the page with the key; readers may delay this, then a later one does it.
        && let Err(error) = dialect::checkpoint(conn)
    {
        tracing::warn!(%error, "the log still holds a destroyed key until the next checkpoint");
    }
    for job in acts {
        job.answer(committed.clone());
    }
}

/// One transaction for the batch, a savepoint for each act. When it errs nothing of the batch was kept.
fn run_all(conn: &mut Connection, acts: &mut [Box<dyn Job>], shared: &Shared) -> Result<Effects, StorageError> {
    command(conn, dialect::BEGIN_WRITE)?;
    let mut kept = Effects::default();
    let ran = acts
        .iter_mut()
        .try_for_each(|job| run_one(conn, &mut **job, &mut kept, shared));
    match ran.and_then(|()| command(conn, "COMMIT")) {
        Ok(()) => Ok(kept),
        Err(error) => {
            // The engine may have rolled back by itself (a full disk); then this has nothing left to do.
            if !conn.is_autocommit() {
                command(conn, "ROLLBACK")?;
            }
            Err(error)
        }
    }
}

fn run_one(conn: &mut Connection, job: &mut dyn Job, kept: &mut Effects, shared: &Shared) -> Result<(), StorageError> {
    command(conn, "SAVEPOINT act")?;
    let mut tx = Tx::of_sqlite(conn, &shared.keys, &shared.cache);
    tx.effects.follow(kept);
    let keep = at_once(job.run(&mut tx)).unwrap_or(Keep::Nothing);
    let effects = std::mem::take(&mut tx.effects);
    if conn.is_autocommit() {
        return Err(StorageError::DiskFull);
    }
    if keep == Keep::Nothing {
        command(conn, "ROLLBACK TO act")?;
        return command(conn, "RELEASE act");
    }
    command(conn, "RELEASE act")?;
    kept.add(effects);
    Ok(())
}
