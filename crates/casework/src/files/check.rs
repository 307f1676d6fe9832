//! The doctor's look at files: what the events say, against what lies in the store and what the database knows.

use std::collections::BTreeMap;

use rules::case::Event;
use storage::events;
use storage::files::{self, State, sealed_length};

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
    /// It waits for its form and its bytes are gone: whoever sends the form sends it without this file.
    LostWaiting {
        /// Its opaque name.
        id: String,
    },
    /// It lies in the store and nothing knows it: the database is older than the store, or somebody put it there.
    Orphan {
        /// Its name in the store.
        name: String,
    },
}

impl std::fmt::Display for FileFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            FileFault::Missing { reference, id } => write!(f, "{reference}: the file {id} is missing"),
            FileFault::Changed { reference, id } => write!(f, "{reference}: the file {id} is not as it was kept"),
            FileFault::NoKey { reference, id } => write!(f, "{reference}: the file {id} has no key"),
            FileFault::LostWaiting { id } => write!(f, "the file {id} waits for its form and its bytes are gone"),
            FileFault::Orphan { name } => write!(f, "{name} lies in the store of files and belongs to nothing"),
        }
    }
}

/// How closely is looked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Every byte of every file is read and hashed.
    Bytes,
    /// Names and lengths are compared: a changed byte is not noticed before somebody opens the file.
    Lengths,
}

/// Looks at every file of every case that can be read, and at everything in the store. What comes and goes meanwhile is no fault.
///
/// # Errors
/// When the database or the store of files cannot be read.
pub async fn check(office: &Office, depth: Depth) -> Result<FilesFound, ActError> {
    let recorded = recorded(office).await?;
    let before = states(office).await?;
    let lying: BTreeMap<String, u64> = office
        .store
        .files()
        .list()
        .await?
        .into_iter()
        .map(|it| (it.name, it.length))
        .collect();
    let after = states(office).await?;
    let waiting = |states: &BTreeMap<String, State>, id: &String| states.get(id) == Some(&State::Waiting);
    let mut found = FilesFound {
        waiting: after.keys().filter(|id| waiting(&after, id)).count(),
        ..FilesFound::default()
    };
    for (id, file) in &recorded {
        match file.compared(office, (id, lying.get(id).copied()), depth).await? {
            Some(fault) => found.faults.push(fault),
            None if before.get(id) != Some(&State::Attached(file.reference.clone())) => {
                found.faults.push(FileFault::NoKey {
                    reference: file.reference.clone(),
                    id: id.clone(),
                })
            }
            None => found.whole += 1,
        }
    }
    let lost = before
        .keys()
        .filter(|id| waiting(&before, id) && waiting(&after, id) && !lying.contains_key(*id));
    found
        .faults
        .extend(lost.map(|id| FileFault::LostWaiting { id: id.clone() }));
    let is_known = |name: &str| {
        let name = files::whole_name(name).unwrap_or(name);
        files::is_trial(name) || before.contains_key(name) || after.contains_key(name) || recorded.contains_key(name)
    };
    let orphans = lying.into_keys().filter(|name| !is_known(name));
    found.faults.extend(orphans.map(|name| FileFault::Orphan { name }));
    found.faults.sort();
    Ok(found)
}

async fn states(office: &Office) -> Result<BTreeMap<String, State>, ActError> {
    let rows = office.store.read(|tx| Box::pin(files::states(tx))).await?;
    Ok(rows.into_iter().collect())
}

/// What an event tells of a file.
struct Recorded {
    reference: String,
    size: u64,
    stored_sha256: String,
}

impl Recorded {
    /// What is wrong with the bytes, of which so many lie there.
    async fn compared(
        &self,
        office: &Office,
        (id, length): (&str, Option<u64>),
        depth: Depth,
    ) -> Result<Option<FileFault>, ActError> {
        let (reference, id) = (self.reference.clone(), id.to_owned());
        let Some(length) = length else {
            return Ok(Some(FileFault::Missing { reference, id }));
        };
        let same = match depth {
            _ if length != sealed_length(self.size) => false,
            Depth::Lengths => true,
            Depth::Bytes => match office.store.files().stored_sha256(&id).await? {
                None => return Ok(Some(FileFault::Missing { reference, id })),
                Some(lies) => lies == self.stored_sha256,
            },
        };
        Ok((!same).then_some(FileFault::Changed { reference, id }))
    }
}

/// Every file that an event tells of. Erased cases tell of none.
async fn recorded(office: &Office) -> Result<BTreeMap<String, Recorded>, ActError> {
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
                let recorded = Recorded {
                    reference: stored.stream.clone(),
                    size: file.size,
                    stored_sha256: file.stored_sha256,
                };
                files.insert(file.id, recorded);
            }
        }
    }
}
