//! Putting a file into the bucket: in one piece, or in parts of which a few are held in memory; never over something that is there.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use object_store::multipart::{MultipartStore, PartId};
use object_store::path::Path as Key;
use object_store::{Error, ObjectStore, PutMode, PutPayload};
use tokio::sync::SemaphorePermit;
use tracing::info;

use super::{Bucket, words};
use crate::StorageError;
use crate::files::on_disk;
use crate::files::partial::Partial;

/// Bytes of a part, and of the largest file that goes in one piece. S3 wants at least 5 MiB in every part but the last.
const PART: u64 = 8 * 1024 * 1024;

/// Why a file was not put.
enum Unput {
    /// Our own disk failed, or there is nobody to answer.
    Here(StorageError),
    /// The bucket did not take it.
    There(Error),
}

impl From<Error> for Unput {
    fn from(error: Error) -> Unput {
        Unput::There(error)
    }
}

impl From<StorageError> for Unput {
    fn from(error: StorageError) -> Unput {
        Unput::Here(error)
    }
}

/// Bytes that count among those held in memory.
struct Held<'a> {
    bytes: PutPayload,
    _room: SemaphorePermit<'a>,
}

impl Bucket {
    /// Makes a file durable under its name; `sha256` is that of its bytes. Where it is not certain whether a try arrived, what lies there
    /// tells: no other file has these bytes.
    pub(in crate::files) async fn put(&self, partial: Partial, name: &str, sha256: &str) -> Result<(), StorageError> {
        let doubtful = match self.put_once(partial.file(), name).await {
            Ok(()) => return self.heard(Ok(())),
            Err(Unput::Here(fault)) => return Err(fault),
            Err(Unput::There(error)) if !words::may_be_there(&error) => return self.heard(Err(error)),
            Err(Unput::There(error)) => error,
        };
        let there = match self.sealed(name).await? {
            Some(bytes) => Some(bytes.sha256().await?),
            None => None,
        };
        match there {
            Some(there) if there == sha256 => Ok(()),
            Some(_) => Err(StorageError::Taken(format!("a file called {name}"))),
            None => {
                info!(%doubtful, "files: an answer of the bucket got lost; the file is sent once more");
                match self.put_once(partial.file(), name).await {
                    Ok(()) => self.heard(Ok(())),
                    Err(Unput::Here(fault)) => Err(fault),
                    Err(Unput::There(error)) => self.heard(Err(error)),
                }
            }
        }
    }

    async fn put_once(&self, file: &File, name: &str) -> Result<(), Unput> {
        let (key, length) = (self.key(name), length_of(file)?);
        if length <= PART {
            let whole = self.held(file, (0, length)).await?;
            self.s3().put_opts(&key, whole.bytes, PutMode::Create.into()).await?;
            return Ok(());
        }
        let upload = self.s3().create_multipart(&key).await?;
        let put = self.put_parts(&key, &upload, (file, length)).await;
        if put.is_err()
            && let Err(error) = self.s3().abort_multipart(&key, &upload).await
        {
            info!(%error, "files: an upload that broke off could not be taken back at once; the sweep does it");
        }
        put
    }

    async fn put_parts(&self, key: &Key, upload: &String, (file, length): (&File, u64)) -> Result<(), Unput> {
        let mut parts: Vec<PartId> = Vec::new();
        let mut at = 0;
        while at < length {
            let part = self.held(file, (at, length)).await?;
            at += part.bytes.content_length() as u64;
            parts.push(self.s3().put_part(key, upload, parts.len(), part.bytes).await?);
        }
        self.s3().complete_multipart(key, upload, parts).await?;
        Ok(())
    }

    /// The next bytes of a file, as many as a part has, once there is room for them in memory.
    async fn held(&self, file: &File, (at, length): (u64, u64)) -> Result<Held<'_>, StorageError> {
        let room = self.inner.parts.acquire().await.map_err(|_| StorageError::Closed)?;
        let mut file = file.try_clone().map_err(|error| unread(&error))?;
        let bytes = on_disk(move || {
            // No more than it takes: a vector that grows by itself would hold twice that.
            let mut bytes = Vec::with_capacity(usize::try_from(PART.min(length - at)).unwrap_or_default());
            let read = file
                .seek(SeekFrom::Start(at))
                .and_then(|_| file.take(PART).read_to_end(&mut bytes));
            read.map_err(|error| unread(&error))?;
            Ok(bytes)
        })
        .await?;
        Ok(Held {
            bytes: bytes.into(),
            _room: room,
        })
    }
}

fn length_of(file: &File) -> Result<u64, StorageError> {
    Ok(file.metadata().map_err(|error| unread(&error))?.len())
}

fn unread(error: &std::io::Error) -> StorageError {
    StorageError::Corrupt(format!(
        "a file on its way to the bucket could not be read again: {error}"
    ))
}
