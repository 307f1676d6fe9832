//! The published versions of the procedure, as their text.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::database::{Row, statements};
use crate::{StorageError, Tx};

statements! {
    PUT = "INSERT INTO procedures (id, version, valid_from, text, published_at, active) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (id, version) DO UPDATE SET active = excluded.active";
    RETIRE = "UPDATE procedures SET active = FALSE WHERE id = $1 AND version <> $2";
    GET = "SELECT id, version, valid_from, text, published_at, active FROM procedures WHERE id = $1 AND version = $2";
    ACTIVE = "SELECT id, version, valid_from, text, published_at, active FROM procedures
              WHERE id = $1 AND active ORDER BY valid_from DESC LIMIT 1";
    LIST = "SELECT id, version, valid_from, text, published_at, active FROM procedures
            ORDER BY published_at DESC, id, version DESC";
}

/// A version of a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcedureRow {
    /// The procedure's code, for instance `it-services`.
    pub id: String,
    /// Its version.
    pub version: String,
    /// From which date new cases begin under it.
    pub valid_from: Date,
    /// The whole file.
    pub text: String,
    /// When it was published.
    pub published_at: Timestamp,
    /// True for the one that new cases begin under.
    pub active: bool,
}

/// Keeps a version. Making it active takes that from the others of the same procedure.
///
/// # Errors
/// [`StorageError::Taken`] when this version is kept already with another text.
pub async fn put(tx: &mut Tx<'_>, row: &ProcedureRow) -> Result<(), StorageError> {
    if get(tx, &row.id, &row.version)
        .await?
        .is_some_and(|kept| kept.text != row.text)
    {
        return Err(StorageError::Taken(format!(
            "version {} of {} with another text",
            row.version, row.id
        )));
    }
    let ProcedureRow {
        id,
        version,
        valid_from,
        text,
        published_at,
        active,
    } = row;
    let (valid_from, published_at) = (valid_from.to_string(), published_at.as_microsecond());
    tx.exec(PUT, &[id, version, &valid_from, text, &published_at, active])
        .await?;
    if *active {
        tx.exec(RETIRE, &[id, version]).await?;
    }
    Ok(())
}

/// A version of a procedure.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(tx: &mut Tx<'_>, id: &str, version: &str) -> Result<Option<ProcedureRow>, StorageError> {
    tx.optional(GET, &[&id, &version], procedure).await
}

/// The version that new cases begin under.
///
/// # Errors
/// When the database cannot be read.
pub async fn active(tx: &mut Tx<'_>, id: &str) -> Result<Option<ProcedureRow>, StorageError> {
    tx.optional(ACTIVE, &[&id], procedure).await
}

/// All versions of all procedures, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<ProcedureRow>, StorageError> {
    tx.all(LIST, &[], procedure).await
}

fn procedure(row: &Row<'_>) -> Result<ProcedureRow, StorageError> {
    Ok(ProcedureRow {
        id: row.get(0)?,
        version: row.get(1)?,
        valid_from: row.date(2)?,
        text: row.get(3)?,
        published_at: row.instant(4)?,
        active: row.get(5)?,
    })
}
