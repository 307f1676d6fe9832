//! The list of a backup: what was kept, in which chunks, and the tallies that it must have when it is put back.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::audit::Report;
use crate::database::{Table, Tally};

/// A backup, as its list says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// When it was made.
    pub made_at: Timestamp,
    /// By which version of the product.
    pub version: String,
    /// From which engine: `SQLite` or `PostgreSQL`.
    pub engine: String,
    /// The number of the latest step that the schema had taken.
    pub step: i64,
    /// The tables.
    pub tables: Vec<TableKept>,
    /// The files, sealed as they lay.
    pub files: Vec<FileKept>,
    /// Files that the database named and that were not there.
    pub missing: Vec<String>,
    /// What the check of the audit log found at this moment; nothing in a list of a version that did not check it.
    #[serde(default)]
    pub log: Option<Report>,
    /// The latest signed checkpoint of the log, which the log of every later backup must continue.
    #[serde(default)]
    pub checkpoint: Option<String>,
    /// Whether the keys of streams are left out of its tables: they lie in a part of the same name in the repository of keys.
    #[serde(default)]
    pub keys_apart: bool,
}

/// A table of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableKept {
    /// Its name and columns.
    pub table: Table,
    /// What it held.
    pub tally: Tally,
    /// The chunks of its rows, in the order of its key.
    pub chunks: Vec<String>,
}

/// A file of a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileKept {
    /// Its opaque name.
    pub id: String,
    /// How many sealed bytes it has.
    pub length: u64,
    /// SHA-256 of its sealed bytes, in hexadecimal digits.
    pub sha256: String,
    /// The chunks of its bytes, in their order.
    pub chunks: Vec<String>,
}

impl Backup {
    /// Whether its audit log is known to be whole.
    pub fn is_proved(&self) -> bool {
        self.log.as_ref().is_some_and(Report::is_whole)
    }

    /// How many rows it holds.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.tally.rows).sum()
    }

    /// Adds the chunks that it needs.
    pub(super) fn mark<'b>(&'b self, needed: &mut BTreeSet<&'b str>) {
        let tables = self.tables.iter().flat_map(|table| &table.chunks);
        let files = self.files.iter().flat_map(|file| &file.chunks);
        needed.extend(tables.chain(files).map(String::as_str));
    }
}
