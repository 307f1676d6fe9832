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
    /// What came with it.
    pub files: Vec<AttachedFile>,
}

impl SealedRecord {
    /// Every file: those of the case as it was sealed, and those that came since.
    pub fn files(&self) -> impl Iterator<Item = &AttachedFile> {
        let since = self.added.iter().flat_map(|added| &added.files);
        self.case.files.iter().chain(since)
    }
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
    let since = record.since.iter().map(read_event).collect::<Result<Vec<_>, _>>()?;
    let sealed_with = case.files.len();
    for recorded in &since {
        AttachedFile::note(&mut case.files, recorded);
    }
    let came = case.files.split_off(sealed_with);
    Ok(SealedRecord {
        added: added(&since, &came),
        case,
        history,
    })
}

/// What the complainant wrote, each with the files that came with it.
fn added(since: &[Recorded], came: &[AttachedFile]) -> Vec<Added> {
    let written = |recorded: &Recorded| match &recorded.event {
        Event::MessageReceived(message) => Some(Added {
            at: recorded.at,
            words: message.words.clone(),
            files: came
                .iter()
                .filter(|attached| attached.file.came_with == recorded.sequence)
                .cloned()
                .collect(),
        }),
        _ => None,
    };
    since.iter().filter_map(written).collect()
}

/// A file of a record that somebody reads.
pub(super) async fn file(
    office: &Office,
    (reference, record): (&Reference, &SealedRecord),
    id: &str,
) -> Result<Download, ActError> {
    let found = record.files().find(|attached| attached.file.id == id);
    let file = found.ok_or(ActError::NotFound)?.file.clone();
    let (name, reference) = (file.id.clone(), reference.to_string());
    let key = office
        .store
        .read(move |tx| Box::pin(async move { sealed::file_key(tx, &name, &reference).await }))
        .await?;
    Download::open(office, file, &key).await
}
