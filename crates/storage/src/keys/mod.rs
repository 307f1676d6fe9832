//! The keys: the master key, what is derived from it, the key of each case, and the key that signs the audit log.

use std::path::Path;

use crate::StorageError;

/// All keys of an installation. Cloning shares them.
#[derive(Clone)]
pub struct Keys {}

/// The data key of one stream, unwrapped.
pub struct StreamKey {}

impl Keys {
    /// Reads `master.key` and `audit.key` from a folder.
    ///
    /// # Errors
    /// When a file is missing, readable by others, or not a key.
    pub fn load(_folder: &Path) -> Result<Keys, StorageError> {
        unimplemented!()
    }

    /// Makes new keys in a folder that has none, readable by the owner only.
    ///
    /// # Errors
    /// When a key file is already there or the folder cannot be written.
    pub fn create(_folder: &Path) -> Result<Keys, StorageError> {
        unimplemented!()
    }

    /// Fixed keys for tests, so that signatures and tokens are the same in every run.
    pub fn for_tests() -> Keys {
        unimplemented!()
    }

    /// The public half of the signing key, as a C2SP signed-note verifier key.
    pub fn verifier_key(&self) -> String {
        unimplemented!()
    }

    /// Fresh random bytes: where chance enters the product.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    pub fn random<const N: usize>() -> Result<[u8; N], StorageError> {
        unimplemented!()
    }
}
