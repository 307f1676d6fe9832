//! Stores that take nothing: a flood, where one is at work on one act with as many behind it as it lets wait; and a disk that can only be read.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::mpsc;
use std::task::Poll;

use storage::{StorageError, Store};
use tokio::task::JoinHandle;

/// Makes the disk of a store in a file one that can only be read, for good.
///
/// # Panics
/// When the store does not work.
pub async fn no_more_writing(store: &Store) {
    let done: Result<(), StorageError> = store
        .write(|tx| Box::pin(async move { tx.exec("PRAGMA query_only = ON", &[]).await.map(drop) }))
        .await;
    done.unwrap_or_else(|error| panic!("{error}"));
}

/// As long as this is there, the store takes nothing more. Needs a runtime of more than one thread.
pub struct Flood {
    go: mpsc::Sender<()>,
    waiting: Vec<JoinHandle<Result<(), StorageError>>>,
}

type Waiting = Pin<Box<dyn Future<Output = Result<(), StorageError>> + Send>>;

impl Flood {
    /// Holds up the writer of a store and fills its queue.
    ///
    /// # Panics
    /// When the queue has no end.
    pub async fn of(store: &Store) -> Flood {
        let (go, stopped) = mpsc::channel::<()>();
        let (begun, at_work) = tokio::sync::oneshot::channel();
        let stopping = store.clone();
        let first = tokio::spawn(async move {
            let act = stopping.write(move |_| {
                Box::pin(async move {
                    begun.send(()).unwrap_or_else(|()| panic!("nobody waits for the flood"));
                    // Nothing is ever sent: it ends when the sender goes.
                    stopped.recv().unwrap_or(());
                    Ok(())
                })
            });
            act.await
        });
        at_work.await.unwrap_or_else(|_| panic!("the store does not work"));
        let mut flood = Flood {
            go,
            waiting: vec![first],
        };
        while flood.rises(store).await {
            assert!(flood.waiting.len() < 100_000, "the queue has no end");
        }
        flood
    }

    /// Adds one act that waits; false where there is no room for it.
    async fn rises(&mut self, store: &Store) -> bool {
        let store = store.clone();
        let mut act: Waiting =
            Box::pin(async move { store.write(|_| Box::pin(async { Ok::<_, StorageError>(()) })).await });
        let at_once = poll_fn(|context| Poll::Ready(act.as_mut().poll(context))).await;
        match at_once {
            Poll::Ready(Err(StorageError::Busy)) => false,
            Poll::Ready(answer) => panic!("an act behind one that is not done was answered: {answer:?}"),
            Poll::Pending => {
                self.waiting.push(tokio::spawn(act));
                true
            }
        }
    }

    /// Lets the store go on, and waits until all that waited is done.
    ///
    /// # Panics
    /// When an act that was let in is not done.
    pub async fn passes(self) {
        drop(self.go);
        for act in self.waiting {
            let done = act.await.unwrap_or_else(|error| panic!("{error}"));
            done.unwrap_or_else(|error| panic!("an act that waited was refused: {error}"));
        }
    }
}
