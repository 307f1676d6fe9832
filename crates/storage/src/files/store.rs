//! Where sealed files lie: a folder of this machine, or a bucket that speaks S3. Whoever uses it need not know which.

use std::path::Path;

use jiff::Timestamp;

use super::bucket::{Bucket, BucketSettings};
use super::folder::Folder;
use super::partial::Partial;
use super::reader::{SealedBytes, SealedReader};
use super::writer::{SealedCopy, SealedWriter};
use super::{is_id, on_disk};
use crate::StorageError;
use crate::keys::FileKey;

/// Where sealed files lie. Cloning it is cheap; all clones are the same store.
///
/// A file passes through the folder on its way in, whichever it is: so a slow sender holds neither memory nor a connection to the bucket, and
/// what is refused never gets there.
#[derive(Clone)]
pub struct FileStore {
    /// Where files are written until they are whole; for the one kind they stay there.
    folder: Folder,
    bucket: Option<Bucket>,
}

/// Something that lies in the store.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lying {
    /// Its name: that of a file, or of one that is not whole yet, or of a stranger.
    pub name: String,
    /// How many bytes it has, sealed.
    pub length: u64,
}

impl FileStore {
    /// A folder. It is made when the first file comes.
    pub fn folder(path: &Path) -> FileStore {
        FileStore {
            folder: Folder::at(path),
            bucket: None,
        }
    }

    /// A bucket; files pass through the folder on their way in. Nobody is asked whether it can be reached.
    ///
    /// # Errors
    /// When the settings cannot be used.
    pub fn bucket(settings: BucketSettings, through: &Path) -> Result<FileStore, StorageError> {
        Ok(FileStore {
            folder: Folder::at(through),
            bucket: Some(Bucket::open(settings)?),
        })
    }

    /// What it is called in sentences: "the folder files" or "the bucket complaints at s3.example.org".
    pub fn place(&self) -> String {
        match &self.bucket {
            Some(bucket) => bucket.place(),
            None => format!("the folder {}", self.folder.path().display()),
        }
    }

    /// The folder of this machine: where files lie, or what they pass through.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Whether reading a file costs a journey over the network.
    pub fn is_remote(&self) -> bool {
        self.bucket.is_some()
    }

    /// Begins a new file. Blocks on the disk.
    ///
    /// # Errors
    /// When the folder cannot be made or does not take a file.
    pub fn write(&self, id: &str, key: &FileKey) -> Result<SealedWriter, StorageError> {
        SealedWriter::begin(self, id, key)
    }

    /// Opens a file of this size.
    ///
    /// # Errors
    /// [`StorageError::Corrupt`] when it is not there or has another length; that it cannot be reached.
    pub async fn read(&self, id: &str, key: &FileKey, size: u64) -> Result<SealedReader, StorageError> {
        SealedReader::open(self, id, key, size).await
    }

    /// Removes a file, whole or not. One that is not there is gone already.
    ///
    /// # Errors
    /// What the disk says, or that the bucket cannot be reached.
    pub async fn remove(&self, name: &str) -> Result<(), StorageError> {
        if let Some(bucket) = &self.bucket {
            return bucket.remove(name).await;
        }
        let (folder, name) = (self.folder.clone(), name.to_owned());
        on_disk(move || folder.remove(&name)).await
    }

    /// Everything that lies in it, whole or not, by name.
    ///
    /// # Errors
    /// As for [`FileStore::remove`].
    pub async fn list(&self) -> Result<Vec<Lying>, StorageError> {
        if let Some(bucket) = &self.bucket {
            return bucket.list().await;
        }
        let folder = self.folder.clone();
        on_disk(move || folder.list()).await
    }

    /// The names of every whole file of ours, for a backup or a move: [`FileStore::sealed`] reads each.
    ///
    /// # Errors
    /// As for [`FileStore::remove`].
    pub async fn names(&self) -> Result<Vec<String>, StorageError> {
        let lying = self.list().await?;
        Ok(lying
            .into_iter()
            .map(|one| one.name)
            .filter(|name| is_id(name))
            .collect())
    }

    /// The sealed bytes under a name, as they lie there; nothing where there are none.
    ///
    /// # Errors
    /// As for [`FileStore::remove`].
    pub async fn sealed(&self, name: &str) -> Result<Option<SealedBytes>, StorageError> {
        if let Some(bucket) = &self.bucket {
            return bucket.sealed(name).await;
        }
        let (folder, file) = (self.folder.clone(), name.to_owned());
        let opened = on_disk(move || folder.open(&file)).await?;
        Ok(opened.map(|(file, length)| SealedBytes::of_folder(file, length, self.folder.clone())))
    }

    /// Begins to put sealed bytes under their name again, for a restore or a move. What has the name already stays as it is.
    ///
    /// # Errors
    /// When the folder cannot be made or does not take a file.
    pub async fn put_sealed(&self, name: &str) -> Result<SealedCopy, StorageError> {
        SealedCopy::begin(self, name).await
    }

    /// SHA-256 of the sealed bytes under a name in hexadecimal digits; nothing where there are none.
    ///
    /// # Errors
    /// As for [`FileStore::remove`].
    pub async fn stored_sha256(&self, name: &str) -> Result<Option<String>, StorageError> {
        match self.sealed(name).await? {
            Some(bytes) => bytes.sha256().await.map(Some),
            None => Ok(None),
        }
    }

    /// Removes what was begun before an instant and never finished: partial files, and uploads in parts. Tells how many there were.
    ///
    /// # Errors
    /// As for [`FileStore::remove`].
    pub async fn clear_unfinished(&self, before: Timestamp) -> Result<usize, StorageError> {
        let folder = self.folder.clone();
        let here = on_disk(move || folder.clear_unfinished(before)).await?;
        match &self.bucket {
            Some(bucket) => Ok(here + bucket.clear_unfinished(before).await?),
            None => Ok(here),
        }
    }

    /// A file that goes with whoever writes it. On its way to a bucket it has no name from the beginning.
    pub(super) fn begin(&self, name: &str) -> Result<Partial, StorageError> {
        let partial = self.folder.begin(name)?;
        match self.bucket {
            Some(_) => partial.unnamed(),
            None => Ok(partial),
        }
    }

    /// Makes a file durable under its name; `sha256` is that of its bytes.
    pub(super) async fn keep(&self, partial: Partial, name: &str, sha256: &str) -> Result<(), StorageError> {
        if let Some(bucket) = &self.bucket {
            return bucket.put(partial, name, sha256).await;
        }
        let (folder, name) = (self.folder.clone(), name.to_owned());
        on_disk(move || folder.keep(&partial, &name)).await
    }
}
