//! A file of a case: what is recorded of it, and whom it came from. Its bytes lie elsewhere, sealed.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::event::Event;
use super::fold::Recorded;
use crate::files::brought::about;
use crate::files::{Brought, FileName, Kind, SeenBy};
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
    /// The file that an event tells of, if it does.
    pub fn of(recorded: &Recorded) -> Option<AttachedFile> {
        let Event::FileAttached(file) = &recorded.event else {
            return None;
        };
        Some(AttachedFile {
            file: file.clone(),
            at: recorded.at,
            by: recorded.actor,
        })
    }

    /// Whether the complainant may open it.
    pub fn is_theirs_too(&self) -> bool {
        self.file.seen_by == SeenBy::Complainant
    }
}
