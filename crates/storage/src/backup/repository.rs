//! The folder of a repository: its mark, who may work on it, and the lists that lie in it.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::list::Backup;
use crate::keys::{BackupKey, hex};
use crate::{Keys, StorageError};

/// The file by which a folder is known to be a repository.
const MARK: &str = "redress-backups";
/// The format that this version writes; a later one may know more.
const FORMAT: u32 = 1;
/// The file that whoever works on the repository holds.
const LOCK: &str = "lock";
/// The folder of lists.
const LISTS: &str = "backups";
/// The ending of what is not whole.
const PARTIAL: &str = "part";

/// What stands in the mark.
#[derive(Serialize, Deserialize)]
struct Mark {
    about: String,
    format: u32,
    id: String,
    /// Something known under the key, so that another key is told at once.
    check: String,
}

/// A repository and the key that opens it.
pub struct Repository {
    pub(super) path: PathBuf,
    pub(super) key: BackupKey,
    id: String,
}

/// For what somebody works on a repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lock {
    /// Nobody else may be there.
    ToWrite,
    /// Others may read as well.
    ToRead,
}

/// The right to work on a repository, until it goes or the process ends.
pub(super) struct Held {
    _file: File,
}

impl Repository {
    /// Makes a repository in a folder that is empty or not there.
    ///
    /// # Errors
    /// When something is in the folder, or it cannot be written.
    pub fn init(path: &Path, key: BackupKey) -> Result<Repository, StorageError> {
        make_folder(path)?;
        let mut entries = fs::read_dir(path).map_err(|error| fault(path, &error))?;
        if entries.next().is_some() {
            let words = format!("{} holds something already; name a new folder", path.display());
            return Err(StorageError::NotEmpty(words));
        }
        let id = hex(&Keys::random::<16>()?);
        make_folder(&path.join(LISTS))?;
        make_folder(&path.join(super::chunks::CHUNKS))?;
        let mark = Mark {
            about: "Backups of Redress. Nothing here can be read without their key, which lies elsewhere.".to_owned(),
            format: FORMAT,
            check: hex(&key.seal(&["repository", &id], b"redress")?),
            id: id.clone(),
        };
        let text = serde_json::to_vec_pretty(&mark).map_err(|error| broken(path, &error.to_string()))?;
        let repository = Repository {
            path: path.to_owned(),
            key,
            id,
        };
        repository.write_whole(&path.join(MARK), &text)?;
        Ok(repository)
    }

    /// Opens a repository.
    ///
    /// # Errors
    /// When the folder is none, or belongs to another key.
    pub fn open(path: &Path, key: BackupKey) -> Result<Repository, StorageError> {
        let text = fs::read(path.join(MARK)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => broken(path, "it is not there. Make it with `redress backup init`"),
            _ => fault(path, &error),
        })?;
        let mark: Mark = serde_json::from_slice(&text).map_err(|error| broken(path, &error.to_string()))?;
        if mark.format > FORMAT {
            return Err(broken(path, "it was made by a newer version"));
        }
        let check = bytes_of(&mark.check).ok_or_else(|| broken(path, "its mark was changed"))?;
        match key.open(&["repository", &mark.id], &check) {
            Ok(_) => Ok(Repository {
                path: path.to_owned(),
                key,
                id: mark.id,
            }),
            Err(_) => Err(broken(path, "it was made with another key")),
        }
    }

    /// The backups of a folder, the latest first: their names begin with the moment at which they were made. For whoever has no key.
    ///
    /// # Errors
    /// When the folder is no repository.
    pub fn names(path: &Path) -> Result<Vec<String>, StorageError> {
        let lists = entries(&path.join(LISTS))?;
        let names = lists.iter().filter_map(|list| list.file_name()?.to_str());
        let mut names: Vec<String> = names
            .filter(|name| Repository::made_at(name).is_some())
            .map(str::to_owned)
            .collect();
        names.sort_by(|one, other| other.cmp(one));
        Ok(names)
    }

    /// When a backup was made, as its name says.
    pub fn made_at(name: &str) -> Option<Timestamp> {
        let (moment, chance) = name.split_once('-')?;
        if chance.len() != 8 || !chance.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let civil = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", moment).ok()?;
        jiff::tz::TimeZone::UTC.to_timestamp(civil).ok()
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The list of a backup.
    ///
    /// # Errors
    /// When there is none of this name, or it was changed.
    pub fn list(&self, name: &str) -> Result<Backup, StorageError> {
        let path = self.path.join(LISTS).join(name);
        let sealed = fs::read(&path).map_err(|error| fault(&path, &error))?;
        let plain = self.key.open(&["backup", &self.id, name], &sealed);
        let plain = plain.map_err(|_| broken(&path, "it was changed, or belongs to another repository"))?;
        serde_json::from_slice(&plain).map_err(|error| broken(&path, &error.to_string()))
    }

    /// What a chunk holds, for the test of what lies in a repository.
    ///
    /// # Errors
    /// When it is not there or was changed.
    #[doc(hidden)]
    pub fn chunk_of(&self, name: &str) -> Result<Vec<u8>, StorageError> {
        self.get(name)
    }

    pub(super) fn add(&self, name: &str, backup: &Backup) -> Result<(), StorageError> {
        let path = self.path.join(LISTS).join(name);
        let plain = serde_json::to_vec(backup).map_err(|error| broken(&path, &error.to_string()))?;
        let sealed = self.key.seal(&["backup", &self.id, name], &plain)?;
        self.write_whole(&path, &sealed)
    }

    pub(super) fn remove(&self, name: &str) -> Result<(), StorageError> {
        let path = self.path.join(LISTS).join(name);
        fs::remove_file(&path).map_err(|error| fault(&path, &error))?;
        sync_folder(&self.path.join(LISTS))
    }

    /// What was not finished of lists.
    pub(super) fn partial_lists(&self) -> Result<Vec<PathBuf>, StorageError> {
        let lists = entries(&self.path.join(LISTS))?;
        Ok(lists.into_iter().filter(|path| is_partial(path)).collect())
    }

    /// Takes the repository for this process; two backups at once would take away what the other counts on.
    pub(super) fn lock(&self, lock: Lock) -> Result<Held, StorageError> {
        let path = self.path.join(LOCK);
        let mut options = fs::OpenOptions::new();
        options.read(true).append(true).create(true);
        let file = options.open(&path).map_err(|error| fault(&path, &error))?;
        let held = match lock {
            Lock::ToWrite => file.try_lock(),
            Lock::ToRead => file.try_lock_shared(),
        };
        match held {
            Ok(()) => Ok(Held { _file: file }),
            Err(fs::TryLockError::WouldBlock) => {
                let words = format!("another backup works on {}; wait until it is done", self.path.display());
                Err(StorageError::InUse(words))
            }
            Err(fs::TryLockError::Error(error)) => Err(fault(&path, &error)),
        }
    }

    /// Writes a file that is there as a whole or not at all.
    pub(super) fn write_whole(&self, path: &Path, bytes: &[u8]) -> Result<(), StorageError> {
        write_named(path, bytes)?;
        path.parent().map_or(Ok(()), sync_folder)
    }
}

/// Writes a file under another name, makes it durable and gives it its name; the name is durable with the folder.
pub(super) fn write_named(path: &Path, bytes: &[u8]) -> Result<(), StorageError> {
    let partial = path.with_extension(PARTIAL);
    let written = || {
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&partial)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&partial, path)
    };
    written().map_err(|error| {
        // What is left of it is taken away by the next round as well.
        drop(fs::remove_file(&partial));
        fault(path, &error)
    })
}

/// Everything that lies in a folder.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>, StorageError> {
    let entries = fs::read_dir(folder).map_err(|error| fault(folder, &error))?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    paths.collect::<Result<_, _>>().map_err(|error| fault(folder, &error))
}

/// Whether a file was not finished.
pub(super) fn is_partial(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == PARTIAL)
}

pub(super) fn sync_folder(path: &Path) -> Result<(), StorageError> {
    #[cfg(unix)]
    File::open(path)
        .and_then(|folder| folder.sync_all())
        .map_err(|error| fault(path, &error))?;
    Ok(())
}

pub(super) fn make_folder(path: &Path) -> Result<(), StorageError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| fault(path, &error))
}

pub(super) fn fault(path: &Path, error: &io::Error) -> StorageError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => broken(
            path,
            "its disk is full. No backup was made; the earlier ones are as they were. Make room, or keep fewer with `redress backup prune --keep`",
        ),
        _ => broken(path, &error.to_string()),
    }
}

pub(super) fn broken(path: &Path, why: &str) -> StorageError {
    StorageError::Backup {
        path: path.to_owned(),
        why: why.to_owned(),
    }
}

/// `20261126T021500Z-1a2b3c4d`: the moment, and chance beside it.
pub(super) fn name_of(at: Timestamp) -> Result<String, StorageError> {
    let moment = at.strftime("%Y%m%dT%H%M%SZ");
    Ok(format!("{moment}-{}", hex(&Keys::random::<4>()?)))
}

fn bytes_of(digits: &str) -> Option<Vec<u8>> {
    let pairs = (0..digits.len()).step_by(2).map(|start| digits.get(start..start + 2));
    pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_when() {
        let at: Timestamp = "2026-11-26T02:15:00Z".parse().expect("an instant");
        let name = name_of(at).expect("a name");
        assert_eq!(Repository::made_at(&name), Some(at));
        assert_eq!(Repository::made_at(&format!("{name}.part")), None);
        assert_eq!(Repository::made_at("20261126T021500Z-1a2b3c4d.part"), None);
        assert_eq!(Repository::made_at("lost+found"), None);
    }
}
