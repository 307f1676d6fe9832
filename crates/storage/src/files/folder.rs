//! The folder in which sealed files lie: one file each, under its opaque name; nothing in it can be read without the database and its keys.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aws_lc_rs::digest;

use super::chunks::{SealedReader, SealedWriter};
use crate::StorageError;
use crate::keys::{FileKey, hex};

/// The ending of a file that is not whole yet.
const PARTIAL: &str = "part";

/// The folder of files. It is made when the first file comes.
#[derive(Debug, Clone)]
pub struct Folder {
    path: Arc<PathBuf>,
}

impl Folder {
    /// The folder at a path.
    pub fn at(path: &Path) -> Folder {
        Folder {
            path: Arc::new(path.to_owned()),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Begins a new file.
    ///
    /// # Errors
    /// When the folder cannot be made or does not take a file.
    pub fn write(&self, id: &str, key: &FileKey) -> Result<SealedWriter, StorageError> {
        SealedWriter::begin(self, id, key)
    }

    /// Opens a file of this size.
    ///
    /// # Errors
    /// [`StorageError::Corrupt`] when it is not there or has another length.
    pub fn read(&self, id: &str, key: &FileKey, size: u64) -> Result<SealedReader, StorageError> {
        SealedReader::open(self, id, key, size)
    }

    /// Removes a file, whole or not. One that is not there is gone already.
    ///
    /// # Errors
    /// What the disk says.
    pub fn remove(&self, id: &str) -> Result<(), StorageError> {
        for path in [self.path.join(id), self.partial_path(id)] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(self.fault(&error)),
                _ => {}
            }
        }
        Ok(())
    }

    /// The names of everything that lies in the folder, whole or not.
    ///
    /// # Errors
    /// What the disk says.
    pub fn names(&self) -> Result<Vec<String>, StorageError> {
        let entries = match fs::read_dir(&*self.path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(|error| self.fault(&error))?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(|error| self.fault(&error))?.file_name();
            names.push(name.to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    }

    /// SHA-256 of the sealed bytes of a file in hexadecimal digits; nothing where it is not there.
    ///
    /// # Errors
    /// What the disk says.
    pub fn stored_sha256(&self, id: &str) -> Result<Option<String>, StorageError> {
        let mut file = match File::open(self.path.join(id)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file.map_err(|error| self.fault(&error))?,
        };
        let mut context = digest::Context::new(&digest::SHA256);
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match file.read(&mut buffer).map_err(|error| self.fault(&error))? {
                0 => return Ok(Some(hex(context.finish().as_ref()))),
                length => context.update(&buffer[..length]),
            }
        }
    }

    pub(super) fn partial_path(&self, id: &str) -> PathBuf {
        self.path.join(format!("{id}.{PARTIAL}"))
    }

    /// A new file that only its owner can read, in the folder, which is made if it is missing.
    pub(super) fn create(&self, path: &Path) -> Result<File, StorageError> {
        self.make().map_err(|error| self.fault(&error))?;
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(path).map_err(|error| self.fault(&error))
    }

    /// Makes a file durable under its own name: first its bytes, then the name, then the folder that holds the name.
    pub(super) fn keep(&self, file: &File, partial: &Path, id: &str) -> Result<(), StorageError> {
        let kept = || {
            file.sync_all()?;
            fs::rename(partial, self.path.join(id))?;
            #[cfg(unix)]
            File::open(&*self.path)?.sync_all()?;
            Ok(())
        };
        kept().map_err(|error: io::Error| self.fault(&error))
    }

    pub(super) fn open_file(&self, id: &str) -> Result<File, StorageError> {
        File::open(self.path.join(id)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                StorageError::Corrupt(format!("the file {id} is missing from the folder of files"))
            }
            _ => self.fault(&error),
        })
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

    fn make(&self) -> io::Result<()> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&*self.path)
    }
}
