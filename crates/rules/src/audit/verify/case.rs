//! One entry at a time against one signed checkpoint: what the check of a single case asks of each of its entries.

use super::super::checkpoint::TrustedCheckpoint;
use super::super::hash::Hash;
use super::super::proof::verify_inclusion;
use super::finding::Finding;
use super::report::StoredRow;

/// Checks an entry against its stored leaf, and its way to the root that was signed; `path` is none where the stored tree has none to give.
/// What is wrong is one finding: an altered entry has no way to the root either.
pub fn check_proven(row: &StoredRow, path: Option<&[Hash]>, checkpoint: &TrustedCheckpoint) -> Option<Finding> {
    if let Some(finding) = check_leaf(row) {
        return Some(finding);
    }
    let entry = row.entry.as_ref()?;
    let (size, root) = (checkpoint.size(), checkpoint.root());
    let reason = match path {
        None => "the stored tree has no way from it to the checkpoint".to_owned(),
        Some(path) => verify_inclusion(entry.leaf_hash(), row.position - 1, size, path, root)
            .err()?
            .to_string(),
    };
    let header = entry.header.clone();
    Some(Finding::NotProven {
        position: row.position,
        stream: header.stream,
        sequence: header.sequence,
        kind: header.kind,
        size,
        reason,
    })
}

/// Checks an entry against its stored leaf alone: it came after the latest checkpoint.
pub fn check_leaf(row: &StoredRow) -> Option<Finding> {
    let mut findings = Vec::new();
    super::log::check_row(row, &mut findings);
    findings.pop()
}
