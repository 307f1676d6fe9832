//! The people of the office and how they sign in. Names and addresses are sealed; they are found by keyed hashes.

use jiff::Timestamp;

use crate::{StorageError, Tx};

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffRow {
    /// Their number: what events call them by.
    pub id: i64,
    /// What they sign in with.
    pub username: String,
    /// Their address; it signs in too.
    pub email: String,
    /// Their name as colleagues write it.
    pub name: String,
    /// Their job title, as letters print it.
    pub job_title: String,
    /// The codes of their roles.
    pub roles: Vec<String>,
    /// The hash of their password (PHC text).
    pub password_hash: String,
    /// False once they may no longer sign in.
    pub active: bool,
    /// When they were added.
    pub created_at: Timestamp,
}

/// Adds a person and gives their number; the `id` of the row is not looked at.
///
/// # Errors
/// [`StorageError::Taken`] when the user name or the address is somebody else's.
pub async fn add(_tx: &mut Tx<'_>, _row: &StaffRow) -> Result<i64, StorageError> {
    unimplemented!()
}

/// Writes a person anew.
///
/// # Errors
/// [`StorageError::Taken`] when the user name or the address is somebody else's.
pub async fn update(_tx: &mut Tx<'_>, _row: &StaffRow) -> Result<(), StorageError> {
    unimplemented!()
}

/// A person by their number.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(_tx: &mut Tx<'_>, _id: i64) -> Result<Option<StaffRow>, StorageError> {
    unimplemented!()
}

/// A person by user name or address, in any case of letters.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_login(_tx: &mut Tx<'_>, _login: &str) -> Result<Option<StaffRow>, StorageError> {
    unimplemented!()
}

/// Everybody, by number.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(_tx: &mut Tx<'_>) -> Result<Vec<StaffRow>, StorageError> {
    unimplemented!()
}
