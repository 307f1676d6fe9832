//! Where the rows of a table are cut into chunks: by the keys of the rows and not by counting, so that a row which comes, goes or changes changes
//! its own chunk and no other.

use crate::keys::BackupKey;

/// Below this a chunk goes on: smaller ones cost more in files than they spare in bytes.
const LEAST: usize = 64 * 1024;
/// Above this a chunk ends, whatever the keys say.
const MOST: usize = 1024 * 1024;

/// The rows that wait to be a chunk.
#[derive(Default)]
pub(super) struct Cutter {
    held: Vec<u8>,
}

impl Cutter {
    /// Adds a row in its encoding; answers a chunk when one ends with it.
    pub(super) fn add(&mut self, key: &BackupKey, row_key: &[u8], row: &[u8]) -> Option<Vec<u8>> {
        self.held.extend_from_slice(row);
        let ends = self.held.len() >= MOST || (self.held.len() >= LEAST && key.cuts_after(row_key));
        ends.then(|| std::mem::take(&mut self.held))
    }

    /// The rest, if there is one.
    pub(super) fn end(self) -> Option<Vec<u8>> {
        (!self.held.is_empty()).then_some(self.held)
    }
}
