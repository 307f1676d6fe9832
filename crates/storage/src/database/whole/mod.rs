//! The whole database at one moment, table by table, in an encoding that is the same for every engine: what moving, backing up and restoring
//! have in common.
//!
//! Which tables and columns there are is asked of the database itself, so that no list can go stale.

mod catalogue;
mod filling;
mod hand;
mod opened;
mod row;
mod snapshot;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub(crate) use filling::Filling;
pub(crate) use hand::After;
pub(crate) use row::{Counting, decode, encode};
pub(crate) use snapshot::Snapshot;

use super::Server;

/// Where a database is.
#[derive(Clone)]
pub enum At {
    /// A file of SQLite.
    File(PathBuf),
    /// A PostgreSQL server; its address may name a schema.
    Server(Box<Server>),
}

impl At {
    /// What the operator is told of it; no password.
    pub fn words(&self) -> String {
        match self {
            At::File(path) => format!("the database {}", path.display()),
            At::Server(server) => server.words(),
        }
    }
}

/// The folder in which a file lies, the working folder where its path names none.
fn folder_of(path: &Path) -> Option<&Path> {
    let folder = path.parent()?;
    Some(match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    })
}

/// A table as both engines know it: its columns by name, in the order of the alphabet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, but for those that the engine works out by itself.
    pub columns: Vec<Field>,
    /// The columns of its primary key, in their order.
    pub key: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A whole number of 64 bits.
    Integer,
    /// True or false; counted as 1 or 0.
    Truth,
    /// A text.
    Text,
    /// Bytes.
    Bytes,
}

/// How many rows a table has, and what they are: two tables with the same tally hold the same, whatever the engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many rows.
    pub rows: u64,
    /// SHA-256 of all rows in the order of the primary key, in hexadecimal digits.
    pub sha256: String,
}
