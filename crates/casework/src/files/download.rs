//! A file on its way out: opened and proved chunk by chunk, never held whole.

use rules::case::{FileAttached, Refused};
use rules::confidential::looks::Way;
use rules::people::Person;
use storage::FileKey;
use storage::files::{self, SealedReader};

use crate::desk::CaseFile;
use crate::looks::{self, Look};
use crate::{ActError, Office};

/// A file that may be read.
pub struct Download {
    /// What is recorded of it.
    pub file: FileAttached,
    reader: Option<SealedReader>,
}

impl Download {
    /// Opens a file whose key somebody was given. What carries a virus is kept and handed out to nobody.
    pub(crate) async fn open(office: &Office, file: FileAttached, key: &FileKey) -> Result<Download, ActError> {
        if let Some(carries) = file.scanned.carries() {
            return Err(Refused::NotNow(format!(
                "\"{}\" carries a virus ({carries}). It is kept and nobody is handed it. Ask whoever sent it for a clean copy.",
                file.name
            ))
            .into());
        }
        let reader = office.store.files().read(&file.id, key, file.size).await?;
        Ok(Download {
            file,
            reader: Some(reader),
        })
    }

    /// The next bytes; nothing after the last. After a fault there is nothing more.
    ///
    /// # Errors
    /// When the stored bytes are not those that were kept, or the store of files fails.
    pub async fn next_chunk(&mut self) -> Result<Option<Vec<u8>>, ActError> {
        let Some(mut reader) = self.reader.take() else {
            return Ok(None);
        };
        let chunk = reader.next_chunk().await?;
        self.reader = chunk.is_some().then_some(reader);
        Ok(chunk)
    }
}

/// Opens a file of a case for somebody of staff, once it is on record that they took it (R31).
///
/// # Errors
/// As for [`open`]; when it cannot be put on record.
pub(crate) async fn take(
    office: &Office,
    case: &CaseFile,
    id: &str,
    (by, may): (&Person, impl Fn(&rules::case::AttachedFile) -> bool),
) -> Result<Download, ActError> {
    if case
        .case
        .files
        .iter()
        .any(|attached| attached.file.id == id && may(attached))
    {
        let look = Look {
            who: by.id,
            way: Way::File,
            case: Some(&case.case.reference),
            about: Some(id),
        };
        looks::put(office, look).await?;
    }
    open(office, case, id, may).await
}

/// Opens a file of a case that somebody was let in to; `may` says which of its files they may see.
///
/// # Errors
/// [`ActError::NotFound`] when the case has no such file, or none that they may see: nobody can tell which (invariant 12).
pub(crate) async fn open(
    office: &Office,
    case: &CaseFile,
    id: &str,
    may: impl Fn(&rules::case::AttachedFile) -> bool,
) -> Result<Download, ActError> {
    let found = case.case.files.iter().find(|attached| attached.file.id == id);
    let file = found.filter(|attached| may(attached)).ok_or(ActError::NotFound)?;
    let file = file.file.clone();
    let (name, stream) = (file.id.clone(), case.case.reference.to_string());
    let key = office
        .store
        .read(move |tx| Box::pin(async move { files::key(tx, &name, &stream).await }))
        .await?;
    Download::open(office, file, &key).await
}
