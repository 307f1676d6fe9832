//! Requests that may come twice and must count once: a form sent again, a message delivered again.

use jiff::Timestamp;

use crate::{StorageError, Tx};

/// Whether a request was here before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It is new, and it is now ours.
    Fresh,
    /// It was here before, with this answer; `None` while the first one has not been settled.
    Seen(Option<String>),
}

/// Claims a request by its key. The key is kept as a keyed hash.
///
/// # Errors
/// When the database cannot be written.
pub async fn claim(_tx: &mut Tx<'_>, _key: &str, _at: Timestamp) -> Result<Claim, StorageError> {
    unimplemented!()
}

/// Keeps the answer of a claimed request, sealed.
///
/// # Errors
/// When the database cannot be written.
pub async fn settle(_tx: &mut Tx<'_>, _key: &str, _value: &str) -> Result<(), StorageError> {
    unimplemented!()
}

/// Removes claims made before `before` and tells how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn sweep(_tx: &mut Tx<'_>, _before: Timestamp) -> Result<u64, StorageError> {
    unimplemented!()
}
