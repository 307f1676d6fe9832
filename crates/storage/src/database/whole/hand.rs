//! A connection of either engine in the middle of a transaction, and how a table is read through it: a page at a time, in the order of its key.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::row::{Counting, encode};
use super::{Table, Tally};
use crate::StorageError;
use crate::database::postgres::Session;
use crate::database::sqlite::connection;
use crate::database::{Engine, Param, Row};

/// How many rows are held at a time: with words of the usual length less than a megabyte.
const PAGE: usize = 256;

/// A connection in the middle of a transaction.
pub(super) enum Hand {
    Sqlite(Connection),
    Postgres(Session),
}

impl Hand {
    pub(super) fn engine(&self) -> Engine {
        match self {
            Hand::Sqlite(_) => Engine::Sqlite,
            Hand::Postgres(_) => Engine::Postgres,
        }
    }

    /// The rows of an answer, as many as are wanted.
    pub(super) async fn rows<T, M>(
        &mut self,
        sql: &str,
        params: &[&dyn Param],
        most: usize,
        map: M,
    ) -> Result<Vec<T>, StorageError>
    where
        M: FnMut(&Row<'_>) -> Result<T, StorageError>,
    {
        match self {
            Hand::Sqlite(conn) => connection::rows(conn, sql, params, most, map),
            Hand::Postgres(session) => session.mapped(sql, params, most, map).await,
        }
    }

    /// The next rows of a table, in the order of its key; nothing at its end.
    pub(super) async fn page(
        &mut self,
        table: &Table,
        after: &mut After,
    ) -> Result<Option<Vec<Vec<Value>>>, StorageError> {
        let params: Vec<&dyn Param> = after.0.iter().map(|value| value as &dyn Param).collect();
        let width = table.columns.len();
        let page = self
            .rows(&table.page(!params.is_empty()), &params, PAGE, |row| {
                (0..width)
                    .map(|index| row.get::<Value>(index))
                    .collect::<Result<Vec<_>, _>>()
            })
            .await?;
        after.0 = page.last().map(|row| table.key_of(row)).unwrap_or_default();
        Ok((!page.is_empty()).then_some(page))
    }

    /// Counts a table and hashes it.
    pub(super) async fn tally(&mut self, table: &Table) -> Result<Tally, StorageError> {
        let (mut counting, mut after) = (Counting::of(table), After::default());
        while let Some(page) = self.page(table, &mut after).await? {
            for row in &page {
                counting.add(&encode(row)?);
            }
        }
        Ok(counting.end())
    }
}

/// How far a table was read: the key of its latest row.
#[derive(Default)]
pub(crate) struct After(Vec<Value>);

impl Table {
    /// The values of the primary key of a row.
    pub(super) fn key_of(&self, row: &[Value]) -> Vec<Value> {
        let place = |name: &String| self.columns.iter().position(|column| column.name == *name);
        let values = self.key.iter().filter_map(place).filter_map(|index| row.get(index));
        values.cloned().collect()
    }

    /// The names of its columns, for a statement.
    pub(super) fn names(&self) -> String {
        let quoted: Vec<String> = self.columns.iter().map(|column| quote(&column.name)).collect();
        quoted.join(", ")
    }

    fn page(&self, follows: bool) -> String {
        let key: Vec<String> = self.key.iter().map(|name| quote(name)).collect();
        let key = key.join(", ");
        let given: Vec<String> = (1..=self.key.len()).map(|number| format!("${number}")).collect();
        let condition = match follows {
            true => format!("WHERE ({key}) > ({})", given.join(", ")),
            false => String::new(),
        };
        let (names, table) = (self.names(), quote(&self.name));
        format!("SELECT {names} FROM {table} {condition} ORDER BY {key} LIMIT {PAGE}")
    }
}

/// A name as it is, whatever words the engine keeps to itself.
pub(super) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
