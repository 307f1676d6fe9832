//! The one writer: a thread that shares one durable commit among the acts that wait for it.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::dialect::Durability;
use super::store::Shared;
use super::tx::Effects;
use super::{Act, Tx, act, dialect};
use crate::StorageError;

/// How many acts may wait: a burst of mail fits, a flood is told to come back.
const QUEUE: usize = 1024;

/// How many acts share one commit: past this the flush is already cheap for each, and the first would wait longer.
const BATCH: usize = 64;

/// The store's end of the writer's queue.
pub(super) struct Writer {
    queue: SyncSender<Message>,
}

enum Message {
    Act(Box<dyn Job>),
    Close(oneshot::Sender<Result<(), StorageError>>),
}

/// An act that waits, whatever its types.
trait Job: Send {
    /// Runs it and tells whether its changes are to stay.
    fn run(&mut self, tx: &mut Tx<'_>) -> Keep;
    /// Answers its caller, once the commit has succeeded or failed.
    fn answer(self: Box<Self>, committed: Result<(), StorageError>);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    Changes,
    Nothing,
}

impl Writer {
    /// Starts the thread.
    pub(super) fn start(
        conn: Connection,
        shared: Arc<Shared>,
        durability: Durability,
    ) -> Result<(Writer, JoinHandle<()>), StorageError> {
        let (queue, waiting) = sync_channel(QUEUE);
        let thread = std::thread::Builder::new().name("storage-writer".to_owned());
        let thread = thread
            .spawn(move || work((conn, durability), &waiting, &shared))
            .map_err(|error| StorageError::Engine(Arc::new(error)))?;
        Ok((Writer { queue }, thread))
    }

    /// Queues an act and waits for its answer.
    pub(super) async fn write<T, E, F>(&self, act: F) -> Result<T, E>
    where
        F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Waiting {
            act: Some(act),
            result: None,
            reply,
        };
        self.queue
            .try_send(Message::Act(Box::new(job)))
            .map_err(|refused| match refused {
                TrySendError::Full(_) => StorageError::Busy,
                TrySendError::Disconnected(_) => StorageError::Closed,
            })?;
        answer.await.unwrap_or_else(|_| Err(E::from(StorageError::Closed)))
    }

    /// Queues the end behind everything that waits. Blocks while the queue is full.
    pub(super) fn close(&self) -> oneshot::Receiver<Result<(), StorageError>> {
        let (reply, answer) = oneshot::channel();
        // A writer that is gone drops the reply, which the receiver reports.
        drop(self.queue.send(Message::Close(reply)));
        answer
    }
}

struct Waiting<T, E, F> {
    act: Option<F>,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Job for Waiting<T, E, F>
where
    F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, E> + Send,
    T: Send,
    E: From<StorageError> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> Keep {
        let Some(act) = self.act.take() else {
            return Keep::Nothing;
        };
        let result = act::run(tx, act);
        let keep = if result.is_ok() { Keep::Changes } else { Keep::Nothing };
        self.result = Some(result);
        keep
    }

    fn answer(self: Box<Self>, committed: Result<(), StorageError>) {
        let result = match (committed, self.result) {
            (Ok(()), Some(result)) => result,
            (Ok(()), None) => Err(E::from(StorageError::Closed)),
            (Err(error), _) => Err(E::from(error)),
        };
        // A caller who went away does not hear the answer; what was saved stays saved.
        drop(self.reply.send(result));
    }
}

fn work((mut conn, durability): (Connection, Durability), waiting: &Receiver<Message>, shared: &Shared) {
    while let Ok(first) = waiting.recv() {
        let mut batch = Vec::new();
        let mut closing = None;
        let mut next = Some(first);
        while let Some(message) = next.take() {
            match message {
                Message::Act(job) => batch.push(job),
                Message::Close(reply) => closing = Some(reply),
            }
            if closing.is_none() && batch.len() < BATCH {
                next = waiting.try_recv().ok();
            }
        }
        if !batch.is_empty() {
            write_batch(&mut conn, batch, shared);
        }
        if let Some(reply) = closing {
            drop(reply.send(dialect::finish(&conn, durability)));
            return;
        }
    }
}

fn write_batch(conn: &mut Connection, mut batch: Vec<Box<dyn Job>>, shared: &Shared) {
    let (committed, effects) = match run_batch(conn, &mut batch, shared) {
        Ok(effects) => (Ok(()), effects),
        Err(error) => {
            tracing::error!(%error, acts = batch.len(), "a commit failed and its acts were undone");
            (Err(error), Effects::default())
        }
    };
    apply(conn, effects, shared);
    for job in batch {
        job.answer(committed.clone());
    }
}

/// One transaction for the batch, a savepoint for each act. When it errs nothing of the batch was kept.
fn run_batch(conn: &mut Connection, batch: &mut [Box<dyn Job>], shared: &Shared) -> Result<Effects, StorageError> {
    execute(conn, dialect::BEGIN_WRITE)?;
    let mut kept = Effects::default();
    let ran = batch
        .iter_mut()
        .try_for_each(|job| run_one(conn, &mut **job, &mut kept, shared));
    match ran.and_then(|()| execute(conn, "COMMIT")) {
        Ok(()) => Ok(kept),
        Err(error) => {
            // The engine may have rolled back by itself (a full disk); then this has nothing left to do.
            if !conn.is_autocommit() {
                execute(conn, "ROLLBACK")?;
            }
            Err(error)
        }
    }
}

fn run_one(conn: &mut Connection, job: &mut dyn Job, kept: &mut Effects, shared: &Shared) -> Result<(), StorageError> {
    execute(conn, "SAVEPOINT act")?;
    let mut tx = Tx::new(conn, &shared.keys, &shared.cache);
    // The cache still has keys that an act before this one destroyed.
    tx.effects.destroyed.clone_from(&kept.destroyed);
    let keep = job.run(&mut tx);
    let effects = std::mem::take(&mut tx.effects);
    if conn.is_autocommit() {
        return Err(StorageError::DiskFull);
    }
    if keep == Keep::Nothing {
        execute(conn, "ROLLBACK TO act")?;
        return execute(conn, "RELEASE act");
    }
    execute(conn, "RELEASE act")?;
    kept.outbox |= effects.outbox;
    kept.unwrapped.extend(effects.unwrapped);
    kept.destroyed = effects.destroyed;
    kept.unwrapped.retain(|stream, _| !kept.destroyed.contains(stream));
    Ok(())
}

/// What is true now that the commit is durable.
fn apply(conn: &Connection, effects: Effects, shared: &Shared) {
    shared.cache.keep(effects.unwrapped);
    if !effects.destroyed.is_empty() {
        shared.cache.forget(&effects.destroyed);
        // The write-ahead log still holds the page with the key; readers may delay this, then a later one does it.
        if let Err(error) = dialect::checkpoint(conn) {
            tracing::warn!(%error, "the log still holds a destroyed key until the next checkpoint");
        }
    }
    if effects.outbox {
        shared.outbox.notify_one();
    }
}

fn execute(conn: &Connection, sql: &str) -> Result<(), StorageError> {
    let mut statement = conn.prepare_cached(sql).map_err(dialect::error)?;
    statement.execute([]).map(|_| ()).map_err(dialect::error)
}
