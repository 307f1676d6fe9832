//! The published versions of the procedure, as their text.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{StorageError, Tx};

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
pub async fn put(_tx: &mut Tx<'_>, _row: &ProcedureRow) -> Result<(), StorageError> {
    unimplemented!()
}

/// A version of a procedure.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(_tx: &mut Tx<'_>, _id: &str, _version: &str) -> Result<Option<ProcedureRow>, StorageError> {
    unimplemented!()
}

/// The version that new cases begin under.
///
/// # Errors
/// When the database cannot be read.
pub async fn active(_tx: &mut Tx<'_>, _id: &str) -> Result<Option<ProcedureRow>, StorageError> {
    unimplemented!()
}

/// All versions of all procedures, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(_tx: &mut Tx<'_>) -> Result<Vec<ProcedureRow>, StorageError> {
    unimplemented!()
}
