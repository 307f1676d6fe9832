//! A connection as the transaction uses it: statements kept prepared, placeholders bound by their names.

use rusqlite::{CachedStatement, Connection};

use crate::StorageError;
use crate::database::dialect::sqlite as dialect;
use crate::database::{Param, Row};

/// Runs a statement and tells how many rows it changed.
pub(in crate::database) fn exec(conn: &Connection, sql: &str, params: &[&dyn Param]) -> Result<u64, StorageError> {
    let changed = bound(conn, sql, params)?.raw_execute().map_err(dialect::error)?;
    Ok(changed as u64)
}

/// The rows of an answer, as many as are wanted.
pub(in crate::database) fn rows<T>(
    conn: &Connection,
    sql: &str,
    params: &[&dyn Param],
    most: usize,
    mut map: impl FnMut(&Row<'_>) -> Result<T, StorageError>,
) -> Result<Vec<T>, StorageError> {
    let mut statement = bound(conn, sql, params)?;
    let mut rows = statement.raw_query();
    let mut found = Vec::new();
    while found.len() < most
        && let Some(row) = rows.next().map_err(dialect::error)?
    {
        found.push(map(&Row::Sqlite(row))?);
    }
    Ok(found)
}

/// SQLite numbers `$n` in the order in which the names first appear, so each is bound by its name.
fn bound<'c>(conn: &'c Connection, sql: &str, params: &[&dyn Param]) -> Result<CachedStatement<'c>, StorageError> {
    let mut statement = conn.prepare_cached(sql).map_err(dialect::error)?;
    for index in 1..=statement.parameter_count() {
        let number = statement
            .parameter_name(index)
            .and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok());
        let param = number.and_then(|number| params.get(number.checked_sub(1)?));
        let param = param.ok_or_else(|| StorageError::Corrupt(format!("a placeholder without a value in: {sql}")))?;
        statement.raw_bind_parameter(index, param).map_err(dialect::error)?;
    }
    Ok(statement)
}

/// Runs a fixed command, kept prepared.
pub(in crate::database) fn command(conn: &Connection, sql: &str) -> Result<(), StorageError> {
    let mut statement = conn.prepare_cached(sql).map_err(dialect::error)?;
    statement.execute([]).map(|_| ()).map_err(dialect::error)
}
