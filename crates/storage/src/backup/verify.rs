//! Reading a backup back: every chunk, every row, every file, and what was found of its audit log when it was made.

use aws_lc_rs::digest;

use super::list::{Backup, FileKept, TableKept};
use super::repository::{Lock, Repository};
use crate::StorageError;
use crate::audit::Report;
use crate::database::{Counting, decode_row};
use crate::keys::hex;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many rows are as they were kept.
    pub rows: u64,
    /// How many files are as they were kept.
    pub files: u64,
    /// How many bytes were read.
    pub bytes: u64,
    /// What its audit log was found to be; nothing where the version that made it did not look. The rows are still those that were looked at when
    /// nothing is wrong with them now.
    pub log: Option<Report>,
    /// What is wrong, one sentence each without a full stop; none when the backup is whole.
    pub faults: Vec<String>,
}

/// Reads everything that a backup holds and compares it with its list.
///
/// # Errors
/// When there is no such backup, or its list cannot be read; what is wrong with the rest stands in the answer.
pub fn verify(repository: &Repository, name: &str) -> Result<Verified, StorageError> {
    let _held = repository.lock(Lock::ToRead)?;
    let Backup { tables, files, log, .. } = repository.list(name)?;
    let mut found = Verified::default();
    for fault in log.iter().flat_map(|log| &log.faults) {
        found
            .faults
            .push(format!("the record was not whole when it was kept: {fault}"));
    }
    found.log = log;
    for kept in &tables {
        match table(repository, kept, &mut found.bytes) {
            Ok(rows) => found.rows += rows,
            Err(error) => found.faults.push(format!("the table {}: {error}", kept.table.name)),
        }
    }
    for kept in &files {
        match file(repository, kept, &mut found.bytes) {
            Ok(()) => found.files += 1,
            Err(error) => found.faults.push(format!("the file {}: {error}", kept.id)),
        }
    }
    Ok(found)
}

fn table(repository: &Repository, kept: &TableKept, bytes: &mut u64) -> Result<u64, StorageError> {
    let mut counting = Counting::of(&kept.table);
    for name in &kept.chunks {
        let chunk = repository.get(name)?;
        *bytes += chunk.len() as u64;
        let mut left = chunk.as_slice();
        while let Some((_, rest)) = decode_row(left, &kept.table)? {
            // The bytes of a row are the same whoever wrote them.
            counting.add(&left[..left.len() - rest.len()]);
            left = rest;
        }
    }
    match counting.end() {
        tally if tally == kept.tally => Ok(tally.rows),
        tally => Err(StorageError::Corrupt(format!(
            "it has {} rows and should have {}, or other ones",
            tally.rows, kept.tally.rows
        ))),
    }
}

fn file(repository: &Repository, kept: &FileKept, bytes: &mut u64) -> Result<(), StorageError> {
    let mut context = digest::Context::new(&digest::SHA256);
    for name in &kept.chunks {
        let chunk = repository.get(name)?;
        *bytes += chunk.len() as u64;
        context.update(&chunk);
    }
    match hex(context.finish().as_ref()) == kept.sha256 {
        true => Ok(()),
        false => Err(StorageError::Corrupt("it is not as it was kept".to_owned())),
    }
}
