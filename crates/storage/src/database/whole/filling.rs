//! A new database that is filled in one go: it is there as a whole, or it is not there.

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;

use deadpool_postgres::Object;
use rusqlite::Connection;
use rusqlite::types::Value;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;

use super::hand::{Hand, quote};
use super::{At, Kind, Table, Tally, catalogue, folder_of};
use crate::StorageError;
use crate::database::dialect::{postgres, sqlite};
use crate::database::postgres::{Bound, Link, Session};
use crate::database::{migrate, store};

const HOLDS_TABLES: &str = "SELECT COUNT(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p')";
const NUMBERED: &str = "SELECT CAST(c.relname AS TEXT), CAST(a.attname AS TEXT) FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attidentity <> ''";

/// A database while it is filled.
pub(crate) struct Filling {
    hand: Hand,
    tables: Vec<Table>,
    to: To,
}

/// What makes it be there.
enum To {
    /// A file gets its name.
    File { partial: Partial, path: PathBuf },
    /// A transaction is committed.
    Server { client: Arc<Object>, _link: Link },
}

impl Filling {
    /// Begins a new database whose schema has taken the steps up to this one.
    ///
    /// # Errors
    /// [`StorageError::NotEmpty`] where something is kept already.
    pub(crate) async fn begin(at: &At, step: i64) -> Result<Filling, StorageError> {
        let (mut hand, to) = match at {
            At::File(path) => {
                let partial = Partial::of(path)?;
                let conn = partial.open()?;
                migrate::sqlite_up_to(&conn, step)?;
                conn.execute_batch("BEGIN IMMEDIATE").map_err(sqlite::error)?;
                let path = path.clone();
                (Hand::Sqlite(conn), To::File { partial, path })
            }
            At::Server(server) => {
                let link = Link::to(server).await?;
                let client = Arc::new(link.writer().await?);
                client
                    .batch_execute(postgres::BEGIN_FILLING)
                    .await
                    .map_err(postgres::error)?;
                refuse_tables(&client, at).await?;
                migrate::postgres_up_to(&client, step).await?;
                let session = Session::new(client.clone(), link.statements);
                (Hand::Postgres(session), To::Server { client, _link: link })
            }
        };
        let tables = catalogue::tables(&mut hand).await?;
        Ok(Filling { hand, tables, to })
    }

    /// The tables of the new database.
    pub(crate) fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// Begins to fill a table.
    pub(crate) async fn table(&mut self, table: &Table) -> Result<TableFilling<'_>, StorageError> {
        let (name, columns) = (quote(&table.name), table.names());
        match (&self.hand, &self.to) {
            (Hand::Sqlite(conn), _) => {
                let places: Vec<String> = (1..=table.columns.len()).map(|number| format!("?{number}")).collect();
                let insert = format!("INSERT INTO {name} ({columns}) VALUES ({})", places.join(", "));
                Ok(TableFilling::Sqlite { conn, insert })
            }
            (Hand::Postgres(_), To::Server { client, .. }) => {
                let copy = format!("COPY {name} ({columns}) FROM STDIN BINARY");
                let sink = client.copy_in(&copy).await.map_err(postgres::error)?;
                let types: Vec<Type> = table.columns.iter().map(|column| wire(column.kind)).collect();
                let writer = Box::pin(BinaryCopyInWriter::new(sink, &types));
                Ok(TableFilling::Postgres { writer })
            }
            (Hand::Postgres(_), To::File { .. }) => {
                Err(StorageError::Corrupt("a server is filled through a file".to_owned()))
            }
        }
    }

    /// Makes what follows from the tables: the search index, and the numbers that are given next.
    pub(crate) async fn complete(&mut self) -> Result<(), StorageError> {
        match &mut self.hand {
            Hand::Sqlite(conn) => conn
                .execute_batch("INSERT INTO search_index (search_index) VALUES ('rebuild')")
                .map_err(sqlite::error),
            Hand::Postgres(_) => self.number_on().await,
        }
    }

    /// Counts a table of the new database and hashes it, as it was written.
    pub(crate) async fn tally(&mut self, table: &Table) -> Result<Tally, StorageError> {
        self.hand.tally(table).await
    }

    /// From now on it is there.
    pub(crate) async fn keep(self) -> Result<(), StorageError> {
        match (self.hand, self.to) {
            (Hand::Sqlite(conn), To::File { partial, path }) => {
                conn.execute_batch("COMMIT").map_err(sqlite::error)?;
                conn.close().map_err(|(_, error)| sqlite::error(error))?;
                partial.keep(&path)
            }
            (hand, To::Server { client, .. }) => {
                drop(hand);
                client.batch_execute("COMMIT").await.map_err(postgres::error)?;
                for table in &self.tables {
                    let analyse = format!("ANALYZE {}", quote(&table.name));
                    client.batch_execute(&analyse).await.map_err(postgres::error)?;
                }
                Ok(())
            }
            (Hand::Postgres(_), To::File { .. }) => {
                Err(StorageError::Corrupt("a server is filled through a file".to_owned()))
            }
        }
    }

    async fn number_on(&mut self) -> Result<(), StorageError> {
        let numbered = self
            .hand
            .rows(NUMBERED, &[], usize::MAX, |row| {
                Ok((row.get::<String>(0)?, row.get::<String>(1)?))
            })
            .await?;
        for (table, column) in numbered {
            let (table, quoted) = (quote(&table), quote(&column));
            let next = format!(
                "SELECT setval(pg_get_serial_sequence('{table}', '{column}'), GREATEST(MAX({quoted}), 1), COALESCE(MAX({quoted}) >= 1, FALSE)) FROM {table}"
            );
            self.hand.rows(&next, &[], 1, |row| row.get::<i64>(0)).await?;
        }
        Ok(())
    }
}

async fn refuse_tables(client: &Object, at: &At) -> Result<(), StorageError> {
    let tables = client.query_typed_one(HOLDS_TABLES, &[]).await;
    match tables
        .and_then(|row| row.try_get::<_, i64>(0))
        .map_err(postgres::error)?
    {
        0 => Ok(()),
        tables => Err(StorageError::NotEmpty(format!(
            "{} holds {tables} tables already. Name an empty database, or an empty schema with options=-csearch_path%3DNAME",
            at.words()
        ))),
    }
}

fn wire(kind: Kind) -> Type {
    match kind {
        Kind::Integer => Type::INT8,
        Kind::Truth => Type::BOOL,
        Kind::Text => Type::TEXT,
        Kind::Bytes => Type::BYTEA,
    }
}

/// A table while it is filled.
pub(crate) enum TableFilling<'f> {
    /// Of a file.
    Sqlite { conn: &'f Connection, insert: String },
    /// Of a server: all rows in one stream.
    Postgres { writer: Pin<Box<BinaryCopyInWriter>> },
}

impl TableFilling<'_> {
    /// Adds a row.
    pub(crate) async fn add(&mut self, row: Vec<Value>) -> Result<(), StorageError> {
        match self {
            TableFilling::Sqlite { conn, insert } => {
                let mut insert = conn.prepare_cached(insert).map_err(sqlite::error)?;
                insert
                    .execute(rusqlite::params_from_iter(row))
                    .map(drop)
                    .map_err(sqlite::error)
            }
            TableFilling::Postgres { writer } => {
                let row = row.into_iter().map(Bound::value).collect::<Vec<Bound>>();
                writer.as_mut().write_raw(row).await.map_err(postgres::error)
            }
        }
    }

    /// Ends it.
    pub(crate) async fn end(self) -> Result<(), StorageError> {
        match self {
            TableFilling::Sqlite { .. } => Ok(()),
            TableFilling::Postgres { mut writer } => writer.as_mut().finish().await.map(drop).map_err(postgres::error),
        }
    }
}

/// A database file under a name that says it is not whole. It goes when it is not kept, and the next try begins anew.
struct Partial {
    path: PathBuf,
}

impl Partial {
    fn of(path: &Path) -> Result<Partial, StorageError> {
        if path.exists() {
            let words = format!("{} is there already, and nothing is written over it", path.display());
            return Err(StorageError::NotEmpty(words));
        }
        let mut name = path.as_os_str().to_owned();
        name.push(".part");
        let partial = Partial {
            path: PathBuf::from(name),
        };
        partial.remove().map_err(|error| partial.fault(&error))?;
        Ok(partial)
    }

    fn open(&self) -> Result<Connection, StorageError> {
        store::create_private(&self.path)?;
        let conn = Connection::open(&self.path).map_err(sqlite::error)?;
        // It is thrown away when it is not finished, and made durable as a whole when it is.
        conn.execute_batch(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -32000;",
        )
        .map_err(sqlite::error)?;
        Ok(conn)
    }

    fn keep(self, path: &Path) -> Result<(), StorageError> {
        let kept = || {
            std::fs::File::open(&self.path)?.sync_all()?;
            std::fs::rename(&self.path, path)?;
            #[cfg(unix)]
            if let Some(folder) = folder_of(path) {
                std::fs::File::open(folder)?.sync_all()?;
            }
            Ok(())
        };
        kept().map_err(|error: std::io::Error| self.fault(&error))
    }

    fn remove(&self) -> std::io::Result<()> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn fault(&self, error: &std::io::Error) -> StorageError {
        StorageError::File {
            path: self.path.clone(),
            why: error.to_string(),
        }
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // After it got its name there is nothing left here.
        drop(self.remove());
    }
}
