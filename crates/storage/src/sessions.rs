//! Who is signed in. A session is kept under a keyed hash of its token, so the database opens no session.

use jiff::Timestamp;

use crate::{StorageError, Tx};

/// A session.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// The member of staff.
    pub staff_id: i64,
    /// When they signed in.
    pub created_at: Timestamp,
    /// When they last did something.
    pub seen_at: Timestamp,
    /// When it ends unless they do something.
    pub idle_until: Timestamp,
    /// When it ends in any case.
    pub expires_at: Timestamp,
    /// The secret of its forms.
    pub csrf: Vec<u8>,
}

/// Keeps a new session under its token.
///
/// # Errors
/// When the database cannot be written.
pub async fn create(_tx: &mut Tx<'_>, _token: &[u8], _session: &SessionRow) -> Result<(), StorageError> {
    unimplemented!()
}

/// The session of a token; `None` when there is none or it ended before `now`.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(_tx: &mut Tx<'_>, _token: &[u8], _now: Timestamp) -> Result<Option<SessionRow>, StorageError> {
    unimplemented!()
}

/// Records that the person did something.
///
/// # Errors
/// When the database cannot be written.
pub async fn touch(
    _tx: &mut Tx<'_>,
    _token: &[u8],
    _seen_at: Timestamp,
    _idle_until: Timestamp,
) -> Result<(), StorageError> {
    unimplemented!()
}

/// Ends a session.
///
/// # Errors
/// When the database cannot be written.
pub async fn end(_tx: &mut Tx<'_>, _token: &[u8]) -> Result<(), StorageError> {
    unimplemented!()
}

/// Ends every session of a person and tells how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn end_all_for(_tx: &mut Tx<'_>, _staff_id: i64) -> Result<u64, StorageError> {
    unimplemented!()
}

/// Removes sessions that ended before `now` and tells how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn sweep(_tx: &mut Tx<'_>, _now: Timestamp) -> Result<u64, StorageError> {
    unimplemented!()
}
