//! A transaction as the records see it: four calls, one SQL text for every engine.

use std::marker::PhantomData;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::{FromSql, ToSql};

use crate::StorageError;

/// A value that every engine can bind.
pub trait Param: ToSql + Sync {}
impl<T: ToSql + Sync + ?Sized> Param for T {}

/// A value that every engine can return.
pub trait Column: FromSql {}
impl<T: FromSql> Column for T {}

/// One transaction: of the writer, or a reader's view of one moment.
pub struct Tx<'c> {
    _borrows: PhantomData<&'c mut ()>,
}

/// One row of an answer.
pub struct Row<'r> {
    _borrows: PhantomData<&'r ()>,
}

impl Tx<'_> {
    /// Runs a statement and tells how many rows it changed.
    ///
    /// # Errors
    /// When the engine refuses.
    pub async fn exec(&mut self, _sql: &str, _params: &[&dyn Param]) -> Result<u64, StorageError> {
        unimplemented!()
    }

    /// The one row of an answer.
    ///
    /// # Errors
    /// When there is none, or the engine refuses.
    pub async fn one<T, M>(&mut self, _sql: &str, _params: &[&dyn Param], _map: M) -> Result<T, StorageError>
    where
        M: FnMut(&Row<'_>) -> Result<T, StorageError> + Send,
    {
        unimplemented!()
    }

    /// The first row of an answer, if there is one.
    ///
    /// # Errors
    /// When the engine refuses.
    pub async fn optional<T, M>(&mut self, _sql: &str, _params: &[&dyn Param], _map: M) -> Result<Option<T>, StorageError>
    where
        M: FnMut(&Row<'_>) -> Result<T, StorageError> + Send,
    {
        unimplemented!()
    }

    /// All rows of an answer.
    ///
    /// # Errors
    /// When the engine refuses.
    pub async fn all<T, M>(&mut self, _sql: &str, _params: &[&dyn Param], _map: M) -> Result<Vec<T>, StorageError>
    where
        M: FnMut(&Row<'_>) -> Result<T, StorageError> + Send,
    {
        unimplemented!()
    }
}

impl Row<'_> {
    /// The column at `index`, counted from 0.
    ///
    /// # Errors
    /// When the stored value is of another type.
    pub fn get<T: Column>(&self, _index: usize) -> Result<T, StorageError> {
        unimplemented!()
    }

    /// An instant, stored as microseconds since 1970.
    ///
    /// # Errors
    /// When the stored value is none.
    pub fn instant(&self, _index: usize) -> Result<Timestamp, StorageError> {
        unimplemented!()
    }

    /// A date, stored as `2026-10-15`.
    ///
    /// # Errors
    /// When the stored value is none.
    pub fn date(&self, _index: usize) -> Result<Date, StorageError> {
        unimplemented!()
    }
}
