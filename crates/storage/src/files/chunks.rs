//! A file as sealed chunks: each knows its file, its number and whether it is the last, so that nothing can be cut, moved or added unseen.
//!
//! This is the STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár 2015) on the house's cipher: the number and the mark of the last
//! chunk stand in the associated data, and nonces are random as everywhere here (docs/decisions/0006-case-keys.md).

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;

use aws_lc_rs::digest;

use super::folder::Folder;
use crate::StorageError;
use crate::keys::{FileKey, SEAL_OVERHEAD, StreamKey, hex, place};

/// Plain bytes in every chunk but the last: large enough that the seal costs little, small enough to be held by many at once.
const CHUNK: usize = 64 * 1024;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Plain bytes.
    pub size: u64,
    /// SHA-256 of the plain bytes, in hexadecimal digits.
    pub sha256: String,
    /// SHA-256 of the sealed bytes, in hexadecimal digits.
    pub stored_sha256: String,
}

/// How many bytes a file of this size has once sealed.
pub fn sealed_length(size: u64) -> u64 {
    size + chunks_of(size) * SEAL_OVERHEAD as u64
}

/// An empty file has one chunk, which is empty and the last.
fn chunks_of(size: u64) -> u64 {
    size.div_ceil(CHUNK as u64).max(1)
}

fn chunk_place(id: &str, number: u64, is_last: Last) -> Vec<u8> {
    let last = match is_last {
        Last::Yes => "last",
        Last::No => "more",
    };
    place(&["file", id, &number.to_string(), last])
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Yes,
    No,
}

/// Writes a file sealed, holding one chunk. What is not finished goes with it.
pub struct SealedWriter {
    key: StreamKey,
    id: String,
    partial: Partial,
    held: Vec<u8>,
    number: u64,
    size: u64,
    plain: digest::Context,
    stored: digest::Context,
}

/// The file while it is written, under a name of its own.
struct Partial {
    file: File,
    path: PathBuf,
    folder: Folder,
}

impl Drop for Partial {
    fn drop(&mut self) {
        // After the file got its name there is nothing left here; a rest that does not go is told by the doctor.
        drop(std::fs::remove_file(&self.path));
    }
}

impl SealedWriter {
    pub(super) fn begin(folder: &Folder, id: &str, key: &FileKey) -> Result<SealedWriter, StorageError> {
        let path = folder.partial_path(id);
        let file = folder.create(&path)?;
        Ok(SealedWriter {
            key: key.ready()?,
            id: id.to_owned(),
            partial: Partial {
                file,
                path,
                folder: folder.clone(),
            },
            held: Vec::with_capacity(CHUNK),
            number: 0,
            size: 0,
            plain: digest::Context::new(&digest::SHA256),
            stored: digest::Context::new(&digest::SHA256),
        })
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// When the disk does not take them.
    pub fn write(&mut self, mut bytes: &[u8]) -> Result<(), StorageError> {
        self.plain.update(bytes);
        self.size += bytes.len() as u64;
        while !bytes.is_empty() {
            // A full chunk waits for the next byte: only then is it certain not to be the last.
            if self.held.len() == CHUNK {
                self.seal(Last::No)?;
            }
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK - self.held.len()));
            self.held.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// Seals the last chunk and makes the file durable under its name.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn finish(mut self) -> Result<Written, StorageError> {
        self.seal(Last::Yes)?;
        let folder = self.partial.folder.clone();
        folder.keep(&self.partial.file, &self.partial.path, &self.id)?;
        Ok(Written {
            size: self.size,
            sha256: hex(self.plain.finish().as_ref()),
            stored_sha256: hex(self.stored.finish().as_ref()),
        })
    }

    fn seal(&mut self, is_last: Last) -> Result<(), StorageError> {
        let sealed = self
            .key
            .seal(&chunk_place(&self.id, self.number, is_last), &self.held)?;
        self.stored.update(&sealed);
        self.number += 1;
        self.held.clear();
        let folder = &self.partial.folder;
        self.partial
            .file
            .write_all(&sealed)
            .map_err(|error| folder.fault(&error))
    }
}

/// Reads a sealed file chunk by chunk, holding one.
pub struct SealedReader {
    key: StreamKey,
    id: String,
    file: File,
    folder: Folder,
    number: u64,
    left: u64,
    done: bool,
}

impl SealedReader {
    pub(super) fn open(folder: &Folder, id: &str, key: &FileKey, size: u64) -> Result<SealedReader, StorageError> {
        let file = folder.open_file(id)?;
        let length = file.metadata().map_err(|error| folder.fault(&error))?.len();
        if length != sealed_length(size) {
            return Err(damaged(id));
        }
        Ok(SealedReader {
            key: key.ready()?,
            id: id.to_owned(),
            file,
            folder: folder.clone(),
            number: 0,
            left: size,
            done: false,
        })
    }

    /// The next plain bytes; nothing after the last.
    ///
    /// # Errors
    /// [`StorageError::Corrupt`] when a chunk was changed, moved, or belongs to another file.
    pub fn next_chunk(&mut self) -> Result<Option<Vec<u8>>, StorageError> {
        if self.done {
            return Ok(None);
        }
        let is_last = if self.left <= CHUNK as u64 { Last::Yes } else { Last::No };
        let length = usize::try_from(self.left.min(CHUNK as u64)).unwrap_or(CHUNK);
        let mut sealed = vec![0; length + SEAL_OVERHEAD];
        self.file.read_exact(&mut sealed).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => damaged(&self.id),
            _ => self.folder.fault(&error),
        })?;
        let plain = self
            .key
            .open(&chunk_place(&self.id, self.number, is_last), &sealed)
            .map_err(|_| damaged(&self.id))?;
        self.number += 1;
        self.left -= length as u64;
        self.done = is_last == Last::Yes;
        Ok(Some(plain))
    }
}

fn damaged(id: &str) -> StorageError {
    StorageError::Corrupt(format!("the file {id} was changed, cut or put in another's place"))
}
