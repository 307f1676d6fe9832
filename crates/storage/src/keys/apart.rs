//! The keys of an installation in one file, to be kept apart from its backups: sealed under a passphrase, or as they are for a safe.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroU32;
use std::path::Path;

use aws_lc_rs::pbkdf2;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Keys, LENGTH, Secret, StreamKey, files, place};
use crate::StorageError;

/// PBKDF2-HMAC-SHA512 (RFC 8018). OWASP asks for 210,000 rounds where somebody waits to sign in; here nobody does, once in years.
const ROUNDS: NonZeroU32 = NonZeroU32::new(2_000_000).unwrap();
/// The shortest passphrase: five words.
const SHORTEST: usize = 20;
/// The format that this version writes.
const FORMAT: u32 = 1;
const ABOUT: &str = "The keys of a Redress installation. Keep them apart from its backups and from the machine.";

/// What the file holds.
#[derive(Serialize, Deserialize)]
struct Kept {
    about: String,
    format: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    sealed: Option<Sealed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<BTreeMap<String, String>>,
}

/// The files, sealed under a passphrase.
#[derive(Serialize, Deserialize)]
struct Sealed {
    by: String,
    rounds: NonZeroU32,
    salt: String,
    files: String,
}

const BY: &str = "PBKDF2-HMAC-SHA512, AES-256-GCM-SIV";

impl Keys {
    /// Writes every file of a folder of keys into one new file, sealed under a passphrase or, without one, as they are. Answers their names.
    ///
    /// # Errors
    /// When the folder holds no usable keys, the passphrase is short, or the file is there already.
    pub fn put_apart(folder: &Path, to: &Path, passphrase: Option<&str>) -> Result<Vec<String>, StorageError> {
        Keys::load(folder)?;
        let found = read_all(folder)?;
        let names = found.keys().cloned().collect();
        let mut kept = Kept {
            about: ABOUT.to_owned(),
            format: FORMAT,
            sealed: None,
            files: None,
        };
        match passphrase {
            None => kept.files = Some(found),
            Some(words) => {
                let salt: [u8; 32] = Keys::random()?;
                let plain = Zeroizing::new(serde_json::to_vec(&found).map_err(|error| unreadable(to, &error))?);
                let key = stretched(to, words, &salt, ROUNDS)?;
                kept.sealed = Some(Sealed {
                    by: BY.to_owned(),
                    rounds: ROUNDS,
                    salt: STANDARD.encode(salt),
                    files: STANDARD.encode(key.seal(&place(&["keys apart"]), &plain)?),
                });
            }
        }
        let text = Zeroizing::new(serde_json::to_vec_pretty(&kept).map_err(|error| unreadable(to, &error))?);
        files::write_new(to, &text).map_err(|error| files::cannot(to, &error))?;
        Ok(names)
    }

    /// Puts the files back into a folder that has none of them. Answers their names.
    ///
    /// # Errors
    /// When the passphrase is another, the file is damaged, or one of the files is there already.
    pub fn put_back(from: &Path, folder: &Path, passphrase: Option<&str>) -> Result<Vec<String>, StorageError> {
        let text = Zeroizing::new(fs::read(from).map_err(|error| files::cannot(from, &error))?);
        let kept: Kept = serde_json::from_slice(&text).map_err(|error| unreadable(from, &error))?;
        if kept.format > FORMAT {
            return Err(files::refused(from, "it was made by a newer version"));
        }
        let found = match (kept.files, kept.sealed, passphrase) {
            (Some(found), None, _) => found,
            (None, Some(sealed), Some(words)) => opened(from, &sealed, words)?,
            (None, Some(_), None) => return Err(files::refused(from, "it is sealed: its passphrase is needed")),
            _ => return Err(files::refused(from, "it holds no keys")),
        };
        // All of it is looked at before any of it is written: half of the keys would stand in the way of the whole.
        let mut whole = Vec::with_capacity(found.len());
        for (name, contents) in &found {
            if Path::new(name).file_name().is_none_or(|only| only != name.as_str()) {
                return Err(files::refused(from, "it names a file outside its folder"));
            }
            let bytes = STANDARD.decode(contents).map_err(|error| unreadable(from, &error))?;
            whole.push((folder.join(name), Zeroizing::new(bytes)));
        }
        files::create_folder(folder)?;
        if let Some((taken, _)) = whole.iter().find(|(path, _)| path.exists()) {
            return Err(files::refused(
                taken,
                "it is already there, and nothing is written over it",
            ));
        }
        for (path, bytes) in &whole {
            files::write_new(path, bytes).map_err(|error| files::cannot(path, &error))?;
        }
        Keys::load(folder)?;
        Ok(found.into_keys().collect())
    }
}

/// Every file of a folder by name, in base64.
fn read_all(folder: &Path) -> Result<BTreeMap<String, String>, StorageError> {
    let mut found = BTreeMap::new();
    let entries = fs::read_dir(folder).map_err(|error| files::cannot(folder, &error))?;
    for entry in entries {
        let path = entry.map_err(|error| files::cannot(folder, &error))?.path();
        let name = path.file_name().and_then(|name| name.to_str());
        if let (true, Some(name)) = (path.is_file(), name) {
            let bytes = Zeroizing::new(fs::read(&path).map_err(|error| files::cannot(&path, &error))?);
            found.insert(name.to_owned(), STANDARD.encode(&*bytes));
        }
    }
    Ok(found)
}

fn opened(from: &Path, sealed: &Sealed, passphrase: &str) -> Result<BTreeMap<String, String>, StorageError> {
    let decode = |text: &str| STANDARD.decode(text).map_err(|error| unreadable(from, &error));
    let key = stretched(from, passphrase, &decode(&sealed.salt)?, sealed.rounds)?;
    let plain = key.open(&place(&["keys apart"]), &decode(&sealed.files)?);
    let plain = plain.map_err(|_| files::refused(from, "the passphrase is another, or the file was changed"))?;
    serde_json::from_slice(&Zeroizing::new(plain)).map_err(|error| unreadable(from, &error))
}

fn stretched(path: &Path, passphrase: &str, salt: &[u8], rounds: NonZeroU32) -> Result<StreamKey, StorageError> {
    if passphrase.chars().count() < SHORTEST {
        let words = format!("a passphrase has at least {SHORTEST} characters: five words that do not belong together");
        return Err(files::refused(path, &words));
    }
    let mut key: Secret = Zeroizing::new([0; LENGTH]);
    pbkdf2::derive(
        pbkdf2::PBKDF2_HMAC_SHA512,
        rounds,
        salt,
        passphrase.as_bytes(),
        key.as_mut_slice(),
    );
    StreamKey::from_bytes(&key)
}

fn unreadable(path: &Path, error: &dyn std::error::Error) -> StorageError {
    files::refused(path, &error.to_string())
}
