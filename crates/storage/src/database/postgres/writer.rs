//! The writer of this node: one batch after the other, each in its turn among the nodes, each act in a savepoint of its own.

use std::sync::Arc;

use deadpool_postgres::Object;
use tokio::sync::mpsc::Receiver;
use tokio::task::JoinHandle;

use super::news;
use super::server::Link;
use super::session::Session;
use crate::StorageError;
use crate::database::act::{Batch, Job, Keep, Message};
use crate::database::dialect::postgres as dialect;
use crate::database::store::Shared;
use crate::database::tx::{Effects, Tx};

/// Starts the task.
pub(in crate::database) fn start(
    mut waiting: Receiver<Message>,
    link: Arc<Link>,
    shared: Arc<Shared>,
) -> JoinHandle<()> {
    tokio::spawn(async move {
        while let Some(first) = waiting.recv().await {
            let batch = Batch::gather(first, &mut waiting);
            if !batch.acts.is_empty() {
                write(&link, batch.acts, &shared).await;
            }
            if let Some(reply) = batch.closing {
                link.close();
                drop(reply.send(Ok(())));
                return;
            }
        }
    })
}

async fn write(link: &Link, mut acts: Vec<Box<dyn Job>>, shared: &Shared) {
    let (committed, effects) = match run_all(link, &mut acts, shared).await {
        Ok(effects) => (Ok(()), effects),
        Err(error) => {
            tracing::error!(%error, acts = acts.len(), "a commit failed and its acts were undone");
            (Err(error), Effects::default())
        }
    };
    shared.apply(effects);
    for job in acts {
        job.answer(committed.clone());
    }
}

/// One transaction for the batch, a savepoint for each act. When it errs nothing of the batch was kept, but where the connection broke while the
/// server was committing.
async fn run_all(link: &Link, acts: &mut [Box<dyn Job>], shared: &Shared) -> Result<Effects, StorageError> {
    let client = Arc::new(link.writer().await?);
    let mut kept = Effects::default();
    let mut session = Session::new(client.clone(), link.statements);
    let ran = run_each(&mut session, acts, &mut kept, shared).await;
    drop(session);
    match ran {
        Ok(()) => commit(&client).await.map(|()| kept),
        Err(error) => {
            // A connection that cannot undo is closed, and the server undoes it by itself.
            if client.batch_execute("ROLLBACK").await.is_err() {
                Arc::into_inner(client).map(Object::take);
            }
            Err(error)
        }
    }
}

async fn run_each(
    session: &mut Session,
    acts: &mut [Box<dyn Job>],
    kept: &mut Effects,
    shared: &Shared,
) -> Result<(), StorageError> {
    session.command(dialect::BEGIN_WRITE).await?;
    for job in acts {
        run_one(session, &mut **job, kept, shared).await?;
    }
    for words in news::told(kept) {
        session.command(words).await?;
    }
    session.settle().await
}

async fn run_one(
    session: &mut Session,
    job: &mut dyn Job,
    kept: &mut Effects,
    shared: &Shared,
) -> Result<(), StorageError> {
    session.command("SAVEPOINT act").await?;
    let (keep, effects) = {
        let mut tx = Tx::of_postgres(session, &shared.keys, &shared.cache);
        tx.effects.follow(kept);
        let keep = job.run(&mut tx).await;
        (keep, std::mem::take(&mut tx.effects))
    };
    let settled = session.settle().await;
    match (keep, settled) {
        (Keep::Changes, Ok(())) => {
            kept.add(effects);
            session.command("RELEASE act").await
        }
        (_, Err(StorageError::Away(why))) => Err(StorageError::Away(why)),
        (keep, settled) => {
            if let (Keep::Changes, Err(error)) = (keep, settled) {
                job.refuse(error);
            }
            session.command("ROLLBACK TO act; RELEASE act").await
        }
    }
}

/// The server may have committed although its answer did not come.
async fn commit(client: &Object) -> Result<(), StorageError> {
    client
        .batch_execute("COMMIT")
        .await
        .map_err(|error| match dialect::error(error) {
            StorageError::Away(why) => StorageError::Unsure(why),
            other => other,
        })
}
