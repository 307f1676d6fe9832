//! Acts as the writers run them: once, to their end, and without harm when one panics.

use std::any::Any;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;

use futures_util::FutureExt as _;
use tokio::sync::{mpsc, oneshot};

use super::Tx;
use crate::StorageError;

/// The future of a closure given to [`Store::write`](super::Store::write) or [`Store::read`](super::Store::read).
pub type Act<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// How many acts may wait: a burst of mail fits, a flood is told to come back.
const QUEUE: usize = 1024;

/// Runs an act; one that panics errs.
pub(super) async fn run<T, E, F>(tx: &mut Tx<'_>, act: F) -> Result<T, E>
where
    F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, E>,
    E: From<StorageError>,
{
    // The closure itself may panic before there is a future.
    let ran = AssertUnwindSafe(async move { act(tx).await }).catch_unwind().await;
    ran.unwrap_or_else(|panic| Err(E::from(StorageError::Panicked(words_of(&*panic)))))
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no reason was given")
        .to_owned()
}

/// Whether an act may be run more than once before its caller is answered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeat {
    /// It may: what it writes was made ready before. Such acts share a transaction without a savepoint each; when one of them fails halfway, all of
    /// them are run again with one.
    Allowed,
    /// It is run once.
    Never,
}

/// Whether the changes of an act are to stay.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    Changes,
    Nothing,
}

/// An act that waits, whatever its types.
pub(super) trait Job: Send {
    /// Runs it and tells whether its changes are to stay. What is dropped halfway waited for something else than the store, and is refused.
    fn run<'a>(&'a mut self, tx: &'a mut Tx<'_>) -> Pin<Box<dyn Future<Output = Keep> + Send + 'a>>;
    /// Whether it may be run once more after its changes were undone.
    fn repeat(&self) -> Repeat;
    /// Its changes do not stay after all.
    fn refuse(&mut self, error: StorageError);
    /// Answers its caller, once the commit has succeeded or failed.
    fn answer(self: Box<Self>, committed: Result<(), StorageError>);
}

/// What stands in the queue of a writer.
pub(super) enum Message {
    Act(Box<dyn Job>),
    Close(oneshot::Sender<Result<(), StorageError>>),
}

/// The store's end of a writer's queue.
pub(super) struct Queue {
    sender: mpsc::Sender<Message>,
}

impl Queue {
    /// A queue with the end that the writer holds.
    pub(super) fn new() -> (Queue, mpsc::Receiver<Message>) {
        let (sender, waiting) = mpsc::channel(QUEUE);
        (Queue { sender }, waiting)
    }

    /// Queues an act and waits for its answer.
    pub(super) async fn write<T, E, F>(&self, act: F) -> Result<T, E>
    where
        F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let mut act = Some(act);
        self.queue(Repeat::Never, move |tx| match act.take() {
            Some(act) => act(tx),
            None => Box::pin(std::future::ready(Err(E::from(StorageError::Awaited)))),
        })
        .await
    }

    /// The same for an act that may be run again.
    pub(super) async fn write_ready<T, E, F>(&self, act: F) -> Result<T, E>
    where
        F: for<'a, 'c> Fn(&'a mut Tx<'c>) -> Act<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        self.queue(Repeat::Allowed, act).await
    }

    async fn queue<T, E, F>(&self, repeat: Repeat, act: F) -> Result<T, E>
    where
        F: for<'a, 'c> FnMut(&'a mut Tx<'c>) -> Act<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job = Waiting {
            act,
            repeat,
            result: None,
            reply,
        };
        self.sender
            .try_send(Message::Act(Box::new(job)))
            .map_err(|refused| match refused {
                mpsc::error::TrySendError::Full(_) => StorageError::Busy,
                mpsc::error::TrySendError::Closed(_) => StorageError::Closed,
            })?;
        answer.await.unwrap_or_else(|_| Err(E::from(StorageError::Closed)))
    }

    /// Queues the end behind everything that waits, and waits for it; a writer that is gone has ended already.
    pub(super) async fn close(&self) -> Result<(), StorageError> {
        let (reply, answer) = oneshot::channel();
        match self.sender.send(Message::Close(reply)).await {
            Ok(()) => answer.await.unwrap_or(Ok(())),
            Err(_) => Ok(()),
        }
    }
}

/// The acts of one commit: what waits, up to a bound, without waiting for more.
pub(super) struct Batch {
    pub(super) acts: Vec<Box<dyn Job>>,
    pub(super) closing: Option<oneshot::Sender<Result<(), StorageError>>>,
}

impl Batch {
    /// How many acts share one commit: past this the flush is already cheap for each, and the first would wait longer.
    const MOST: usize = 64;

    pub(super) fn gather(first: Message, waiting: &mut mpsc::Receiver<Message>) -> Batch {
        let mut batch = Batch {
            acts: Vec::new(),
            closing: None,
        };
        let mut next = Some(first);
        while let Some(message) = next.take() {
            match message {
                Message::Act(job) => batch.acts.push(job),
                Message::Close(reply) => batch.closing = Some(reply),
            }
            if batch.closing.is_none() && batch.acts.len() < Batch::MOST {
                next = waiting.try_recv().ok();
            }
        }
        batch
    }
}

/// Some of the acts of a batch.
type Acts<'a> = &'a mut [Box<dyn Job>];

/// Acts that may be run again, and behind them the others. All of them wait beside each other, so that their order is ours to choose.
pub(super) fn ready_first(acts: Acts<'_>) -> (Acts<'_>, Acts<'_>) {
    acts.sort_by_key(|job| job.repeat() == Repeat::Never);
    let ready = acts.partition_point(|job| job.repeat() == Repeat::Allowed);
    acts.split_at_mut(ready)
}

struct Waiting<T, E, F> {
    act: F,
    repeat: Repeat,
    result: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Job for Waiting<T, E, F>
where
    F: for<'a, 'c> FnMut(&'a mut Tx<'c>) -> Act<'a, T, E> + Send,
    T: Send,
    E: From<StorageError> + Send,
{
    fn run<'a>(&'a mut self, tx: &'a mut Tx<'_>) -> Pin<Box<dyn Future<Output = Keep> + Send + 'a>> {
        Box::pin(async move {
            self.result = Some(Err(E::from(StorageError::Awaited)));
            let result = run(tx, &mut self.act).await;
            let keep = if result.is_ok() { Keep::Changes } else { Keep::Nothing };
            self.result = Some(result);
            keep
        })
    }

    fn repeat(&self) -> Repeat {
        self.repeat
    }

    fn refuse(&mut self, error: StorageError) {
        self.result = Some(Err(E::from(error)));
    }

    fn answer(self: Box<Self>, committed: Result<(), StorageError>) {
        let Waiting { act, result, reply, .. } = *self;
        // What the act held is free before its caller goes on.
        drop(act);
        let result = match (committed, result) {
            (Ok(()), Some(result)) => result,
            (Ok(()), None) => Err(E::from(StorageError::Closed)),
            (Err(error), _) => Err(E::from(error)),
        };
        // A caller who went away does not hear the answer; what was saved stays saved.
        drop(reply.send(result));
    }
}
