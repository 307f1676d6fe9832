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
        mut map: M,
    ) -> Result<Vec<T>, StorageError>
    where
        M: FnMut(&Row<'_>) -> Result<T, StorageError>,
    {
        match self {
            Hand::Sqlite(conn) => connection::rows(conn, sql, params, most, map),
            Hand::Postgres(session) => {
                let rows = session.rows(sql, params).await?;
                rows.iter().take(most).map(|row| map(&Row::Postgres(row))).collect()
            }
        }
    }

    /// The rows of a table that follow the one given, in the order of its key; none at its end.
    pub(super) async fn page(
        &mut self,
        table: &Table,
        after: Option<&[Value]>,
    ) -> Result<Vec<Vec<Value>>, StorageError> {
        let after = after.map(|row| table.key_of(row)).unwrap_or_default();
        let params: Vec<&dyn Param> = after.iter().map(|value| value as &dyn Param).collect();
        let width = table.columns.len();
        self.rows(&table.page(!after.is_empty()), &params, PAGE, |row| {
            (0..width).map(|index| row.get::<Value>(index)).collect()
        })
        .await
    }

    /// Counts a table and hashes it.
    pub(super) async fn tally(&mut self, table: &Table) -> Result<Tally, StorageError> {
        let mut counting = Counting::of(table);
        let mut last: Option<Vec<Value>> = None;
        loop {
            let page = self.page(table, last.as_deref()).await?;
            for row in &page {
                counting.add(&encode(row)?);
            }
            match page.into_iter().next_back() {
                Some(row) => last = Some(row),
                None => return Ok(counting.end()),
            }
        }
    }
}

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
