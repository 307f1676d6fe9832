//! A database at one moment, to be read at leisure.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use deadpool_postgres::Object;
use jiff::Timestamp;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};

use super::hand::{After, Hand};
use super::row::encode;
use super::{At, Table, catalogue, folder_of};
use crate::database::dialect::{postgres, sqlite};
use crate::database::postgres::{Link, Session};
use crate::database::{Engine, Param, store};
use crate::keys::hex;
use crate::{Keys, StorageError};

/// A lease that has not ended: somebody serves. Its name and its end.
const SERVED: &str = "SELECT name, until FROM leases WHERE until > $1 ORDER BY until DESC";
const FILES: &str = "SELECT id FROM files WHERE file_key IS NOT NULL ORDER BY id";

/// A database at one moment.
pub(crate) struct Snapshot {
    pub(super) hand: Hand,
    tables: Vec<Table>,
    step: i64,
    /// What keeps everybody from writing meanwhile.
    _hold: Option<Hold>,
}

/// A transaction in which this process has the turn to write and does not write.
struct Hold {
    _turn: Object,
    _link: Link,
}

impl Snapshot {
    /// The database as it is now, beside whoever works on it.
    ///
    /// A file is first copied page by page, at the speed of the disk, into a file beside it that has no name any more: only for so long can the
    /// write-ahead log not be emptied, however long the copy is then read. A server keeps the moment by itself.
    pub(crate) async fn take(at: &At) -> Result<Snapshot, StorageError> {
        let hand = match at {
            At::File(path) => Hand::Sqlite(copy_of(path)?),
            At::Server(server) => Hand::Postgres(moment(&Link::to(server).await?).await?),
        };
        Snapshot::of(hand, None).await
    }

    /// The database with writing stopped until this goes.
    ///
    /// # Errors
    /// [`StorageError::InUse`] while a server runs over it (it holds the lease of the timetable) or somebody is writing.
    pub(crate) async fn hold(at: &At, now: Timestamp) -> Result<Snapshot, StorageError> {
        let writing = || StorageError::InUse(format!("somebody is writing to {}", at.words()));
        let (hand, hold) = match at {
            At::File(path) => {
                let conn = open(path)?;
                // The turn is asked of somebody who may write; then nothing is written.
                let turn = format!(
                    "PRAGMA query_only = OFF; {}; PRAGMA query_only = ON",
                    sqlite::BEGIN_WRITE
                );
                conn.execute_batch(&turn).map_err(|error| match sqlite::error(error) {
                    StorageError::Held => writing(),
                    other => other,
                })?;
                (Hand::Sqlite(conn), None)
            }
            At::Server(server) => {
                let link = Link::to(server).await?;
                let turn = link.writer().await?;
                turn.batch_execute(postgres::BEGIN_HOLD)
                    .await
                    .map_err(postgres::error)?;
                let ours = turn.query_typed_one(postgres::TRY_TURN, &[]).await;
                if !ours.and_then(|row| row.try_get(0)).map_err(postgres::error)? {
                    return Err(writing());
                }
                let hand = Hand::Postgres(moment(&link).await?);
                (
                    hand,
                    Some(Hold {
                        _turn: turn,
                        _link: link,
                    }),
                )
            }
        };
        let mut snapshot = Snapshot::of(hand, hold).await?;
        snapshot.refuse_if_served(at, now).await?;
        Ok(snapshot)
    }

    async fn of(mut hand: Hand, hold: Option<Hold>) -> Result<Snapshot, StorageError> {
        Ok(Snapshot {
            tables: catalogue::tables(&mut hand).await?,
            step: catalogue::step(&mut hand).await?,
            hand,
            _hold: hold,
        })
    }

    async fn refuse_if_served(&mut self, at: &At, now: Timestamp) -> Result<(), StorageError> {
        let now = now.as_microsecond();
        let params: [&dyn Param; 1] = [&now];
        let served = self
            .hand
            .rows(SERVED, &params, 1, |row| Ok((row.get::<String>(0)?, row.instant(1)?)));
        match served.await?.pop() {
            None => Ok(()),
            Some((name, until)) => Err(StorageError::InUse(format!(
                "a server runs over {}: it holds the lease \"{name}\" until {until}. Stop every server first; one that was killed is forgotten when its lease ends",
                at.words()
            ))),
        }
    }

    pub(crate) fn engine(&self) -> Engine {
        self.hand.engine()
    }

    /// The number of the latest step that its schema has taken.
    pub(crate) fn step(&self) -> i64 {
        self.step
    }

    /// Every table that is kept.
    pub(crate) fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The next rows of a table; nothing at its end.
    pub(crate) async fn page(
        &mut self,
        table: &Table,
        after: &mut After,
    ) -> Result<Option<Vec<Vec<Value>>>, StorageError> {
        self.hand.page(table, after).await
    }

    /// The files whose bytes must be there, by their opaque names.
    pub(crate) async fn files(&mut self) -> Result<Vec<String>, StorageError> {
        self.hand.rows(FILES, &[], usize::MAX, |row| row.get(0)).await
    }

    /// The primary key of a row, as bytes.
    pub(crate) fn key(table: &Table, row: &[Value]) -> Result<Vec<u8>, StorageError> {
        encode(&table.key_of(row))
    }
}

/// A look that lasts as long as its connection.
async fn moment(link: &Link) -> Result<Session, StorageError> {
    let client = link.writer().await?;
    client
        .batch_execute(postgres::BEGIN_LONG_READ)
        .await
        .map_err(postgres::error)?;
    Ok(Session::new(Arc::new(client), link.statements))
}

fn open(path: &Path) -> Result<Connection, StorageError> {
    if !path.exists() {
        return Err(StorageError::File {
            path: path.to_owned(),
            why: "it is not there".to_owned(),
        });
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(sqlite::error)?;
    sqlite::prepare_reader(&conn)?;
    Ok(conn)
}

/// A copy of a database file as it is at one moment, which goes with its connection.
fn copy_of(path: &Path) -> Result<Connection, StorageError> {
    let source = open(path)?;
    let beside = Passing::beside(path)?;
    let mut copy = Connection::open(&beside.path).map_err(sqlite::error)?;
    // Nothing of it has to last, and nobody else opens it.
    copy.execute_batch("PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;")
        .map_err(sqlite::error)?;
    {
        let backup = Backup::new(&source, &mut copy).map_err(sqlite::error)?;
        // All in one step: a copy in many steps begins again each time that a server writes meanwhile.
        match backup.step(-1).map_err(sqlite::error)? {
            StepResult::Done => {}
            _ => return Err(StorageError::Held),
        }
    }
    // The copy says of itself that it has a write-ahead log, as the original has; without one it needs no second file.
    copy.execute_batch("PRAGMA journal_mode = DELETE")
        .map_err(sqlite::error)?;
    beside.unname()?;
    sqlite::prepare_reader(&copy)?;
    copy.execute_batch(sqlite::BEGIN_READ).map_err(sqlite::error)?;
    Ok(copy)
}

/// A file that passes: it loses its name once it is filled, and one that a killed process left goes when the next is begun.
struct Passing {
    path: PathBuf,
    /// Held for as long as somebody fills it.
    _held: File,
}

/// What stands between the name of the database and chance.
const PASSING: &str = ".snapshot-";

impl Passing {
    fn beside(database: &Path) -> Result<Passing, StorageError> {
        let wrong = |error: io::Error| StorageError::File {
            path: database.to_owned(),
            why: format!("a copy beside it: {error}"),
        };
        clear_left(database).map_err(wrong)?;
        let mut path = database.as_os_str().to_owned();
        path.push(format!("{PASSING}{}", hex(&Keys::random::<6>()?)));
        let path = PathBuf::from(path);
        store::create_private(&path)?;
        let held = File::open(&path).map_err(wrong)?;
        held.lock().map_err(wrong)?;
        Ok(Passing { path, _held: held })
    }

    fn unname(&self) -> Result<(), StorageError> {
        remove(&self.path).map_err(|error| StorageError::File {
            path: self.path.clone(),
            why: error.to_string(),
        })
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        // What is left of a copy that failed; it has no name any more where it went well.
        drop(remove(&self.path));
    }
}

/// Removes copies that nobody fills any more.
fn clear_left(database: &Path) -> io::Result<()> {
    let (Some(folder), Some(name)) = (folder_of(database), database.file_name()) else {
        return Ok(());
    };
    let beginning = format!("{}{PASSING}", name.to_string_lossy());
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let is_one = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with(&beginning));
        if is_one && File::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            remove(&path)?;
        }
    }
    Ok(())
}

/// Removes a file and what the engine puts beside it.
fn remove(path: &Path) -> io::Result<()> {
    for ending in ["-wal", "-shm", "-journal", ""] {
        let mut path = path.to_owned().into_os_string();
        path.push(ending);
        match std::fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
