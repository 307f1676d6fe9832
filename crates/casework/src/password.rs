//! Passwords: hashed with argon2id and compared, away from the threads that answer requests.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use storage::Keys;

use crate::ActError;

/// A hash of nothing anyone knows: checking it takes as long as checking a real one.
pub(crate) const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$CQ2r7TgNMvTcDhV4bX2Oo7G2SD1WrFvkMgMKVNsB7Q4";

/// Hashing takes a tenth of a second on purpose, so it leaves the threads that answer requests.
pub(crate) async fn hash(password: String) -> Result<String, ActError> {
    let hashed = tokio::task::spawn_blocking(move || {
        let salt = Keys::random::<16>().map_err(|error| error.to_string())?;
        let hashed = Argon2::default()
            .hash_password_with_salt(password.as_bytes(), &salt)
            .map_err(|error| error.to_string())?;
        Ok::<String, String>(hashed.to_string())
    });
    hashed
        .await
        .map_err(|error| ActError::Password(error.to_string()))?
        .map_err(ActError::Password)
}

/// Whether a password is the one that was hashed.
pub(crate) async fn matches(password: String, hash: String) -> Result<bool, ActError> {
    let checked = tokio::task::spawn_blocking(move || {
        let parsed = PasswordHash::new(&hash).map_err(|error| error.to_string())?;
        Ok::<bool, String>(Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
    });
    checked
        .await
        .map_err(|error| ActError::Password(error.to_string()))?
        .map_err(ActError::Password)
}
