//! The sealed bytes of a file as they lie: to be copied by somebody who cannot read them.

use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;

use aws_lc_rs::digest;

use super::folder::Folder;
use crate::StorageError;
use crate::keys::hex;

/// How much is read at a time.
const SPAN: u64 = 256 * 1024;

/// The sealed bytes of a file, from its beginning.
pub struct SealedBytes {
    file: File,
    length: u64,
    folder: Folder,
}

impl SealedBytes {
    /// How many there are.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The next of them; nothing at the end.
    ///
    /// # Errors
    /// What the disk says.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, StorageError> {
        let mut span = Vec::new();
        let read = (&mut self.file).take(SPAN).read_to_end(&mut span);
        read.map_err(|error| self.folder.fault(&error))?;
        Ok((!span.is_empty()).then_some(span))
    }
}

/// A file that is put back as it lay. What is not finished goes with it.
pub struct SealedCopy {
    file: File,
    path: PathBuf,
    name: String,
    folder: Folder,
    context: digest::Context,
}

impl SealedCopy {
    /// Adds bytes.
    ///
    /// # Errors
    /// When the disk does not take them.
    pub async fn write(&mut self, bytes: Vec<u8>) -> Result<(), StorageError> {
        self.context.update(&bytes);
        self.file.write_all(&bytes).map_err(|error| self.folder.fault(&error))
    }

    /// Makes the file durable under its name and tells SHA-256 of its bytes.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub async fn finish(self) -> Result<String, StorageError> {
        self.folder.keep(&self.file, &self.path, &self.name)?;
        Ok(hex(self.context.clone().finish().as_ref()))
    }
}

impl Drop for SealedCopy {
    fn drop(&mut self) {
        // After the file got its name there is nothing left here.
        drop(std::fs::remove_file(&self.path));
    }
}

impl Folder {
    /// The sealed bytes of a file; nothing where it is not there.
    ///
    /// # Errors
    /// What the disk says.
    pub async fn sealed(&self, name: &str) -> Result<Option<SealedBytes>, StorageError> {
        let opened = File::open(self.path().join(name)).and_then(|file| {
            let length = file.metadata()?.len();
            Ok((file, length))
        });
        match opened {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            opened => {
                let (file, length) = opened.map_err(|error| self.fault(&error))?;
                let folder = self.clone();
                Ok(Some(SealedBytes { file, length, folder }))
            }
        }
    }

    /// Puts the sealed bytes of a file in their place.
    ///
    /// # Errors
    /// When the folder cannot be made or does not take a file.
    pub async fn put_sealed(&self, name: &str) -> Result<SealedCopy, StorageError> {
        let path = self.partial_path(name);
        // What was not finished before is begun anew.
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(self.fault(&error)),
            _ => {}
        }
        Ok(SealedCopy {
            file: self.create(&path)?,
            path,
            name: name.to_owned(),
            folder: self.clone(),
            context: digest::Context::new(&digest::SHA256),
        })
    }
}
