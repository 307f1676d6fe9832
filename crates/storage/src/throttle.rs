//! How often something was tried: guards sign-in, forms and receipt codes. Keys are kept as keyed hashes.

use jiff::Timestamp;

use crate::{StorageError, Tx};

/// Counts a try and tells how many there were in the running window, this one included. A window begins with its
/// first try and lasts `window_seconds`.
///
/// # Errors
/// When the database cannot be written.
pub async fn hit(_tx: &mut Tx<'_>, _key: &str, _now: Timestamp, _window_seconds: i64) -> Result<i64, StorageError> {
    unimplemented!()
}

/// Forgets the tries, for instance after a right password.
///
/// # Errors
/// When the database cannot be written.
pub async fn clear(_tx: &mut Tx<'_>, _key: &str) -> Result<(), StorageError> {
    unimplemented!()
}

/// Removes windows that began before `before` and tells how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn sweep(_tx: &mut Tx<'_>, _before: Timestamp) -> Result<u64, StorageError> {
    unimplemented!()
}
