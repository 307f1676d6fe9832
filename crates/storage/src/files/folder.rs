//! A folder in which sealed files lie: one file each, under its opaque name; nothing in it can be read without the database and its keys.
//!
//! Made with the standard library and not with `object_store`'s own disk, whose files everybody may read and whose unfinished files nobody
//! can list (docs/decisions/0022-files-in-a-folder-or-a-bucket.md).

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

use super::partial::{Partial, partial_name, whole_name};
use super::store::Lying;
use crate::StorageError;

/// The folder of files. It is made when the first file comes.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    path: Arc<PathBuf>,
}

impl Folder {
    pub(super) fn at(path: &Path) -> Folder {
        Folder {
            path: Arc::new(path.to_owned()),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// A new file that only its owner can read, under a name of its own until it is whole. The folder is made if it is missing.
    pub(super) fn begin(&self, name: &str) -> Result<Partial, StorageError> {
        let path = self.path.join(partial_name(name));
        let create = || {
            self.make()?;
            let mut options = fs::OpenOptions::new();
            options.read(true).write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            options.open(&path)
        };
        let file = create().map_err(|error| self.fault(&error))?;
        Ok(Partial::named(file, path, self.clone()))
    }

    /// Makes a file durable under its own name: first its bytes, then the name, then the folder that holds the name. What has the name already
    /// stays as it is.
    pub(super) fn keep(&self, partial: &Partial, name: &str) -> Result<(), StorageError> {
        let kept = || {
            partial.file().sync_all()?;
            partial.rename_to(&self.path.join(name))?;
            #[cfg(unix)]
            File::open(&*self.path)?.sync_all()?;
            Ok(())
        };
        kept().map_err(|error: io::Error| match error.kind() {
            io::ErrorKind::AlreadyExists => StorageError::Taken(format!("a file called {name}")),
            _ => self.fault(&error),
        })
    }

    /// A file and its length; nothing where it is not there.
    pub(super) fn open(&self, name: &str) -> Result<Option<(File, u64)>, StorageError> {
        let opened = File::open(self.path.join(name)).and_then(|file| {
            let length = file.metadata()?.len();
            Ok((file, length))
        });
        match opened {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            opened => opened.map(Some).map_err(|error| self.fault(&error)),
        }
    }

    /// Removes a file, whole or not. One that is not there is gone already.
    pub(super) fn remove(&self, name: &str) -> Result<(), StorageError> {
        for name in [name, &partial_name(name)] {
            match fs::remove_file(self.path.join(name)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(self.fault(&error)),
                _ => {}
            }
        }
        Ok(())
    }

    /// Everything that lies in the folder, whole or not, by name.
    pub(super) fn list(&self) -> Result<Vec<Lying>, StorageError> {
        let mut lying = Vec::new();
        for entry in self.entries()? {
            let (entry, about) = entry.map_err(|error| self.fault(&error))?;
            lying.push(Lying {
                name: entry.file_name().to_string_lossy().into_owned(),
                length: about.len(),
            });
        }
        lying.sort();
        Ok(lying)
    }

    /// Removes what was not finished and has not grown since an instant, and tells how many files that were.
    pub(super) fn clear_unfinished(&self, before: Timestamp) -> Result<usize, StorageError> {
        let before =
            SystemTime::UNIX_EPOCH + Duration::from_micros(u64::try_from(before.as_microsecond()).unwrap_or(0));
        let mut cleared = 0;
        for entry in self.entries()? {
            let (entry, about) = entry.map_err(|error| self.fault(&error))?;
            let is_partial = whole_name(&entry.file_name().to_string_lossy()).is_some();
            if is_partial && about.modified().map_err(|error| self.fault(&error))? < before {
                match fs::remove_file(entry.path()) {
                    Ok(()) => cleared += 1,
                    // Whoever filled it has finished it, or taken it away.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    Err(error) => return Err(self.fault(&error)),
                }
            }
        }
        Ok(cleared)
    }

    /// What went wrong with the folder, in words.
    pub(super) fn fault(&self, error: &io::Error) -> StorageError {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StorageError::DiskFull,
            _ => StorageError::Files {
                path: self.path.to_path_buf(),
                why: error.to_string(),
            },
        }
    }

    /// What lies there; what goes away while it is looked at was not there.
    fn entries(&self) -> Result<impl Iterator<Item = io::Result<(fs::DirEntry, fs::Metadata)>>, StorageError> {
        let entries = match fs::read_dir(&*self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            entries => Some(entries.map_err(|error| self.fault(&error))?),
        };
        let described = |entry: io::Result<fs::DirEntry>| {
            let described = entry.and_then(|entry| entry.metadata().map(|about| (entry, about)));
            match described {
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                described => Some(described),
            }
        };
        Ok(entries.into_iter().flatten().filter_map(described))
    }

    fn make(&self) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&*self.path)
    }
}
