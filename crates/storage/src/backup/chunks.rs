//! Chunks as they lie: sealed, each in a file under its name, in folders by the first two digits.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;

use super::repository::{Repository, broken, entries, fault, make_folder, sync_folder, write_named};
use crate::StorageError;
use crate::keys::SEAL_OVERHEAD;

/// The folder of chunks.
pub(super) const CHUNKS: &str = "chunks";

/// Chunks that a list will name, and the folders that hold their names: one that is there already may be of a run that broke off before its name
/// was durable.
pub(super) struct Adding {
    pub(super) new: Amount,
    pub(super) known: Amount,
    /// Of the known ones: read again, since it was their turn.
    pub(super) read_again: Amount,
    /// Chunks that were there and were not what their name says, and are now.
    pub(super) mended: u64,
    /// The first digit of the names whose turn it is.
    turn: u8,
    folders: BTreeSet<PathBuf>,
}

/// So many chunks, and the bytes that they hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amount {
    /// How many chunks.
    pub chunks: u64,
    /// How many bytes they hold, before they are sealed.
    pub bytes: u64,
}

impl Amount {
    pub(super) fn add(&mut self, bytes: u64) {
        self.chunks += 1;
        self.bytes += bytes;
    }
}

/// The first digits of names. Each day those with one of them have their turn, so that within sixteen days every chunk is read again once.
const DIGITS: &[u8; 16] = b"0123456789abcdef";
const DAY_SECONDS: i64 = 24 * 60 * 60;

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
            if self.is_sound(&name, length, adding)? {
                adding.known.add(length);
                return Ok(name);
            }
            adding.mended += 1;
        }
        write_named(&path, &self.key.seal(&["chunk", &name], plain)?)?;
        self.get(&name)?;
        adding.new.add(length);
        Ok(name)
    }

    /// Whether a chunk that is there is what its name says. It is read where its turn has come, and believed in between: what a disk forgot is
    /// noticed while it is still known elsewhere.
    pub(super) fn is_sound(&self, name: &str, length: u64, adding: &mut Adding) -> Result<bool, StorageError> {
        if name.bytes().next() != Some(adding.turn) {
            return Ok(true);
        }
        match self.get(name) {
            Ok(_) => {
                adding.read_again.add(length);
                Ok(true)
            }
            Err(StorageError::Backup { .. }) => Ok(false),
            Err(error) => Err(error),
        }
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
    /// Nothing yet, at this moment.
    pub(super) fn begin(now: Timestamp) -> Adding {
        let day = now.as_second().div_euclid(DAY_SECONDS);
        Adding {
            new: Amount::default(),
            known: Amount::default(),
            read_again: Amount::default(),
            mended: 0,
            turn: DIGITS[day.rem_euclid(DIGITS.len() as i64) as usize],
            folders: BTreeSet::new(),
        }
    }

    /// Makes the names of the chunks durable: before this no list may name them.
    pub(super) fn settle(&self, repository: &Repository) -> Result<(), StorageError> {
        self.folders.iter().try_for_each(|folder| sync_folder(folder))?;
        sync_folder(&repository.path.join(CHUNKS))
    }
}
