//! The key of one file: random, used for nothing else, kept sealed under the key of whatever the file belongs to.

use zeroize::Zeroizing;

use super::{Keys, LENGTH, Secret, StreamKey};
use crate::StorageError;

/// The key of one file. Whoever destroys the key under which it is sealed makes the file unreadable.
#[derive(Clone)]
pub struct FileKey(Secret);

impl FileKey {
    /// A new key.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn new() -> Result<FileKey, StorageError> {
        Ok(FileKey(Zeroizing::new(Keys::random()?)))
    }

    /// The bytes, to be sealed.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// A key from the bytes that were sealed.
    pub(crate) fn from_bytes(bytes: Vec<u8>) -> Result<FileKey, StorageError> {
        let bytes = Zeroizing::new(bytes);
        let key: Result<[u8; LENGTH], _> = bytes.as_slice().try_into();
        let key = key.map_err(|_| StorageError::Corrupt("the key of a file has a wrong length".to_owned()))?;
        Ok(FileKey(Zeroizing::new(key)))
    }

    /// The key ready for use.
    pub(crate) fn ready(&self) -> Result<StreamKey, StorageError> {
        StreamKey::from_bytes(&self.0)
    }
}
