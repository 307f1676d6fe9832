//! The store: the one door to the database.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::Notify;

use super::act::Queue;
use super::dialect::sqlite::{self, Durability};
use super::postgres::Heard;
use super::sqlite::readers::Readers;
use super::tx::Effects;
use super::{Act, At, Server, Steps, Tx, migrate, postgres};
use crate::files::FileStore;
use crate::keys::KeyCache;
use crate::nodes::{self, Node};
use crate::{Keys, StorageError};

/// The one door to the database. Cloning it is cheap; all clones are the same store.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    shared: Arc<Shared>,
    queue: Queue,
    engine: Running,
    folder: Option<PathBuf>,
    files: FileStore,
}

/// The engine's end of the store: who reads, and who works off the queue.
enum Running {
    Sqlite {
        readers: Arc<Readers>,
        writer: Mutex<Option<JoinHandle<()>>>,
    },
    Postgres {
        link: Arc<postgres::Link>,
        writer: Mutex<Option<tokio::task::JoinHandle<()>>>,
        listener: tokio::task::JoinHandle<()>,
    },
}

/// What the store, its writer and its readers share.
pub(super) struct Shared {
    pub(super) keys: Keys,
    pub(super) cache: KeyCache,
    pub(super) outbox: Notify,
    pub(super) mail: Notify,
    commits: AtomicU64,
    pub(super) office: Notify,
    node: Node,
}

impl Shared {
    fn new(keys: Keys, node: Node) -> Arc<Shared> {
        Arc::new(Shared {
            keys,
            cache: KeyCache::default(),
            outbox: Notify::new(),
            mail: Notify::new(),
            commits: AtomicU64::new(0),
            office: Notify::new(),
            node,
        })
    }

    /// The latest step of the schema that this version knows.
    pub(super) fn knows(&self) -> i64 {
        self.node.knows
    }

    /// What is true now that the commit is durable; true where a key was destroyed.
    pub(super) fn apply(&self, effects: Effects) -> bool {
        let takes_away = effects.takes_keys_away();
        self.commits.fetch_add(1, Ordering::Relaxed);
        self.cache.keep(effects.unwrapped);
        self.cache.forget(&effects.destroyed);
        self.cache.forget(&effects.replaced);
        if effects.mail {
            self.mail.notify_one();
        }
        if effects.outbox {
            self.outbox.notify_one();
        }
        if effects.office {
            self.office.notify_one();
        }
        takes_away
    }

    /// Takes in what another node said.
    pub(super) fn hear(&self, heard: Heard) {
        if heard != Heard::Office {
            self.cache.clear();
        }
        if heard != Heard::Keys {
            self.office.notify_one();
        }
    }
}

impl Store {
    /// Opens the database at `path`, creating it if it is missing, and brings it up to this version. Files lie in the folder `files`
    /// beside it.
    ///
    /// # Errors
    /// When the file cannot be opened or has taken a step on which this version does not work.
    pub fn open(path: &Path, keys: Keys) -> Result<Store, StorageError> {
        Store::with_files(path, FileStore::folder(&path.with_file_name("files")), keys)
    }

    /// The same with files elsewhere.
    ///
    /// # Errors
    /// As for [`Store::open`].
    pub fn with_files(path: &Path, files: FileStore, keys: Keys) -> Result<Store, StorageError> {
        open(path, files, keys, Durability::Full, &Steps::known()).map(Store::of)
    }

    /// Opens a new database to fill it: nothing waits for the disk until [`Store::close`], which makes all of it durable at once. Only for
    /// what is made again from the beginning when the machine stops before that.
    ///
    /// # Errors
    /// As for [`Store::open`].
    pub fn open_to_fill(path: &Path, keys: Keys) -> Result<Store, StorageError> {
        let files = FileStore::folder(&path.with_file_name("files"));
        open(path, files, keys, Durability::AtClose, &Steps::known()).map(Store::of)
    }

    /// A store in a temporary folder that goes with the last clone, for tests.
    ///
    /// # Errors
    /// When the temporary folder cannot be written.
    pub fn in_memory(keys: Keys) -> Result<Store, StorageError> {
        Store::temporary(None, keys)
    }

    /// The same with files elsewhere.
    ///
    /// # Errors
    /// As for [`Store::in_memory`].
    pub fn in_memory_beside(files: FileStore, keys: Keys) -> Result<Store, StorageError> {
        Store::temporary(Some(files), keys)
    }

    fn temporary(files: Option<FileStore>, keys: Keys) -> Result<Store, StorageError> {
        let name = crate::keys::hex(&Keys::random::<12>()?);
        let folder = std::env::temp_dir().join(format!("redress-{name}"));
        std::fs::create_dir(&folder).map_err(|error| StorageError::File {
            path: folder.clone(),
            why: error.to_string(),
        })?;
        let files = files.unwrap_or_else(|| FileStore::folder(&folder.join("files")));
        let path = folder.join("redress.db");
        let mut inner = open(&path, files, keys, Durability::None, &Steps::known())?;
        inner.folder = Some(folder);
        Ok(Store::of(inner))
    }

    fn of(inner: Inner) -> Store {
        Store { inner: Arc::new(inner) }
    }

    /// Runs an act and answers once it is durable; an act that errs leaves nothing behind. The act may wait for
    /// nothing but the store, and is run to its end even when its caller goes away.
    ///
    /// ```
    /// # tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(async {
    /// use storage::{Keys, StorageError, Store, counters};
    /// let store = Store::in_memory(Keys::for_tests())?;
    /// let number = store.write(|tx| Box::pin(async move { counters::next(tx, "case", 10_001).await })).await?;
    /// assert_eq!(number, 10_001);
    /// # Ok::<(), StorageError>(())
    /// # }).unwrap();
    /// ```
    ///
    /// # Errors
    /// What the act returns, or why it could not be saved.
    pub async fn write<T, E, F>(&self, act: F) -> Result<T, E>
    where
        F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        self.inner.queue.write(act).await
    }

    /// Runs an act that was made ready before: everything that it writes is there, and only the store can refuse it. It may be run more than once
    /// before it is answered, and its changes are kept once. Many such acts that wait together cost the engine less than acts that decide.
    ///
    /// # Errors
    /// What the act returns, or why it could not be saved.
    pub async fn write_ready<T, E, F>(&self, act: F) -> Result<T, E>
    where
        F: for<'a, 'c> Fn(&'a mut Tx<'c>) -> Act<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        self.inner.queue.write_ready(act).await
    }

    /// Runs a look at one moment of the database, beside the writer and never waiting for it.
    ///
    /// # Errors
    /// What the look returns, or why the database could not be read.
    pub async fn read<T, E, F>(&self, look: F) -> Result<T, E>
    where
        F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let shared = self.inner.shared.clone();
        match &self.inner.engine {
            Running::Sqlite { readers, .. } => readers.clone().read(shared, look).await,
            Running::Postgres { link, .. } => postgres::read(link.clone(), shared, look).await,
        }
    }

    /// Told after each commit that added to the outbox; one worker waits on it.
    pub fn outbox_changed(&self) -> &Notify {
        &self.inner.shared.outbox
    }

    /// Told after each commit in which a message came in; one worker waits on it.
    pub fn mail_changed(&self) -> &Notify {
        &self.inner.shared.mail
    }

    /// How many commits the writer of this store tried: acts that waited together shared one.
    pub fn commits(&self) -> u64 {
        self.inner.shared.commits.load(Ordering::Relaxed)
    }

    /// Told after each commit of this node, or of one that can be listened to, in which something happened in the office. One follower waits
    /// on it, and looks from time to time as well.
    pub fn office_changed(&self) -> &Notify {
        &self.inner.shared.office
    }

    /// Forgets the keys of streams that another node destroyed.
    pub fn forget_keys(&self, streams: &[String]) {
        self.inner.shared.cache.forget(streams);
    }

    /// Where files lie.
    pub fn files(&self) -> &FileStore {
        &self.inner.files
    }

    /// The keys that this store was opened with.
    pub fn keys(&self) -> &Keys {
        &self.inner.shared.keys
    }

    /// The node that this process is.
    pub fn node(&self) -> &Node {
        &self.inner.shared.node
    }

    /// Finishes what is queued, empties the write-ahead log into the database and closes it.
    ///
    /// # Errors
    /// When the last checkpoint fails; what was answered as saved is safe all the same.
    pub async fn close(&self) -> Result<(), StorageError> {
        let broke_off = |what: String| StorageError::Panicked(format!("the writer: {what}"));
        match &self.inner.engine {
            Running::Sqlite { readers, writer } => {
                nodes::has_left(nodes::leave(self).await);
                readers.close().await;
                let answer = self.inner.queue.close().await;
                let thread = writer.lock().unwrap_or_else(PoisonError::into_inner).take();
                let joined = tokio::task::spawn_blocking(move || thread.map(JoinHandle::join)).await;
                match joined.map_err(|error| broke_off(error.to_string()))? {
                    Some(Err(_)) => Err(broke_off("it panicked".to_owned())),
                    Some(Ok(())) | None => answer,
                }
            }
            Running::Postgres { link, writer, listener } => {
                nodes::has_left(link.leave(&self.node().name).await);
                listener.abort();
                let answer = self.inner.queue.close().await;
                let task = writer.lock().unwrap_or_else(PoisonError::into_inner).take();
                if let Some(task) = task {
                    task.await.map_err(|error| broke_off(error.to_string()))?;
                }
                answer
            }
        }
    }

    /// Opens a database, wherever it is.
    ///
    /// # Errors
    /// As for [`Store::with_files`] and [`Store::connect`].
    pub async fn open_at(at: &At, files: FileStore, keys: Keys) -> Result<Store, StorageError> {
        Store::open_with_steps(at, files, keys, &Steps::known()).await
    }

    /// The same as a version that knows these steps, for the tests of how versions live side by side.
    ///
    /// # Errors
    /// As for [`Store::open_at`].
    #[doc(hidden)]
    pub async fn open_with_steps(at: &At, files: FileStore, keys: Keys, steps: &Steps) -> Result<Store, StorageError> {
        match at {
            At::File(path) => open(path, files, keys, Durability::Full, steps).map(Store::of),
            At::Server(server) => connect(server, files, keys, steps).await.map(Store::of),
        }
    }

    /// Opens the database of a server, and brings it up to this version.
    ///
    /// # Errors
    /// When the server cannot be reached, or its database has taken a step on which this version does not work.
    pub async fn connect(server: &Server, files: FileStore, keys: Keys) -> Result<Store, StorageError> {
        connect(server, files, keys, &Steps::known()).await.map(Store::of)
    }
}

async fn connect(server: &Server, files: FileStore, keys: Keys, steps: &Steps) -> Result<Inner, StorageError> {
    let link = Arc::new(postgres::Link::to(server).await?);
    let node = Node::new(steps)?;
    migrate::postgres(&link, steps, &node).await?;
    let shared = Shared::new(keys, node);
    let (queue, waiting) = Queue::new();
    let writer = postgres::start(waiting, link.clone(), shared.clone())?;
    let listener = postgres::listen(link.clone(), &shared);
    Ok(Inner {
        shared,
        queue,
        engine: Running::Postgres {
            link,
            writer: Mutex::new(Some(writer)),
            listener,
        },
        folder: None,
        files,
    })
}

fn open(
    path: &Path,
    files: FileStore,
    keys: Keys,
    durability: Durability,
    steps: &Steps,
) -> Result<Inner, StorageError> {
    create_private(path)?;
    let mut conn = Connection::open(path).map_err(sqlite::error)?;
    sqlite::prepare_writer(&conn, durability)?;
    let node = Node::new(steps)?;
    migrate::sqlite(&mut conn, steps, &node)?;
    if durability == Durability::AtClose {
        sqlite::begin_filling(&conn)?;
    }
    let shared = Shared::new(keys, node);
    let (queue, waiting) = Queue::new();
    let writer = super::sqlite::writer::start((conn, path), waiting, shared.clone(), durability)?;
    Ok(Inner {
        shared,
        queue,
        engine: Running::Sqlite {
            readers: Arc::new(Readers::new(path.to_owned())),
            writer: Mutex::new(Some(writer)),
        },
        folder: None,
        files,
    })
}

/// A new database is its owner's only; the engine gives its other files the same mode. An existing one is left as it is.
pub(super) fn create_private(path: &Path) -> Result<(), StorageError> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|error| StorageError::File {
        path: path.to_owned(),
        why: error.to_string(),
    })
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Running::Postgres { listener, .. } = &self.engine {
            listener.abort();
        }
        if let Some(folder) = &self.folder {
            // Nothing of a test is worth keeping, and a folder that does not go hurts nobody.
            drop(std::fs::remove_dir_all(folder));
        }
    }
}
