//! How a complainant comes back to their case: the receipt code and the tracking links, kept as keyed hashes only.

use jiff::Timestamp;

use crate::{StorageError, Tx};

/// Keeps the receipt code of a case (16 digits; spaces and hyphens do not count), replacing the one before.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_code(_tx: &mut Tx<'_>, _reference: &str, _code: &str) -> Result<(), StorageError> {
    unimplemented!()
}

/// True when the code is that of the case. Takes as long for an unknown case as for a wrong code.
///
/// # Errors
/// When the database cannot be read.
pub async fn check_code(_tx: &mut Tx<'_>, _reference: &str, _code: &str) -> Result<bool, StorageError> {
    unimplemented!()
}

/// Keeps the token of a tracking link.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_link_token(
    _tx: &mut Tx<'_>,
    _reference: &str,
    _token: &[u8],
    _at: Timestamp,
) -> Result<(), StorageError> {
    unimplemented!()
}

/// The case that a tracking link leads to.
///
/// # Errors
/// When the database cannot be read.
pub async fn case_of_link_token(_tx: &mut Tx<'_>, _token: &[u8]) -> Result<Option<String>, StorageError> {
    unimplemented!()
}

/// Makes every tracking link of a case useless (A16) and tells how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_link_tokens(_tx: &mut Tx<'_>, _reference: &str) -> Result<u64, StorageError> {
    unimplemented!()
}
