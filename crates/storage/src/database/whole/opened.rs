//! A database at one moment in the hands of whoever has its keys: what its rows say is asked as of a store.

use super::Snapshot;
use super::hand::Hand;
use crate::audit::Looks;
use crate::database::{Act, Tx, act};
use crate::keys::KeyCache;
use crate::{Keys, StorageError};

/// The moment and the keys.
pub(crate) struct Opened<'s> {
    snapshot: &'s mut Snapshot,
    keys: &'s Keys,
    cache: KeyCache,
}

impl Snapshot {
    /// Opens what lies sealed in it.
    pub(crate) fn open<'s>(&'s mut self, keys: &'s Keys) -> Opened<'s> {
        Opened {
            snapshot: self,
            keys,
            cache: KeyCache::default(),
        }
    }
}

impl Looks for Opened<'_> {
    fn keys(&self) -> &Keys {
        self.keys
    }

    async fn look<T, F>(&mut self, look: F) -> Result<T, StorageError>
    where
        F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, StorageError> + Send + 'static,
        T: Send + 'static,
    {
        let mut tx = match &mut self.snapshot.hand {
            Hand::Sqlite(conn) => Tx::of_sqlite(conn, self.keys, &self.cache),
            Hand::Postgres(session) => Tx::of_postgres(session, self.keys, &self.cache),
        };
        let looked = act::run(&mut tx, look).await;
        let unwrapped = std::mem::take(&mut tx.effects.unwrapped);
        self.cache.keep(unwrapped);
        looked
    }
}
