//! `[files]`: how much is taken of files that people send.

use rules::files::Limits;
use rules::files::limits::MEGABYTE;
use serde::Deserialize;

/// The section; each limit as in [`Limits`], in megabytes of 1,048,576 bytes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Files {
    /// The largest file.
    pub largest_mb: u32,
    /// How many files one form may bring.
    pub most: u32,
    /// How much they may be together.
    pub together_mb: u32,
    /// How much may wait for forms that are not sent yet.
    pub waiting_mb: u32,
}

impl Default for Files {
    fn default() -> Files {
        let limits = Limits::default();
        let megabytes = |bytes: u64| u32::try_from(bytes / MEGABYTE).unwrap_or(u32::MAX);
        Files {
            largest_mb: megabytes(limits.largest_bytes),
            most: limits.most,
            together_mb: megabytes(limits.together_bytes),
            waiting_mb: megabytes(limits.waiting_bytes),
        }
    }
}

impl Files {
    /// The limits that the rules ask for.
    pub(crate) fn limits(&self) -> Limits {
        let bytes = |megabytes: u32| u64::from(megabytes) * MEGABYTE;
        Limits {
            largest_bytes: bytes(self.largest_mb),
            most: self.most,
            together_bytes: bytes(self.together_mb),
            waiting_bytes: bytes(self.waiting_mb),
        }
    }
}
