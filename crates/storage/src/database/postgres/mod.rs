//! A PostgreSQL server, or what speaks its protocol: connections, one writer a node, readers beside it, and what the nodes tell each other.

mod encryption;
mod news;
mod readers;
mod server;
mod session;
mod value;
mod writer;

use rusqlite::types::FromSqlError;

pub(super) use news::{Heard, listen};
pub(super) use readers::read;
pub(super) use server::Link;
pub use server::Server;
pub(super) use session::Session;
pub(super) use value::Bound;
pub(super) use writer::start;

use super::Column;
use super::dialect::postgres as dialect;
use crate::StorageError;
use value::Cell;

/// The column of a row at `index`, counted from 0.
pub(super) fn column<T: Column>(row: &tokio_postgres::Row, index: usize) -> Result<T, StorageError> {
    let Cell(value) = row.try_get(index).map_err(dialect::error)?;
    T::column_result(value).map_err(|fault: FromSqlError| {
        let name = row.columns().get(index).map_or("?", tokio_postgres::Column::name);
        StorageError::Corrupt(format!("column {name}: {fault}"))
    })
}
