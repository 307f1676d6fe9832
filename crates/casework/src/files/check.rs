//! The doctor's look at files: what the events say, against what lies in the folder and what the database knows.

use std::collections::{BTreeMap, BTreeSet};

use rules::case::Event;
use storage::events;
use storage::files::{self, State};

use super::arrival::on_disk;
use crate::record::read_event;
use crate::{ActError, Office};

/// What the doctor found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FilesFound {
    /// How many files belong to cases and are as they were kept.
    pub whole: usize,
    /// How many wait for their form.
    pub waiting: usize,
    /// What is not as it should be.
    pub faults: Vec<FileFault>,
}

/// A file that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileFault {
    /// The case has it and its bytes are gone.
    Missing {
        /// Which case.
        reference: String,
        /// Its opaque name.
        id: String,
    },
    /// Its bytes are not those that were kept.
    Changed {
        /// Which case.
        reference: String,
        /// Its opaque name.
        id: String,
    },
    /// The case has it, and the database has no key for it.
    NoKey {
        /// Which case.
        reference: String,
        /// Its opaque name.
        id: String,
    },
    /// It lies in the folder and nothing knows it: the database is older than the folder, or somebody put it there.
    Orphan {
        /// Its name in the folder.
        name: String,
    },
}

impl std::fmt::Display for FileFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            FileFault::Missing { reference, id } => write!(f, "{reference}: the file {id} is missing"),
            FileFault::Changed { reference, id } => write!(f, "{reference}: the file {id} is not as it was kept"),
            FileFault::NoKey { reference, id } => write!(f, "{reference}: the file {id} has no key"),
            FileFault::Orphan { name } => write!(f, "{name} lies in the folder of files and belongs to nothing"),
        }
    }
}

/// Looks at every file of every case that can be read, and at everything in the folder.
///
/// # Errors
/// When the store or the folder cannot be read.
pub async fn check(office: &Office) -> Result<FilesFound, ActError> {
    let recorded = recorded(office).await?;
    let states: BTreeMap<String, State> = office
        .store
        .read(|tx| Box::pin(files::states(tx)))
        .await?
        .into_iter()
        .collect();
    let mut found = FilesFound {
        waiting: states.values().filter(|state| **state == State::Waiting).count(),
        ..FilesFound::default()
    };
    let folder = office.store.files().clone();
    let names = on_disk(move || folder.names()).await?;
    for (id, (reference, stored_sha256)) in &recorded {
        let (folder, file) = (office.store.files().clone(), id.clone());
        let lies = on_disk(move || folder.stored_sha256(&file)).await?;
        let (reference, id) = (reference.clone(), id.clone());
        let attached = states.get(&id) == Some(&State::Attached(reference.clone()));
        match lies {
            None => found.faults.push(FileFault::Missing { reference, id }),
            Some(lies) if lies != *stored_sha256 => found.faults.push(FileFault::Changed { reference, id }),
            Some(_) if !attached => found.faults.push(FileFault::NoKey { reference, id }),
            Some(_) => found.whole += 1,
        }
    }
    let known: BTreeSet<&str> = states.keys().chain(recorded.keys()).map(String::as_str).collect();
    let is_known = |name: &str| known.contains(name.strip_suffix(".part").unwrap_or(name));
    let orphans = names.into_iter().filter(|name| !is_known(name));
    found.faults.extend(orphans.map(|name| FileFault::Orphan { name }));
    found.faults.sort();
    Ok(found)
}

/// Every file that an event tells of: its case and the hash of its sealed bytes. Erased cases tell of none.
async fn recorded(office: &Office) -> Result<BTreeMap<String, (String, String)>, ActError> {
    let mut files = BTreeMap::new();
    let mut position = 0;
    loop {
        let batch = office
            .store
            .read(move |tx| Box::pin(async move { events::load_after(tx, position, 1_000).await }))
            .await?;
        let Some(last) = batch.last() else { return Ok(files) };
        position = last.position;
        for stored in batch.iter().filter(|stored| stored.kind == "file.attached") {
            if let Event::FileAttached(file) = read_event(stored)?.event {
                files.insert(file.id, (stored.stream.clone(), file.stored_sha256));
            }
        }
    }
}
