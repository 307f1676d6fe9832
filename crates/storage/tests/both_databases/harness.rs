//! A database of its own for each test and each engine, gone when the test is done.

use std::future::Future;
use std::path::PathBuf;

use storage::{Act, Engine, Keys, StorageError, Store, Tx};

/// Where a test keeps its database.
pub(crate) struct Place {
    pub(crate) engine: Engine,
    pub(crate) folder: PathBuf,
}

/// Runs a test on every engine.
pub(crate) fn on_every_engine<F, Ran>(test: F)
where
    F: Fn(Place) -> Ran,
    Ran: Future<Output = ()>,
{
    for &engine in Engine::ALL {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let name: u128 = u128::from_le_bytes(Keys::random().unwrap());
        let folder = std::env::temp_dir().join(format!("redress-test-{name:032x}"));
        std::fs::create_dir(&folder).unwrap();
        runtime.block_on(test(Place {
            engine,
            folder: folder.clone(),
        }));
        drop(runtime);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}

impl Place {
    /// Opens the database, with the keys for tests.
    pub(crate) fn open(&self) -> Store {
        match self.engine {
            Engine::Sqlite => Store::open(&self.file(), Keys::for_tests()).unwrap(),
        }
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.join("redress.db")
    }

    /// The database as somebody sees it who gets at the file without the product.
    pub(crate) fn raw(&self) -> rusqlite::Connection {
        match self.engine {
            Engine::Sqlite => rusqlite::Connection::open(self.file()).unwrap(),
        }
    }
}

/// Writes and expects it to be kept.
pub(crate) async fn write<T, F>(store: &Store, act: F) -> T
where
    F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, StorageError> + Send + 'static,
    T: Send + 'static,
{
    store.write(act).await.unwrap()
}

/// Reads and expects an answer.
pub(crate) async fn read<T, F>(store: &Store, look: F) -> T
where
    F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, StorageError> + Send + 'static,
    T: Send + 'static,
{
    store.read(look).await.unwrap()
}
