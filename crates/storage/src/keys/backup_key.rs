//! The key of backups: one random secret in a file of its own, never among the backups that it opens.

use std::path::Path;

use aws_lc_rs::hmac;
use zeroize::Zeroizing;

use super::{Keys, Secret, StreamKey, derive, files, hex, place};
use crate::StorageError;

const COMMENT: &str = "# Redress backup key. Without it no backup can be read, and with it every backup can be read: keep a copy apart from the backups.";

/// After how many of 256 rows a chunk may end: every 32nd.
const CUTS: u8 = 8;

/// The key of backups.
pub struct BackupKey {
    seal: StreamKey,
    names: hmac::Key,
    cuts: hmac::Key,
}

impl BackupKey {
    /// Makes a new key in a file that must not be there, readable by its owner only.
    ///
    /// # Errors
    /// When the file is there or cannot be written.
    pub fn create(path: &Path) -> Result<BackupKey, StorageError> {
        if path.exists() {
            return Err(files::refused(
                path,
                "it is already there; what was sealed with it would be lost",
            ));
        }
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            files::create_folder(folder)?;
        }
        let secret: Secret = Zeroizing::new(Keys::random()?);
        files::write_file(path, COMMENT, &secret)?;
        BackupKey::from_secret(&secret)
    }

    /// Reads the key.
    ///
    /// # Errors
    /// When the file is missing, readable by others than its owner, or not a key.
    pub fn load(path: &Path) -> Result<BackupKey, StorageError> {
        BackupKey::from_secret(&files::read_file(path)?)
    }

    fn from_secret(secret: &Secret) -> Result<BackupKey, StorageError> {
        let root = derive::Root::new(secret);
        Ok(BackupKey {
            seal: StreamKey::from_bytes(&*root.secret("seal backups")?)?,
            names: root.hmac("names of chunks")?,
            cuts: root.hmac("cuts between chunks")?,
        })
    }

    /// The name of a chunk: a keyed hash of what it holds, so that nobody without the key can ask whether something known is among the backups.
    pub(crate) fn name(&self, plain: &[u8]) -> String {
        hex(hmac::sign(&self.names, plain).as_ref())
    }

    /// Whether a chunk may end after the row with this key: a matter of the key alone, so that a changed row changes its own chunk only.
    pub(crate) fn cuts_after(&self, key: &[u8]) -> bool {
        hmac::sign(&self.cuts, key).as_ref()[0] < CUTS
    }

    pub(crate) fn seal(&self, what: &[&str], plain: &[u8]) -> Result<Vec<u8>, StorageError> {
        self.seal.seal(&place(what), plain)
    }

    pub(crate) fn open(&self, what: &[&str], sealed: &[u8]) -> Result<Vec<u8>, StorageError> {
        self.seal.open(&place(what), sealed)
    }
}
