//! What is derived from the master key: one key for each purpose (HKDF-SHA256, RFC 5869).

use aws_lc_rs::hkdf::{HKDF_SHA256, Prk, Salt};
use aws_lc_rs::hmac;
use zeroize::Zeroizing;

use super::{LENGTH, Secret};
use crate::StorageError;

/// Keeps what is derived here apart from any other use of the same master key.
const SALT: &[u8] = b"redress keys v1";

/// The master key, ready to derive from.
pub(super) struct Root {
    extracted: Prk,
}

impl Root {
    pub(super) fn new(master: &Secret) -> Root {
        Root {
            extracted: Salt::new(HKDF_SHA256, SALT).extract(master.as_slice()),
        }
    }

    /// The key for a purpose.
    pub(super) fn secret(&self, purpose: &str) -> Result<Secret, StorageError> {
        let mut bytes = Zeroizing::new([0; LENGTH]);
        let info = [purpose.as_bytes()];
        let derived = self
            .extracted
            .expand(&info, HKDF_SHA256)
            .and_then(|key| key.fill(bytes.as_mut_slice()));
        derived.map_err(|_| StorageError::Cipher("a key could not be derived"))?;
        Ok(bytes)
    }

    /// The HMAC-SHA256 key for a purpose.
    pub(super) fn hmac(&self, purpose: &str) -> Result<hmac::Key, StorageError> {
        Ok(hmac::Key::new(hmac::HMAC_SHA256, self.secret(purpose)?.as_slice()))
    }
}
