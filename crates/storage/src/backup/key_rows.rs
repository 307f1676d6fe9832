//! The rows of the keys of streams, as parts of keys hold them: read in the order of their streams, each part once.

use std::iter::Peekable;

use rusqlite::types::Value;

use super::list::Backup;
use super::repository::Repository;
use crate::StorageError;
use crate::database::{Table, decode_row};
use crate::sealed::record_of;

/// The table in which the keys lie, and its columns.
pub(super) const TABLE: &str = "stream_keys";
pub(super) const WRAPPED: &str = "wrapped";
const STREAM: &str = "stream";
const DESTROYED: &str = "destroyed_at";
/// Databases of before sealing have none.
const REPLACED: &str = "replaced_at";

/// Where a column lies.
pub(super) fn place_of(table: &Table, column: &str) -> Option<usize> {
    table.columns.iter().position(|field| field.name == column)
}

/// Where the columns lie that matter here.
#[derive(Clone, Copy)]
pub(super) struct Places {
    pub(super) stream: usize,
    pub(super) wrapped: usize,
    pub(super) destroyed: usize,
    pub(super) replaced: Option<usize>,
}

impl Places {
    pub(super) fn of(table: &Table) -> Option<Places> {
        Some(Places {
            stream: place_of(table, STREAM)?,
            wrapped: place_of(table, WRAPPED)?,
            destroyed: place_of(table, DESTROYED)?,
            replaced: place_of(table, REPLACED),
        })
    }
}

/// Since when the key of a row is another than at first, in microseconds; 0 where it is not.
pub(super) fn replaced_at(row: &[Value], column: Option<usize>) -> i64 {
    match column.map(|column| &row[column]) {
        Some(Value::Integer(at)) => *at,
        _ => 0,
    }
}

/// A row of a part.
#[derive(Clone)]
pub(super) struct Key {
    pub(super) wrapped: Value,
    pub(super) destroyed: Option<Value>,
    /// Since when it is another key than at first, in microseconds; 0 where it is not.
    pub(super) replaced: i64,
}

/// A part, asked for what was taken away by the time when it was made.
pub(super) struct Later<'r> {
    keys: Rows<'r>,
    /// The same rows, read on beside the others for the sealed records.
    records: Rows<'r>,
}

impl<'r> Later<'r> {
    pub(super) fn of(repository: &'r Repository, part: &Backup) -> Later<'r> {
        Later {
            keys: Rows::of(repository, part),
            records: Rows::of(repository, part),
        }
    }

    /// Since when a key that opened a stream until an instant opens it in no way: it was destroyed, or something was taken out of the case. The key
    /// of a case that was sealed is in its record, which says whether something was taken out before that.
    pub(super) fn gone(&mut self, stream: &str, opens_until: i64) -> Result<Option<Value>, StorageError> {
        let record = self.records.find(&record_of(stream))?;
        let Some(key) = self.keys.find(stream)? else {
            return Ok(None);
        };
        let taken_out_at = record.map_or(key.replaced, |record| record.replaced);
        let taken_out = (taken_out_at > opens_until).then_some(Value::Integer(taken_out_at));
        Ok(key.destroyed.or(taken_out))
    }
}

/// The rows of a part, in the order of their streams.
pub(super) struct Rows<'r> {
    repository: &'r Repository,
    table: Option<(Table, Places)>,
    chunks: std::vec::IntoIter<String>,
    rows: Peekable<std::vec::IntoIter<(String, Key)>>,
}

impl<'r> Rows<'r> {
    pub(super) fn of(repository: &'r Repository, part: &Backup) -> Rows<'r> {
        let kept = part.tables.iter().find(|kept| kept.table.name == TABLE);
        let table = kept.and_then(|kept| Some((kept.table.clone(), Places::of(&kept.table)?)));
        let chunks = kept.map(|kept| kept.chunks.clone()).unwrap_or_default();
        Rows {
            repository,
            table,
            chunks: chunks.into_iter(),
            rows: Vec::new().into_iter().peekable(),
        }
    }

    /// The row of a stream, if it has one. Streams are asked for in their order.
    pub(super) fn find(&mut self, stream: &str) -> Result<Option<Key>, StorageError> {
        loop {
            while self.rows.next_if(|(name, _)| name.as_str() < stream).is_some() {}
            if let Some((name, key)) = self.rows.peek() {
                return Ok((name == stream).then(|| key.clone()));
            }
            if !self.read_on()? {
                return Ok(None);
            }
        }
    }

    /// Reads the next chunk; false at the end.
    fn read_on(&mut self) -> Result<bool, StorageError> {
        let (Some((table, places)), Some(chunk)) = (&self.table, self.chunks.next()) else {
            return Ok(false);
        };
        let bytes = self.repository.get(&chunk)?;
        let (mut left, mut rows) = (bytes.as_slice(), Vec::new());
        while let Some((row, rest)) = decode_row(left, table)? {
            left = rest;
            let destroyed = row[places.destroyed].clone();
            let key = Key {
                wrapped: row[places.wrapped].clone(),
                destroyed: (destroyed != Value::Null).then_some(destroyed),
                replaced: replaced_at(&row, places.replaced),
            };
            if let Value::Text(stream) = &row[places.stream] {
                rows.push((stream.clone(), key));
            }
        }
        self.rows = rows.into_iter().peekable();
        Ok(true)
    }
}
