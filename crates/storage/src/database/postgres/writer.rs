//! The writer of this node: one batch after the other, each in its turn among the nodes; one refused act undoes nothing of its neighbours.

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::Object;
use tokio::sync::mpsc::Receiver;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout_at};

use super::news;
use super::server::Link;
use super::session::Session;
use crate::StorageError;
use crate::database::act::{self, Batch, Job, Keep, Message};
use crate::database::dialect::postgres as dialect;
use crate::database::store::Shared;
use crate::database::tx::{Effects, Tx};
use crate::facts::gathered;
use crate::keys::hex;

/// For how long a batch waits for a server that is away before its acts are told to come back.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a turn is waited for: longer than the server lets anybody wait for the lock, so that its answer is heard first.
const TURN: Duration = Duration::from_secs(15);
/// For how long it is asked whether the server committed when the connection broke over it.
const CERTAINTY: Duration = Duration::from_secs(30);
/// How long after a failed connection the next is tried.
const AGAIN: Duration = Duration::from_millis(250);

/// Starts the task.
pub(in crate::database) fn start(
    mut waiting: Receiver<Message>,
    link: Arc<Link>,
    shared: Arc<Shared>,
) -> Result<JoinHandle<()>, StorageError> {
    let mut writer = Writer {
        node: hex(&crate::Keys::random::<8>()?),
        batches: 0,
        link,
        shared,
    };
    Ok(tokio::spawn(async move {
        while let Some(first) = waiting.recv().await {
            let batch = Batch::gather(first, &mut waiting);
            if !batch.acts.is_empty() {
                writer.write(batch.acts).await;
            }
            if let Some(reply) = batch.closing {
                writer.link.close();
                drop(reply.send(Ok(())));
                return;
            }
        }
    }))
}

struct Writer {
    /// Under this name the database keeps the number of the latest batch.
    node: String,
    batches: i64,
    link: Arc<Link>,
    shared: Arc<Shared>,
}

impl Writer {
    async fn write(&mut self, mut acts: Vec<Box<dyn Job>>) {
        self.batches += 1;
        let (committed, effects) = match self.run_all(&mut acts).await {
            Ok(effects) => (Ok(()), effects),
            Err(error) => {
                tracing::error!(%error, acts = acts.len(), "a commit failed and its acts were undone");
                (Err(error), Effects::default())
            }
        };
        self.shared.apply(effects);
        for job in acts {
            job.answer(committed.clone());
        }
    }

    /// One transaction for the batch. When it errs nothing of the batch was kept, but where it says that this is not
    /// known.
    async fn run_all(&self, acts: &mut [Box<dyn Job>]) -> Result<Effects, StorageError> {
        let (client, mut session) = self.begin().await?;
        let mut kept = Effects::default();
        let ran = self.run_each(&mut session, acts, &mut kept).await;
        drop(session);
        match ran {
            Ok(()) => self.commit(client).await.map(|()| kept),
            Err(error) => {
                // A connection that cannot undo is closed, and the server undoes it by itself.
                if client.batch_execute("ROLLBACK").await.is_err() {
                    discard(client);
                }
                Err(error)
            }
        }
    }

    /// Waits for this node's turn. Nothing has run yet, so a server that is away for a moment is waited for.
    async fn begin(&self) -> Result<(Arc<Object>, Session), StorageError> {
        let until = Instant::now() + PATIENCE;
        loop {
            let away = match self.begin_once().await {
                Err(away @ StorageError::Away(_)) => away,
                begun => return begun,
            };
            if Instant::now() > until {
                return Err(away);
            }
            sleep(AGAIN).await;
        }
    }

    async fn begin_once(&self) -> Result<(Arc<Object>, Session), StorageError> {
        let client = Arc::new(self.link.writer().await?);
        let mut session = Session::new(client.clone(), self.link.statements);
        session.command(dialect::BEGIN_WRITE).await?;
        match session.begun_within(TURN).await {
            Ok(()) => Ok((client, session)),
            Err(error) => {
                drop(session);
                discard(client);
                Err(error)
            }
        }
    }

    async fn run_each(
        &self,
        session: &mut Session,
        acts: &mut [Box<dyn Job>],
        kept: &mut Effects,
    ) -> Result<(), StorageError> {
        let (ready, others) = act::ready_first(acts);
        if !self.run_together(session, ready, kept).await? {
            for job in ready {
                self.run_one(session, &mut **job, kept).await?;
            }
        }
        for job in others {
            self.run_one(session, &mut **job, kept).await?;
        }
        self.settle_tallies(session, kept).await?;
        if self.batches == 1 {
            session.command(dialect::FORGET_COMMITS).await?;
        }
        for words in news::told(kept) {
            session.command(words).await?;
        }
        let knows = self.shared.knows();
        match session
            .exec(dialect::NOTE_COMMIT, &[&self.node, &self.batches, &knows])
            .await?
        {
            0 => Err(StorageError::Overtaken { knows }),
            _ => Ok(()),
        }
    }

    async fn settle_tallies(&self, session: &mut Session, kept: &Effects) -> Result<(), StorageError> {
        let mut tx = Tx::of_postgres(session, &self.shared.keys, &self.shared.cache);
        tx.effects.follow(kept);
        gathered::settle(&mut tx).await
    }

    /// Runs acts that may be run again in one savepoint, and waits for all that they sent at once. False when one failed: then all are undone.
    async fn run_together(
        &self,
        session: &mut Session,
        acts: &mut [Box<dyn Job>],
        kept: &mut Effects,
    ) -> Result<bool, StorageError> {
        if acts.len() < 2 {
            return Ok(false);
        }
        session.command("SAVEPOINT acts").await?;
        let mut ran = Effects::default();
        for job in acts {
            let (keep, effects) = self.run(session, &mut **job, &ran).await;
            if keep == Keep::Nothing {
                return undone(session).await;
            }
            ran.add(effects);
        }
        match session.settle().await {
            Ok(()) => {
                kept.add(ran);
                session.command("RELEASE acts").await?;
                Ok(true)
            }
            Err(away @ StorageError::Away(_)) => Err(away),
            Err(_) => undone(session).await,
        }
    }

    async fn run_one(&self, session: &mut Session, job: &mut dyn Job, kept: &mut Effects) -> Result<(), StorageError> {
        session.command("SAVEPOINT act").await?;
        let (keep, effects) = self.run(session, job, kept).await;
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

    async fn run(&self, session: &mut Session, job: &mut dyn Job, kept: &Effects) -> (Keep, Effects) {
        let mut tx = Tx::of_postgres(session, &self.shared.keys, &self.shared.cache);
        tx.effects.follow(kept);
        let keep = job.run(&mut tx).await;
        (keep, std::mem::take(&mut tx.effects))
    }

    /// Commits. Where the connection breaks over it, the server is asked whether it did, once it is back.
    async fn commit(&self, client: Arc<Object>) -> Result<(), StorageError> {
        let Err(error) = client.batch_execute("COMMIT").await else {
            return Ok(());
        };
        discard(client);
        let why = match dialect::error(error) {
            StorageError::Away(why) => why,
            refused => return Err(refused),
        };
        tracing::warn!(%why, "the connection broke over a commit; asking the server whether it was made");
        let until = Instant::now() + CERTAINTY;
        while Instant::now() < until {
            match timeout_at(until, self.committed()).await {
                Ok(Ok(true)) => return Ok(()),
                Ok(Ok(false)) => return Err(StorageError::Away(why)),
                Ok(Err(_)) => sleep(AGAIN).await,
                Err(_) => break,
            }
        }
        Err(StorageError::Unsure(why))
    }

    /// Whether the latest batch is in the database, asked in this node's turn: what was begun before has ended by then.
    async fn committed(&self) -> Result<bool, StorageError> {
        let (client, mut session) = self.begin_once().await?;
        let latest = session
            .mapped(dialect::LATEST_COMMIT, &[&self.node], 1, |row| row.get::<i64>(0))
            .await;
        drop(session);
        client.batch_execute("ROLLBACK").await.map_err(dialect::error)?;
        Ok(latest? == [self.batches])
    }
}

/// Undoes acts that ran together; each is run again in a savepoint of its own, and hears there what is wrong with it.
async fn undone(session: &mut Session) -> Result<bool, StorageError> {
    match session.settle().await {
        Err(away @ StorageError::Away(_)) => Err(away),
        _ => {
            session.command("ROLLBACK TO acts; RELEASE acts").await?;
            Ok(false)
        }
    }
}

/// A connection that is not to be used again.
pub(super) fn discard(client: Arc<Object>) {
    drop(Arc::into_inner(client).map(Object::take));
}
