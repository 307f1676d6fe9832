//! The key files: one line of comment, one line of base64, readable by their owner only.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::{LENGTH, Secret};
use crate::StorageError;

/// The file of the key that everything else is wrapped under or derived from.
pub(super) const MASTER: &str = "master.key";

/// The file of the key that signs the audit log.
pub(super) const AUDIT: &str = "audit.key";

/// The file of the key under which the keys of sealed cases are wrapped, and nothing else.
pub(super) const SEALED: &str = "sealed.key";

const MASTER_COMMENT: &str =
    "# Redress master key. Without it nothing in the database can be read: keep a copy apart from the backups.";
const AUDIT_COMMENT: &str =
    "# Redress audit key. It signs the checkpoints of the audit log: whoever has it can sign as you.";

const SEALED_COMMENT: &str =
    "# Redress key of sealed cases. What line managers have in confidence is read with it and with no other key.";

/// Reads the key of sealed cases, where the folder has one.
pub(super) fn read_sealed(folder: &Path) -> Result<Option<Secret>, StorageError> {
    let path = folder.join(SEALED);
    match path.try_exists() {
        Ok(false) => Ok(None),
        Ok(true) => read_file(&path).map(Some),
        Err(error) => Err(cannot(&path, &error)),
    }
}

/// Writes the key of sealed cases into a folder that has none.
pub(super) fn write_sealed(folder: &Path, sealed: &Secret) -> Result<(), StorageError> {
    write_file(&folder.join(SEALED), SEALED_COMMENT, sealed)
}

/// Reads a key of a folder.
pub(super) fn read(folder: &Path, name: &str) -> Result<Secret, StorageError> {
    read_file(&folder.join(name))
}

/// Reads a key.
pub(super) fn read_file(path: &Path) -> Result<Secret, StorageError> {
    refuse_if_shared(path)?;
    let text = Zeroizing::new(fs::read_to_string(path).map_err(|error| cannot(path, &error))?);
    let mut lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (Some(line), None) = (lines.next(), lines.next()) else {
        return Err(refused(path, "it must hold one line of base64 beside its comment"));
    };
    let bytes = STANDARD.decode(line).map(Zeroizing::new);
    let bytes = bytes.map_err(|_| refused(path, "its line is not base64"))?;
    let mut key = Zeroizing::new([0; LENGTH]);
    if bytes.len() != LENGTH {
        return Err(refused(
            path,
            &format!("a key has {LENGTH} bytes, but this has {}", bytes.len()),
        ));
    }
    key.copy_from_slice(&bytes);
    Ok(key)
}

/// Writes both keys, neither over an existing one.
pub(super) fn write(folder: &Path, master: &Secret, audit: &Secret) -> Result<(), StorageError> {
    create_folder(folder)?;
    let files = [
        (folder.join(MASTER), MASTER_COMMENT, master),
        (folder.join(AUDIT), AUDIT_COMMENT, audit),
    ];
    if let Some((path, ..)) = files.iter().find(|(path, ..)| path.exists()) {
        return Err(refused(
            path,
            "it is already there; what was sealed with it would be lost",
        ));
    }
    for (path, comment, key) in &files {
        write_file(path, comment, key)?;
    }
    Ok(())
}

/// Writes a key into a file that must not be there.
pub(super) fn write_file(path: &Path, comment: &str, key: &Secret) -> Result<(), StorageError> {
    let text = Zeroizing::new(format!(
        "{comment}\n{}\n",
        *Zeroizing::new(STANDARD.encode(key.as_slice()))
    ));
    write_new(path, text.as_bytes()).map_err(|error| cannot(path, &error))
}

/// Writes a new file that only its owner can read, and makes it durable.
pub(super) fn write_new(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text)?;
    file.sync_all()
}

pub(super) fn create_folder(folder: &Path) -> Result<(), StorageError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| cannot(folder, &error))
}

/// A key that others can read is no key: better not to start than to seem safe.
#[cfg(unix)]
fn refuse_if_shared(path: &Path) -> Result<(), StorageError> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = fs::metadata(path)
        .map_err(|error| cannot(path, &error))?
        .permissions()
        .mode()
        & 0o777;
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let why = format!(
        "others can read it (mode {mode:04o}); run: chmod 600 {}",
        path.display()
    );
    Err(refused(path, &why))
}

#[cfg(not(unix))]
fn refuse_if_shared(_path: &Path) -> Result<(), StorageError> {
    Ok(())
}

pub(super) fn cannot(path: &Path, error: &io::Error) -> StorageError {
    match error.kind() {
        io::ErrorKind::NotFound => refused(path, "it is not there"),
        _ => refused(path, &error.to_string()),
    }
}

pub(super) fn refused(path: &Path, why: &str) -> StorageError {
    StorageError::KeyFile {
        path: PathBuf::from(path),
        why: why.to_owned(),
    }
}
