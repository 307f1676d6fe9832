//! Writing entries of the access log beside the pages that they are about: once in ten minutes for the same look, and never lost unsaid.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use rules::confidential::looks::{ONCE_IN, Way};
use storage::looks::{self, NewLook};
use storage::{StorageError, Store};
use tokio::task::JoinHandle;
use tracing::{error, warn};

use crate::ActError;

/// How many looks are remembered so that the next ones need no entry: more than a large office has within ten minutes. Past it more is written.
const REMEMBERED: usize = 8192;
/// How many entries wait in memory while nothing can be written. When there are more, pages of cases are not shown any more.
const WAITING: usize = 512;
/// How long a page waits for its entry at most. The entry is on its way all the same.
const PATIENCE: Duration = Duration::from_secs(1);

/// Who looked at what by which way.
type Same = (i64, Option<String>, String);

/// What an office knows of looks besides what is written.
#[derive(Default)]
pub(crate) struct Keeper {
    memory: Arc<Memory>,
}

#[derive(Default)]
struct Memory {
    lately: Mutex<HashMap<Same, Timestamp>>,
    /// What could not be written; the next that is written takes it along.
    waiting: Mutex<Vec<NewLook>>,
}

/// An entry on its way into the log.
#[must_use = "nothing may be shown before it is on record"]
pub struct OnRecord(Option<Writing>);

struct Writing {
    way: Way,
    task: JoinHandle<Result<(), ActError>>,
}

impl OnRecord {
    /// Waits until the entry is kept.
    ///
    /// # Errors
    /// When it cannot be: for a file at once, for a page once so many entries wait in memory that no more can.
    pub async fn kept(self) -> Result<(), ActError> {
        let Some(Writing { way, task }) = self.0 else {
            return Ok(());
        };
        let broke_off = |error: tokio::task::JoinError| StorageError::Panicked(format!("the access log: {error}"));
        if way.takes_along() {
            return task.await.map_err(broke_off)?;
        }
        match tokio::time::timeout(PATIENCE, task).await {
            Ok(ended) => ended.map_err(broke_off)?,
            Err(_) => {
                warn!("the database takes long to write: a page is shown whose entry in the access log is on its way");
                Ok(())
            }
        }
    }
}

impl Keeper {
    /// Begins to write an entry, unless one of the last minutes stands for it.
    pub(super) fn begin(&self, store: &Store, way: Way, look: NewLook) -> OnRecord {
        if !way.takes_along() && self.memory.has(way, &look) {
            return OnRecord(None);
        }
        let (memory, store) = (self.memory.clone(), store.clone());
        let task = tokio::spawn(async move { memory.write(&store, way, look).await });
        OnRecord(Some(Writing { way, task }))
    }

    /// Writes what waits.
    pub(super) async fn write_waiting(&self, store: &Store) -> Result<(), ActError> {
        let waiting = self.memory.take_waiting();
        if waiting.is_empty() {
            return Ok(());
        }
        put_all(store, &waiting).await.map_err(|fault| {
            self.memory.give_back(waiting);
            ActError::from(fault)
        })
    }
}

impl Memory {
    async fn write(&self, store: &Store, way: Way, look: NewLook) -> Result<(), ActError> {
        let mut looks = self.take_waiting();
        looks.push(look.clone());
        match put_all(store, &looks).await {
            Ok(()) => {
                self.remember(way, &look);
                Ok(())
            }
            Err(fault) => {
                looks.pop();
                self.give_back(looks);
                self.wait_with(way, look, fault)
            }
        }
    }

    /// A page may be shown while its entry waits in memory: somebody has to answer the complainant also while the disk is full. Nothing leaves.
    fn wait_with(&self, way: Way, look: NewLook, fault: StorageError) -> Result<(), ActError> {
        if way.takes_along() {
            return Err(fault.into());
        }
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= WAITING {
            return Err(fault.into());
        }
        error!(
            %fault, staff = look.staff_id, case = look.reference, way = look.way, at = %look.at,
            "an entry of the access log could not be written; it waits in memory, and here it stands if this process dies"
        );
        waiting.push(look.clone());
        drop(waiting);
        self.remember(way, &look);
        Ok(())
    }

    fn take_waiting(&self) -> Vec<NewLook> {
        std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn give_back(&self, looks: Vec<NewLook>) {
        self.waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(looks);
    }

    fn has(&self, way: Way, look: &NewLook) -> bool {
        let lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        lately
            .get(&same(look))
            .is_some_and(|entry| way.stands_for(*entry, look.at))
    }

    /// Only after it is written: what failed is tried again.
    fn remember(&self, way: Way, look: &NewLook) {
        if way.takes_along() {
            return;
        }
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        if lately.len() >= REMEMBERED {
            lately.retain(|_, entry| look.at.duration_since(*entry) < ONCE_IN);
        }
        if lately.len() >= REMEMBERED {
            lately.clear();
        }
        lately.insert(same(look), look.at);
    }
}

fn same(look: &NewLook) -> Same {
    (look.staff_id, look.reference.clone(), look.way.clone())
}

async fn put_all(store: &Store, all: &[NewLook]) -> Result<(), StorageError> {
    let all = all.to_vec();
    let written = store.write_ready(move |tx| {
        let all = all.clone();
        Box::pin(async move {
            for look in &all {
                looks::put(tx, look).await?;
            }
            Ok::<_, StorageError>(())
        })
    });
    written.await
}
