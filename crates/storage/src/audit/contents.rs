//! Whether the contents of an entry open where they lie: asked by every check of the log, and shown to nobody.

use std::collections::BTreeSet;

use crate::events::SealedEvent;
use crate::{StorageError, Tx, sealed};

/// How the contents of an entry are.
pub(super) enum Contents {
    /// They open.
    Open,
    /// Their key was destroyed: nobody reads them again, and the entry still verifies.
    Erased,
    /// They are of a sealed record, and there is no key of sealed cases here to try.
    Unread,
    /// They were changed, or moved from elsewhere.
    Altered,
    /// Their key is there no more, or does not open: they cannot be looked at.
    Barred(Barred),
}

/// A key that opens nothing, with the stream whose it is.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Barred {
    /// Its row is gone, though nobody destroyed it.
    Deleted(String),
    /// It does not open under the master key.
    Master(String),
    /// It does not open under the key of sealed cases.
    SealedKey(String),
}

/// Looks whether the contents of an entry open.
pub(super) async fn of(tx: &mut Tx<'_>, event: &SealedEvent) -> Result<Contents, StorageError> {
    Ok(match sealed::open_for_check(tx, event).await {
        Ok(_) => Contents::Open,
        Err(StorageError::MissingKey { .. }) => Contents::Erased,
        // Without the key of sealed cases it shows whether they are whole, not whether they open.
        Err(StorageError::NoSealedKey) => Contents::Unread,
        Err(StorageError::KeyLost { stream }) => Contents::Barred(Barred::Deleted(stream)),
        Err(StorageError::OtherMaster { stream }) => Contents::Barred(Barred::Master(stream)),
        Err(StorageError::OtherSealedKey { record }) => Contents::Barred(Barred::SealedKey(record)),
        Err(StorageError::Corrupt(_)) => Contents::Altered,
        Err(error) => return Err(error),
    })
}

/// What is wrong with the contents at a position.
pub(super) fn altered(position: u64) -> String {
    format!("the contents at position {position} do not open there: they were altered or moved")
}

/// What is wrong with keys. A wrong file of keys is one sentence, however many it leaves shut.
pub(super) fn told(barred: &BTreeSet<Barred>) -> Vec<String> {
    let mut told = Vec::new();
    let (mut master, mut sealed_key) = (Vec::new(), Vec::new());
    for key in barred {
        match key {
            Barred::Deleted(stream) => told.push(format!(
                "the key of {stream} was deleted from the database: nobody destroyed it, and nothing of {stream} can be read"
            )),
            Barred::Master(stream) => master.push(stream.as_str()),
            Barred::SealedKey(record) => sealed_key.push(record.as_str()),
        }
    }
    told.extend(wrong("master.key", &master));
    told.extend(wrong("sealed.key", &sealed_key));
    told
}

/// So many streams are named; of more it is said how many.
const NAMED: usize = 5;

fn wrong(file: &str, streams: &[&str]) -> Option<String> {
    if streams.is_empty() {
        return None;
    }
    let more = match streams.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and of {more} more"),
    };
    let named = &streams[..streams.len().min(NAMED)];
    Some(format!(
        "the key of {}{more} does not open under keys/{file}: it is another {file} than the one with which it was locked away, or the key was changed in the database. Put the right {file} back; the entries themselves verify",
        named.join(", ")
    ))
}
