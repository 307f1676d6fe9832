//! Trying out whether files can be kept: a few bytes are written, read back and removed.

use super::new_id;
use super::store::FileStore;
use crate::StorageError;

/// How the name of a trial begins.
pub(super) const BEGINNING: &str = "probe-";

/// What a trial told of a store that takes files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Probe {
    /// Whether the store refuses to write over what is there. One that does not cannot lose a file by it as long as names are random.
    pub refuses_to_overwrite: bool,
}

impl FileStore {
    /// Writes, reads and removes a small file.
    ///
    /// # Errors
    /// What cannot be done with the store, in words for an operator.
    pub async fn probe(&self) -> Result<Probe, StorageError> {
        let name = format!("{BEGINNING}{}", new_id()?);
        let told = self.try_out(&name).await;
        // What was tried is removed whatever came of it; of two faults the first says more.
        let removed = self.remove(&name).await;
        let probe = told?;
        removed?;
        Ok(probe)
    }

    async fn try_out(&self, name: &str) -> Result<Probe, StorageError> {
        let sha256 = self.put_small(name, b"first").await?;
        let refuses_to_overwrite = match self.put_small(name, b"second").await {
            Err(StorageError::Taken(_)) => true,
            Err(fault) => return Err(fault),
            Ok(_) => false,
        };
        match self.stored_sha256(name).await? {
            Some(there) if there == sha256 || !refuses_to_overwrite => Ok(Probe { refuses_to_overwrite }),
            _ => Err(StorageError::Corrupt(format!(
                "what was written to {} did not come back as it was",
                self.place()
            ))),
        }
    }

    async fn put_small(&self, name: &str, bytes: &[u8]) -> Result<String, StorageError> {
        let mut copy = self.put_sealed(name).await?;
        copy.write(bytes.to_vec()).await?;
        copy.finish().await
    }
}
