//! Keeping the latest backups only: first the lists of the others go, then every chunk that no list names.
//!
//! Wherever it ends, a chunk of a kept backup is there: the lists that are kept are never touched, and a chunk goes only after all of them were
//! read and none of them names it. What is not finished is finished by the next round.

use std::collections::BTreeSet;
use std::fs;

use super::repository::{Lock, Repository, fault, is_partial};
use crate::StorageError;

/// What was taken away.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pruned {
    /// The backups that went.
    pub backups: Vec<String>,
    /// How many chunks went with them, and how many bytes lay in them.
    pub chunks: (u64, u64),
}

/// Keeps the latest backups.
///
/// # Errors
/// When a list cannot be read: without it nobody knows what it needs, and no chunk goes.
pub fn prune(repository: &Repository, keep: std::num::NonZeroUsize) -> Result<Pruned, StorageError> {
    let _held = repository.lock(Lock::ToWrite)?;
    let names = Repository::names(&repository.path)?;
    let (kept, gone) = names.split_at(names.len().min(keep.get()));
    // Every list that stays is read before anything goes.
    let lists = kept
        .iter()
        .map(|name| repository.list(name))
        .collect::<Result<Vec<_>, _>>()?;
    let mut needed = BTreeSet::new();
    lists.iter().for_each(|list| list.mark(&mut needed));
    let mut pruned = Pruned::default();
    for name in gone {
        repository.remove(name)?;
        pruned.backups.push(name.clone());
    }
    for (path, length) in repository.all_chunks()? {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_chunk = name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        if (is_chunk && !needed.contains(name)) || is_partial(&path) {
            fs::remove_file(&path).map_err(|error| fault(&path, &error))?;
            pruned.chunks.0 += u64::from(is_chunk);
            pruned.chunks.1 += length;
        }
    }
    for path in repository.partial_lists()? {
        fs::remove_file(&path).map_err(|error| fault(&path, &error))?;
    }
    Ok(pruned)
}
