//! A file on its way out: its sealed bytes span by span, and its plain bytes chunk by chunk.

use std::fs::File;
use std::io::Read;

use aws_lc_rs::digest;

use super::bucket::Bucket;
use super::chunks::{Opening, SEALED_CHUNK, damaged, sealed_length};
use super::folder::Folder;
use super::on_disk;
use super::store::FileStore;
use crate::StorageError;
use crate::keys::{FileKey, hex};

/// Whole chunks that are fetched at a time from the disk, and from a bucket, where each time is a journey. No more is held of a file.
const CHUNKS_OF_DISK: u64 = 4;
const CHUNKS_OF_BUCKET: u64 = 8;

/// The sealed bytes of a file, span by span. A connection to a bucket is held for one span only, however slow the reader.
pub struct SealedBytes {
    length: u64,
    at: u64,
    from: Source,
}

enum Source {
    Folder { file: Option<File>, folder: Folder },
    Bucket { bucket: Bucket, name: String },
}

impl SealedBytes {
    pub(super) fn of_folder(file: File, length: u64, folder: Folder) -> SealedBytes {
        let file = Some(file);
        SealedBytes {
            length,
            at: 0,
            from: Source::Folder { file, folder },
        }
    }

    pub(super) fn of_bucket(bucket: Bucket, name: &str, length: u64) -> SealedBytes {
        let name = name.to_owned();
        SealedBytes {
            length,
            at: 0,
            from: Source::Bucket { bucket, name },
        }
    }

    /// How many bytes there are.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The next bytes; nothing after the last, nor after a fault.
    ///
    /// # Errors
    /// What the disk says, or that the bucket cannot be reached.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, StorageError> {
        if self.at >= self.length {
            return Ok(None);
        }
        let span = match &mut self.from {
            Source::Folder { file, folder } => {
                let Some(mut open) = file.take() else { return Ok(None) };
                let span = (CHUNKS_OF_DISK * SEALED_CHUNK as u64).min(self.length - self.at);
                let folder = folder.clone();
                let (open, bytes) = on_disk(move || {
                    let mut bytes = Vec::with_capacity(usize::try_from(span).unwrap_or_default());
                    let read = (&mut open).take(span).read_to_end(&mut bytes);
                    read.map_err(|error| folder.fault(&error))?;
                    Ok((open, bytes))
                })
                .await?;
                *file = Some(open);
                bytes
            }
            Source::Bucket { bucket, name } => {
                let end = self.length.min(self.at + CHUNKS_OF_BUCKET * SEALED_CHUNK as u64);
                bucket.span(name, self.at..end).await?
            }
        };
        self.at += span.len() as u64;
        Ok((!span.is_empty()).then_some(span))
    }

    /// SHA-256 of what is left, in hexadecimal digits.
    ///
    /// # Errors
    /// As for [`SealedBytes::next`].
    pub async fn sha256(mut self) -> Result<String, StorageError> {
        let mut context = digest::Context::new(&digest::SHA256);
        while let Some(span) = self.next().await? {
            context.update(&span);
        }
        Ok(hex(context.finish().as_ref()))
    }
}

/// Reads a sealed file chunk by chunk.
pub struct SealedReader {
    opening: Opening,
    bytes: SealedBytes,
    held: Vec<u8>,
    at: usize,
}

impl SealedReader {
    pub(super) async fn open(
        store: &FileStore,
        id: &str,
        key: &FileKey,
        size: u64,
    ) -> Result<SealedReader, StorageError> {
        let missing = || StorageError::Corrupt(format!("the file {id} is missing from {}", store.place()));
        let bytes = store.sealed(id).await?.ok_or_else(missing)?;
        if bytes.length() != sealed_length(size) {
            return Err(damaged(id));
        }
        Ok(SealedReader {
            opening: Opening::begin(id, key, size)?,
            bytes,
            held: Vec::new(),
            at: 0,
        })
    }

    /// The next plain bytes; nothing after the last.
    ///
    /// # Errors
    /// [`StorageError::Corrupt`] when a chunk was changed, moved, or belongs to another file; that the store cannot be read.
    pub async fn next_chunk(&mut self) -> Result<Option<Vec<u8>>, StorageError> {
        let Some(wanted) = self.opening.wanted() else {
            return Ok(None);
        };
        if self.at == self.held.len() {
            self.held = self.bytes.next().await?.unwrap_or_default();
            self.at = 0;
        }
        // A span holds whole chunks, as long as nothing was cut.
        let chunk = self.held.get(self.at..self.at + wanted);
        let plain = self.opening.open(chunk.ok_or_else(|| self.opening.damaged())?)?;
        self.at += wanted;
        Ok(Some(plain))
    }
}
