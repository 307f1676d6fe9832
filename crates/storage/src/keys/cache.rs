//! The keys of streams that were unwrapped lately, so that a list of fifty cases unwraps nothing twice.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::StreamKey;

/// How many keys are held: a busy month of cases, in about two megabytes.
const HELD: usize = 4096;

/// Unwrapped keys by stream. A key leaves memory overwritten: the cipher library clears what it frees.
#[derive(Default)]
pub(crate) struct KeyCache {
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    keys: HashMap<String, (Arc<StreamKey>, u64)>,
    destroyed: HashSet<String>,
    uses: u64,
}

impl KeyCache {
    pub(crate) fn find(&self, stream: &str) -> Option<Arc<StreamKey>> {
        let mut held = self.held();
        held.uses += 1;
        let now = held.uses;
        let (key, used) = held.keys.get_mut(stream)?;
        *used = now;
        Some(key.clone())
    }

    /// Keeps keys that are durable in the database. A reader that began before a key was destroyed cannot bring it back.
    pub(crate) fn keep(&self, unwrapped: HashMap<String, Arc<StreamKey>>) {
        if unwrapped.is_empty() {
            return;
        }
        let mut held = self.held();
        for (stream, key) in unwrapped {
            if held.destroyed.contains(&stream) {
                continue;
            }
            held.uses += 1;
            let now = held.uses;
            held.keys.insert(stream, (key, now));
        }
        if held.keys.len() > HELD {
            held.drop_oldest();
        }
    }

    pub(crate) fn forget(&self, destroyed: &[String]) {
        let mut held = self.held();
        for stream in destroyed {
            held.keys.remove(stream);
            held.destroyed.insert(stream.clone());
        }
    }

    /// Forgets every key: which of them still exist is asked of the database.
    pub(crate) fn clear(&self) {
        self.held().keys.clear();
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// Drops a quarter at once, so that the search for the oldest is rare.
    fn drop_oldest(&mut self) {
        let mut uses: Vec<u64> = self.keys.values().map(|(_, used)| *used).collect();
        uses.sort_unstable();
        let limit = uses[uses.len() - HELD * 3 / 4];
        self.keys.retain(|_, (_, used)| *used >= limit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Keys;

    fn key() -> Arc<StreamKey> {
        Arc::new(Keys::for_tests().new_stream_key("any").unwrap().0)
    }

    #[test]
    fn holds_no_more_than_its_bound_and_drops_what_was_not_used() {
        let cache = KeyCache::default();
        let shared = key();
        for number in 0..HELD {
            cache.keep(HashMap::from([(format!("FC-{number}"), shared.clone())]));
        }
        assert!(cache.find("FC-0").is_some());
        cache.keep(HashMap::from([("FC-new".to_owned(), shared)]));
        assert_eq!(cache.held().keys.len(), HELD * 3 / 4);
        assert!(cache.find("FC-0").is_some(), "used lately");
        assert!(cache.find("FC-1").is_none(), "the oldest");
        assert!(cache.find("FC-new").is_some());
    }

    #[test]
    fn a_destroyed_key_does_not_come_back() {
        let cache = KeyCache::default();
        cache.keep(HashMap::from([("FC-1".to_owned(), key())]));
        cache.forget(&["FC-1".to_owned()]);
        cache.keep(HashMap::from([("FC-1".to_owned(), key())]));
        assert!(cache.find("FC-1").is_none());
    }
}
