//! A file that has arrived whole and was found acceptable, and who will see it.

use serde::{Deserialize, Serialize};

use super::kind::Kind;
use super::limits::size_words;
use super::name::FileName;
use super::scanned::Scanned;
use crate::coded::coded;

coded! {
    /// Who may open a file.
    pub enum SeenBy {
        /// The complainant, and staff who may see the case.
        Complainant = "complainant", "you and the people who deal with your complaint";
        /// Staff who may see the case.
        Staff = "staff", "staff only";
        /// Staff who investigate the case.
        Investigation = "investigation", "those who investigate only";
    }
}

/// A file that waits for the form it was chosen in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brought {
    /// Its opaque name: random, the same wherever it lies.
    pub id: String,
    /// The name that it came under, cleaned.
    pub name: FileName,
    /// How large it is, in bytes.
    pub size: u64,
    /// What it is, by its contents.
    pub kind: Kind,
    /// SHA-256 of the bytes as they came, in hexadecimal digits.
    pub sha256: String,
    /// SHA-256 of the sealed bytes as they are stored, in hexadecimal digits.
    pub stored_sha256: String,
    /// What was said of it when it came, by whoever looked into it for viruses.
    #[serde(default)]
    pub scanned: Scanned,
}

impl Brought {
    /// "PNG picture, 214 KB": what it is and how large.
    pub fn about(&self) -> String {
        about(&self.name, self.kind, self.size)
    }
}

/// "PNG picture, 214 KB"; where the name says something else, that is said too.
pub(crate) fn about(name: &FileName, kind: Kind, size: u64) -> String {
    match name.claims_other_than(kind) {
        Some(claimed) => format!("{kind} (its name says {claimed}), {}", size_words(size)),
        None => format!("{kind}, {}", size_words(size)),
    }
}
