//! A transaction as the records see it: four calls, one SQL text for every engine.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use rules::audit::Frontier;
use rusqlite::Connection;
use rusqlite::types::{FromSql, ToSql};

use super::Engine;
use super::dialect::sqlite as dialect;
use super::postgres::{Session, column};
use super::sqlite::connection;
use crate::StorageError;
use crate::facts::gathered::Gathered;
use crate::keys::{KeyCache, Keys, StreamKey};
use crate::settings::Mark;

/// A value that every engine can bind.
pub trait Param: ToSql + Sync {}
impl<T: ToSql + Sync + ?Sized> Param for T {}

/// A value that every engine can return.
pub trait Column: FromSql {}
impl<T: FromSql> Column for T {}

/// One transaction: of the writer, or a reader's view of one moment.
pub struct Tx<'c> {
    link: Link<'c>,
    pub(crate) keys: &'c Keys,
    pub(crate) cache: &'c KeyCache,
    pub(crate) effects: Effects,
}

/// The engine's end of a transaction.
enum Link<'c> {
    Sqlite(&'c mut Connection),
    Postgres(&'c mut Session),
}

/// What becomes true outside the database once the transaction is durable, and not before.
#[derive(Default)]
pub(crate) struct Effects {
    /// Something was added to the outbox.
    pub(crate) outbox: bool,
    /// A message came in.
    pub(crate) mail: bool,
    /// Something happened in the office: people, procedures, calendars, wordings, brand.
    pub(crate) office: bool,
    /// Keys of streams that were unwrapped or made.
    pub(crate) unwrapped: HashMap<String, Arc<StreamKey>>,
    /// Streams whose key was destroyed.
    pub(crate) destroyed: Vec<String>,
    /// Streams that have another key now; the one before is that of a sealed record.
    pub(crate) replaced: Vec<String>,
    /// The edge of the audit tree as this transaction left it: nobody else appends to it before the commit.
    pub(crate) tree: Option<Frontier>,
    /// What is still to be added to the kept tallies before the commit.
    pub(crate) tallies: Gathered,
    /// Marks of settings that were read, and nobody else writes before the commit.
    pub(crate) marks: HashMap<String, Mark>,
}

impl Effects {
    /// A key that others may have in memory opens nothing of what the office shares any more.
    pub(crate) fn takes_keys_away(&self) -> bool {
        !(self.destroyed.is_empty() && self.replaced.is_empty())
    }

    /// Follows an act of the same commit: the cache still has keys that it destroyed, the tree has grown, and its tallies are not written yet.
    pub(super) fn follow(&mut self, before: &Effects) {
        self.destroyed.clone_from(&before.destroyed);
        self.replaced.clone_from(&before.replaced);
        self.tree.clone_from(&before.tree);
        self.tallies.clone_from(&before.tallies);
        self.marks.clone_from(&before.marks);
    }

    /// Adds those of an act that followed these.
    pub(super) fn add(&mut self, later: Effects) {
        self.outbox |= later.outbox;
        self.mail |= later.mail;
        self.office |= later.office;
        self.unwrapped.extend(later.unwrapped);
        self.destroyed = later.destroyed;
        self.replaced = later.replaced;
        self.tree = later.tree;
        self.tallies = later.tallies;
        self.marks = later.marks;
        self.unwrapped.retain(|stream, _| !self.destroyed.contains(stream));
    }
}

/// One row of an answer.
pub enum Row<'r> {
    /// Of SQLite.
    #[doc(hidden)]
    Sqlite(&'r rusqlite::Row<'r>),
    /// Of PostgreSQL.
    #[doc(hidden)]
    Postgres(&'r tokio_postgres::Row),
}

impl<'c> Tx<'c> {
    pub(super) fn of_sqlite(conn: &'c mut Connection, keys: &'c Keys, cache: &'c KeyCache) -> Tx<'c> {
        Tx::over(Link::Sqlite(conn), keys, cache)
    }

    pub(super) fn of_postgres(session: &'c mut Session, keys: &'c Keys, cache: &'c KeyCache) -> Tx<'c> {
        Tx::over(Link::Postgres(session), keys, cache)
    }

    fn over(link: Link<'c>, keys: &'c Keys, cache: &'c KeyCache) -> Tx<'c> {
        Tx {
            link,
            keys,
            cache,
            effects: Effects::default(),
        }
    }

    /// The engine that this transaction runs on: for the few statements that differ.
    pub(crate) fn engine(&self) -> Engine {
        match self.link {
            Link::Sqlite(_) => Engine::Sqlite,
            Link::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a statement and tells how many rows it changed. Placeholders are `$1`, `$2`, ...
    ///
    /// # Errors
    /// When the engine refuses.
    pub async fn exec(&mut self, sql: &str, params: &[&dyn Param]) -> Result<u64, StorageError> {
        match &mut self.link {
            Link::Sqlite(conn) => connection::exec(conn, sql, params),
            Link::Postgres(session) => session.exec(sql, params).await,
        }
    }

    /// Runs a statement of which nothing is asked but that it goes well. On an engine behind a wire it is only sent: whether it went well is asked
    /// with the next question, and in any case before anything of the act is kept.
    ///
    /// # Errors
    /// When the engine refuses, this statement or one that was sent before.
    pub async fn put(&mut self, sql: &str, params: &[&dyn Param]) -> Result<(), StorageError> {
        match &mut self.link {
            Link::Sqlite(conn) => connection::exec(conn, sql, params).map(drop),
            Link::Postgres(session) => session.push(sql, params).await,
        }
    }

    /// The same for a row that must be new: where one with its key is there already, the error is `taken`.
    ///
    /// # Errors
    /// As for [`Tx::put`], and `taken`.
    pub async fn put_new(&mut self, sql: &str, params: &[&dyn Param], taken: StorageError) -> Result<(), StorageError> {
        match &mut self.link {
            Link::Sqlite(conn) => match connection::exec(conn, sql, params) {
                Err(StorageError::Taken(_)) => Err(taken),
                done => done.map(drop),
            },
            Link::Postgres(session) => session.push_new(sql, params, taken).await,
        }
    }

    /// The one row of an answer.
    ///
    /// # Errors
    /// When there is none, or the engine refuses.
    pub async fn one<T, M>(&mut self, sql: &str, params: &[&dyn Param], map: M) -> Result<T, StorageError>
    where
        M: FnMut(&Row<'_>) -> Result<T, StorageError> + Send,
    {
        let found = self.optional(sql, params, map).await?;
        found.ok_or_else(|| StorageError::Corrupt("a row that must be there is missing".to_owned()))
    }

    /// The first row of an answer, if there is one.
    ///
    /// # Errors
    /// When the engine refuses.
    pub async fn optional<T, M>(&mut self, sql: &str, params: &[&dyn Param], map: M) -> Result<Option<T>, StorageError>
    where
        M: FnMut(&Row<'_>) -> Result<T, StorageError> + Send,
    {
        Ok(self.rows(sql, params, 1, map).await?.pop())
    }

    /// All rows of an answer.
    ///
    /// # Errors
    /// When the engine refuses.
    pub async fn all<T, M>(&mut self, sql: &str, params: &[&dyn Param], map: M) -> Result<Vec<T>, StorageError>
    where
        M: FnMut(&Row<'_>) -> Result<T, StorageError> + Send,
    {
        self.rows(sql, params, usize::MAX, map).await
    }

    async fn rows<T, M>(
        &mut self,
        sql: &str,
        params: &[&dyn Param],
        most: usize,
        map: M,
    ) -> Result<Vec<T>, StorageError>
    where
        M: FnMut(&Row<'_>) -> Result<T, StorageError> + Send,
    {
        match &mut self.link {
            Link::Sqlite(conn) => connection::rows(conn, sql, params, most, map),
            Link::Postgres(session) => session.mapped(sql, params, most, map).await,
        }
    }
}

impl Row<'_> {
    /// The column at `index`, counted from 0.
    ///
    /// # Errors
    /// When the stored value is of another type.
    pub fn get<T: Column>(&self, index: usize) -> Result<T, StorageError> {
        match self {
            Row::Sqlite(row) => row.get(index).map_err(dialect::error),
            Row::Postgres(row) => column(row, index),
        }
    }

    /// An instant, stored as microseconds since 1970.
    ///
    /// # Errors
    /// When the stored value is none.
    pub fn instant(&self, index: usize) -> Result<Timestamp, StorageError> {
        instant(self.get(index)?)
    }

    /// An instant that may be absent.
    ///
    /// # Errors
    /// When the stored value is none.
    pub fn instant_if_any(&self, index: usize) -> Result<Option<Timestamp>, StorageError> {
        self.get::<Option<i64>>(index)?.map(instant).transpose()
    }

    /// A date, stored as `2026-10-15`.
    ///
    /// # Errors
    /// When the stored value is none.
    pub fn date(&self, index: usize) -> Result<Date, StorageError> {
        date(&self.get::<String>(index)?)
    }

    /// A date that may be absent.
    ///
    /// # Errors
    /// When the stored value is none.
    pub fn date_if_any(&self, index: usize) -> Result<Option<Date>, StorageError> {
        self.get::<Option<String>>(index)?.as_deref().map(date).transpose()
    }

    /// A hash of 32 bytes.
    ///
    /// # Errors
    /// When the stored value is of another length.
    pub(crate) fn hash(&self, index: usize) -> Result<[u8; 32], StorageError> {
        let bytes: Vec<u8> = self.get(index)?;
        bytes
            .try_into()
            .map_err(|_| StorageError::Corrupt("a stored hash has not 32 bytes".to_owned()))
    }

    /// A whole number that is never negative.
    ///
    /// # Errors
    /// When the stored value does not fit.
    pub(crate) fn natural<N: TryFrom<i64>>(&self, index: usize) -> Result<N, StorageError> {
        let number: i64 = self.get(index)?;
        N::try_from(number).map_err(|_| StorageError::Corrupt(format!("the stored number {number} is out of range")))
    }
}

fn instant(micros: i64) -> Result<Timestamp, StorageError> {
    Timestamp::from_microsecond(micros).map_err(|_| StorageError::Corrupt(format!("{micros} is no instant")))
}

fn date(text: &str) -> Result<Date, StorageError> {
    text.parse()
        .map_err(|_| StorageError::Corrupt(format!("{text:?} is no date")))
}
