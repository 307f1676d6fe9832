//! The store: the one door to the database.

use std::future::Future;
use std::path::Path;
use std::pin::Pin;

use tokio::sync::Notify;

use super::Tx;
use crate::{Keys, StorageError};

/// The future of a closure given to [`Store::write`] or [`Store::read`].
pub type Act<'a, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'a>>;

/// The one door to the database. Cloning it is cheap; all clones are the same store.
#[derive(Clone)]
pub struct Store {}

impl Store {
    /// Opens the database at `path`, creating it if it is missing, and brings it up to this version.
    ///
    /// # Errors
    /// When the file cannot be opened or was written by a newer version.
    pub fn open(_path: &Path, _keys: Keys) -> Result<Store, StorageError> {
        unimplemented!()
    }

    /// A store in a temporary folder that goes with the last clone, for tests.
    ///
    /// # Errors
    /// When the temporary folder cannot be written.
    pub fn in_memory(_keys: Keys) -> Result<Store, StorageError> {
        unimplemented!()
    }

    /// Runs an act and answers once it is durable; an act that errs leaves nothing behind.
    /// The act may wait for nothing but the store. `store.write(|tx| Box::pin(async move { ... })).await`
    ///
    /// # Errors
    /// What the act returns, or why it could not be saved.
    pub async fn write<T, E, F>(&self, _act: F) -> Result<T, E>
    where
        F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        unimplemented!()
    }

    /// Runs a look at one moment of the database, beside the writer and never waiting for it.
    ///
    /// # Errors
    /// What the look returns, or why the database could not be read.
    pub async fn read<T, E, F>(&self, _look: F) -> Result<T, E>
    where
        F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        unimplemented!()
    }

    /// Told after each commit that added to the outbox; one worker waits on it.
    pub fn outbox_changed(&self) -> &Notify {
        unimplemented!()
    }

    /// The keys that this store was opened with.
    pub fn keys(&self) -> &Keys {
        unimplemented!()
    }

    /// Finishes what is queued, empties the write-ahead log into the database and closes it.
    ///
    /// # Errors
    /// When the last checkpoint fails; what was answered as saved is safe all the same.
    pub async fn close(&self) -> Result<(), StorageError> {
        unimplemented!()
    }
}
