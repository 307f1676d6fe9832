//! A file that is not whole yet: it goes with whoever writes it, unless it gets a name.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::folder::Folder;
use crate::StorageError;

/// The ending of a file that is not whole yet.
const ENDING: &str = ".part";

/// The name of a file until it is whole.
pub(super) fn partial_name(name: &str) -> String {
    format!("{name}{ENDING}")
}

/// The name that an unfinished file would have got; nothing for one that is whole.
pub fn whole_name(name: &str) -> Option<&str> {
    name.strip_suffix(ENDING)
}

/// The file while it is written.
pub(super) struct Partial {
    file: File,
    /// Where it lies; nowhere once it has no name.
    path: Option<PathBuf>,
    folder: Folder,
}

impl Partial {
    pub(super) fn named(file: File, path: PathBuf, folder: Folder) -> Partial {
        Partial {
            file,
            path: Some(path),
            folder,
        }
    }

    /// Takes its name away, so that it goes with the process even where that is killed. Where a system cannot do that it keeps it.
    pub(super) fn unnamed(mut self) -> Result<Partial, StorageError> {
        if cfg!(unix)
            && let Some(path) = self.path.take()
        {
            fs::remove_file(path).map_err(|error| self.folder.fault(&error))?;
        }
        Ok(self)
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), StorageError> {
        self.file.write_all(bytes).map_err(|error| self.folder.fault(&error))
    }

    pub(super) fn file(&self) -> &File {
        &self.file
    }

    /// Gives it its name, unless something has that already. A link does what no rename of the standard library does: it never takes a name
    /// from another. Where a file system knows no links, a look must do.
    pub(super) fn rename_to(&self, whole: &Path) -> io::Result<()> {
        let Some(path) = &self.path else {
            return Err(io::ErrorKind::NotFound.into());
        };
        match fs::hard_link(path, whole) {
            Ok(()) => fs::remove_file(path),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::Unsupported | io::ErrorKind::PermissionDenied
                ) =>
            {
                match whole.try_exists()? {
                    true => Err(io::ErrorKind::AlreadyExists.into()),
                    false => fs::rename(path, whole),
                }
            }
            Err(error) => Err(error),
        }
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if let Some(path) = &self.path {
            // After the file got its name there is nothing left here; a rest that does not go is swept away.
            drop(fs::remove_file(path));
        }
    }
}
