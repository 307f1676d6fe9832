//! Turns: acts on the same case go one after another, so that none has to begin again because another was faster.

use rules::case::Reference;
use tokio::sync::{Mutex, MutexGuard};

/// How many cases can be acted on at once before two of them share a turn: more than the store writes at once.
const TURNS: usize = 64;

/// The turns of an office. They keep order inside one process only; what another process writes meanwhile is noticed by the store.
pub(crate) struct Turns([Mutex<()>; TURNS]);

impl Default for Turns {
    fn default() -> Turns {
        Turns(std::array::from_fn(|_| Mutex::new(())))
    }
}

impl Turns {
    /// Waits until nobody acts on the case; the turn ends when the guard goes.
    pub(crate) async fn take(&self, reference: &Reference) -> MutexGuard<'_, ()> {
        let turn = usize::try_from(reference.number()).unwrap_or(0) % TURNS;
        self.0[turn].lock().await
    }
}
