//! Putting a backup back: into a database that is not there yet, and a folder of files that holds nothing else.

use std::collections::BTreeMap;

use super::apart::{Joining, Part, key_column};
use super::list::{Backup, FileKept};
use super::repository::{Lock, Repository, broken};
use crate::StorageError;
use crate::database::{At, Filling, decode_row};
use crate::files::{FileStore, whole_name};

/// What was put back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The list of the backup.
    pub backup: Backup,
    /// How many files were written; the others were there already, byte for byte.
    pub files_written: u64,
}

/// Where a backup is put back.
#[derive(Clone, Copy)]
pub struct Target<'t> {
    /// The database.
    pub at: &'t At,
    /// The files.
    pub files: &'t FileStore,
}

/// Puts a backup back. Nothing that is there is written over; the database is there when everything else is, and each table was read back and
/// found to be what was kept. What was broken off is begun again by the same command.
///
/// # Errors
/// [`StorageError::NotEmpty`] where something is kept already, [`StorageError::Backup`] when something of the backup is damaged.
pub async fn restore(
    repository: &Repository,
    name: &str,
    part: Option<&Part<'_>>,
    Target { at, files }: Target<'_>,
) -> Result<Restored, StorageError> {
    let _held = repository.lock(Lock::ToRead)?;
    let _keys_held = part.map(|part| part.repository.lock(Lock::ToRead)).transpose()?;
    let backup = repository.list(name)?;
    if backup.keys_apart && part.is_none() {
        let words = format!(
            "the backup {name} has no keys of cases in it, and there is no part of keys to read it by. Mount the repository of keys that [backup] names"
        );
        return Err(broken(&repository.path, &words));
    }
    refuse_others(&backup, files).await?;
    let mut filling = Filling::begin(at, backup.step).await?;
    let kept: Vec<_> = backup.tables.iter().map(|kept| kept.table.clone()).collect();
    if kept != filling.tables() {
        return Err(broken(
            &repository.path,
            "the backup has other tables or columns than this version makes of its step",
        ));
    }
    let mut joined = None;
    for kept in &backup.tables {
        let mut joining = Joining::begin(kept, &backup, part)?;
        let mut table = filling.table(&kept.table).await?;
        for name in &kept.chunks {
            let chunk = repository.get(name)?;
            let mut left = chunk.as_slice();
            while let Some((row, rest)) = decode_row(left, &kept.table)? {
                let row = match &mut joining {
                    Some(joining) => joining.complete(row)?,
                    None => row,
                };
                table.add(row).await?;
                left = rest;
            }
        }
        table.end().await?;
        if let Some(joining) = joining {
            joined = Some(joining.end()?);
        }
    }
    filling.complete().await?;
    for kept in &backup.tables {
        // What was kept is what was read, and what was read is there; of the keys, together with those of the part.
        let there = filling.tally(&kept.table).await?;
        let is_as_kept = match &joined {
            Some((read, written)) if key_column(&kept.table).is_some() => *read == kept.tally && there == *written,
            _ => there == kept.tally,
        };
        if !is_as_kept {
            let words = format!(
                "the table {} is not what was kept; nothing was restored",
                kept.table.name
            );
            return Err(broken(&repository.path, &words));
        }
    }
    let mut files_written = 0;
    for kept in &backup.files {
        files_written += u64::from(put_file(repository, kept, files).await?);
    }
    filling.keep().await?;
    Ok(Restored { backup, files_written })
}

/// A file that is not of the backup would be one that belongs to nothing.
async fn refuse_others(backup: &Backup, files: &FileStore) -> Result<(), StorageError> {
    let kept: BTreeMap<&str, &FileKept> = backup.files.iter().map(|file| (file.id.as_str(), file)).collect();
    let lying = files.list().await?;
    let is_kept = |name: &str| kept.contains_key(whole_name(name).unwrap_or(name));
    match lying.into_iter().find(|lying| !is_kept(&lying.name)) {
        None => Ok(()),
        Some(other) => Err(StorageError::NotEmpty(format!(
            "{} holds {}, which is not of this backup. Name an empty place for files",
            files.place(),
            other.name
        ))),
    }
}

/// Puts a file in its place; false where it lies there already as it was kept.
async fn put_file(repository: &Repository, kept: &FileKept, files: &FileStore) -> Result<bool, StorageError> {
    match files.stored_sha256(&kept.id).await? {
        Some(there) if there == kept.sha256 => return Ok(false),
        Some(_) => {
            let words = format!(
                "the file {} is there with other bytes, and is not written over",
                kept.id
            );
            return Err(StorageError::NotEmpty(words));
        }
        None => {}
    }
    // What was not finished before is begun anew.
    files.remove(&kept.id).await?;
    let mut copy = files.put_sealed(&kept.id).await?;
    for name in &kept.chunks {
        copy.write(repository.get(name)?).await?;
    }
    let written = copy.finish().await?;
    let there = files.stored_sha256(&kept.id).await?;
    if written != kept.sha256 || there.as_ref() != Some(&kept.sha256) {
        let words = format!("the file {} is not what was kept", kept.id);
        return Err(broken(&repository.path, &words));
    }
    Ok(true)
}
