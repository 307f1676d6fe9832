//! Files that came with words: sealed bytes in a folder beside the database, and their keys in it.
//!
//! A file has four states, told by its row: *arriving* (a row without a key, so that nothing can lie in the folder that no row knows),
//! *waiting* for its form, *attached* to a case, and *leaving* (nobody can open it any more, and its bytes are about to go).

pub mod chunks;
pub mod folder;
mod rows;
mod sealed;

pub use chunks::{SealedReader, SealedWriter, Written, sealed_length};
pub use folder::Folder;
pub(crate) use rows::STATEMENTS;
pub use rows::{
    State, Waiting, arrive, attach, drop_waiting, drop_waiting_of, forget, key, leaving, park, states, waiting,
    waiting_bytes,
};
pub use sealed::{SealedBytes, SealedCopy};

/// A new opaque name: 128 random bits.
///
/// # Errors
/// When the system has no randomness to give.
pub fn new_id() -> Result<String, crate::StorageError> {
    Ok(crate::keys::hex(&crate::Keys::random::<16>()?))
}
