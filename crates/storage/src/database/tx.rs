//! A transaction as the records see it: four calls, one SQL text for every engine.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::{FromSql, ToSql};
use rusqlite::{CachedStatement, Connection};

use super::dialect;
use crate::StorageError;
use crate::keys::{KeyCache, Keys, StreamKey};

/// A value that every engine can bind.
pub trait Param: ToSql + Sync {}
impl<T: ToSql + Sync + ?Sized> Param for T {}

/// A value that every engine can return.
pub trait Column: FromSql {}
impl<T: FromSql> Column for T {}

/// One transaction: of the writer, or a reader's view of one moment.
pub struct Tx<'c> {
    conn: &'c mut Connection,
    pub(crate) keys: &'c Keys,
    pub(crate) cache: &'c KeyCache,
    pub(crate) effects: Effects,
}

/// What becomes true outside the database once the transaction is durable, and not before.
#[derive(Default)]
pub(crate) struct Effects {
    /// Something was added to the outbox.
    pub(crate) outbox: bool,
    /// Keys of streams that were unwrapped or made.
    pub(crate) unwrapped: HashMap<String, Arc<StreamKey>>,
    /// Streams whose key was destroyed.
    pub(crate) destroyed: Vec<String>,
}

/// One row of an answer.
pub struct Row<'r> {
    row: &'r rusqlite::Row<'r>,
}

impl<'c> Tx<'c> {
    pub(super) fn new(conn: &'c mut Connection, keys: &'c Keys, cache: &'c KeyCache) -> Tx<'c> {
        Tx {
            conn,
            keys,
            cache,
            effects: Effects::default(),
        }
    }

    /// Runs a statement and tells how many rows it changed. Placeholders are `$1`, `$2`, ...
    ///
    /// # Errors
    /// When the engine refuses.
    pub async fn exec(&mut self, sql: &str, params: &[&dyn Param]) -> Result<u64, StorageError> {
        let changed = self.bound(sql, params)?.raw_execute().map_err(dialect::error)?;
        Ok(changed as u64)
    }

    /// The one row of an answer.
    ///
    /// # Errors
    /// When there is none, or the engine refuses.
    pub async fn one<T, M>(&mut self, sql: &str, params: &[&dyn Param], map: M) -> Result<T, StorageError>
    where
        M: FnMut(&Row<'_>) -> Result<T, StorageError> + Send,
    {
        let found = self.first(sql, params, map)?;
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
        self.first(sql, params, map)
    }

    /// All rows of an answer.
    ///
    /// # Errors
    /// When the engine refuses.
    pub async fn all<T, M>(&mut self, sql: &str, params: &[&dyn Param], mut map: M) -> Result<Vec<T>, StorageError>
    where
        M: FnMut(&Row<'_>) -> Result<T, StorageError> + Send,
    {
        let mut statement = self.bound(sql, params)?;
        let mut rows = statement.raw_query();
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(dialect::error)? {
            found.push(map(&Row { row })?);
        }
        Ok(found)
    }

    fn first<T>(
        &mut self,
        sql: &str,
        params: &[&dyn Param],
        mut map: impl FnMut(&Row<'_>) -> Result<T, StorageError>,
    ) -> Result<Option<T>, StorageError> {
        let mut statement = self.bound(sql, params)?;
        let mut rows = statement.raw_query();
        let row = rows.next().map_err(dialect::error)?;
        row.map(|row| map(&Row { row })).transpose()
    }

    /// SQLite numbers `$n` in the order in which the names first appear, so each is bound by its name.
    fn bound(&mut self, sql: &str, params: &[&dyn Param]) -> Result<CachedStatement<'_>, StorageError> {
        let mut statement = self.conn.prepare_cached(sql).map_err(dialect::error)?;
        for index in 1..=statement.parameter_count() {
            let number = statement
                .parameter_name(index)
                .and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok());
            let param = number.and_then(|number| params.get(number.checked_sub(1)?));
            let param =
                param.ok_or_else(|| StorageError::Corrupt(format!("a placeholder without a value in: {sql}")))?;
            statement.raw_bind_parameter(index, param).map_err(dialect::error)?;
        }
        Ok(statement)
    }
}

impl Row<'_> {
    /// The column at `index`, counted from 0.
    ///
    /// # Errors
    /// When the stored value is of another type.
    pub fn get<T: Column>(&self, index: usize) -> Result<T, StorageError> {
        self.row.get(index).map_err(dialect::error)
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
