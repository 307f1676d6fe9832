//! A file on its way in: plain bytes that are sealed as they come, or bytes that are sealed already.

use aws_lc_rs::digest;

use super::chunks::{Sealing, Written};
use super::on_disk;
use super::partial::Partial;
use super::store::FileStore;
use crate::StorageError;
use crate::keys::{FileKey, hex};

/// Writes a file sealed, holding one chunk. What is not finished goes with it.
pub struct SealedWriter {
    sealing: Sealing,
    partial: Partial,
    store: FileStore,
}

impl SealedWriter {
    pub(super) fn begin(store: &FileStore, id: &str, key: &FileKey) -> Result<SealedWriter, StorageError> {
        Ok(SealedWriter {
            sealing: Sealing::begin(id, key)?,
            partial: store.begin(id)?,
            store: store.clone(),
        })
    }

    /// Adds bytes. Blocks on the disk.
    ///
    /// # Errors
    /// When the disk does not take them.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), StorageError> {
        self.sealing.take(bytes, |sealed| self.partial.write(sealed))
    }

    /// Seals the last chunk and makes the file durable under its name.
    ///
    /// # Errors
    /// When the disk does not take it, the bucket cannot be reached, or something has the name already.
    pub async fn finish(self) -> Result<Written, StorageError> {
        let SealedWriter {
            sealing,
            mut partial,
            store,
        } = self;
        let id = sealing.id().to_owned();
        let (partial, written) = on_disk(move || {
            let written = sealing.end(|sealed| partial.write(sealed))?;
            Ok((partial, written))
        })
        .await?;
        store.keep(partial, &id, &written.stored_sha256).await?;
        Ok(written)
    }
}

/// Puts sealed bytes under their name, as they were in another store. What is not finished goes with it.
pub struct SealedCopy {
    name: String,
    store: FileStore,
    desk: Option<(Partial, digest::Context)>,
}

impl SealedCopy {
    pub(super) async fn begin(store: &FileStore, name: &str) -> Result<SealedCopy, StorageError> {
        let (here, its_name) = (store.clone(), name.to_owned());
        let partial = on_disk(move || here.begin(&its_name)).await?;
        Ok(SealedCopy {
            name: name.to_owned(),
            store: store.clone(),
            desk: Some((partial, digest::Context::new(&digest::SHA256))),
        })
    }

    /// Adds sealed bytes. After a fault nothing more is taken.
    ///
    /// # Errors
    /// When the disk does not take them.
    pub async fn write(&mut self, bytes: Vec<u8>) -> Result<(), StorageError> {
        let Some((mut partial, mut context)) = self.desk.take() else {
            return Err(self.broken());
        };
        let desk = on_disk(move || {
            context.update(&bytes);
            partial.write(&bytes)?;
            Ok((partial, context))
        });
        self.desk = Some(desk.await?);
        Ok(())
    }

    /// Makes the bytes durable under their name, and tells their SHA-256 in hexadecimal digits.
    ///
    /// # Errors
    /// When the disk does not take them or the bucket cannot be reached; [`StorageError::Taken`] when something has the name already.
    pub async fn finish(mut self) -> Result<String, StorageError> {
        let Some((partial, context)) = self.desk.take() else {
            return Err(self.broken());
        };
        let sha256 = hex(context.finish().as_ref());
        self.store.keep(partial, &self.name, &sha256).await?;
        Ok(sha256)
    }

    fn broken(&self) -> StorageError {
        StorageError::Panicked(format!("copying the file {}", self.name))
    }
}
