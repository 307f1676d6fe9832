//! Numbers that are given out once each.

use crate::{StorageError, Tx};

/// The next number of a counter; `start` when it is new.
///
/// # Errors
/// When the database cannot be written.
pub async fn next(_tx: &mut Tx<'_>, _name: &str, _start: i64) -> Result<i64, StorageError> {
    unimplemented!()
}
