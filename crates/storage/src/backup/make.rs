//! Making a backup: every table of one moment, then every file that the tables name.

use std::collections::BTreeMap;

use aws_lc_rs::digest;
use jiff::Timestamp;

use super::chunks::Adding;
use super::cut::Cutter;
use super::list::{Backup, FileKept, TableKept};
use super::repository::{Lock, Repository, name_of};
use crate::StorageError;
use crate::database::{After, At, Counting, Snapshot, Table, encode_row};
use crate::files::FileStore;
use crate::keys::hex;

/// How long the chunks of a file are. A file never changes, so that counting cuts it well.
const FILE_CHUNK: usize = 1024 * 1024;

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its name.
    pub name: String,
    /// Its list.
    pub backup: Backup,
    /// How many chunks were written, and how many bytes they hold.
    pub new: (u64, u64),
    /// How many were there already, with their bytes.
    pub known: (u64, u64),
    /// How many files were not read again, because an earlier backup has them.
    pub files_known: u64,
}

/// Makes a backup of a database and its files beside whoever works on them.
///
/// Files are read after the tables: what the tables of the moment name is there, unless it was thrown away since, which is told as missing.
///
/// # Errors
/// When the database, the files or the repository cannot be used. What is then in the repository is no backup, and the next one goes on from it.
pub async fn make(
    repository: &Repository,
    at: &At,
    files: &FileStore,
    now: Timestamp,
    version: &str,
) -> Result<Made, StorageError> {
    let _held = repository.lock(Lock::ToWrite)?;
    let mut snapshot = Snapshot::take(at).await?;
    let mut adding = Adding::default();
    let mut tables = Vec::new();
    for table in snapshot.tables().to_vec() {
        tables.push(keep_table(repository, &mut snapshot, table, &mut adding).await?);
    }
    let earlier = files_of_latest(repository)?;
    let (mut kept, mut missing, mut files_known) = (Vec::new(), Vec::new(), 0);
    for id in snapshot.files().await? {
        let Some(bytes) = files.sealed(&id).await? else {
            missing.push(id);
            continue;
        };
        let before = earlier.get(&id).filter(|file| file.length == bytes.length());
        let file = match before {
            Some(file) if is_whole(repository, file)? => {
                files_known += 1;
                adding.known += file.chunks.len() as u64;
                adding.known_bytes += file.length;
                file.clone()
            }
            _ => keep_file(repository, &id, bytes, &mut adding).await?,
        };
        kept.push(file);
    }
    adding.settle(repository)?;
    let backup = Backup {
        made_at: now,
        version: version.to_owned(),
        engine: snapshot.engine().to_string(),
        step: snapshot.step(),
        tables,
        files: kept,
        missing,
    };
    let name = name_of(now)?;
    repository.add(&name, &backup)?;
    Ok(Made {
        name,
        backup,
        new: (adding.new, adding.new_bytes),
        known: (adding.known, adding.known_bytes),
        files_known,
    })
}

async fn keep_table(
    repository: &Repository,
    snapshot: &mut Snapshot,
    table: Table,
    adding: &mut Adding,
) -> Result<TableKept, StorageError> {
    let mut counting = Counting::of(&table);
    let (mut cutter, mut chunks) = (Cutter::default(), Vec::new());
    let mut after = After::default();
    while let Some(page) = snapshot.page(&table, &mut after).await? {
        for row in &page {
            let encoded = encode_row(row)?;
            counting.add(&encoded);
            let key = Snapshot::key(&table, row)?;
            if let Some(chunk) = cutter.add(&repository.key, &key, &encoded) {
                chunks.push(repository.put(&chunk, adding)?);
            }
        }
    }
    if let Some(chunk) = cutter.end() {
        chunks.push(repository.put(&chunk, adding)?);
    }
    let tally = counting.end();
    Ok(TableKept { table, tally, chunks })
}

async fn keep_file(
    repository: &Repository,
    id: &str,
    mut bytes: crate::files::SealedBytes,
    adding: &mut Adding,
) -> Result<FileKept, StorageError> {
    let mut context = digest::Context::new(&digest::SHA256);
    let (mut held, mut chunks, mut length) = (Vec::with_capacity(FILE_CHUNK), Vec::new(), 0);
    while let Some(span) = bytes.next().await? {
        context.update(&span);
        length += span.len() as u64;
        held.extend_from_slice(&span);
        while held.len() >= FILE_CHUNK {
            let rest = held.split_off(FILE_CHUNK);
            chunks.push(repository.put(&held, adding)?);
            held = rest;
        }
    }
    if !held.is_empty() {
        chunks.push(repository.put(&held, adding)?);
    }
    Ok(FileKept {
        id: id.to_owned(),
        length,
        sha256: hex(context.finish().as_ref()),
        chunks,
    })
}

/// The files of the latest backup: their bytes never change under their names, so that they are not read again.
fn files_of_latest(repository: &Repository) -> Result<BTreeMap<String, FileKept>, StorageError> {
    match Repository::names(&repository.path)?.first() {
        Some(latest) => {
            let files = repository.list(latest)?.files.into_iter();
            Ok(files.map(|file| (file.id.clone(), file)).collect())
        }
        None => Ok(BTreeMap::new()),
    }
}

/// Whether every chunk of a file is still there in its length.
fn is_whole(repository: &Repository, file: &FileKept) -> Result<bool, StorageError> {
    let mut left = file.length;
    for chunk in &file.chunks {
        let length = left.min(FILE_CHUNK as u64);
        if !repository.has(chunk, length)? {
            return Ok(false);
        }
        left -= length;
    }
    Ok(left == 0)
}
