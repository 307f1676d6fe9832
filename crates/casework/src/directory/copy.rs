//! The copy of the directory, opened once and kept in memory until there is another.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use jiff::Timestamp;
use rules::directory::{Directory, DirectoryPerson};
use storage::StorageError;
use storage::directory::{parts, state};

use super::DirectoryParts;
use crate::{ActError, Office};

/// Everybody as they were read last.
#[derive(Debug, Default)]
pub struct Copy {
    /// The people; nobody before the first reading.
    pub directory: Directory,
    /// When the directory was last read whole, as far as this copy knows.
    pub read_at: Option<Timestamp>,
    reading: i64,
}

/// What an office has of the directory in memory.
#[derive(Default)]
pub(crate) struct Keeper {
    parts: OnceLock<DirectoryParts>,
    opened: RwLock<Option<Arc<Copy>>>,
}

impl Keeper {
    /// How it is read; nothing in an office without a directory.
    pub(crate) fn parts(&self) -> Option<&DirectoryParts> {
        self.parts.get()
    }
}

impl Office {
    /// Gives the office a directory, once, after it was opened. One that has a directory keeps it.
    pub fn keep_directory(&self, parts: DirectoryParts) {
        // Whoever opens an office says it once; a second time is no other directory.
        drop(self.directory.parts.set(parts));
    }
}

/// The copy. It is opened (decrypted and read) when it is first asked for and whenever a reading made another; until then the one in memory is
/// answered, for one small look into the database. An office without a directory has an empty one.
///
/// # Errors
/// When the store cannot be read.
pub async fn copy(office: &Office) -> Result<Arc<Copy>, ActError> {
    if office.directory.parts().is_none() {
        return Ok(Arc::default());
    }
    let known = office
        .directory
        .opened
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    let reading = known.as_ref().map_or(0, |copy| copy.reading);
    let read = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let Some(copy) = state(tx).await?.copy else {
                    return Ok::<_, StorageError>(None);
                };
                let fresh = match copy.reading == reading {
                    true => None,
                    false => Some(parts(tx, copy.reading).await?),
                };
                Ok(Some((copy, fresh)))
            })
        })
        .await?;
    let (state, parts) = match (read, known) {
        (None, _) => return Ok(Arc::default()),
        (Some((state, None)), Some(known)) if known.read_at == Some(state.read_at) => return Ok(known),
        (Some((state, None)), Some(known)) => {
            let copy = Copy {
                directory: known.directory.clone(),
                read_at: Some(state.read_at),
                reading: state.reading,
            };
            return Ok(keep(office, copy));
        }
        (Some((state, parts)), _) => (state, parts.unwrap_or_default()),
    };
    let copy = Copy {
        directory: Directory::new(people(&parts)?),
        read_at: Some(state.read_at),
        reading: state.reading,
    };
    Ok(keep(office, copy))
}

fn keep(office: &Office, copy: Copy) -> Arc<Copy> {
    let copy = Arc::new(copy);
    *office.directory.opened.write().unwrap_or_else(PoisonError::into_inner) = Some(copy.clone());
    copy
}

fn people(parts: &[Vec<u8>]) -> Result<Vec<DirectoryPerson>, ActError> {
    let mut people = Vec::new();
    for part in parts {
        let some: Vec<DirectoryPerson> = serde_json::from_slice(part)
            .map_err(|error| StorageError::Corrupt(format!("a part of the directory: {error}")))?;
        people.extend(some);
    }
    Ok(people)
}
