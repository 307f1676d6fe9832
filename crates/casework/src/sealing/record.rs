//! The sealed record of a case, opened for somebody who was let in: what it was before, and what was added since.

use rules::case::{AttachedFile, Case, Event, Recorded, Reference};
use storage::StorageError;
use storage::sealed;

use crate::files::Download;
use crate::record::{Loaded, after_its_stub, read_event};
use crate::{ActError, Office};

/// A sealed record. It has no way to be printed or stored: whoever was let in shows it, and it goes (invariant 5).
pub struct SealedRecord {
    /// The case as it was when it was sealed.
    pub case: Case,
    /// What had happened.
    pub history: Vec<Recorded>,
    /// What was added since, the oldest first.
    pub added: Vec<Added>,
}

/// Words that came after the sealing.
pub struct Added {
    /// When.
    pub at: jiff::Timestamp,
    /// What the complainant wrote.
    pub words: String,
}

/// Opens it. Whoever calls this has let somebody in and put that on record.
pub(super) async fn open(office: &Office, reference: &Reference) -> Result<SealedRecord, ActError> {
    let wanted = reference.to_string();
    let opened = office
        .store
        .read(move |tx| Box::pin(async move { sealed::open(tx, &wanted).await }))
        .await;
    let record = match opened {
        Err(StorageError::MissingKey { .. }) => return Err(ActError::NotFound),
        other => other?,
    };
    let before = record.before.iter().map(read_event).collect::<Result<Vec<_>, _>>()?;
    let Loaded { mut case, history, .. } = Loaded::replayed(reference.clone(), after_its_stub(before)?)?;
    let mut added = Vec::with_capacity(record.since.len());
    for stored in &record.since {
        let since = read_event(stored)?;
        AttachedFile::note(&mut case.files, &since);
        if let Event::MessageReceived(message) = since.event {
            added.push(Added {
                at: stored.at,
                words: message.words,
            });
        }
    }
    Ok(SealedRecord { case, history, added })
}

/// A file of a record that somebody reads.
pub(super) async fn file(
    office: &Office,
    (reference, record): (&Reference, &SealedRecord),
    id: &str,
) -> Result<Download, ActError> {
    let found = record.case.files.iter().find(|attached| attached.file.id == id);
    let file = found.ok_or(ActError::NotFound)?.file.clone();
    let (name, reference) = (file.id.clone(), reference.to_string());
    let key = office
        .store
        .read(move |tx| Box::pin(async move { sealed::file_key(tx, &name, &reference).await }))
        .await?;
    Download::open(office, file, &key).await
}
