//! Making a backup: every table of one moment, the proof of its audit log, then every file that the tables name.

use std::collections::BTreeMap;

use aws_lc_rs::digest;
use jiff::Timestamp;
use rusqlite::types::Value;

use super::apart::key_column;
use super::chunks::{Adding, Amount};
use super::cut::Cutter;
use super::list::{Backup, FileKept, TableKept};
use super::repository::{Lock, Repository, name_of};
use crate::audit::{Looks, Report, check_log, latest_checkpoint};
use crate::database::{After, At, Counting, Engine, Snapshot, Table, encode_row};
use crate::files::FileStore;
use crate::keys::hex;
use crate::{Keys, StorageError};

/// How long the chunks of a file are. A file never changes, so that counting cuts it well.
const FILE_CHUNK: usize = 1024 * 1024;

/// What a backup is made of.
#[derive(Clone, Copy)]
pub struct Source<'s> {
    /// The database.
    pub at: &'s At,
    /// The files.
    pub files: &'s FileStore,
    /// The keys, by which the audit log is proved; they are in no backup.
    pub keys: &'s Keys,
}

/// Where a backup goes.
#[derive(Clone, Copy)]
pub struct Repositories<'r> {
    /// Everything but the keys of streams.
    pub data: &'r Repository,
    /// The keys of streams, in a part of the same name.
    pub keys: &'r Repository,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its name.
    pub name: String,
    /// Its list.
    pub backup: Backup,
    /// What was written.
    pub new: Amount,
    /// What was there already.
    pub known: Amount,
    /// Of that: what was read again and is sound.
    pub read_again: Amount,
    /// How many chunks were there, damaged, and were written anew.
    pub mended: u64,
    /// How many files were not read again, because an earlier backup has them.
    pub files_known: u64,
}

/// Makes a backup of a database and its files beside whoever works on them. What its audit log is found to be stands in its list: one whose log
/// is not whole is kept as well, since there may be nothing better.
///
/// Files are read after the tables: what the tables of the moment name is there, unless it was thrown away since, which is told as missing.
///
/// # Errors
/// When the database, the files or the repository cannot be used. What is then in the repository is no backup, and the next one goes on from it.
pub async fn make(
    into: Repositories<'_>,
    source: Source<'_>,
    now: Timestamp,
    version: &str,
) -> Result<Made, StorageError> {
    let Repositories { data: repository, keys } = into;
    let _held = (repository.lock(Lock::ToWrite)?, keys.lock(Lock::ToWrite)?);
    let earlier = match Repository::names(&repository.path)?.first() {
        Some(latest) => Some(repository.list(latest)?),
        None => None,
    };
    let mut adding = Adding::begin(now);
    let signed = earlier.as_ref().and_then(|earlier| earlier.checkpoint.clone());
    let mut adding_keys = Adding::begin(now);
    let moment = Moment::keep(into, source, signed, (&mut adding, &mut adding_keys)).await?;
    let earlier = earlier.map(|earlier| earlier.files).unwrap_or_default();
    let kept = keep_files(repository, source.files, moment.files, earlier, &mut adding).await?;
    adding.settle(repository)?;
    adding_keys.settle(keys)?;
    let part = Backup {
        made_at: now,
        version: version.to_owned(),
        engine: moment.engine.to_string(),
        step: moment.step,
        tables: moment.keys,
        files: Vec::new(),
        missing: Vec::new(),
        log: None,
        checkpoint: None,
        keys_apart: false,
    };
    let backup = Backup {
        made_at: now,
        version: version.to_owned(),
        engine: moment.engine.to_string(),
        step: moment.step,
        tables: moment.tables,
        files: kept.files,
        missing: kept.missing,
        log: Some(moment.log),
        checkpoint: moment.checkpoint,
        keys_apart: true,
    };
    let name = name_of(now)?;
    // The part first: a backup that is listed has its keys.
    keys.add(&name, &part)?;
    repository.add(&name, &backup)?;
    Ok(Made {
        name,
        backup,
        new: adding.new,
        known: adding.known,
        read_again: adding.read_again,
        mended: adding.mended,
        files_known: kept.known,
    })
}

/// What was kept of the database at one moment. The moment is over when this is there: no server has to remember it while files are read.
struct Moment {
    engine: Engine,
    step: i64,
    tables: Vec<TableKept>,
    /// The table of keys, with the keys.
    keys: Vec<TableKept>,
    /// The files that the tables name.
    files: Vec<String>,
    log: Report,
    checkpoint: Option<String>,
}

impl Moment {
    /// Keeps every table, and checks the audit log of the same moment: that it is whole, and continues the one that an earlier backup has of it,
    /// by the checkpoint that was signed then.
    async fn keep(
        into: Repositories<'_>,
        source: Source<'_>,
        signed: Option<String>,
        (adding, adding_keys): (&mut Adding, &mut Adding),
    ) -> Result<Moment, StorageError> {
        let mut snapshot = Snapshot::take(source.at).await?;
        let (mut tables, mut keys) = (Vec::new(), Vec::new());
        for table in snapshot.tables().to_vec() {
            let apart = key_column(&table);
            if apart.is_some() {
                let whole = (into.keys, &mut *adding_keys);
                keys.push(keep_table(whole, &mut snapshot, table.clone(), None).await?);
            }
            tables.push(keep_table((into.data, &mut *adding), &mut snapshot, table, apart).await?);
        }
        let mut opened = snapshot.open(source.keys);
        let log = check_log(&mut opened, signed.into_iter().collect()).await?;
        let checkpoint = opened.look(|tx| Box::pin(latest_checkpoint(tx))).await?;
        Ok(Moment {
            engine: snapshot.engine(),
            step: snapshot.step(),
            tables,
            keys,
            files: snapshot.files().await?,
            log,
            checkpoint,
        })
    }
}

/// What was kept of the files.
#[derive(Default)]
struct Files {
    files: Vec<FileKept>,
    missing: Vec<String>,
    /// How many were not read again.
    known: u64,
}

/// The bytes of a file never change under its name: what an earlier backup has is not read again.
async fn keep_files(
    repository: &Repository,
    store: &FileStore,
    named: Vec<String>,
    earlier: Vec<FileKept>,
    adding: &mut Adding,
) -> Result<Files, StorageError> {
    let mut earlier: BTreeMap<String, FileKept> = earlier.into_iter().map(|file| (file.id.clone(), file)).collect();
    let mut kept = Files::default();
    for id in named {
        let Some(bytes) = store.sealed(&id).await? else {
            kept.missing.push(id);
            continue;
        };
        let before = earlier.remove(&id).filter(|file| file.length == bytes.length());
        let file = match before {
            Some(file) if is_whole(repository, &file, adding)? => {
                kept.known += 1;
                adding.known.chunks += file.chunks.len() as u64;
                adding.known.bytes += file.length;
                file
            }
            _ => keep_file(repository, &id, bytes, adding).await?,
        };
        kept.files.push(file);
    }
    Ok(kept)
}

/// Keeps a table; of one column, where it is named, without what is in it.
async fn keep_table(
    (repository, adding): (&Repository, &mut Adding),
    snapshot: &mut Snapshot,
    table: Table,
    without: Option<usize>,
) -> Result<TableKept, StorageError> {
    let mut counting = Counting::of(&table);
    let (mut cutter, mut chunks) = (Cutter::default(), Vec::new());
    let mut after = After::default();
    while let Some(mut page) = snapshot.page(&table, &mut after).await? {
        for row in &mut page {
            if let Some(left_out) = without.and_then(|column| row.get_mut(column)) {
                *left_out = Value::Null;
            }
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

/// Whether every chunk of a file is still there as it was kept.
fn is_whole(repository: &Repository, file: &FileKept, adding: &mut Adding) -> Result<bool, StorageError> {
    let mut left = file.length;
    for chunk in &file.chunks {
        let length = left.min(FILE_CHUNK as u64);
        if !repository.has(chunk, length)? || !repository.is_sound(chunk, length, adding)? {
            return Ok(false);
        }
        left -= length;
    }
    Ok(left == 0)
}
