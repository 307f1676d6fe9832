//! Chunks as they lie: sealed, each in a file under its name, in folders by the first two digits.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::repository::{Repository, broken, entries, fault, make_folder, sync_folder, write_named};
use crate::StorageError;
use crate::keys::SEAL_OVERHEAD;

/// The folder of chunks.
pub(super) const CHUNKS: &str = "chunks";

/// Chunks that a list will name, and the folders that hold their names: one that is there already may be of a run that broke off before its name
/// was durable.
#[derive(Default)]
pub(super) struct Adding {
    pub(super) new: u64,
    pub(super) new_bytes: u64,
    pub(super) known: u64,
    pub(super) known_bytes: u64,
    folders: BTreeSet<PathBuf>,
}

impl Repository {
    /// Keeps a chunk and answers its name. One that is there already is not written again; a new one is read back.
    pub(super) fn put(&self, plain: &[u8], adding: &mut Adding) -> Result<String, StorageError> {
        let name = self.key.name(plain);
        let length = plain.len() as u64;
        let path = self.chunk(&name);
        let folder = path.parent().unwrap_or(&self.path).to_owned();
        if adding.folders.insert(folder.clone()) {
            make_folder(&folder)?;
        }
        if self.has(&name, length)? {
            adding.known += 1;
            adding.known_bytes += length;
            return Ok(name);
        }
        write_named(&path, &self.key.seal(&["chunk", &name], plain)?)?;
        self.get(&name)?;
        adding.new += 1;
        adding.new_bytes += length;
        Ok(name)
    }

    /// What a chunk holds.
    pub(super) fn get(&self, name: &str) -> Result<Vec<u8>, StorageError> {
        let path = self.chunk(name);
        let sealed = fs::read(&path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => broken(&path, "the chunk is missing"),
            _ => fault(&path, &error),
        })?;
        let plain = self.key.open(&["chunk", name], &sealed);
        let plain = plain.map_err(|_| broken(&path, "the chunk was changed"))?;
        match self.key.name(&plain) == name {
            true => Ok(plain),
            false => Err(broken(&path, "the chunk is not what its name says")),
        }
    }

    /// Whether a chunk of this many bytes is there. One that was cut off is not.
    pub(super) fn has(&self, name: &str, length: u64) -> Result<bool, StorageError> {
        Ok(self.length(name)? == Some(length + SEAL_OVERHEAD as u64))
    }

    /// How many bytes lie there of a chunk, sealed; nothing where it is not there.
    pub(super) fn length(&self, name: &str) -> Result<Option<u64>, StorageError> {
        let path = self.chunk(name);
        match fs::metadata(&path) {
            Ok(about) => Ok(Some(about.len())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(fault(&path, &error)),
        }
    }

    /// Every chunk and everything else that lies among them: its path, and its length.
    pub(super) fn all_chunks(&self) -> Result<Vec<(PathBuf, u64)>, StorageError> {
        let mut found = Vec::new();
        let top = self.path.join(CHUNKS);
        for folder in entries(&top)?.into_iter().filter(|path| path.is_dir()) {
            for path in entries(&folder)? {
                let about = fs::metadata(&path).map_err(|error| fault(&path, &error))?;
                found.push((path, about.len()));
            }
        }
        Ok(found)
    }

    fn chunk(&self, name: &str) -> PathBuf {
        self.path.join(CHUNKS).join(name.get(..2).unwrap_or("")).join(name)
    }
}

impl Adding {
    /// Makes the names of the chunks durable: before this no list may name them.
    pub(super) fn settle(&self, repository: &Repository) -> Result<(), StorageError> {
        self.folders.iter().try_for_each(|folder| sync_folder(folder))?;
        sync_folder(&repository.path.join(CHUNKS))
    }
}
