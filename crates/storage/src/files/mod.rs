//! Files that came with words: sealed bytes in a folder or a bucket, and their keys in the database.
//!
//! A file has four states, told by its row: *arriving* (a row without a key, so that nothing can lie in the store that no row knows),
//! *waiting* for its form, *attached* to a case, and *leaving* (nobody can open it any more, and its bytes are about to go).

mod bucket;
mod chunks;
mod folder;
mod moving;
mod partial;
mod probe;
mod reader;
mod rows;
pub mod scans;
mod store;
mod writer;

pub use bucket::BucketSettings;
pub use chunks::{Written, sealed_length};
pub use moving::Copied;
pub use partial::whole_name;
pub use probe::Probe;
pub use reader::{SealedBytes, SealedReader};
pub(crate) use rows::{STATEMENTS, key_under, keys_of, move_all, seal_again};
pub use rows::{
    State, Waiting, arrive, attach, drop_mail, drop_waiting, drop_waiting_of, forget, key, leaving, park, park_mail,
    states, waiting, waiting_bytes, waiting_key,
};
pub use store::{FileStore, Lying};
pub use writer::{SealedCopy, SealedWriter};

use crate::StorageError;

/// A new opaque name: 128 random bits.
///
/// # Errors
/// When the system has no randomness to give.
pub fn new_id() -> Result<String, StorageError> {
    Ok(crate::keys::hex(&crate::Keys::random::<16>()?))
}

/// Whether a name is one that [`new_id`] could have made.
pub fn is_id(name: &str) -> bool {
    name.len() == 32 && name.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether a name is that of a trial ([`FileStore::probe`]): while it runs, or where it broke off. It holds nothing.
pub fn is_trial(name: &str) -> bool {
    name.strip_prefix(probe::BEGINNING).is_some_and(is_id)
}

/// Runs what may wait for the disk on a thread that may wait.
///
/// # Errors
/// Those of the work, and when it breaks off.
pub async fn on_disk<T, F>(work: F) -> Result<T, StorageError>
where
    F: FnOnce() -> Result<T, StorageError> + Send + 'static,
    T: Send + 'static,
{
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| StorageError::Panicked(error.to_string()))?
}
