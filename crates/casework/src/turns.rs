//! Turns: acts on the same case go one after another, so that none has to begin again because another was faster.

use rules::case::Reference;
use tokio::sync::{Mutex, MutexGuard};

/// How many cases can be acted on at once before two of them share a turn: more than the store writes at once.
const TURNS: usize = 64;

fn turn_of(reference: &Reference) -> usize {
    usize::try_from(reference.number()).unwrap_or(0) % TURNS
}

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
        self.0[turn_of(reference)].lock().await
    }

    /// Waits until nobody acts on either of two cases. Everybody waits for the lower turn first, so that no two wait for each other.
    pub(crate) async fn take_both(
        &self,
        one: &Reference,
        other: &Reference,
    ) -> (MutexGuard<'_, ()>, Option<MutexGuard<'_, ()>>) {
        let (one, other) = (turn_of(one), turn_of(other));
        let first = self.0[one.min(other)].lock().await;
        let second = if one == other {
            None
        } else {
            Some(self.0[one.max(other)].lock().await)
        };
        (first, second)
    }
}
