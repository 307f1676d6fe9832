//! One sealed file from one store to another, under the same name: copied, read back and compared.

use super::store::FileStore;
use crate::StorageError;

/// What became of a file that was to be copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// It lies in the other store now, byte for byte.
    Now,
    /// It lay there already, byte for byte.
    Before,
    /// It is not in the first store any more.
    Gone,
}

impl FileStore {
    /// Copies the sealed bytes under a name into another store, and compares by SHA-256 what arrived. Doing it twice changes nothing.
    ///
    /// # Errors
    /// [`StorageError::Corrupt`] when other bytes lie there under the name, or did not arrive as they were; that a store cannot be used.
    pub async fn copy(&self, name: &str, to: &FileStore) -> Result<Copied, StorageError> {
        let Some(mut bytes) = self.sealed(name).await? else {
            return Ok(Copied::Gone);
        };
        if let Some(there) = to.stored_sha256(name).await? {
            return match there == bytes.sha256().await? {
                true => Ok(Copied::Before),
                false => Err(differs(name, to)),
            };
        }
        let mut copy = to.put_sealed(name).await?;
        while let Some(span) = bytes.next().await? {
            copy.write(span).await?;
        }
        let sha256 = copy.finish().await?;
        match to.stored_sha256(name).await? == Some(sha256) {
            true => Ok(Copied::Now),
            false => Err(differs(name, to)),
        }
    }
}

fn differs(name: &str, to: &FileStore) -> StorageError {
    StorageError::Corrupt(format!("the file {name} has other bytes in {}", to.place()))
}
