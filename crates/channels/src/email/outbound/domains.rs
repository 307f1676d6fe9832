//! How many letters to one domain are handed over at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::SendError;

/// The turns of each domain to which letters are going.
pub(super) struct Domains {
    at_once: usize,
    turns: Mutex<HashMap<String, Arc<Semaphore>>>,
}

impl Domains {
    /// So many at once to each.
    pub(super) fn new(at_once: usize) -> Self {
        Self {
            at_once: at_once.max(1),
            turns: Mutex::default(),
        }
    }

    /// The turn of a letter to this address; held until it is dropped.
    pub(super) async fn turn(&self, to: &str) -> Result<OwnedSemaphorePermit, SendError> {
        let turns = self.of(to);
        turns
            .acquire_owned()
            .await
            .map_err(|error| SendError::temporary(error.to_string()))
    }

    fn of(&self, to: &str) -> Arc<Semaphore> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever waits or is served holds a share: what nobody holds is forgotten, so that the list stays as short as what is under way.
        turns.retain(|_, turns| Arc::strong_count(turns) > 1);
        let new = || Arc::new(Semaphore::new(self.at_once));
        turns.entry(domain(to)).or_insert_with(new).clone()
    }
}

/// The domain of an address, by which letters are counted.
pub(crate) fn domain(address: &str) -> String {
    let (_, domain) = address.trim().rsplit_once('@').unwrap_or_default();
    domain.to_ascii_lowercase()
}
