//! A file as sealed chunks: each knows its file, its number and whether it is the last, so that nothing can be cut, moved or added unseen.
//!
//! This is the STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár 2015) on the house's cipher: the number and the mark of the last
//! chunk stand in the associated data, and nonces are random as everywhere here (docs/decisions/0006-case-keys.md).

use aws_lc_rs::digest;

use crate::StorageError;
use crate::keys::{FileKey, SEAL_OVERHEAD, StreamKey, hex, place};

/// Plain bytes in every chunk but the last: large enough that the seal costs little, small enough to be held by many at once.
const CHUNK: usize = 64 * 1024;

/// Sealed bytes of every chunk but the last.
pub(super) const SEALED_CHUNK: usize = CHUNK + SEAL_OVERHEAD;

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

/// Seals plain bytes, holding one chunk.
pub(super) struct Sealing {
    key: StreamKey,
    id: String,
    held: Vec<u8>,
    number: u64,
    size: u64,
    plain: digest::Context,
    stored: digest::Context,
}

impl Sealing {
    pub(super) fn begin(id: &str, key: &FileKey) -> Result<Sealing, StorageError> {
        Ok(Sealing {
            key: key.ready()?,
            id: id.to_owned(),
            held: Vec::with_capacity(CHUNK),
            number: 0,
            size: 0,
            plain: digest::Context::new(&digest::SHA256),
            stored: digest::Context::new(&digest::SHA256),
        })
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// Takes plain bytes and gives away each chunk that is full.
    pub(super) fn take(
        &mut self,
        mut bytes: &[u8],
        mut give: impl FnMut(&[u8]) -> Result<(), StorageError>,
    ) -> Result<(), StorageError> {
        self.plain.update(bytes);
        self.size += bytes.len() as u64;
        while !bytes.is_empty() {
            // A full chunk waits for the next byte: only then is it certain not to be the last.
            if self.held.len() == CHUNK {
                give(&self.seal(Last::No)?)?;
            }
            let (now, later) = bytes.split_at(bytes.len().min(CHUNK - self.held.len()));
            self.held.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// Gives the last chunk away and tells what the whole is.
    pub(super) fn end(mut self, give: impl FnOnce(&[u8]) -> Result<(), StorageError>) -> Result<Written, StorageError> {
        give(&self.seal(Last::Yes)?)?;
        Ok(Written {
            size: self.size,
            sha256: hex(self.plain.finish().as_ref()),
            stored_sha256: hex(self.stored.finish().as_ref()),
        })
    }

    fn seal(&mut self, is_last: Last) -> Result<Vec<u8>, StorageError> {
        let sealed = self
            .key
            .seal(&chunk_place(&self.id, self.number, is_last), &self.held)?;
        self.stored.update(&sealed);
        self.number += 1;
        self.held.clear();
        Ok(sealed)
    }
}

/// Opens sealed chunks in their order.
pub(super) struct Opening {
    key: StreamKey,
    id: String,
    number: u64,
    left: u64,
    done: bool,
}

impl Opening {
    pub(super) fn begin(id: &str, key: &FileKey, size: u64) -> Result<Opening, StorageError> {
        Ok(Opening {
            key: key.ready()?,
            id: id.to_owned(),
            number: 0,
            left: size,
            done: false,
        })
    }

    /// How many sealed bytes the next chunk has; nothing after the last.
    pub(super) fn wanted(&self) -> Option<usize> {
        (!self.done).then(|| self.plain_length() + SEAL_OVERHEAD)
    }

    /// The plain bytes of the next chunk.
    ///
    /// # Errors
    /// [`StorageError::Corrupt`] when it was changed, moved, or belongs to another file.
    pub(super) fn open(&mut self, sealed: &[u8]) -> Result<Vec<u8>, StorageError> {
        let length = self.plain_length();
        let is_last = if self.left <= CHUNK as u64 { Last::Yes } else { Last::No };
        let plain = self
            .key
            .open(&chunk_place(&self.id, self.number, is_last), sealed)
            .map_err(|_| damaged(&self.id))?;
        self.number += 1;
        self.left -= length as u64;
        self.done = is_last == Last::Yes;
        Ok(plain)
    }

    pub(super) fn damaged(&self) -> StorageError {
        damaged(&self.id)
    }

    fn plain_length(&self) -> usize {
        usize::try_from(self.left.min(CHUNK as u64)).unwrap_or(CHUNK)
    }
}

pub(super) fn damaged(id: &str) -> StorageError {
    StorageError::Corrupt(format!("the file {id} was changed, cut or put in another's place"))
}
