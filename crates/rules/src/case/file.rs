//! A file of a case: what is recorded of it, and whom it came from. Its bytes lie elsewhere, sealed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::event::Event;
use super::fold::Recorded;
use crate::files::brought::about;
use crate::files::{Brought, FileName, Kind, Scanned, SeenBy};
use crate::people::Actor;

/// A file that came with words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileAttached {
    /// Its opaque name: random; the sealed bytes lie under it.
    pub id: String,
    /// The name that it came under.
    pub name: FileName,
    /// How large it is, in bytes.
    pub size: u64,
    /// What it is, by its contents.
    pub kind: Kind,
    /// SHA-256 of the bytes as they came, in hexadecimal digits: the audit log proves the file with it.
    pub sha256: String,
    /// SHA-256 of the sealed bytes as they are stored, so that a copy can be checked by somebody who cannot read it.
    pub stored_sha256: String,
    /// Who may open it.
    pub seen_by: SeenBy,
    /// The number of the event whose words it came with.
    pub came_with: u32,
    /// The point of complaint that it is about, if it was said.
    pub point: Option<u32>,
    /// What was said of it when it came; of a case, what was said last.
    #[serde(default, skip_serializing_if = "Scanned::is_unsaid")]
    pub scanned: Scanned,
}

/// A file of a case was looked into later, or again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileScanned {
    /// The opaque name of the file.
    pub id: String,
    /// What was said of it.
    pub scanned: Scanned,
}

impl FileAttached {
    /// What is recorded of a file that arrived.
    pub fn of(brought: &Brought, seen_by: SeenBy, came_with: u32) -> FileAttached {
        let Brought {
            id,
            name,
            size,
            kind,
            sha256,
            stored_sha256,
            scanned,
        } = brought.clone();
        FileAttached {
            id,
            name,
            size,
            kind,
            sha256,
            stored_sha256,
            seen_by,
            came_with,
            point: None,
            scanned,
        }
    }

    /// "PNG picture, 214 KB"; where the name says something else, that is said too.
    pub fn about(&self) -> String {
        about(&self.name, self.kind, self.size)
    }
}

/// A file of a case, with when and from whom it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedFile {
    /// What is recorded of it.
    pub file: FileAttached,
    /// When it was recorded.
    pub at: Timestamp,
    /// From whom it came.
    pub by: Actor,
}

impl AttachedFile {
    /// Takes in what an event tells of the files of a case. What is said of one that is not there any more is passed over.
    pub fn note(files: &mut Vec<AttachedFile>, recorded: &Recorded) {
        match &recorded.event {
            Event::FileAttached(file) => files.push(AttachedFile {
                file: file.clone(),
                at: recorded.at,
                by: recorded.actor,
            }),
            Event::FileScanned(said) => {
                for attached in files.iter_mut().filter(|attached| attached.file.id == said.id) {
                    attached.file.scanned = said.scanned.clone();
                }
            }
            _ => {}
        }
    }

    /// Whether its bytes are there: they are not once it was taken out.
    pub fn is_there(&self) -> bool {
        !self.file.stored_sha256.is_empty()
    }

    /// Whether the complainant may open it.
    pub fn is_theirs_too(&self) -> bool {
        self.file.seen_by == SeenBy::Complainant
    }
}
