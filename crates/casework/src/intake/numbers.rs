//! The numbers of cases, jobs and letters that are given out: known before anything is written, so that all that carries them can be made ready.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use storage::{StorageError, Store, counters, outbox};

/// The first number that is given out; below it lies what the institution had before.
const FIRST_CASE: i64 = 10_001;
const FIRST_JOB: i64 = 1_000_001;

/// How many numbers are taken ahead for each complaint that waits for one beside others. One that comes alone takes its own and no more.
const AHEAD: i64 = 8;
/// The most that are taken at once: so many are missing at most when the machine stops under a flood.
const MOST: i64 = 512;

/// Numbers that were taken from the counters of the store and that no case has yet. They are taken in a commit before that of the case, as many as
/// wait for one: a stop of the machine in between leaves a gap, and gives no number out twice.
#[derive(Default)]
pub(crate) struct Numbers {
    waiting: AtomicI64,
    /// Held while more are taken.
    turn: tokio::sync::Mutex<()>,
    free: Arc<Free>,
}

#[derive(Default)]
struct Free(Mutex<BTreeSet<Set>>);

/// What one case is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Set {
    case: i64,
    job: i64,
    /// Of its first letter; one that owes none leaves it out.
    letter: i64,
}

/// The numbers of one case that is about to begin. Those that no case began with are given to the next one.
pub(crate) struct Given {
    set: Set,
    used: AtomicBool,
    free: Arc<Free>,
}

impl Numbers {
    /// Numbers for one case.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub(crate) async fn give(&self, store: &Store) -> Result<Given, StorageError> {
        if let Some(set) = self.free.lowest() {
            return Ok(self.given(set));
        }
        let _waits = Waits::beside(&self.waiting);
        let _turn = self.turn.lock().await;
        if let Some(set) = self.free.lowest() {
            return Ok(self.given(set));
        }
        let many = match self.waiting.load(Ordering::Relaxed) {
            ..=1 => 1,
            waiting => (waiting * AHEAD).min(MOST),
        };
        let first = store
            .write(move |tx| {
                Box::pin(async move {
                    Ok::<_, StorageError>(Set {
                        case: counters::take(tx, "case", FIRST_CASE, many).await?,
                        job: counters::take(tx, "job", FIRST_JOB, many).await?,
                        letter: outbox::number(tx, many).await?,
                    })
                })
            })
            .await?;
        let more = (1..many).map(|next| Set {
            case: first.case + next,
            job: first.job + next,
            letter: first.letter + next,
        });
        self.free.held().extend(more);
        Ok(self.given(first))
    }

    /// Gives back to the store what no case was given, so that an office which is closed in order leaves no gap.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub(crate) async fn give_back(&self, store: &Store) -> Result<(), StorageError> {
        let _turn = self.turn.lock().await;
        let free = std::mem::take(&mut *self.free.held());
        let Some(last) = free.last().copied() else {
            return Ok(());
        };
        // What follows each other up to the last one that was taken; what lies before was skipped for good.
        let unbroken = free
            .iter()
            .rev()
            .zip(0..)
            .take_while(|(pair, back)| pair.case == last.case - back);
        let first = unbroken.last().map_or(last, |(pair, _)| *pair);
        store
            .write(move |tx| {
                Box::pin(async move {
                    counters::give_back(tx, "case", first.case, last.case + 1).await?;
                    counters::give_back(tx, "job", first.job, last.job + 1).await
                })
            })
            .await
    }

    fn given(&self, set: Set) -> Given {
        Given {
            set,
            used: AtomicBool::new(false),
            free: self.free.clone(),
        }
    }
}

impl Given {
    /// The number of the case.
    pub(crate) fn case(&self) -> i64 {
        self.set.case
    }

    /// The number of its job.
    pub(crate) fn job(&self) -> i64 {
        self.set.job
    }

    /// The number of the first letter that it owes.
    pub(crate) fn letter(&self) -> i64 {
        self.set.letter
    }

    /// A case is written with these numbers: no other gets them.
    pub(crate) fn are_used(&self) {
        self.used.store(true, Ordering::Relaxed);
    }

    /// What was written was undone.
    pub(crate) fn are_free(&self) {
        self.used.store(false, Ordering::Relaxed);
    }
}

impl Drop for Given {
    fn drop(&mut self) {
        if !*self.used.get_mut() {
            self.free.held().insert(self.set);
        }
    }
}

impl Free {
    fn held(&self) -> MutexGuard<'_, BTreeSet<Set>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lowest(&self) -> Option<Set> {
        self.held().pop_first()
    }
}

/// One more that waits for a number, as long as this is there.
struct Waits<'a>(&'a AtomicI64);

impl Waits<'_> {
    fn beside(waiting: &AtomicI64) -> Waits<'_> {
        waiting.fetch_add(1, Ordering::Relaxed);
        Waits(waiting)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
