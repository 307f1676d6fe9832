//! Settings that an administrator changes while the product runs, as JSON; sealed, since they may list people (A11).

use jiff::Timestamp;

use crate::{StorageError, Tx};

/// Writes a setting.
///
/// # Errors
/// When the database cannot be written.
pub async fn put(_tx: &mut Tx<'_>, _key: &str, _json: &str, _at: Timestamp) -> Result<(), StorageError> {
    unimplemented!()
}

/// A setting; `None` when it was never written.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(_tx: &mut Tx<'_>, _key: &str) -> Result<Option<String>, StorageError> {
    unimplemented!()
}

/// All settings as (key, JSON), by key.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(_tx: &mut Tx<'_>) -> Result<Vec<(String, String)>, StorageError> {
    unimplemented!()
}
