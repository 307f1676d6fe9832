//! The readers: a few read-only connections, each look on one moment of the database, off the async threads.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags};
use tokio::sync::Semaphore;

use super::at_once;
use crate::StorageError;
use crate::database::dialect::sqlite as dialect;
use crate::database::store::Shared;
use crate::database::{Act, Tx, act};

/// How many looks run at once: the disk is shared, and pages need well under a millisecond each.
const READERS: usize = 4;

/// The read-only connections that nobody uses at the moment, and permits to open or take one.
pub(in crate::database) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
}

impl Readers {
    pub(in crate::database) fn new(path: PathBuf) -> Readers {
        Readers {
            path,
            idle: Mutex::new(Vec::new()),
            permits: Arc::new(Semaphore::new(READERS)),
        }
    }

    /// Runs a look on a thread of its own.
    pub(in crate::database) async fn read<T, E, F>(self: Arc<Readers>, shared: Arc<Shared>, look: F) -> Result<T, E>
    where
        F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let permit = self.permits.clone().acquire_owned().await;
        let permit = permit.map_err(|_| StorageError::Closed)?;
        // The thread holds the permit, so that a caller who goes away does not free it early.
        let looked = tokio::task::spawn_blocking(move || {
            let result = self.look(&shared, look);
            drop(permit);
            result
        });
        looked
            .await
            .unwrap_or_else(|error| Err(E::from(StorageError::Panicked(error.to_string()))))
    }

    /// Waits for the looks that run and closes every connection.
    pub(in crate::database) async fn close(&self) {
        if let Ok(all) = self.permits.acquire_many(READERS as u32).await {
            all.forget();
        }
        self.permits.close();
        self.idle().clear();
    }

    fn look<T, E, F>(&self, shared: &Shared, look: F) -> Result<T, E>
    where
        F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, E>,
        E: From<StorageError>,
    {
        let mut conn = self.take()?;
        conn.execute_batch(dialect::BEGIN_READ).map_err(dialect::error)?;
        let mut tx = Tx::of_sqlite(&mut conn, &shared.keys, &shared.cache);
        let result = at_once(act::run(&mut tx, look)).unwrap_or_else(|| Err(E::from(StorageError::Awaited)));
        let unwrapped = std::mem::take(&mut tx.effects.unwrapped);
        shared.cache.keep(unwrapped);
        // A connection that does not end its look is not used again.
        match conn.execute_batch("COMMIT") {
            Ok(()) => self.idle().push(conn),
            Err(error) => tracing::warn!(%error, "a reader was closed"),
        }
        result
    }

    fn take(&self) -> Result<Connection, StorageError> {
        if let Some(conn) = self.idle().pop() {
            return Ok(conn);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(&self.path, flags).map_err(dialect::error)?;
        dialect::prepare_reader(&conn)?;
        Ok(conn)
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
